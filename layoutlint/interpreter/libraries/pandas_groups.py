"""Tables by groups: ``df.groupby("id")``, walked through or folded.

Source: https://pandas.pydata.org/docs/reference/groupby.html.
"""

from __future__ import annotations

import ast

from layoutlint.interpreter.core.evaluator import Arguments, Evaluator
from layoutlint.interpreter.core.values import LibraryObject, NativeMethod, Rest, Scope, Unknown, Value
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


def grouped(ev: Evaluator, table: LibraryObject, node: ast.expr, scope: Scope) -> LibraryObject:
    """``table.groupby(…)``."""
    return LibraryObject(GROUPS, ev.origin(node, scope), ev.journal.born({"table": table}))


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


def _item(ev: Evaluator, groups: LibraryObject, key: Value, node: ast.expr, scope: Scope) -> Value:
    """``groups["a"]``, ``groups[["a", "b"]]``: the groups of these columns."""
    table = _table(groups)
    chosen = pandas.item(ev, table, key, node, scope) if table is not None else None
    if isinstance(chosen, LibraryObject):
        return grouped(ev, chosen, node, scope)
    return ev.lost(node, scope, "columns of unknown groups")


def _attribute(ev: Evaluator, groups: LibraryObject, name: str, node: ast.expr, scope: Scope) -> Value | None:
    if name in ("groups", "indices", "ngroups"):
        return Unknown(ast.unparse(node)[:60], ev.origin(node, scope), "the groups that a table has")
    table = _table(groups)
    if table is not None and name in (table.state.get("columns") or ()):
        return _item(ev, groups, name, node, scope)
    return NativeMethod(groups, name)


def _method(
    ev: Evaluator, groups: LibraryObject, name: str, arguments: Arguments, node: ast.expr, scope: Scope
) -> Value:
    table, origin = _table(groups), ev.origin(node, scope)
    if table is None or table.array is None or table.array.shape is None:
        return ev.lost(node, scope, "unknown groups")
    if name in _SOME_ROWS:
        return _part(ev, table)
    is_series = table.kind == pandas.SERIES
    if name == "size" or (is_series and name in _FOLDS):
        return pandas.series(ev, unknown_size(), origin)
    rows = table.array.shape[0]
    if name in _ROWS_KEPT or (name == "transform" and isinstance(arguments.get(0, "func"), str)):
        # the columns that make the groups are left out
        return (
            pandas.series(ev, rows, origin)
            if is_series
            else pandas.frame(ev, rows, unknown_size(), None, origin)
        )
    if name in _FOLDS:
        return pandas.frame(ev, unknown_size(), unknown_size(), None, origin)
    return ev.lost(node, scope, f"{name} of groups")


METHODS = {GROUPS: _method}
ATTRIBUTES = {GROUPS: _attribute}
ITEMS = {GROUPS: _item}
ITERATION = {GROUPS: _iteration}
