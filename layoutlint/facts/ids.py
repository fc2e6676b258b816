"""Facts about the ids that an Embedding looks up, against the rows that its table has.

Part of the facts about a layer; ``layoutlint.facts.registry`` puts them beside the others.
"""

from __future__ import annotations

from typing import Final

from layoutlint.facts.fact_values import UNKNOWN, Type, Value, shown
from layoutlint.facts.layer_view import TABLE, LayerView
from layoutlint.inference.fractions import maker_of_fractions, said
from layoutlint.inference.highest import highest_id, numbering
from layoutlint.inference.labels import column_picked
from layoutlint.model import sizes
from layoutlint.model.graph import Tensor
from layoutlint.model.sizes import Expression, Size

MAX_WAY: Final = 8


def _looked_up(view: LayerView) -> Tensor | None:
    """Return the array whose values an Embedding looks up: fed to the model, or given to the layer itself."""
    if view.layer.class_name != "Embedding" or view.trace is None:
        return None
    if view.tensor is not None and numbering(view.tensor) is not None:
        return view.tensor
    root = view.trace.root
    if view.trace.end != "input":
        return view.tensor
    fed = view.index.fed.get(id(root))
    return None if fed is None else _column_of(view.tensor, root, fed) or fed


def _column_of(ids: Tensor | None, root: Tensor, fed: Tensor) -> Tensor | None:
    """Return the column of the table that is fed which a model takes its ids from: ``inputs[:, 0]``."""
    for _ in range(MAX_WAY):
        made = None if ids is None else ids.producer
        if made is None or not made.input_tensors:
            return None
        ids = made.input_tensors[0]
        if ids is root:
            return column_picked(made, fed)
    return None


@TABLE.fact(
    Type.NUMBER,
    "for an Embedding: how many rows it lacks for the highest id that it is given, as far as the program "
    "says what that is (`ids.max()`, the classes of a LabelEncoder, numbers that are drawn)",
)
def lacking_rows(view: LayerView) -> Value:
    array, rows = _looked_up(view), view.size_argument("input_dim")
    if array is None or rows is UNKNOWN:
        return UNKNOWN
    lacking = sizes.subtract(sizes.add(_highest(array, rows), 1), rows)
    return lacking if isinstance(lacking, int) else UNKNOWN


def _highest(array: Tensor, rows: Value) -> Size:
    """Return the highest id of an array; the symbol for it where only the array's name is known."""
    if array.shape is None:
        for symbol in rows.symbols() if isinstance(rows, Expression) else ():
            if symbol.origin is array.origin is not None and _is_of(symbol.name, array.name or ""):
                return Expression((((symbol,), 1),))
    return highest_id(array)


def _is_of(highest: str, name: str) -> bool:
    """Tell whether ``X.max()`` is the highest value of ``X``, or of some rows of it, ``X[:100]``."""
    whole = highest.removesuffix(".max()")
    rest = name.removeprefix(whole)
    rows_alone = rest.startswith("[") and rest.endswith("]") and "," not in rest
    return whole != highest and name.startswith(whole) and (not rest or rows_alone)


@TABLE.fact(Type.SIZE, "for an Embedding: the highest id that it is given, as far as the program says")
def highest_looked_up(view: LayerView) -> Value:
    array = _looked_up(view)
    return UNKNOWN if array is None else _highest(array, view.size_argument("input_dim"))


@TABLE.fact(Type.TEXT, "for an Embedding: the rows that it needs for the highest id, as an expression")
def rows_needed(view: LayerView) -> Value:
    highest = highest_looked_up(view)
    return UNKNOWN if highest is UNKNOWN else shown(sizes.add(highest, 1))


@TABLE.fact(
    Type.TEXT,
    "for an Embedding: what made fractions of the array that it is given: `MinMaxScaler`, `the division`; "
    "the empty text where it may hold whole numbers",
)
def fractions_by(view: LayerView) -> Value:
    array = _looked_up(view)
    made = None if array is None else maker_of_fractions(array)
    return "" if made is None else said(made)
