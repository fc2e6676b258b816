"""Tables: pandas's DataFrame, Series and Index as far as programs feed models from them.

A table is a :class:`LibraryObject` with its ``array`` (rank 2 for a frame, 1 for a series) and, where they
are known, its ``columns``.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping
from typing import Any

from layoutlint.interpreter.core import arrays
from layoutlint.interpreter.core.arguments import Arguments
from layoutlint.interpreter.core.evaluator import Evaluator
from layoutlint.interpreter.core.library import Kind, Library
from layoutlint.interpreter.core.site import Handler, Site
from layoutlint.interpreter.core.values import (
    OTHERS,
    FunctionValue,
    LibraryObject,
    NativeMethod,
    Rest,
    Unknown,
    Value,
)
from layoutlint.model import sizes
from layoutlint.model.axes import Axis, Evidence, Shape
from layoutlint.model.graph import Tensor
from layoutlint.model.sizes import Size, symbol, unknown_size
from layoutlint.operations import Mask

FRAME, SERIES, INDEX = "pandas.DataFrame", "pandas.Series", "pandas.Index"
PLACES, LABELS = "pandas.iloc", "pandas.loc"
WINDOW = "pandas.Rolling"
TABLES = (FRAME, SERIES)


def is_frame(value: Value) -> bool:
    """Whether the value is a table with rows and columns."""
    return isinstance(value, LibraryObject) and value.kind == FRAME


def frame(
    ev: Evaluator, rows: Axis | Size, columns: Axis | Size, names: tuple[str, ...] | None, origin: Any
) -> LibraryObject:
    """A table of so many rows and columns."""
    shape = Shape(axis if isinstance(axis, Axis) else Axis(axis) for axis in (rows, columns))
    return _table(ev, FRAME, Tensor(shape, None, origin), names, origin)


def series(ev: Evaluator, rows: Axis | Size, origin: Any, *, mask: bool = False) -> LibraryObject:
    """One column."""
    axes = [rows if isinstance(rows, Axis) else Axis(rows)]
    return _table(ev, SERIES, Tensor(Mask(axes) if mask else Shape(axes), None, origin), None, origin)


def _table(
    ev: Evaluator, kind: str, array: Tensor, names: tuple[str, ...] | None, origin: Any
) -> LibraryObject:
    return LibraryObject(kind, origin, ev.journal.born({"array": array, "columns": names}))


def with_rows(ev: Evaluator, table: LibraryObject, rows: Axis | Size) -> LibraryObject:
    """The same table with other rows."""
    array = table.array
    assert array is not None
    assert array.shape is not None
    shape = array.shape.replaced(0, rows)
    return _table(ev, table.kind, Tensor(shape, None, array.origin), table.state.get("columns"), table.origin)


def _shape(table: LibraryObject) -> Shape:
    array = table.array
    # a joined array of another rank is no table any more: then nothing is known of it
    if array is None or array.shape is None or array.shape.rank != (2 if table.kind == FRAME else 1):
        count = 2 if table.kind == FRAME else 1
        return Shape(Axis(unknown_size()) for _ in range(count))
    return array.shape


def _columns(table: LibraryObject) -> tuple[str, ...] | None:
    names = table.state.get("columns")
    return names if isinstance(names, tuple) and all(isinstance(name, str) for name in names) else None


def _copy(ev: Evaluator, table: LibraryObject) -> LibraryObject:
    state = {name: value for name, value in table.state.items() if name != "unnamed"}
    return LibraryObject(table.kind, table.origin, ev.journal.born(state))


# ---------------------------------------------------------------------- making tables


def _read(site: Site, arguments: Arguments) -> Value:
    """``pd.read_csv`` and its like: unknown rows, and as many columns as the arguments say."""
    origin = site.origin
    if arguments.open or any(name in arguments.keywords for name in ("chunksize", "iterator", "squeeze")):
        return site.lost("a file that is read in parts")
    if arguments.keywords.get("sheet_name", "") is None:
        return site.lost("several sheets")
    names = _names(site.evaluator, arguments.keywords.get("names"))
    used = arguments.keywords.get("usecols")
    columns: Size = unknown_size()
    known: tuple[str, ...] | None = None
    if arguments.keywords.get("index_col") is None:
        if used is not None:
            items = site.items(used) if isinstance(used, list | tuple) else None
            if items is not None and not any(isinstance(item, Rest) for item in items):
                columns, known = len(items), _names(site.evaluator, used)
        elif names is not None:
            columns, known = len(names), names
    evidence = (Evidence("the rows of a file", origin),)
    made = frame(site.evaluator, Axis(unknown_size(), "samples", evidence), columns, known, origin)
    made.state["unnamed"] = True
    return made


def _give_name(table: LibraryObject, name: str) -> None:
    """Call the unknown sizes of a table that was read just now after the variable that it is assigned to."""
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


def _names(ev: Evaluator, value: Value) -> tuple[str, ...] | None:
    if isinstance(value, LibraryObject) and value.kind == INDEX:
        return _columns(value)
    items = ev.items(value) if isinstance(value, list | tuple) else None
    if items is None or not all(isinstance(item, str) for item in items) or len(set(items)) < len(items):
        return None
    return tuple(items)


def _new_frame(site: Site, arguments: Arguments) -> Value:
    """``pd.DataFrame(data, columns=…)``."""
    value, written = arguments.get(0, "data"), arguments.get(2, "columns")
    origin = site.origin
    names = _names(site.evaluator, written)
    if isinstance(value, LibraryObject) and value.kind == FRAME and written is None:
        return _copy(site.evaluator, value)
    if isinstance(value, LibraryObject):
        value = value.array
    if isinstance(value, Tensor) and value.shape is not None and value.shape.rank in (1, 2):
        columns = value.shape[1] if value.shape.rank == 2 else Axis(1)
        return frame(site.evaluator, value.shape[0], columns, names, origin)
    if isinstance(value, dict) and written is None and all(isinstance(key, str) for key in value):
        lengths = {len(site.items(item) or ()) for item in value.values() if isinstance(item, list | tuple)}
        rows = unknown_size()
        first = next(iter(value.values()), None)
        array = first.array if isinstance(first, LibraryObject) else first
        counted: Size = rows
        if isinstance(array, Tensor) and array.shape is not None and array.shape.rank == 1:
            counted = array.shape[0].size
        elif len(lengths) == 1 and not any(
            isinstance(item, Rest) for column in value.values() for item in site.items(column) or ()
        ):
            counted = lengths.pop()
        return frame(site.evaluator, counted, len(value), tuple(value), origin)
    if written is not None and names is not None:
        return frame(site.evaluator, unknown_size(), len(names), names, origin)
    return frame(site.evaluator, unknown_size(), unknown_size(), None, origin)


def _new_series(site: Site, arguments: Arguments) -> Value:
    value = arguments.get(0, "data")
    array = value.array if isinstance(value, LibraryObject) else value
    rows: Axis | Size = unknown_size()
    if isinstance(array, Tensor) and array.shape is not None and array.shape.rank == 1:
        rows = array.shape[0]
    elif isinstance(value, list) and not any(isinstance(item, Rest) for item in value):
        rows = len(value)
    return series(site.evaluator, rows, site.origin)


def _dummies(site: Site, arguments: Arguments) -> Value:
    value = arguments.get(0, "data")
    array = value.array if isinstance(value, LibraryObject) else value
    rows = array.shape[0] if isinstance(array, Tensor) and array.shape else Axis(unknown_size())
    return frame(site.evaluator, rows, unknown_size(), None, site.origin)


def _concatenated(site: Site, arguments: Arguments) -> Value:
    """``pd.concat``: of tables with the same known columns below each other the rows add up; else only the
    rank is known.
    """
    given = arguments.get(0, "objs")
    if isinstance(given, dict):
        given = [Rest(table) if key is OTHERS else table for key, table in given.items()]
    tables = site.items(given)
    axis = arguments.get(1, "axis", 0)
    origin = site.origin
    if tables and any(isinstance(table, Rest) for table in tables):
        return _any_number_of_tables(site, tables, axis)
    if not tables or not all(isinstance(t, LibraryObject) and t.kind in TABLES for t in tables):
        return site.lost("tables that are not known")
    shapes = [_shape(table) for table in tables]
    if axis in (0, "index") and all(table.kind == SERIES for table in tables):
        return series(site.evaluator, _sum([shape[0].size for shape in shapes]), origin)
    if axis in (0, "index") and all(table.kind == FRAME for table in tables):
        names = [_columns(table) for table in tables]
        same = names[0] is not None and all(set(other or ()) == set(names[0]) for other in names)
        columns: Size = shapes[0][1].size if same else unknown_size()
        return frame(
            site.evaluator, _sum([s[0].size for s in shapes]), columns, names[0] if same else None, origin
        )
    if axis in (1, "columns"):
        wide = [shape[1].size if shape.rank == 2 else 1 for shape in shapes]
        return frame(site.evaluator, unknown_size(), _sum(wide), None, origin)
    return site.lost("tables joined along an unknown axis")


def _any_number_of_tables(site: Site, tables: list[Value], axis: Value) -> Value:
    """Tables that a loop gathered, below each other: an unknown number of rows."""
    found = [table.item if isinstance(table, Rest) else table for table in tables]
    names = [_columns(table) for table in found if is_frame(table)]
    if axis not in (0, "index") or len(names) < len(found):
        return site.lost("tables that are not known")
    first = names[0]
    same = first is not None and all(set(other or ()) == set(first) for other in names)
    columns = len(first) if same and first is not None else unknown_size()
    return frame(site.evaluator, unknown_size(), columns, first if same else None, site.origin)


def _sum(numbers: list[Size]) -> Size:
    total: Size = 0
    for number in numbers:
        total = sizes.add(total, number)
    return total


# ---------------------------------------------------------------------- parts


def item(site: Site, table: LibraryObject, key: Value) -> Value:
    """``df["a"]``, ``df[["a", "b"]]``, ``df[mask]``, ``df[3:]``; of a series its elements."""
    shape, origin = _shape(table), site.origin
    if isinstance(key, LibraryObject) and key.kind == SERIES:
        key = key.array
    if isinstance(key, Tensor):
        if isinstance(key.shape, Mask) and key.shape.rank == 1:
            return with_rows(site.evaluator, table, unknown_size())
        return site.lost("an item of a table by an unknown key")
    if isinstance(key, slice):
        bounds = (key.start, key.stop, key.step)
        plain = all(part is None or isinstance(part, int | sizes.Expression | Unknown) for part in bounds)
        rows = _sliced(site, shape[0], key) if plain else Axis(unknown_size(), shape[0].role)
        return with_rows(site.evaluator, table, rows)
    if table.kind == SERIES:
        if isinstance(key, int | str):
            return site.lost("an element of a series")
        return site.lost("an item of a series by an unknown key")
    if isinstance(key, str) or (isinstance(key, int) and not isinstance(key, bool)):
        return series(site.evaluator, shape[0], origin)
    chosen = _names(site.evaluator, key)
    if chosen is not None:
        return frame(site.evaluator, shape[0], len(chosen), chosen, origin)
    if isinstance(key, LibraryObject) and key.kind == INDEX:
        return frame(site.evaluator, shape[0], _shape(key)[0].size, None, origin)
    if isinstance(key, list | tuple) and all(isinstance(item, str | Unknown) for item in key) and key:
        # a name that is not known is still one column
        return frame(site.evaluator, shape[0], len(key), None, origin) if isinstance(key, list) else Unknown()
    if isinstance(key, list) and key:
        return frame(site.evaluator, shape[0], unknown_size(), None, origin)
    if isinstance(key, Unknown):
        return site.lost("an item of a table by an unknown key")
    return site.lost("an item of a table")


def _sliced(site: Site, axis: Axis, key: slice) -> Axis:
    piece = arrays.getitem(site, Tensor(Shape((axis,))), key)
    if isinstance(piece, Tensor) and piece.shape is not None and piece.shape.rank == 1:
        return piece.shape[0]
    return Axis(unknown_size(), axis.role)


def _by_place(site: Site, indexer: LibraryObject, key: Value) -> Value:
    """``df.iloc[rows, columns]``."""
    table = indexer.state.get("table")
    if not isinstance(table, LibraryObject):
        return site.lost("an unknown table")
    shape, origin = _shape(table), site.origin
    parts = list(key) if isinstance(key, tuple) else [key]
    parts = [part.array if isinstance(part, LibraryObject) else part for part in parts]
    if len(parts) > shape.rank or any(part is None or part is Ellipsis for part in parts):
        return site.lost("rows and columns that are not known")
    taken = [_chosen(site, axis, part) for axis, part in zip(shape, parts, strict=False)]
    if any(axis is _LOST for axis in taken):
        return site.lost("rows and columns that are not known")
    left = [*(axis for axis in taken if axis is not None), *shape[len(parts) :]]
    if not left:
        return site.lost("one cell of a table")
    if len(left) == 1:
        return series(site.evaluator, left[0], origin)
    names = _columns(table)
    if names is not None and len(parts) == 2 and isinstance(parts[1], slice):
        bounds = (parts[1].start, parts[1].stop, parts[1].step)
        names = names[parts[1]] if all(isinstance(part, int | None) for part in bounds) else None
    elif len(parts) == 2:
        names = None
    return frame(site.evaluator, left[0], left[1], names, origin)


_LOST = Axis(-1)


def _chosen(site: Site, axis: Axis, part: Value) -> Axis | None:
    """What a part of an index leaves of an axis; None where it takes one place."""
    if isinstance(part, slice):
        return _sliced(site, axis, part)
    if isinstance(part, bool):
        return _LOST
    if isinstance(part, int | sizes.Expression):
        return None
    if isinstance(part, Tensor) and part.shape is not None and part.shape.rank == 1:
        return axis.sized(unknown_size() if isinstance(part.shape, Mask) else part.shape[0].size)
    if isinstance(part, list) and part and all(isinstance(item, int) for item in part):
        return axis.sized(unknown_size() if any(isinstance(item, bool) for item in part) else len(part))
    if isinstance(part, range):
        return axis.sized(len(part))
    return _LOST


def _by_label(site: Site, indexer: LibraryObject, key: Value) -> Value:
    """``df.loc[rows, columns]``: a slice of labels holds an unknown number of them, its end included."""
    table = indexer.state.get("table")
    if not isinstance(table, LibraryObject):
        return site.lost("an unknown table")
    shape, origin = _shape(table), site.origin
    parts = list(key) if isinstance(key, tuple) else [key]
    if len(parts) > shape.rank:
        return site.lost("rows and columns that are not known")
    rows = _labelled(site.evaluator, shape[0], parts[0])
    if rows is _LOST or rows is None:
        return site.lost("rows that are not known")
    if table.kind == SERIES:
        return series(site.evaluator, rows, origin)
    if len(parts) == 1:
        return frame(site.evaluator, rows, shape[1], _columns(table), origin)
    if isinstance(parts[1], str):
        return series(site.evaluator, rows, origin)
    columns = _labelled(site.evaluator, shape[1], parts[1])
    if columns is _LOST or columns is None:
        return site.lost("columns that are not known")
    return frame(site.evaluator, rows, columns, _names(site.evaluator, parts[1]), origin)


def _labelled(ev: Evaluator, axis: Axis, part: Value) -> Axis | None:
    if isinstance(part, slice):
        everything = part.start is None and part.stop is None and part.step is None
        return axis if everything else axis.sized(unknown_size())
    if isinstance(part, LibraryObject):
        part = part.array
    if isinstance(part, Tensor) and part.shape is not None and part.shape.rank == 1:
        return axis.sized(unknown_size() if isinstance(part.shape, Mask) else part.shape[0].size)
    names = _names(ev, part)
    return axis.sized(len(names)) if names is not None else _LOST


def _attribute(site: Site, table: LibraryObject, name: str) -> Value:
    shape, names = _shape(table), _columns(table)
    if name == "shape":
        return shape.sizes
    if name == "ndim":
        return shape.rank
    if name == "size":
        return sizes.product(shape.sizes)
    if name == "values":
        return Tensor(shape, None, site.origin)
    if name in ("iloc", "loc"):
        kind = PLACES if name == "iloc" else LABELS
        return LibraryObject(kind, site.origin, {"table": table})
    if name == "columns" and table.kind == FRAME:
        if names is not None:
            return site.journal.born(list(names))
        return _table(site.evaluator, INDEX, Tensor(Shape((shape[1],))), None, site.origin)
    if name == "index":
        return _table(site.evaluator, INDEX, Tensor(Shape((shape[0],))), None, site.origin)
    if name == "T" and table.kind == FRAME:
        return frame(site.evaluator, shape[1], shape[0], None, site.origin)
    if name in _ROWS_KEPT or name in _FRAME_METHODS or name in _FOLDS:
        return NativeMethod(table, name)
    if table.kind == FRAME and names is not None and name in names:
        return series(site.evaluator, shape[0], site.origin)
    return NativeMethod(table, name)


# ---------------------------------------------------------------------- methods


_ROWS_KEPT = frozenset(
    [
        "fillna",
        "astype",
        "copy",
        "sort_values",
        "sort_index",
        "interpolate",
        "shift",
        "diff",
        "pct_change",
        "cumsum",
        "cumprod",
        "clip",
        "round",
        "abs",
        "rename",
        "ffill",
        "bfill",
        "replace",
        "infer_objects",
        "convert_dtypes",
        "mask",
        "where",
        "rank",
    ]
)
"""Methods that leave rows and columns as they are."""
_COMPARED = frozenset(
    [
        "isna",
        "isnull",
        "notna",
        "notnull",
        "isin",
        "eq",
        "ne",
        "lt",
        "le",
        "gt",
        "ge",
        "between",
        "duplicated",
    ]
)
_ARITHMETIC = frozenset(
    ["add", "sub", "subtract", "mul", "multiply", "div", "divide", "truediv", "floordiv", "mod", "pow"]
)
_ROWS_CHOSEN = frozenset(["sample", "query", "drop_duplicates", "nlargest", "nsmallest"])
_FOLDS = frozenset(
    [
        "mean",
        "std",
        "var",
        "sum",
        "min",
        "max",
        "median",
        "count",
        "nunique",
        "prod",
        "skew",
        "kurt",
        "sem",
        "all",
        "any",
        "mode",
        "quantile",
    ]
)


def _method(site: Site, table: LibraryObject, name: str, arguments: Arguments) -> Value:
    result = _called(site, table, name, arguments)
    if arguments.keywords.get("inplace") is True and isinstance(result, LibraryObject):
        site.journal.touch(table.state)
        table.state.update(result.state)
        return None
    if "inplace" in arguments.keywords and not isinstance(arguments.keywords["inplace"], bool):
        return site.lost("whether a table is changed in place")
    return result


def _called(site: Site, table: LibraryObject, name: str, arguments: Arguments) -> Value:
    shape, origin = _shape(table), site.origin
    if name in _ROWS_KEPT or name in _ARITHMETIC:
        other = arguments.get(0, "other")
        if name in _ARITHMETIC and not isinstance(other, int | float):
            return operator(site, "+", table, other)
        copied = _copy(site.evaluator, table)
        if name == "rename":
            copied.state["columns"] = None
        return copied
    if name in _COMPARED:
        return (
            series(site.evaluator, shape[0], origin, mask=True)
            if table.kind == SERIES or name == "duplicated"
            else _table(site.evaluator, FRAME, Tensor(Mask(shape)), table.state.get("columns"), origin)
        )
    if name in _ROWS_CHOSEN or (name == "dropna" and arguments.get(0, "axis", 0) in (0, "index", "rows")):
        return with_rows(site.evaluator, table, Axis(unknown_size(), shape[0].role, shape[0].evidence))
    if name in ("to_numpy", "as_matrix", "to_list", "tolist", "to_csv", "info", "plot", "hist", "to_dict"):
        if name in ("to_numpy", "as_matrix"):
            return Tensor(shape, None, origin)
        if name in ("to_list", "tolist") and table.kind == SERIES:
            return site.journal.born([Rest(Unknown(reason="an element of a series"))])
        return None if name in ("to_csv", "info") else site.lost(f"{name} of a table")
    handler = (_FRAME_METHODS if table.kind == FRAME else _SERIES_METHODS).get(name)
    if handler is not None:
        return handler(site, table, arguments)
    if name in _FOLDS and table.kind == FRAME and not arguments.positional and not arguments.keywords:
        return series(site.evaluator, unknown_size(), origin)
    return site.lost(f"{name} of a table")


def _drop(site: Site, table: LibraryObject, arguments: Arguments) -> Value:
    """``df.drop("a", axis=1)``, ``df.drop(columns=[…])``."""
    shape, names, origin = _shape(table), _columns(table), site.origin
    columns = arguments.keywords.get("columns")
    rows = arguments.keywords.get("index")
    axis = arguments.get(1, "axis", 0)
    if columns is None and rows is None:
        labels = arguments.get(0, "labels")
        if axis in (1, "columns"):
            columns = labels
        elif axis in (0, "index", "rows"):
            rows = labels
        else:
            return frame(site.evaluator, unknown_size(), unknown_size(), None, origin)
    kept_rows = shape[0] if rows is None else shape[0].sized(unknown_size())
    if columns is None:
        return frame(site.evaluator, kept_rows, shape[1], names, origin)
    gone = (columns,) if isinstance(columns, str) else _names(site.evaluator, columns)
    certain = arguments.keywords.get("errors", "raise") == "raise"
    if names is not None and gone is not None:
        left = tuple(name for name in names if name not in gone)
        return frame(site.evaluator, kept_rows, len(left), left, origin)
    if gone is not None and certain:
        return frame(
            site.evaluator, kept_rows, shape[1].sized(sizes.subtract(shape[1].size, len(gone))), None, origin
        )
    return frame(site.evaluator, kept_rows, unknown_size(), None, origin)


def _pop(site: Site, table: LibraryObject, arguments: Arguments) -> Value:
    column = series(site.evaluator, _shape(table)[0], site.origin)
    left = _drop(site, table, Arguments((arguments.get(0, "item"), 1)))
    site.journal.touch(table.state)
    table.state.update(left.state)
    return column


def _insert(site: Site, table: LibraryObject, arguments: Arguments) -> Value:
    set_item(site.evaluator, table, arguments.get(1, "column"), arguments.get(2, "value"))
    site.journal.touch(table.state)
    table.state["columns"] = None
    return None


def _head(site: Site, table: LibraryObject, arguments: Arguments) -> Value:
    count = arguments.get(0, "n", 5)
    rows = _shape(table)[0]
    size: Size = unknown_size()
    if isinstance(count, int) and count >= 0:
        size = sizes.minimum(rows.size, count)
    return with_rows(site.evaluator, table, rows.sized(size))


def _reset_index(site: Site, table: LibraryObject, arguments: Arguments) -> Value:
    if arguments.keywords.get("drop") is True:
        return _copy(site.evaluator, table)
    return frame(site.evaluator, _shape(table)[0], unknown_size(), None, site.origin)


def _set_index(site: Site, table: LibraryObject, arguments: Arguments) -> Value:
    keys = arguments.get(0, "keys")
    if isinstance(keys, str) and "drop" not in arguments.keywords and "append" not in arguments.keywords:
        return _drop(site, table, Arguments((keys, 1)))
    return frame(site.evaluator, _shape(table)[0], unknown_size(), None, site.origin)


def _other_columns(site: Site, table: LibraryObject, arguments: Arguments) -> Value:
    return frame(site.evaluator, _shape(table)[0], unknown_size(), None, site.origin)


def _other_shape(site: Site, table: LibraryObject, arguments: Arguments) -> Value:
    return frame(site.evaluator, unknown_size(), unknown_size(), None, site.origin)


def _rolling(site: Site, table: LibraryObject, arguments: Arguments) -> Value:
    return LibraryObject(WINDOW, site.origin, {"table": table})


def _of_window(site: Site, window: LibraryObject, name: str, arguments: Arguments) -> Value:
    table = window.state.get("table")
    if name in ("mean", "std", "sum", "min", "max", "median", "var") and isinstance(table, LibraryObject):
        return _copy(site.evaluator, table)
    return site.lost(f"{name} of a rolling window")


def _mapped(site: Site, table: LibraryObject, arguments: Arguments) -> Value:
    """``series.apply(f)``: an element for an element, unless ``f`` makes a series of each."""
    function = arguments.get(0, "func")
    if isinstance(function, Unknown):
        return site.lost("an unknown function of each element")
    if isinstance(function, FunctionValue) and "Series" in ast.unparse(function.node):
        return site.lost("a function that makes a series of each element")
    return _copy(site.evaluator, table)


def _unique(site: Site, table: LibraryObject, arguments: Arguments) -> Value:
    return Tensor(Shape.of(unknown_size()), None, site.origin)


def _reshaped(site: Site, table: LibraryObject, arguments: Arguments) -> Value:
    assert table.array is not None
    return arrays.tensor_method(site, table.array, "reshape", arguments)


def _grouped(site: Site, table: LibraryObject, arguments: Arguments) -> Value:
    from layoutlint.interpreter.libraries import pandas_groups  # it builds on this module

    return pandas_groups.grouped(site, table)


_FRAME_METHODS: Mapping[str, Callable[..., Value]] = {
    "groupby": _grouped,
    "drop": _drop,
    "dropna": _other_shape,
    "pop": _pop,
    "insert": _insert,
    "head": _head,
    "tail": _head,
    "reset_index": _reset_index,
    "set_index": _set_index,
    "select_dtypes": _other_columns,
    "join": _other_columns,
    "merge": _other_shape,
    "rolling": _rolling,
    "applymap": lambda site, table, *rest: _copy(site.evaluator, table),
}
_SERIES_METHODS: Mapping[str, Callable[..., Value]] = {
    "groupby": _grouped,
    "head": _head,
    "tail": _head,
    "reset_index": _reset_index,
    "apply": _mapped,
    "map": _mapped,
    "unique": _unique,
    "rolling": _rolling,
    "reshape": _reshaped,
    "to_frame": lambda site, table, arguments: frame(site.evaluator, _shape(table)[0], 1, None, site.origin),
}


# ---------------------------------------------------------------------- operators and changes


def operator(site: Site, sign: str, left: Value, right: Value) -> Value:
    """Arithmetic on tables: they keep their shape beside numbers, and beside tables with the very same axes.

    Two tables are aligned by their labels; of sizes that are not the same nothing is claimed.
    """
    table = next(v for v in (left, right) if isinstance(v, LibraryObject) and v.kind in (*TABLES, INDEX))
    other = right if table is left else left
    compares = sign in ("==", "!=", "<", "<=", ">", ">=")
    shape, origin = _shape(table), site.origin
    array = other.array if isinstance(other, LibraryObject) else other
    kind = table.kind
    if isinstance(array, Tensor) and array.shape is not None and array.shape.rank:
        if isinstance(other, LibraryObject) and other.kind == FRAME and kind == SERIES:
            kind, shape, array = FRAME, _shape(other), table.array
            table = other
        if array is None or array.shape is None:
            return site.lost("tables that are not known")
        if array.shape.rank > shape.rank:
            return site.lost("an array of more axes than the table")
        if array.shape.rank == shape.rank and array.shape.sizes != shape.sizes:
            shape = Shape(
                axis if axis.size == given.size else axis.sized(unknown_size())
                for axis, given in zip(shape, array.shape, strict=True)
            )
        elif array.shape.rank < shape.rank and isinstance(other, LibraryObject):
            # a series is matched with the columns by their names
            shape = Shape((shape[0], shape[1]))
    elif isinstance(array, Unknown | Tensor):
        # an unknown operand is most likely a number or a column: a table stays a table of as many axes
        pass
    elif not isinstance(array, int | float | complex | str | sizes.Expression):
        return site.lost("arithmetic of a table with something that is not followed")
    made = Tensor(Mask(shape) if compares else Shape(shape), None, origin)
    return _table(site.evaluator, kind, made, table.state.get("columns") if kind == FRAME else None, origin)


def set_item(ev: Evaluator, table: LibraryObject, key: Value, value: Value) -> None:
    """``df["a"] = …``: one more column, unless there is one of that name."""
    if table.kind != FRAME:
        return
    names, shape = _columns(table), _shape(table)
    ev.journal.touch(table.state)
    if isinstance(key, str) and names is not None:
        names = names if key in names else (*names, key)
        columns: Size = len(names)
    elif isinstance(key, LibraryObject | Tensor):
        return  # cells chosen by a mask: no column is added
    else:
        names, columns = None, unknown_size()
    table.state["columns"] = names
    table.state["array"] = Tensor(Shape((shape[0], Axis(columns, shape[1].role))), None, table.origin)


def _set_by_label(ev: Evaluator, indexer: LibraryObject, key: Value, value: Value) -> None:
    """``df.loc[i, "a"] = …`` may add rows and columns."""
    table = indexer.state.get("table")
    if isinstance(table, LibraryObject) and table.kind == FRAME:
        ev.journal.touch(table.state)
        table.state["columns"] = None
        table.state["array"] = Tensor(Shape.of(unknown_size(), unknown_size()), None, table.origin)


def _set_attribute(ev: Evaluator, table: LibraryObject, name: str, value: Value) -> None:
    if name == "columns" and table.kind == FRAME:
        names = _names(ev, value)
        ev.journal.touch(table.state)
        table.state["columns"] = names
        if names is not None:
            shape = _shape(table)
            table.state["array"] = Tensor(Shape((shape[0], shape[1].sized(len(names)))), None, table.origin)


def _iteration(ev: Evaluator, table: LibraryObject) -> list[Value] | None:
    names = _columns(table)
    if table.kind == FRAME and names is not None:
        return list(names)
    return [Rest(Unknown(reason="an item of a table"))]


def _index_method(site: Site, index: LibraryObject, name: str, arguments: Arguments) -> Value:
    if name in ("tolist", "to_list"):
        return site.journal.born([Rest(Unknown(reason="the name of a column"))])
    if name in ("drop", "difference", "union", "intersection"):
        return _table(site.evaluator, INDEX, Tensor(Shape.of(unknown_size())), None, site.origin)
    return site.lost(f"{name} of an index")


def _index_item(site: Site, index: LibraryObject, key: Value) -> Value:
    if isinstance(key, slice):
        rows = _sliced(site, _shape(index)[0], key)
        return _table(site.evaluator, INDEX, Tensor(Shape((rows,))), None, site.origin)
    return site.lost("the name of a column")


def _index_attribute(site: Site, index: LibraryObject, name: str) -> Value | None:
    if name == "shape":
        return _shape(index).sizes
    return Tensor(_shape(index)) if name == "values" else None


_READERS = [
    "read_csv",
    "read_table",
    "read_excel",
    "read_parquet",
    "read_pickle",
    "read_json",
    "read_feather",
    "read_fwf",
    "read_sql",
    "read_sql_query",
]
_FUNCTIONS: dict[str, Handler] = {
    **{f"pandas.{name}": _read for name in _READERS if name not in ("read_pickle", "read_json")},
    "pandas.io.parsers.read_csv": _read,
    FRAME: _new_frame,
    SERIES: _new_series,
    "pandas.get_dummies": _dummies,
    "pandas.concat": _concatenated,
}


LIBRARY = Library(
    "pandas",
    functions=_FUNCTIONS,
    kinds={
        FRAME: Kind(
            give_name=_give_name,
            method=_method,
            attribute=_attribute,
            item=item,
            items=_iteration,
            operator=operator,
            set_item=set_item,
            set_attribute=_set_attribute,
        ),
        SERIES: Kind(
            give_name=_give_name,
            method=_method,
            attribute=_attribute,
            item=item,
            items=_iteration,
            operator=operator,
        ),
        INDEX: Kind(
            method=_index_method,
            attribute=_index_attribute,
            item=_index_item,
            items=_iteration,
            operator=operator,
        ),
        WINDOW: Kind(
            method=_of_window, item=lambda site, window, key: site.lost("an item of a rolling window")
        ),
        PLACES: Kind(item=_by_place, set_item=lambda ev, indexer, key, value: None),
        LABELS: Kind(item=_by_label, set_item=_set_by_label),
    },
)
