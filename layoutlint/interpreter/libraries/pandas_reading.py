"""New tables: files that pandas reads, ``DataFrame(…)``, ``Series(…)``, ``concat``, ``get_dummies``.

Source: https://pandas.pydata.org/docs/reference/io.html and ``general_functions.html``.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec.structs import replace

from layoutlint.inference.different import different
from layoutlint.interpreter.core.arguments import Arguments
from layoutlint.interpreter.core.narrowing import known_items, known_shape, sequence
from layoutlint.interpreter.core.site import Handler, Site
from layoutlint.interpreter.core.tensor_values import array_of
from layoutlint.interpreter.core.values import OTHERS, External, LibraryObject, Rest, Value, has_rest, one_of
from layoutlint.interpreter.libraries.pandas_tables import (
    FRAME,
    SERIES,
    Names,
    axis_number,
    columns_of,
    copied,
    frame,
    is_frame,
    is_series,
    is_table,
    names_of,
    series,
    shape_of,
    unknown_frame,
)
from layoutlint.model import sizes
from layoutlint.model.axes import Axis, Evidence, Shape
from layoutlint.model.graph import Labels, Tensor
from layoutlint.model.sizes import Size, unknown_size


def _read(site: Site, arguments: Arguments) -> Value:
    """Return ``pd.read_csv(…)`` and its like: unknown rows, and as many columns as the arguments say."""
    if arguments.open or any(name in arguments.keywords for name in ("chunksize", "iterator", "squeeze")):
        return site.lost("a file that is read in parts")
    if arguments.keywords.get("sheet_name", "") is None:
        return site.lost("several sheets")
    columns, names = _columns_read(arguments)
    evidence = (Evidence("the rows of a file", site.origin),)
    made = frame(site, Axis(unknown_size(), "samples", evidence), columns, names)
    made.state["unnamed"] = True
    return made


def _columns_read(arguments: Arguments) -> tuple[Size, Names | None]:
    """Return the number of columns that a reader makes, and their names if they are known."""
    used = arguments.keywords.get("usecols")
    if arguments.keywords.get("index_col") is not None:
        return unknown_size(), None
    if used is not None:
        items = known_items(used)
        return (unknown_size(), None) if items is None else (len(items), names_of(used))
    names = names_of(arguments.keywords.get("names"))
    return (unknown_size(), None) if names is None else (len(names), names)


def _new_frame(site: Site, arguments: Arguments) -> Value:
    """Return ``pd.DataFrame(data, columns=…)``."""
    value, written = arguments.get(0, "data"), arguments.get(2, "columns")
    names, shape = names_of(written), known_shape(value, 1, 2)
    if is_frame(value) and written is None:
        return copied(site.evaluator, value)
    if shape is not None:
        made, array = frame(site, shape[0], shape[1] if shape.rank == 2 else 1, names), array_of(value)
        return made if array is None or shape.rank == 1 else _holding(made, array)
    if isinstance(value, dict) and written is None:
        keys = tuple(key for key in value if isinstance(key, str))
        if len(keys) == len(value):
            made = frame(site, _rows_of(site, list(value.values())), len(keys), keys)
            made.state["assigned"] = _written_columns(site, value)
            return made
    return unknown_frame(site) if names is None else frame(site, unknown_size(), len(names), names)


def _holding(made: LibraryObject, array: Tensor) -> LibraryObject:
    """Return a new table, of the values of an array."""
    made.state["array"] = made.state["source"] = replace(array, shape=shape_of(made))
    return made


def _written_columns(site: Site, columns: dict[Value, Value]) -> dict[Value, Value]:
    """Return the columns of a table that the program writes down, value by value."""
    found: dict[Value, Value] = {}
    for name, value in columns.items():
        listed = isinstance(value, list) and not has_rest(value)
        array = array_of(site.call(External("numpy.array"), Arguments((value,)))) if listed else None
        if array is not None and array.shape is not None and array.shape.rank == 1:
            found[name] = array
    return found


def _rows_of(site: Site, columns: list[Value]) -> Size:
    """Return the number of rows of a table of these columns."""
    shape = known_shape(columns[0], 1) if columns else None
    if shape is not None:
        return shape[0].size
    lists = [items for items in map(sequence, columns) if items is not None]
    lengths = {len(items) for items in lists}
    certain = not any(has_rest(site.items(column)) for column in columns)
    return lengths.pop() if len(lengths) == 1 and certain else unknown_size()


def _new_series(site: Site, arguments: Arguments) -> Value:
    """Return ``pd.Series(data)``."""
    value = arguments.get(0, "data")
    if isinstance(value, list):
        value = site.call(External("numpy.array"), Arguments((value,)))
    shape = known_shape(value, 1)
    if shape is None:
        return series(site, unknown_size())
    made, array = series(site, shape[0]), array_of(value)
    if made.array is not None and array is not None:
        made.state["array"] = replace(made.array, producer=array.producer)
    return made


def _factorized(site: Site, arguments: Arguments) -> Value:
    """Return ``pd.factorize(values)``: the label of each value, and the different values."""
    array = array_of(arguments.get(0, "values"))
    if array is None or array.shape is None:
        return site.lost("labels of an unknown array")
    count = different(array)
    codes = Tensor(Shape((array.shape[0],)), None, site.origin, labels=Labels(count))
    return codes, Tensor(Shape.of(count), None, site.origin)


def _dummies(site: Site, arguments: Arguments) -> Value:
    """Return ``pd.get_dummies(data)``: as many rows, and a column for each category."""
    shape = known_shape(arguments.get(0, "data"))
    return frame(site, unknown_size() if shape is None else shape[0], unknown_size())


def _concatenated(site: Site, arguments: Arguments) -> Value:
    """Return ``pd.concat(tables)``.

    Of tables with the same known columns below each other the rows add up; else only the rank is known.
    """
    given = arguments.get(0, "objs")
    if isinstance(given, dict):
        given = [Rest(table) if key is OTHERS else table for key, table in given.items()]
    items, axis = site.items(given), axis_number(arguments.get(1, "axis", 0))
    tables = [table for table in map(one_of, items or ()) if is_table(table)]
    if not items or len(tables) < len(items):
        return site.lost("tables that are not known")
    if has_rest(items):
        below = axis == 0 and all(map(is_frame, tables))
        return _below(site, tables, unknown_size()) if below else site.lost("tables that are not known")
    rows = _sum(shape_of(table)[0].size for table in tables)
    if axis == 0 and all(map(is_series, tables)):
        return series(site, rows)
    if axis == 0 and all(map(is_frame, tables)):
        return _below(site, tables, rows)
    if axis == 1:
        wide = _sum(shape_of(table)[1].size if is_frame(table) else 1 for table in tables)
        return frame(site, unknown_size(), wide)
    return site.lost("tables joined along an unknown axis")


def _below(site: Site, tables: Sequence[LibraryObject], rows: Size) -> Value:
    """Return frames below each other."""
    names = columns_of(tables[0])
    if names is None or any(set(columns_of(table) or ()) != set(names) for table in tables):
        return frame(site, rows, unknown_size())
    return frame(site, rows, len(names), names)


def _sum(numbers: Iterable[Size]) -> Size:
    total: Size = 0
    for number in numbers:
        total = sizes.add(total, number)
    return total


_READERS = (
    "read_csv",
    "read_table",
    "read_excel",
    "read_parquet",
    "read_feather",
    "read_fwf",
    "read_sql",
    "read_sql_query",
)
FUNCTIONS: dict[str, Handler] = {
    **{f"pandas.{name}": _read for name in _READERS},
    "pandas.io.parsers.read_csv": _read,
    FRAME: _new_frame,
    SERIES: _new_series,
    "pandas.factorize": _factorized,
    "pandas.get_dummies": _dummies,
    "pandas.concat": _concatenated,
}
