"""Facts about statistics and normalisations along axes of size 1: each is of a single value, so that what it
is applied to becomes a constant.

Part of the facts about a layer; ``layoutlint.facts.registry`` puts them beside the others.
"""

from __future__ import annotations

from typing import Final

from layoutlint.facts.axis_operations import FOLDS, along_size, folded_axes
from layoutlint.facts.consumers import MAX_SEARCH
from layoutlint.facts.fact_values import Type, Value, shown
from layoutlint.facts.index import Index
from layoutlint.facts.layer_view import TABLE, LayerView
from layoutlint.inference.pixels import NORMS
from layoutlint.model.graph import Call, Tensor

STATISTICS: Final = FOLDS | NORMS | {"moments"}
CENTRES: Final = frozenset(["mean", "median", "max", "min", "average", "moments"])
SCALES: Final = frozenset(["sum", "max", "norm", "mean", "min"])
"""Statistics that are the value itself; the spread of a single value is 0."""
GUARDED: Final = frozenset(
    ["add", "sqrt", "maximum", "cast", "identity", "expand_dims", "stop_gradient", "abs", "clip", "where"]
)
"""What may become of a statistic before it divides: nothing is divided by zero."""
DIVISIONS: Final = frozenset(["divide", "divide_no_nan"])
CASTS: Final = frozenset(["cast", "identity", "array"])
"""Operations that leave all values as they are."""
MAX_WAY: Final = 32


def _may_fold(view: LayerView) -> bool:
    return view.layer.class_name in STATISTICS


def _folds_one(call: Call) -> bool:
    axes = folded_axes(call) if call.layer.class_name in STATISTICS else None
    shape = call.input_tensors[0].shape if call.input_tensors else None
    if not axes or shape is None or any(shape[axis].size != 1 for axis in axes):
        return False
    return 0 not in axes or not _is_of_list(call.input_tensors[0])


def _is_of_list(tensor: Tensor) -> bool:
    """Tell whether an array is made of a list, into which another part of the program may put more items."""
    for _ in range(MAX_WAY):
        made = tensor.producer
        if made is None:
            return False
        is_joined = isinstance(made.inputs, list) and bool(made.inputs)
        if is_joined or isinstance(made.layer.config.get("x"), list | tuple):
            return True
        if len(made.input_tensors) != 1:
            return False
        tensor = made.input_tensors[0]
    return False


def made_of(tensor: Tensor, operations: frozenset[str] = CASTS) -> Tensor:
    """Return the array that a tensor is made of, value by value, by ``operations`` of that array alone."""
    for _ in range(MAX_WAY):
        made = tensor.producer
        if made is None or made.layer.class_name not in operations:
            return tensor
        sources = {id(source): source for source in made.input_tensors}
        if len(sources) != 1:
            return tensor
        (tensor,) = sources.values()
    return tensor


def goes_to_powers(index: Index, call: Call) -> bool:
    """Tell whether exp() reads a difference: a softmax by hand is kept from too large numbers so."""
    return any(
        reader.layer.class_name == "exp"
        for tensor in call.output_tensors
        for reader in index.consumers.get(id(tensor), [])
    )


def _effect(view: LayerView) -> str:
    """Return what becomes of values that meet a statistic of a single one: ``0``, ``1``, or nothing known."""
    call = view.call
    source, centre = made_of(call.input_tensors[0]), call.output_tensors[0]
    queue = list(call.output_tensors)
    for statistic in queue:
        for reader in view.index.consumers.get(id(statistic), []):
            name, given = reader.layer.class_name, reader.input_tensors
            if len(given) == 2 and given[1] is statistic and made_of(given[0]) is source:
                if name == "subtract" and call.layer.class_name in CENTRES and statistic is centre:
                    return "" if goes_to_powers(view.index, reader) else "0"
                if name in DIVISIONS and call.layer.class_name in SCALES:
                    return "1"
            elif name in GUARDED and len(queue) < MAX_SEARCH:
                queue += reader.output_tensors
    return ""


@TABLE.fact(
    Type.TEXT,
    "what becomes of values of which a statistic is subtracted, or which are divided by it, where it is that "
    "of a single value, because the axes that it is taken along have size 1: `0` or `1`, with its sign for "
    "a norm; the empty text for all else",
    ("", "0", "1", "1 or -1"),
    of_class=_may_fold,
)
def becomes_constant(view: LayerView) -> Value:
    written = view.index.calls_written_as(view.call)
    if not _may_fold(view) or not all(map(_folds_one, written)):
        return ""
    if view.layer.class_name in NORMS:
        return "1 or -1" if "gamma" not in view.layer.config else "0"
    return _effect(view)


@TABLE.fact(Type.TEXT, "the axes that a statistic is taken along, as they were written: `axis=-1`")
def along_written(view: LayerView) -> Value:
    given = view.layer.config.get("axis")
    return "the array" if given is None else f"axis={shown(given)}"


NORMALISED_TO: Final = {"LayerNormalization": "0", "UnitNormalization": "1 or -1"}


@TABLE.fact(
    Type.TEXT,
    "what a normalisation along an axis of size 1 makes of every value, if all layers that the same code "
    "makes work along such an axis: `0` (LayerNormalization), `1 or -1` (UnitNormalization); the empty text "
    "for all else",
    ("", *NORMALISED_TO.values()),
    of_class=lambda view: view.layer.class_name in NORMALISED_TO,
)
def normalised_to(view: LayerView) -> Value:
    found = NORMALISED_TO.get(view.layer.class_name, "")
    calls = view.index.calls_made_with(view.call.layer) if found else ()
    return found if all(along_size(LayerView(view.index, call)) == 1 for call in calls) else ""
