"""Methods and attributes of tables.

Source: https://pandas.pydata.org/docs/reference/frame.html and ``series.html``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from msgspec.structs import replace

from layoutlint.inference.highest import exact_highest
from layoutlint.interpreter.core import arrays
from layoutlint.interpreter.core.arguments import Arguments
from layoutlint.interpreter.core.evaluator import Evaluator
from layoutlint.interpreter.core.narrowing import known_flag, known_whole
from layoutlint.interpreter.core.site import Site
from layoutlint.interpreter.core.values import (
    External,
    FunctionValue,
    LibraryObject,
    NativeMethod,
    Rest,
    Unknown,
    Value,
    text_of,
)
from layoutlint.interpreter.libraries.pandas_arithmetic import operator
from layoutlint.interpreter.libraries.pandas_categories import categories_of, number_of_values, unique
from layoutlint.interpreter.libraries.pandas_dates import dates_of, part_of
from layoutlint.interpreter.libraries.pandas_groups import grouped
from layoutlint.interpreter.libraries.pandas_parts import assign, set_item
from layoutlint.interpreter.libraries.pandas_tables import (
    FRAME,
    FRAME_ATTRIBUTES,
    SERIES,
    Names,
    array_of_values,
    axis_number,
    change,
    column,
    columns_of,
    copied,
    forget_columns,
    frame,
    index,
    is_frame,
    is_series,
    is_table,
    labelled,
    names_of,
    recomputed,
    series,
    shape_of,
    unknown_frame,
    with_rows,
)
from layoutlint.model import sizes
from layoutlint.model.axes import Axis, Shape
from layoutlint.model.graph import Call, Layer, Tensor
from layoutlint.model.sizes import unknown_size
from layoutlint.model.syntax_text import written
from layoutlint.operations import Mask

TableMethod = Callable[[Site, LibraryObject, Arguments], Value]

POSITIONS, LABELS = "pandas.iloc", "pandas.loc"
WINDOW = "pandas.Rolling"


def attribute(site: Site, table: LibraryObject, name: str) -> Value:
    """Return ``table.name`` that is not called: a property, a column or a method."""
    shape, names = shape_of(table), columns_of(table)
    match name:
        case "shape":
            return shape.sizes
        case "ndim":
            return shape.rank
        case "size":
            return sizes.product(shape.sizes)
        case "values":
            return array_of_values(table, site.origin)
        case "iloc" | "iat":
            return LibraryObject(POSITIONS, site.origin, {"table": table})
        case "loc" | "at":
            return LibraryObject(LABELS, site.origin, {"table": table})
        case "index":
            return index(site, shape[0])
        case "columns" if is_frame(table):
            return site.list_of(names) if names is not None else index(site, shape[1])
        case "cat" if is_series(table):
            return categories_of(site, table)
        case "dt" if is_series(table):
            return dates_of(site, table)
        case "T" if is_frame(table):
            return frame(site, shape[1], shape[0])
        case _ if is_frame(table) and _is_column(names, name):
            return column(site, table, name)
        case _:
            return NativeMethod(table, name)


def _is_column(names: Names | None, name: str) -> bool:
    """Tell whether an attribute of a frame is one of its columns; a frame of unknown columns may have any."""
    if name in _METHODS[FRAME]:
        return False
    return name in names if names is not None else name not in FRAME_ATTRIBUTES


def set_attribute(ev: Evaluator, table: LibraryObject, name: str, value: Value) -> None:
    """Carry out ``df.columns = names``, ``df.city = values``: the latter of a column that is there."""
    if name == "columns" and is_frame(table):
        names, (rows, columns) = names_of(value), shape_of(table)
        shape = Shape((rows, columns.sized(len(names)))) if names is not None else None
        change(ev, table, shape, names)
        forget_columns(ev, table)
    elif is_frame(table) and _is_column(columns_of(table), name):
        assign(ev, table, name, value)


def method(site: Site, table: LibraryObject, name: str, arguments: Arguments) -> Value:
    """Return ``table.name(…)``; with ``inplace=True`` the table itself changes."""
    called = _METHODS[table.kind].get(name)
    result = site.lost(f"{name} of a table") if called is None else called(site, table, arguments)
    match known_flag(arguments.keywords.get("inplace", False)):
        case True if isinstance(result, LibraryObject):
            site.journal.touch(table.state)
            table.state.clear()
            table.state.update(result.state)
            return None
        case None:
            return site.lost("whether a table is changed in place")
        case _:
            return result


# ---------------------------------------------------------------------- methods of any table


def _kept(site: Site, table: LibraryObject, arguments: Arguments) -> Value:
    return copied(site.evaluator, table)


def _recomputed(site: Site, table: LibraryObject, arguments: Arguments) -> Value:
    return recomputed(site.evaluator, table)


def _renamed(site: Site, table: LibraryObject, arguments: Arguments) -> Value:
    made = copied(site.evaluator, table)
    made.state["columns"] = None
    if is_frame(made):
        forget_columns(site.evaluator, made)
    return made


def _retyped(site: Site, table: LibraryObject, arguments: Arguments) -> Value:
    """Return ``table.astype(…)``: bool makes other values of numbers."""
    kind = arguments.get(0, "dtype")
    is_bool = (kind.name if isinstance(kind, External) else kind) in _BOOLS
    return (recomputed if is_bool else copied)(site.evaluator, table)


def _arithmetic(site: Site, table: LibraryObject, arguments: Arguments) -> Value:
    other = arguments.get(0, "other")
    return (
        recomputed(site.evaluator, table)
        if isinstance(other, int | float)
        else operator(site, "+", table, other)
    )


def _compared(site: Site, table: LibraryObject, arguments: Arguments) -> Value:
    shape = shape_of(table)
    if is_series(table):
        return series(site, shape[0], mask=True)
    return labelled(site.evaluator, FRAME, Mask(shape), columns_of(table), site.origin)


def _duplicated(site: Site, table: LibraryObject, arguments: Arguments) -> Value:
    return series(site, shape_of(table)[0], mask=True)


def _rows_chosen(site: Site, table: LibraryObject, arguments: Arguments) -> Value:
    return with_rows(site.evaluator, table, shape_of(table)[0].sized(unknown_size()))


def _without_duplicates(site: Site, table: LibraryObject, arguments: Arguments) -> Value:
    """Return ``table.drop_duplicates(subset)``: without a subset, every value of a column stays."""
    is_whole = arguments.get(0, "subset") is None
    return (_rows_chosen if is_whole else _rows_picked)(site, table, arguments)


def _rows_picked(site: Site, table: LibraryObject, arguments: Arguments) -> Value:
    return with_rows(site.evaluator, table, shape_of(table)[0].sized(unknown_size()), picked=True)


def _without_missing(site: Site, table: LibraryObject, arguments: Arguments) -> Value:
    """Return ``table.dropna(axis=…)``."""
    if axis_number(arguments.get(0, "axis", 0)) == 0:
        return _rows_chosen(site, table, arguments)
    return unknown_frame(site) if is_frame(table) else site.lost("dropna of a table")


def _head(site: Site, table: LibraryObject, arguments: Arguments) -> Value:
    count, rows = known_whole(arguments.get(0, "n", 5)), shape_of(table)[0]
    size = sizes.minimum(rows.size, count) if count is not None and count >= 0 else unknown_size()
    return with_rows(site.evaluator, table, rows.sized(size), picked=is_frame(table))


def _reset_index(site: Site, table: LibraryObject, arguments: Arguments) -> Value:
    if arguments.keywords.get("drop") is True:
        return copied(site.evaluator, table)
    return _other_columns(site, table, arguments)


def _other_columns(site: Site, table: LibraryObject, arguments: Arguments) -> LibraryObject:
    return frame(site, shape_of(table)[0], unknown_size())


def _other_shape(site: Site, table: LibraryObject, arguments: Arguments) -> LibraryObject:
    return unknown_frame(site)


def _to_array(site: Site, table: LibraryObject, arguments: Arguments) -> Value:
    return array_of_values(table, site.origin)


def _nothing(site: Site, table: LibraryObject, arguments: Arguments) -> Value:
    return None


def _rolling(site: Site, table: LibraryObject, arguments: Arguments) -> Value:
    return LibraryObject(WINDOW, site.origin, {"table": table})


def of_window(site: Site, window: LibraryObject, name: str, arguments: Arguments) -> Value:
    """Return ``table.rolling(n).name(…)``: a value for every row."""
    table = window.state.get("table")
    if name in ("mean", "std", "sum", "min", "max", "median", "var") and is_table(table):
        return recomputed(site.evaluator, table)
    return site.lost(f"{name} of a rolling window")


def item_of_window(site: Site, window: LibraryObject, key: Value) -> Value:
    """Return ``table.rolling(n)[key]``."""
    return site.lost("an item of a rolling window")


# ---------------------------------------------------------------------- methods of a frame


def _drop(site: Site, table: LibraryObject, arguments: Arguments) -> LibraryObject:
    """Return ``df.drop("a", axis=1)``, ``df.drop(columns=[…])``."""
    columns, rows = arguments.keywords.get("columns"), arguments.keywords.get("index")
    if columns is None and rows is None:
        labels, axis = arguments.get(0, "labels"), axis_number(arguments.get(1, "axis", 0))
        if axis is None:
            return unknown_frame(site)
        columns, rows = (labels, None) if axis == 1 else (None, labels)
    kept, width = shape_of(table)
    if rows is not None:
        kept = kept.sized(unknown_size())
    if columns is None:
        return frame(site, kept, width, columns_of(table))
    certain = arguments.keywords.get("errors", "raise") == "raise"
    return _without_columns(site, table, kept, columns, certain=certain)


def _without_columns(
    site: Site, table: LibraryObject, rows: Axis, dropped: Value, *, certain: bool
) -> LibraryObject:
    names, width = columns_of(table), shape_of(table)[1]
    gone = (dropped,) if isinstance(dropped, str) else names_of(dropped)
    if gone is None:
        return frame(site, rows, unknown_size())
    if names is not None:
        left = tuple(name for name in names if name not in gone)
        return frame(site, rows, len(left), left)
    return frame(
        site, rows, width.sized(sizes.subtract(width.size, len(gone))) if certain else unknown_size()
    )


def _pop(site: Site, table: LibraryObject, arguments: Arguments) -> Value:
    rows = shape_of(table)[0]
    left = _without_columns(site, table, rows, arguments.get(0, "item"), certain=True)
    site.journal.touch(table.state)
    table.state.update(left.state)
    return series(site, rows)


def _insert(site: Site, table: LibraryObject, arguments: Arguments) -> Value:
    set_item(site.evaluator, table, arguments.get(1, "column"), arguments.get(2, "value"))
    change(site.evaluator, table, None, None)
    return None


def _set_index(site: Site, table: LibraryObject, arguments: Arguments) -> Value:
    key = text_of(arguments.get(0, "keys"))
    if key is not None and "drop" not in arguments.keywords and "append" not in arguments.keywords:
        return _without_columns(site, table, shape_of(table)[0], key, certain=True)
    return _other_columns(site, table, arguments)


def _fold(name: str) -> TableMethod:
    """Return the handler of ``df.mean()`` and its like: one value for each column."""

    def folded(site: Site, table: LibraryObject, arguments: Arguments) -> Value:
        if arguments.positional or arguments.keywords:
            return site.lost(f"{name} of a table")
        made = series(site, unknown_size())
        if table.array is not None and made.array is not None:
            layer = Layer(name, {"axis": 0}, site.origin, kind="operation")
            call = Call(layer, [table.array], {}, site.origin)
            call.outputs = made.state["array"] = replace(made.array, producer=call)
        return made

    return folded


# ---------------------------------------------------------------------- methods of a series


def _highest(site: Site, table: LibraryObject, arguments: Arguments) -> Value:
    if table.array is None or arguments.positional or arguments.keywords:
        return site.lost("max of a table")
    return exact_highest(table.array)


def _mapped(site: Site, table: LibraryObject, arguments: Arguments) -> Value:
    """Return ``series.apply(f)``: an element for each element, unless ``f`` makes a series of each."""
    match arguments.get(0, "func"):
        case Unknown():
            return site.lost("an unknown function of each element")
        case FunctionValue(node=node) if "Series" in written(node):
            return site.lost("a function that makes a series of each element")
        case dict() as values:
            return _looked_up(site, table, values)
        case _:
            return recomputed(site.evaluator, table)


def _looked_up(site: Site, table: LibraryObject, values: dict[Value, Value]) -> Value:
    """Return ``series.map({"cat": 0, "dog": 1})``: each element is one of the values."""
    made = recomputed(site.evaluator, table)
    if made.array is not None and all(isinstance(value, int) for value in values.values()):
        config = {"x": list(values.values())}
        call = Call(
            Layer("choice", config, site.origin, "pandas.Series.map", kind="operation"), [], {}, site.origin
        )
        call.outputs = made.state["array"] = replace(made.array, producer=call)
    return made


def _to_list(site: Site, table: LibraryObject, arguments: Arguments) -> Value:
    return site.list_of([Rest(Unknown(reason="an element of a series"))])


def _reshaped(site: Site, table: LibraryObject, arguments: Arguments) -> Value:
    array = table.array if table.array is not None else Tensor(shape_of(table), None, table.origin)
    return arrays.tensor_method(site, array, "reshape", arguments)


def _to_frame(site: Site, table: LibraryObject, arguments: Arguments) -> Value:
    return frame(site, shape_of(table)[0], 1)


_BOOLS = ("bool", "builtins.bool", "numpy.bool", "numpy.bool_")
_VALUES_KEPT = ["copy", "sort_values", "sort_index", "infer_objects", "convert_dtypes"]
"""Methods that leave rows, columns and values as they are."""
_ROWS_KEPT = [
    "fillna",
    "interpolate",
    "shift",
    "diff",
    "pct_change",
    "cumsum",
    "cumprod",
    "clip",
    "round",
    "abs",
    "ffill",
    "bfill",
    "replace",
    "mask",
    "where",
    "rank",
]
"""Methods that leave rows and columns as they are."""
_COMPARED = ["isna", "isnull", "notna", "notnull", "isin", "eq", "ne", "lt", "le", "gt", "ge", "between"]
_ARITHMETIC = [
    "add",
    "sub",
    "subtract",
    "mul",
    "multiply",
    "div",
    "divide",
    "truediv",
    "floordiv",
    "mod",
    "pow",
]
_ROWS_PICKED = ["query", "nlargest", "nsmallest"]
_FOLDS = [
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

_OF_ANY_TABLE: Mapping[str, TableMethod] = {
    **dict.fromkeys(_VALUES_KEPT, _kept),
    **dict.fromkeys(_ROWS_KEPT, _recomputed),
    **dict.fromkeys(_COMPARED, _compared),
    **dict.fromkeys(_ARITHMETIC, _arithmetic),
    **dict.fromkeys(_ROWS_PICKED, _rows_picked),
    "duplicated": _duplicated,
    "astype": _retyped,
    "rename": _renamed,
    "sample": _rows_chosen,
    "drop_duplicates": _without_duplicates,
    "dropna": _without_missing,
    "to_numpy": _to_array,
    "as_matrix": _to_array,
    "to_csv": _nothing,
    "info": _nothing,
    "groupby": grouped,
    "head": _head,
    "tail": _head,
    "reset_index": _reset_index,
    "rolling": _rolling,
}
_METHODS: Mapping[str, Mapping[str, TableMethod]] = {
    FRAME: {
        **_OF_ANY_TABLE,
        **{name: _fold(name) for name in _FOLDS},
        "drop": _drop,
        "pop": _pop,
        "insert": _insert,
        "set_index": _set_index,
        "select_dtypes": _other_columns,
        "join": _other_columns,
        "merge": _other_shape,
        "applymap": _recomputed,
    },
    SERIES: {
        **_OF_ANY_TABLE,
        "apply": _mapped,
        "map": _mapped,
        "max": _highest,
        "unique": unique,
        "nunique": number_of_values,
        "to_list": _to_list,
        "tolist": _to_list,
        "reshape": _reshaped,
        "to_frame": _to_frame,
    },
}


# ---------------------------------------------------------------------- an index


def index_method(site: Site, labels: LibraryObject, name: str, arguments: Arguments) -> Value:
    """Return ``df.columns.name(…)``."""
    if name in ("tolist", "to_list"):
        return site.list_of([Rest(Unknown(reason="the name of a column"))])
    if name in ("drop", "difference", "union", "intersection"):
        return index(site, unknown_size())
    return site.lost(f"{name} of an index")


def index_attribute(site: Site, labels: LibraryObject, name: str) -> Value | None:
    """Return ``df.columns.shape``, ``df.columns.values`` and, of dates, ``df.index.month``."""
    match name:
        case "shape":
            return shape_of(labels).sizes
        case "values":
            return Tensor(shape_of(labels))
        case _:
            return part_of(site, shape_of(labels)[0], name)
