"""Parts of tables: ``df[key]``, ``df.iloc[…]``, ``df.loc[…]``.

Source: "Indexing and selecting data", https://pandas.pydata.org/docs/user_guide/indexing.html.
"""

from __future__ import annotations

from layoutlint.interpreter.core import arrays
from layoutlint.interpreter.core.evaluator import Evaluator
from layoutlint.interpreter.core.narrowing import is_kind, is_size, sequence
from layoutlint.interpreter.core.site import Site
from layoutlint.interpreter.core.tensor_values import array_of
from layoutlint.interpreter.core.values import LibraryObject, Rest, Unknown, Value
from layoutlint.interpreter.libraries.pandas_tables import (
    FRAME,
    INDEX,
    Names,
    assigned_to,
    change,
    column,
    columns_of,
    frame,
    index,
    is_frame,
    is_series,
    is_table,
    names_of,
    series,
    shape_of,
    take_columns,
    with_rows,
)
from layoutlint.model.axes import Axis, Shape
from layoutlint.model.graph import Tensor
from layoutlint.model.sizes import Expression, unknown_size
from layoutlint.operations import Mask


class _One:
    """An index that takes one position: the axis is gone."""


_ONE = _One()
Taken = Axis | _One | None
"""What an index leaves of an axis; None where that is not known."""


def item(site: Site, table: LibraryObject, key: Value) -> Value:
    """Return ``df["a"]``, ``df[["a", "b"]]``, ``df[mask]``, ``df[3:]``; of a series its elements."""
    rows = shape_of(table)[0]
    match key.array if is_series(key) else key:
        case Tensor(shape=Mask() as mask) if mask.rank == 1:
            return with_rows(site.evaluator, table, unknown_size(), picked=True)
        case Tensor():
            return site.lost("an item of a table by an unknown key")
        case slice() as piece:
            # two slices of a column are parts of one array
            return with_rows(site.evaluator, table, _sliced(site, rows, piece), picked=is_frame(table))
        case int() | str() if is_series(table):
            return site.lost("an element of a series")
        case _ if is_series(table):
            return site.lost("an item of a series by an unknown key")
        case Unknown():
            return site.lost("an item of a table by an unknown key")
        case bool():
            return site.lost("an item of a table")
        case str() | int() as name:
            return column(site, table, name)
        case _:
            chosen = _some_columns(site, rows, key)
            if is_frame(chosen):
                take_columns(chosen, table)
            return chosen


def _some_columns(site: Site, rows: Axis, key: Value) -> Value:
    """Return the frame of the columns that a list of names or an index chooses."""
    chosen = names_of(key)
    if chosen is not None:
        return frame(site, rows, len(chosen), chosen)
    match key:
        case LibraryObject() if is_kind(key, INDEX):
            return frame(site, rows, shape_of(key)[0].size)
        case [_, *_] as names if all(isinstance(name, str | Unknown) for name in names):
            # a name that is not known is still one column
            return frame(site, rows, len(names)) if isinstance(names, list) else Unknown()
        case list() if key:
            return frame(site, rows, unknown_size())
        case _:
            return site.lost("an item of a table")


def _is_bound(part: Value) -> bool:
    return part is None or is_size(part) or isinstance(part, Unknown)


def _sliced(site: Site, axis: Axis, key: slice) -> Axis:
    """Return what a slice by position leaves of an axis."""
    if all(_is_bound(part) for part in (key.start, key.stop, key.step)):
        piece = arrays.getitem(site, Tensor(Shape((axis,))), key)
        if isinstance(piece, Tensor) and piece.shape is not None and piece.shape.rank == 1:
            return piece.shape[0]
    return Axis(unknown_size(), axis.role)


def by_position(site: Site, indexer: LibraryObject, key: Value) -> Value:
    """Return ``df.iloc[rows, columns]``."""
    table = indexer.state.get("table")
    if not is_table(table):
        return site.lost("an unknown table")
    shape = shape_of(table)
    parts = _parts(key)
    taken = [_chosen(site, axis, part) for axis, part in zip(shape, parts, strict=False)]
    if len(parts) > shape.rank or None in taken:
        return site.lost("rows and columns that are not known")
    left = [*(axis for axis in taken if isinstance(axis, Axis)), *shape[len(parts) :]]
    match left:
        case []:
            return site.lost("one cell of a table")
        case [rows] if is_series(table):
            return with_rows(site.evaluator, table, rows)
        case [rows]:
            return series(site, rows)
        case _ if len(parts) < 2:
            return with_rows(site.evaluator, table, left[0], picked=True)
        case _:
            return frame(site, left[0], left[1], _chosen_names(columns_of(table), parts[1]))


def _parts(key: Value) -> list[Value]:
    return list(sequence(key) or ()) if isinstance(key, tuple) else [key]


def _chosen_names(names: Names | None, part: Value) -> Names | None:
    if names is None or not isinstance(part, slice):
        return None
    written = (part.start, part.stop, part.step)
    bounds = [bound for bound in written if bound is None or isinstance(bound, int)]
    return names[slice(*bounds)] if len(bounds) == len(written) else None


def _chosen(site: Site, axis: Axis, part: Value) -> Taken:
    """Return what a part of an index by position leaves of an axis."""
    match part:
        case slice():
            return _sliced(site, axis, part)
        case bool():
            return None
        case int() | Expression():
            return _ONE
        case range():
            return axis.sized(len(part))
        case [int(), *_] if isinstance(part, list) and all(isinstance(each, int) for each in part):
            return axis.sized(unknown_size() if any(isinstance(each, bool) for each in part) else len(part))
        case Tensor() | LibraryObject():
            return _chosen_by_array(axis, part)
        case _:
            return None


def _chosen_by_array(axis: Axis, part: Tensor | LibraryObject) -> Axis | None:
    """Return what a mask or an array of positions or labels leaves of an axis."""
    array = part.array if isinstance(part, LibraryObject) else part
    if array is None or array.shape is None or array.shape.rank != 1:
        return None
    return axis.sized(unknown_size() if isinstance(array.shape, Mask) else array.shape[0].size)


def by_label(site: Site, indexer: LibraryObject, key: Value) -> Value:
    """Return ``df.loc[rows, columns]``: a slice of labels has an unknown length, its end included."""
    table = indexer.state.get("table")
    if not is_table(table):
        return site.lost("an unknown table")
    shape, parts = shape_of(table), _parts(key)
    if not 0 < len(parts) <= shape.rank:
        return site.lost("rows and columns that are not known")
    rows = _labelled(shape[0], parts[0])
    if rows is None:
        return site.lost("rows that are not known")
    if not is_frame(table):
        return series(site, rows)
    if len(parts) == 1:
        return frame(site, rows, shape[1], columns_of(table))
    if isinstance(parts[1], str):
        return series(site, rows)
    columns = _labelled(shape[1], parts[1])
    if columns is None:
        return site.lost("columns that are not known")
    return frame(site, rows, columns, names_of(parts[1]))


def _labelled(axis: Axis, part: Value) -> Axis | None:
    """Return what a part of an index by label leaves of an axis; None where that is not known."""
    match part:
        case slice(start=None, stop=None, step=None):
            return axis
        case slice():
            return axis.sized(unknown_size())
        case Tensor() | LibraryObject():
            return _chosen_by_array(axis, part)
        case _:
            names = names_of(part)
            return None if names is None else axis.sized(len(names))


def set_item(ev: Evaluator, table: LibraryObject, key: Value, value: Value) -> None:
    """Carry out ``df["a"] = …``: one more column, unless there is one of that name."""
    if not is_frame(table):
        return
    names, (rows, columns) = columns_of(table), shape_of(table)
    assign(ev, table, key, value)
    match key:
        case str() if names is not None:
            names = names if key in names else (*names, key)
            change(ev, table, Shape((rows, Axis(len(names), columns.role))), names)
        case LibraryObject() | Tensor():
            pass  # cells chosen by a mask: no column is added
        case _:
            change(ev, table, Shape((rows, Axis(unknown_size(), columns.role))), None)


def assign(ev: Evaluator, table: LibraryObject, key: Value, value: Value) -> None:
    """Note what a column holds from now on; without its name, what all may hold anew."""
    ev.journal.touch(table.state)
    if isinstance(key, str):
        # what is not known is at least the same for all who read it
        array = array_of(value)
        is_column = array is not None and array.shape is not None and array.shape.rank == 1
        known = array if is_column else Tensor(Shape((shape_of(table)[0],)), None, table.origin, key)
        table.state["assigned"] = {**assigned_to(table), key: known}
    else:
        table.state["source"] = Tensor(shape_of(table), None, table.origin)
        table.state["assigned"] = None


def set_by_label(ev: Evaluator, indexer: LibraryObject, key: Value, value: Value) -> None:
    """Carry out ``df.loc[i, "a"] = …``, which may add rows and columns."""
    table = indexer.state.get("table")
    if is_frame(table):
        change(ev, table, Shape.of(unknown_size(), unknown_size()), None)
        assign(ev, table, key[1] if isinstance(key, tuple) and len(key) == 2 else None, None)


def set_by_position(ev: Evaluator, indexer: LibraryObject, key: Value, value: Value) -> None:
    """Carry out ``df.iloc[i, j] = …``, which adds neither rows nor columns."""
    table = indexer.state.get("table")
    if is_frame(table):
        assign(ev, table, None, None)


def items(ev: Evaluator, table: LibraryObject) -> list[Value] | None:
    """Return what a loop over a table meets: of a frame, the names of its columns."""
    names = columns_of(table)
    if table.kind == FRAME and names is not None:
        return list(names)
    return [Rest(Unknown(reason="an item of a table"))]


def index_item(site: Site, labels: LibraryObject, key: Value) -> Value:
    """Return ``df.columns[1:]`` or one of the labels."""
    if isinstance(key, slice):
        return index(site, _sliced(site, shape_of(labels)[0], key))
    return site.lost("the name of a column")
