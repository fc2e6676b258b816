"""Tables: what is known of a pandas DataFrame, Series and Index.

A table is a :class:`LibraryObject` with its ``array`` (rank 2 for a frame, 1 for a series and an index) and,
where they are known, the names of its ``columns``.
"""

from __future__ import annotations

from typing import TypeGuard

from layoutlint.inference.labels import COLUMN, COLUMNS, PICKED
from layoutlint.interpreter.core.evaluator import Evaluator
from layoutlint.interpreter.core.narrowing import is_kind, known_texts
from layoutlint.interpreter.core.site import Site
from layoutlint.interpreter.core.values import LibraryObject, Value
from layoutlint.model import sizes
from layoutlint.model.axes import Axis, Evidence, Role, Shape
from layoutlint.model.graph import Call, Layer, Nested, Slot, Tensor
from layoutlint.model.origins import Origin
from layoutlint.model.sizes import Size, symbol, unknown_size
from layoutlint.operations import Mask

FRAME, SERIES, INDEX = "pandas.DataFrame", "pandas.Series", "pandas.Index"
TABLES = (FRAME, SERIES)

MAX_COLUMNS = 64
"""Columns whose values are told apart in an array of all of them."""

Names = tuple[str, ...]

_ATTRIBUTES = """
T abs add add_prefix add_suffix agg aggregate align all any append apply applymap asfreq asof assign
astype at at_time attrs axes backfill between_time bfill bool boxplot clip columns combine
combine_first compare convert_dtypes copy corr corrwith count cov cummax cummin cumprod cumsum
describe diff div divide dot drop drop_duplicates droplevel dropna dtypes duplicated empty eq equals
eval ewm expanding explode ffill fillna filter first first_valid_index flags floordiv from_dict
from_records ge get get_value groupby gt head hist iat idxmax idxmin iloc index infer_objects info
insert interpolate isin isna isnull items iteritems iterrows itertuples ix join keys kurt kurtosis
last last_valid_index le loc lookup lt mad map mask max mean median melt memory_usage merge min mod
mode mul multiply ndim ne nlargest notna notnull nsmallest nunique pad pct_change pipe pivot
pivot_table plot pop pow prod product quantile query radd rank rdiv reindex reindex_like rename
rename_axis reorder_levels replace resample reset_index rfloordiv rmod rmul rolling round rpow rsub
rtruediv sample select_dtypes sem set_axis set_flags set_index shape shift size skew sort_index
sort_values sparse squeeze stack std style sub subtract sum swapaxes swaplevel tail take
to_clipboard to_csv to_dict to_excel to_feather to_gbq to_hdf to_html to_json to_latex to_markdown
to_numpy to_orc to_parquet to_period to_pickle to_records to_sql to_stata to_string to_timestamp
to_xarray to_xml transform transpose truediv truncate tz_convert tz_localize unstack update
value_counts values var where xs as_matrix
"""
FRAME_ATTRIBUTES = frozenset(_ATTRIBUTES.split())
"""What a DataFrame has of itself; any other attribute is a column."""


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
    return LibraryObject(kind, origin, ev.journal.born({"array": array, "columns": names, "source": array}))


def column(site: Site, table: LibraryObject, name: str | int) -> LibraryObject:
    """Return a column of a table, whose array tells from which table, and under what name, its values are."""
    made = series(site, shape_of(table)[0])
    values = _values_of_column(table, name, site.origin)
    if values is not None:
        made.state["array"] = values
    return made


def _values_of_column(table: LibraryObject, name: str | int, origin: Origin) -> Tensor | None:
    source = assigned_to(table).get(name, table.state.get("source"))
    if not isinstance(source, Tensor):
        return None
    call = Call(Layer(COLUMN, {"key": name, "x": Slot(0)}, origin, kind="operation"), [source], {}, origin)
    call.outputs = Tensor(Shape((shape_of(table)[0],)), call, origin)
    return call.outputs


def assigned_to(table: LibraryObject) -> dict[Value, Value]:
    """Return the arrays that a program assigned to columns of a table, by the names of the columns."""
    found = table.state.get("assigned")
    return found if isinstance(found, dict) else {}


def take_columns(made: LibraryObject, table: LibraryObject) -> None:
    """Let the columns of a new table hold what those of another one hold."""
    made.state["source"], made.state["assigned"] = table.state.get("source"), assigned_to(table)
    if is_frame(made):
        made.state["array"] = array_of_values(made, made.origin)


def array_of_values(table: LibraryObject, origin: Origin) -> Tensor:
    """Return ``table.values``: that tells where the values of its columns are from."""
    if is_series(table):
        return Tensor(shape_of(table), None if table.array is None else table.array.producer, origin)
    names = columns_of(table)
    if names is None or not 0 < len(names) <= MAX_COLUMNS:
        return Tensor(shape_of(table), None, origin)
    columns = [_values_of_column(table, name, origin) for name in names]
    known: list[Nested[Tensor]] = [column for column in columns if column is not None]
    if len(known) < len(columns):
        return Tensor(shape_of(table), None, origin)
    config = {"xs": [Slot(place) for place in range(len(known))]}
    call = Call(Layer(COLUMNS, config, origin, kind="operation"), known, {}, origin)
    call.outputs = Tensor(shape_of(table), call, origin)
    return call.outputs


def recomputed(ev: Evaluator, table: LibraryObject) -> LibraryObject:
    """Return a table of the same rows and columns with other values."""
    made = copied(ev, table)
    if made.array is not None:
        made.state["array"] = made.state["source"] = Tensor(made.array.shape, None, made.origin)
        made.state["assigned"] = None
    return made


def computed(site: Site, table: LibraryObject, array: Tensor) -> LibraryObject:
    """Return the table with these values: what ``np.log`` makes of one."""
    made = recomputed(site.evaluator, table)
    made.state["array"] = made.state["source"] = array
    return made


def _axis(given: Axis | Size) -> Axis:
    return given if isinstance(given, Axis) else Axis(given)


def with_rows(
    ev: Evaluator, table: LibraryObject, rows: Axis | Size, *, picked: bool = False
) -> LibraryObject:
    """Return the same table with other rows; ``picked`` are those that the program chooses by their place or
    by what they hold, so that the highest value of a column may not be among them.
    """
    shape = shape_of(table).replaced(0, rows)
    made = labelled(ev, table.kind, shape, columns_of(table), table.origin)
    take_columns(made, table)
    if picked:
        made.state["assigned"] = {
            name: _picked(array, shape[0], table.origin)
            for name, array in assigned_to(table).items()
            if isinstance(array, Tensor)
        }
        take_columns(made, made)
    if is_series(table) and table.array is not None:
        kept = Tensor(shape, table.array.producer, table.array.origin)
        made.state["array"] = _picked(table.array, shape[0], table.origin) if picked else kept
    return made


def _picked(column: Tensor, rows: Axis, origin: Origin) -> Tensor:
    call = Call(Layer(PICKED, {"x": Slot(0)}, origin, kind="operation"), [column], {}, origin)
    call.outputs = Tensor(Shape((rows,)), call, column.origin)
    return call.outputs


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


def forget_columns(ev: Evaluator, table: LibraryObject) -> None:
    """Give a table other names of columns in place: which values are under which name is not known."""
    ev.journal.touch(table.state)
    table.state["assigned"] = None
    table.state["source"] = Tensor(shape_of(table), None, table.origin)


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
