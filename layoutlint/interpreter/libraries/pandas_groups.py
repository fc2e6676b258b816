"""Tables by groups: ``df.groupby("id")``, walked through or folded.

Source: https://pandas.pydata.org/docs/reference/groupby.html.
"""

from __future__ import annotations

import ast

from layoutlint.interpreter.core.arguments import Arguments
from layoutlint.interpreter.core.evaluator import Evaluator
from layoutlint.interpreter.core.library import Kind, Library
from layoutlint.interpreter.core.site import Site
from layoutlint.interpreter.core.values import LibraryObject, NativeMethod, Rest, Unknown, Value
from layoutlint.interpreter.libraries import pandas
from layoutlint.model.axes import Axis
from layoutlint.model.sizes import unknown_size

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


def grouped(site: Site, table: LibraryObject) -> LibraryObject:
    """``table.groupby(…)``."""
    return LibraryObject(GROUPS, site.origin, site.journal.born({"table": table}))


def _table(groups: LibraryObject) -> LibraryObject | None:
    table = groups.state.get("table")
    return table if isinstance(table, LibraryObject) and table.array is not None else None


def _part(ev: Evaluator, table: LibraryObject) -> LibraryObject:
    """One group: some of the rows, all of the columns."""
    return pandas.with_rows(ev, table, Axis(unknown_size(), "samples"))


def _iteration(ev: Evaluator, groups: LibraryObject) -> list[Value] | None:
    table = _table(groups)
    if table is None:
        return None
    return [Rest((Unknown(reason="the name of a group"), _part(ev, table)))]


def _item(site: Site, groups: LibraryObject, key: Value) -> Value:
    """``groups["a"]``, ``groups[["a", "b"]]``: the groups of these columns."""
    table = _table(groups)
    chosen = pandas.item(site, table, key) if table is not None else None
    if isinstance(chosen, LibraryObject):
        return grouped(site, chosen)
    return site.lost("columns of unknown groups")


def _attribute(site: Site, groups: LibraryObject, name: str) -> Value | None:
    if name in ("groups", "indices", "ngroups"):
        return Unknown(ast.unparse(site.node)[:60], site.origin, "the groups that a table has")
    table = _table(groups)
    if table is not None and name in (table.state.get("columns") or ()):
        return _item(site, groups, name)
    return NativeMethod(groups, name)


def _method(site: Site, groups: LibraryObject, name: str, arguments: Arguments) -> Value:
    table, origin = _table(groups), site.origin
    if table is None or table.array is None or table.array.shape is None:
        return site.lost("unknown groups")
    if name in _SOME_ROWS:
        return _part(site.evaluator, table)
    is_series = table.kind == pandas.SERIES
    if name == "size" or (is_series and name in _FOLDS):
        return pandas.series(site.evaluator, unknown_size(), origin)
    rows = table.array.shape[0]
    if name in _ROWS_KEPT or (name == "transform" and isinstance(arguments.get(0, "func"), str)):
        # the columns that make the groups are left out
        return (
            pandas.series(site.evaluator, rows, origin)
            if is_series
            else pandas.frame(site.evaluator, rows, unknown_size(), None, origin)
        )
    if name in _FOLDS:
        return pandas.frame(site.evaluator, unknown_size(), unknown_size(), None, origin)
    return site.lost(f"{name} of groups")


LIBRARY = Library(
    "pandas_groups", kinds={GROUPS: Kind(method=_method, attribute=_attribute, item=_item, items=_iteration)}
)
