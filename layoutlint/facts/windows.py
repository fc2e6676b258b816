"""Windows cut out of rows: which axis of an array of windows holds the steps, and which the features.

A table is (rows, columns). Its rows are the samples of a model, until somebody cuts windows of consecutive
rows and stacks them: then the rows of a window are steps, and the columns are features. What an array of
windows is made of tells which axis is which, wherever the axes are moved later.
"""

from __future__ import annotations

import ast
from collections.abc import Sequence
from typing import Final

from layoutlint.inference.labels import COLUMN, MAX_WAY, way
from layoutlint.inference.named_axes import NAMING_OPERATIONS
from layoutlint.model.axes import Axis, Evidence, Shape
from layoutlint.model.graph import Call, Slot, Tensor
from layoutlint.model.origins import SourceOrigin
from layoutlint.model.sizes import equal

ROWS: Final = "samples"
"""The role of the rows of a table, and of the samples of any other array."""
COLUMNS: Final = "columns"
"""The role of the columns of a table."""
WINDOW: Final = "rows of a window"
"""The role of the rows of a window that is cut out of an array along its first axis."""

STEPS: Final = "steps"

JOIN: Final = "join"
"""The operation that stands in the graph for an array that is one of two."""

STEPS_SAID: Final = "the rows of a window are steps"
FEATURES_SAID: Final = "the columns of a table are features"


def behind(call: Call, before: Shape, after: Shape) -> Shape:
    """Return the axes behind a call, with what it tells of windows: ``x[start:stop]``,
    ``sliding_window_view``, ``x.reshape(-1, 36, x.shape[1])``.
    """
    if call.layer.class_name == "getitem":
        return _chosen(call, before, after) or _cut(call, before, after)
    if call.layer.class_name == "reshape":
        return _split(call, before, after)
    if call.layer.class_name in NAMING_OPERATIONS:
        return call.output_tensors[0].shape or after
    return _slid(call, before, after) if call.layer.class_name == "sliding_window_view" else after


def _cut(call: Call, before: Shape, after: Shape) -> Shape:
    origin = call.layer.origin
    if not isinstance(origin, SourceOrigin) or not _cuts_a_window(origin.node):
        return after
    new = after.rank - before.rank  # x[None, i:i + n]
    if not before or new < 0 or before[0].role not in ("", ROWS):
        return after
    axes = list(after)
    axes[new] = Axis(axes[new].size, WINDOW, (Evidence(STEPS_SAID, origin),))
    if before.rank == 2 and not axes[new + 1].role:
        axes[new + 1] = Axis(axes[new + 1].size, COLUMNS, (Evidence(FEATURES_SAID, origin),))
    return Shape(axes)


def _split(call: Call, before: Shape, after: Shape) -> Shape:
    """Return the axes of pieces of a table that follow each other: as many rows in each."""
    if before.rank != 2 or after.rank != 3 or [axis.role for axis in before] != [ROWS, COLUMNS]:
        return after
    pieces, rows, columns = after.sizes
    is_cut = rows not in (None, 1) and pieces not in (None, 1) and equal(pieces, before[0].size) is not True
    if not is_cut or after[1].role or equal(columns, before[1].size) is not True:
        return after
    said = Evidence(STEPS_SAID, call.layer.origin)
    told = Axis(columns, COLUMNS, before[1].evidence)
    return Shape((after[0], Axis(rows, WINDOW, (said,)), told))


def _chosen(call: Call, before: Shape, after: Shape) -> Shape | None:
    """Return the axes of windows that an array of places takes out of a table: ``x[start[:, None] + step]``;
    None for any other item.
    """
    key = call.layer.config.get("key")
    places = call.input_tensors[key.index] if isinstance(key, Slot) else None
    if places is None or places.shape is None or places.shape.rank != 2 or not _are_of_windows(places):
        return None
    if before.rank > 2 or after.rank != before.rank + 1 or before[0].role not in ("", ROWS):
        return None
    said = Evidence(STEPS_SAID, call.layer.origin)
    axes = [after[0], Axis(after[1].size, WINDOW, (said,))]
    if before.rank == 2:
        is_told = after[2].role and after[2].evidence
        columns = Evidence(FEATURES_SAID, call.layer.origin)
        axes.append(after[2] if is_told else Axis(after[2].size, COLUMNS, (columns,)))
    return Shape(axes)


def _are_of_windows(places: Tensor) -> bool:
    """Tell whether an array of places is a sum of the places where windows start and of the steps in each:
    its rows count on by one.
    """
    made = places.producer
    if made is None or made.layer.class_name != "add" or len(made.input_tensors) != 2:
        return False
    counted = [_is_counted(part) for part in made.input_tensors]
    is_row = [
        part.shape is not None and (part.shape.rank == 1 or part.shape[0].size == 1)
        for part in made.input_tensors
    ]
    return any(a and b for a, b in zip(counted, is_row, strict=True))


def _is_counted(tensor: Tensor) -> bool:
    """Tell whether an array is ``np.arange(n)``, whatever axes of 1 it got."""
    for _ in range(MAX_WAY):
        made = tensor.producer
        if made is None:
            return False
        if made.layer.class_name == "arange":
            return bool(made.layer.config.get("step", 1) == 1)
        if made.layer.class_name not in ("getitem", "expand_dims", "reshape") or len(made.input_tensors) != 1:
            return False
        tensor = made.input_tensors[0]
    return False


def _cuts_a_window(node: object) -> bool:
    """Tell whether an index takes the rows between two computed places: ``x[i:i + n]``."""
    if not isinstance(node, ast.Subscript):
        return False
    key = node.slice
    parts = list(key.elts) if isinstance(key, ast.Tuple) else [key]
    while parts and _is_new_axis(parts[0]):
        del parts[0]
    first, *others = parts or [key]
    if (
        not isinstance(first, ast.Slice)
        or first.lower is None
        or first.upper is None
        or first.step is not None
    ):
        return False
    if any(isinstance(part, ast.Slice) and _is_computed(part.lower) for part in others):
        return False  # a patch of an image: x[i:i + n, j:j + n]
    return _is_computed(first.lower)


def _is_computed(bound: ast.expr | None) -> bool:
    if bound is None or isinstance(bound, ast.Constant):
        return False
    return any(isinstance(part, ast.Name | ast.Attribute) for part in ast.walk(bound))


def _is_new_axis(part: ast.expr) -> bool:
    return (isinstance(part, ast.Constant) and part.value is None) or getattr(part, "attr", "") == "newaxis"


def _slid(call: Call, before: Shape, after: Shape) -> Shape:
    """Return the shape of windows: their axes come last, in the order of the axes that are cut."""
    origin, named = call.layer.origin, call.layer.config.get("axis")
    places = range(before.rank) if named is None else named if isinstance(named, list | tuple) else [named]
    if any(isinstance(place, bool) or not isinstance(place, int) for place in places):
        return after
    cuts = [place % before.rank for place in places if -before.rank <= place < before.rank]
    if len(cuts) != after.rank - before.rank:
        return after
    axes = list(after)
    for number, place in enumerate(cuts, before.rank):
        was = before[place]
        axes[number] = Axis(after[number].size, was.role, was.evidence)
        if place:
            axes[place] = Axis(after[place].size)
    if 0 in cuts and before[0].role in ("", ROWS) and (before.rank <= 2 or before[0].role):
        at = before.rank + cuts.index(0)
        axes[at] = Axis(after[at].size, WINDOW, (Evidence(STEPS_SAID, origin),))
        columns = 1 if 1 not in cuts else before.rank + cuts.index(1)
        if before.rank == 2 and not axes[columns].role:
            axes[columns] = Axis(after[columns].size, COLUMNS, (Evidence(FEATURES_SAID, origin),))
    return Shape(axes)


def of_columns(call: Call, parts: Sequence[Tensor], made: Shape) -> Shape:
    """Return the axes of an array of columns of a table, one of which counts the columns:
    ``np.array([[part[name].values for name in names] for part in parts])``.
    """
    places = {"array": made.rank - 2, "stack": call.layer.config.get("axis", 0), "vstack": 0}
    place = places.get(call.layer.class_name)
    if not isinstance(place, int) or not -made.rank <= place < made.rank:
        return made
    columns = {_column(part) for part in parts}
    axis = made[place]
    if len(columns - {None}) < 2 or axis.role or axis.size == 1:
        return made
    if None in columns and not all(part.shape is not None and _is_column(part.shape) for part in parts):
        return made
    return made.replaced(place, Axis(axis.size, COLUMNS, (Evidence(FEATURES_SAID, call.layer.origin),)))


def _is_column(shape: Shape) -> bool:
    """Tell whether an array has one value for each row of a table: a column, or computed of some."""
    return shape.rank == 1 and shape[0].role == ROWS and bool(shape[0].evidence)


def of_rows(call: Call, parts: Sequence[Shape | None], made: Shape) -> Shape:
    """Return the axes of an array of rows of a table that follow each other: ``np.array(deque_of_rows)``."""
    place = {"array": 0, "stack": call.layer.config.get("axis", 0)}.get(call.layer.class_name)
    rows = [part for part in parts if part is not None and part.rank == 1 and part[0].role == COLUMNS]
    if place != 0 or made.rank != 2 or not rows or len(rows) < len(parts) or made[0].role:
        return made
    return made.replaced(0, Axis(made[0].size, WINDOW, (Evidence(STEPS_SAID, call.layer.origin),)))


def _column(tensor: Tensor) -> object:
    """Return the name of the column of a table that an array is a part of; None for any other array."""
    for _ in range(MAX_WAY):
        root = tensor
        for root in way(tensor):
            if root.producer is not None and root.producer.layer.class_name == COLUMN:
                return root.producer.layer.config["key"]
        made = root.producer
        if made is None or made.layer.class_name != JOIN:
            return None
        tensor = made.input_tensors[0]
    return None


def told(shape: Shape) -> Shape:
    """Return the axes with what rows and columns are beside each other: in one sample, steps and
    features.

    The rows alone may be anything, and so may the columns: a table of images has pixels for columns.
    """
    roles = [axis.role for axis in shape]
    if len(shape) == 2 and roles == [COLUMNS, ROWS] and _is_made_of_columns(shape[0]):
        return Shape((Axis(shape[0].size, "features", shape[0].evidence), shape[1]))
    inside = [place for place, role in enumerate(roles) if place and role in (ROWS, WINDOW, STEPS)]
    cuts = WINDOW in roles[1:] or COLUMNS in roles[1:]
    if len(inside) != 1 or not cuts or not shape[inside[0]].evidence:
        return Shape(Axis(axis.size) if axis.role in (COLUMNS, WINDOW) else axis for axis in shape)
    renamed = {} if roles[inside[0]] == STEPS else {inside[0]: (STEPS, STEPS_SAID)}
    renamed |= {
        place: ("features", FEATURES_SAID) for place, role in enumerate(roles) if place and role == COLUMNS
    }
    return Shape(
        Axis(axis.size, renamed[place][0], _said(axis, renamed[place][1]))
        if place in renamed
        else Axis(axis.size)
        if axis.role in (COLUMNS, WINDOW)
        else axis
        for place, axis in enumerate(shape)
    )


def _is_made_of_columns(axis: Axis) -> bool:
    """Tell whether columns of a table were put below each other; a whole table may be turned on purpose."""
    return any(each.message == FEATURES_SAID for each in axis.evidence)


def _said(axis: Axis, message: str) -> tuple[Evidence, ...]:
    return (*axis.evidence[:-1], Evidence(message, axis.evidence[-1].origin)) if axis.evidence else ()
