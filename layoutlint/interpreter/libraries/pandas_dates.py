"""The parts of dates, ``df.date.dt.month``: whole numbers of a known range.

Source: "Time series / date functionality", https://pandas.pydata.org/docs/user_guide/timeseries.html. Of a
part whose highest number is rare, a leap day or a leap week, nothing is claimed.
"""

from __future__ import annotations

from typing import Final

from layoutlint.interpreter.core.library import Kind, Library
from layoutlint.interpreter.core.site import Site
from layoutlint.interpreter.core.values import LibraryObject, Value
from layoutlint.interpreter.libraries.pandas_tables import series, shape_of
from layoutlint.model.axes import Axis, Shape
from layoutlint.model.graph import Call, Layer, Tensor

DATES: Final = "pandas.dt"
PARTS: Final = {
    "month": range(1, 13),
    "quarter": range(1, 5),
    "day": range(1, 32),
    "weekday": range(7),
    "dayofweek": range(7),
    "day_of_week": range(7),
    "hour": range(24),
    "minute": range(60),
    "second": range(60),
}


def part_of(site: Site, rows: Axis, name: str) -> Tensor | None:
    """Return the numbers that are one part of dates; None for another attribute."""
    if name not in PARTS:
        return None
    drawn = Layer("choice", {"x": list(PARTS[name])}, site.origin, kind="operation")
    call = Call(drawn, [], {}, site.origin)
    call.outputs = made = Tensor(Shape((rows,)), call, site.origin)
    return made


def dates_of(site: Site, table: LibraryObject) -> LibraryObject:
    """Return what ``.dt`` of a column gives."""
    return LibraryObject(DATES, site.origin, site.journal.born({"table": table}))


def _attribute(site: Site, dates: LibraryObject, name: str) -> Value | None:
    table = dates.state.get("table")
    rows = shape_of(table)[0] if isinstance(table, LibraryObject) else None
    part = None if rows is None else part_of(site, rows, name)
    if part is None or rows is None:
        return None
    made = series(site, rows)
    made.state["array"] = part
    return made


LIBRARY = Library("pandas_dates", kinds={DATES: Kind(attribute=_attribute)})
