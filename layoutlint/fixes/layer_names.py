"""Layers by the name that a program has for them: ``layers.Flatten``, or ``Flatten`` with an import of it."""

from __future__ import annotations

import libcst as cst

from layoutlint.fixes.edits import Change, NotFixableError
from layoutlint.fixes.source_text import Source


def beside(
    source: Source, func: cst.BaseExpression, name: str
) -> tuple[cst.BaseExpression, tuple[Change, ...]]:
    """Return another layer, named as the program names layers, and the change of the import that it needs."""
    if isinstance(func, cst.Attribute):
        return func.with_changes(attr=cst.Name(name)), ()
    if not isinstance(func, cst.Name):
        raise NotFixableError(f"the layer is called as {source.code(func)}")
    if name in source.imported:
        return cst.Name(name), ()
    statements = source.imports_from
    for statement in statements:
        if isinstance(statement.names, cst.ImportStar):
            continue
        for alias in statement.names:
            if alias.evaluated_name == func.value and alias.asname is None:
                return cst.Name(name), (Change(statement, _with_name(statement, name)),)
    if any(isinstance(statement.names, cst.ImportStar) for statement in statements):
        return cst.Name(name), ()
    raise NotFixableError(f"{name} cannot be imported beside {func.value}")


def _with_name(statement: cst.ImportFrom, name: str) -> cst.ImportFrom:
    assert not isinstance(statement.names, cst.ImportStar)
    *others, last = statement.names
    comma = next((alias.comma for alias in others if isinstance(alias.comma, cst.Comma)), None)
    between = comma or cst.Comma(whitespace_after=cst.SimpleWhitespace(" "))
    added = cst.ImportAlias(cst.Name(name), comma=last.comma)
    return statement.with_changes(names=[*others, last.with_changes(comma=between), added])
