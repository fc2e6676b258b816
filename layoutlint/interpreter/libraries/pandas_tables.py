"""Tables: what is known of a pandas DataFrame, Series and Index.

A table is a :class:`LibraryObject` with its ``array`` (rank 2 for a frame, 1 for a series and an index) and,
where they are known, the names of its ``columns``.
"""

from __future__ import annotations

from typing import TypeGuard

from layoutlint.interpreter.core.evaluator import Evaluator
from layoutlint.interpreter.core.narrowing import is_kind, known_texts
from layoutlint.interpreter.core.site import Site
from layoutlint.interpreter.core.values import LibraryObject, Value
from layoutlint.model import sizes
from layoutlint.model.axes import Axis, Evidence, Role, Shape
from layoutlint.model.graph import Tensor
from layoutlint.model.origins import Origin
from layoutlint.model.sizes import Size, symbol, unknown_size
from layoutlint.operations import Mask

FRAME, SERIES, INDEX = "pandas.DataFrame", "pandas.Series", "pandas.Index"
TABLES = (FRAME, SERIES)

Names = tuple[str, ...]


def is_table(value: Value) -> TypeGuard[LibraryObject]:
    """Return whether the value is a frame or a series."""
    return is_kind(value, FRAME, SERIES)


def is_frame(value: Value) -> TypeGuard[LibraryObject]:
    """Return whether the value is a table with rows and columns."""
    return is_kind(value, FRAME)


def is_series(value: Value) -> TypeGuard[LibraryObject]:
    """Return whether the value is one column."""
    return is_kind(value, SERIES)


def frame(site: Site, rows: Axis | Size, columns: Axis | Size, names: Names | None = None) -> LibraryObject:
    """Return a table of these rows and columns."""
    shape = Shape((_told(site, "samples", rows), _told(site, "columns", columns)))
    return labelled(site.evaluator, FRAME, shape, names, site.origin)


def _told(site: Site, role: Role, given: Axis | Size) -> Axis:
    """Return an axis with its role in a table, unless the data tell it already."""
    axis = _axis(given)
    if axis.evidence:
        return axis
    return Axis(axis.size, role, (Evidence(f"the {role} of a table", site.origin),))


def series(site: Site, rows: Axis | Size, *, mask: bool = False) -> LibraryObject:
    """Return one column of these rows."""
    axes = (_axis(rows),)
    return labelled(site.evaluator, SERIES, Mask(axes) if mask else Shape(axes), None, site.origin)


def index(site: Site, labels: Axis | Size) -> LibraryObject:
    """Return the labels of rows or columns."""
    return labelled(site.evaluator, INDEX, Shape((_axis(labels),)), None, site.origin)


def unknown_frame(site: Site) -> LibraryObject:
    """Return a table of unknown rows and columns."""
    return frame(site, unknown_size(), unknown_size())


def labelled(
    ev: Evaluator, kind: str, shape: Shape, names: Names | None, origin: Origin, name: str | None = None
) -> LibraryObject:
    """Return a frame, series or index of this shape."""
    array = Tensor(shape, None, origin, name)
    return LibraryObject(kind, origin, ev.journal.born({"array": array, "columns": names}))


def _axis(given: Axis | Size) -> Axis:
    return given if isinstance(given, Axis) else Axis(given)


def with_rows(ev: Evaluator, table: LibraryObject, rows: Axis | Size) -> LibraryObject:
    """Return the same table with other rows."""
    shape = shape_of(table).replaced(0, rows)
    return labelled(ev, table.kind, shape, columns_of(table), table.origin)


def shape_of(table: LibraryObject) -> Shape:
    """Return the shape of a table, of unknown sizes where a join left an array of another rank."""
    array = table.array
    rank = 2 if table.kind == FRAME else 1
    if array is None or array.shape is None or array.shape.rank != rank:
        return Shape(Axis(unknown_size()) for _ in range(rank))
    return array.shape


def columns_of(table: LibraryObject) -> Names | None:
    """Return the names of a table's columns, None where they are not known."""
    return known_texts(table.state.get("columns"))


def copied(ev: Evaluator, table: LibraryObject) -> LibraryObject:
    """Return a table of its own with the same rows and columns."""
    state = {name: value for name, value in table.state.items() if name != "unnamed"}
    return LibraryObject(table.kind, table.origin, ev.journal.born(state))


def change(ev: Evaluator, table: LibraryObject, shape: Shape | None, names: Names | None) -> None:
    """Give a table other columns in place; with ``shape``, other sizes too."""
    ev.journal.touch(table.state)
    table.state["columns"] = names
    if shape is not None:
        table.state["array"] = Tensor(shape, None, table.origin)


def names_of(value: Value) -> Names | None:
    """Return the names that a list of different texts or an index holds."""
    names = columns_of(value) if is_kind(value, INDEX) else known_texts(value)
    return names if names is not None and len(set(names)) == len(names) else None


def give_name(table: LibraryObject, name: str) -> None:
    """Name the unknown sizes of a table that was just read after the variable that it is assigned to."""
    if table.state.get("unnamed") is not True:
        return
    array = table.array
    if array is not None and array.shape is not None:
        axes = [
            axis.sized(symbol(f"{name}.shape[{index}]", table.origin))
            if sizes.is_symbolic(axis.size)
            else axis
            for index, axis in enumerate(array.shape)
        ]
        table.state["array"] = Tensor(Shape(axes), None, array.origin, name)
    table.state["unnamed"] = False


def axis_number(value: Value) -> int | None:
    """Return the axis that an ``axis=`` argument names, None where it is not known."""
    match value:
        case 0 | "index" | "rows":
            return 0
        case 1 | "columns":
            return 1
        case _:
            return None
