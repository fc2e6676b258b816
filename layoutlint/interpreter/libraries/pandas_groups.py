"""Tables by groups: ``df.groupby("id")``, walked through or folded.

Source: https://pandas.pydata.org/docs/reference/groupby.html.
"""

from __future__ import annotations

from layoutlint.interpreter.core.arguments import Arguments
from layoutlint.interpreter.core.evaluator import Evaluator
from layoutlint.interpreter.core.library import Kind, Library
from layoutlint.interpreter.core.site import Site
from layoutlint.interpreter.core.values import LibraryObject, NativeMethod, Rest, Unknown, Value, text_of
from layoutlint.interpreter.libraries.pandas_parts import item
from layoutlint.interpreter.libraries.pandas_tables import (
    columns_of,
    frame,
    is_series,
    is_table,
    series,
    unknown_frame,
    with_rows,
)
from layoutlint.model.axes import Axis
from layoutlint.model.sizes import unknown_size
from layoutlint.model.syntax_text import written

GROUPS = "pandas.GroupBy"
_FOLDS = (
    *("mean", "sum", "min", "max", "first", "last", "median"),
    *("std", "var", "count", "nunique", "prod", "sem"),
)
_ROWS_KEPT = (
    *("cumsum", "cumprod", "cummax", "cummin", "shift"),
    *("diff", "ffill", "bfill", "fillna", "rank", "pct_change"),
)
_SOME_ROWS = ("head", "tail", "nth", "sample", "filter", "get_group")


def grouped(site: Site, table: LibraryObject, arguments: Arguments) -> LibraryObject:
    """Return ``table.groupby(…)``."""
    return _groups(site, table)


def _groups(site: Site, table: LibraryObject) -> LibraryObject:
    return LibraryObject(GROUPS, site.origin, site.journal.born({"table": table}))


def _table(groups: LibraryObject) -> LibraryObject | None:
    table = groups.state.get("table")
    return table if is_table(table) and table.array is not None else None


def _part(ev: Evaluator, table: LibraryObject) -> LibraryObject:
    """Return one group: some of the rows, all of the columns."""
    return with_rows(ev, table, Axis(unknown_size(), "samples"), picked=True)


def _iteration(ev: Evaluator, groups: LibraryObject) -> list[Value] | None:
    table = _table(groups)
    if table is None:
        return None
    return [Rest((Unknown(reason="the name of a group"), _part(ev, table)))]


def _item(site: Site, groups: LibraryObject, key: Value) -> Value:
    """Return ``groups["a"]``, ``groups[["a", "b"]]``: the groups of these columns."""
    table = _table(groups)
    chosen = item(site, table, key) if table is not None else None
    return _groups(site, chosen) if is_table(chosen) else site.lost("columns of unknown groups")


def _attribute(site: Site, groups: LibraryObject, name: str) -> Value | None:
    if name in ("groups", "indices", "ngroups"):
        return Unknown(written(site.node)[:60], site.origin, "the groups that a table has")
    table = _table(groups)
    if table is not None and name in (columns_of(table) or ()):
        return _item(site, groups, name)
    return NativeMethod(groups, name)


def _method(site: Site, groups: LibraryObject, name: str, arguments: Arguments) -> Value:
    table = _table(groups)
    if table is None or table.array is None or table.array.shape is None:
        return site.lost("unknown groups")
    if name in _SOME_ROWS:
        return _part(site.evaluator, table)
    if name == "size" or (is_series(table) and name in _FOLDS):
        return series(site, unknown_size())
    rows = table.array.shape[0]
    if name in _ROWS_KEPT or (name == "transform" and text_of(arguments.get(0, "func")) is not None):
        # the columns that make the groups are left out
        return series(site, rows) if is_series(table) else frame(site, rows, unknown_size())
    return unknown_frame(site) if name in _FOLDS else site.lost(f"{name} of groups")


LIBRARY = Library(
    "pandas_groups", kinds={GROUPS: Kind(method=_method, attribute=_attribute, item=_item, items=_iteration)}
)
