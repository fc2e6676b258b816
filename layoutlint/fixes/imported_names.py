"""What else a program may call, by the name that it has for it: ``layers.Flatten``, or ``Flatten`` with an
import of it.
"""

from __future__ import annotations

from collections.abc import Sequence

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
    added = import_beside(source, func.value, name)
    if added is not None:
        return cst.Name(name), (added,)
    if any(isinstance(statement.names, cst.ImportStar) for statement in source.imports_from):
        return cst.Name(name), ()
    raise NotFixableError(f"{name} cannot be imported beside {func.value}")


def import_beside(source: Source, known: str, name: str) -> Change | None:
    """Return the import of a known name with another name in it; None where nothing imports the known one."""
    for statement in source.imports_from:
        aliases = statement.names
        if isinstance(aliases, cst.ImportStar):
            continue
        if any(alias.evaluated_name == known and alias.asname is None for alias in aliases):
            return Change(statement, statement.with_changes(names=_with_name(aliases, name)))
    return None


def _with_name(aliases: Sequence[cst.ImportAlias], name: str) -> list[cst.ImportAlias]:
    *others, last = aliases
    comma = next((alias.comma for alias in others if isinstance(alias.comma, cst.Comma)), None)
    between = comma or cst.Comma(whitespace_after=cst.SimpleWhitespace(" "))
    return [*others, last.with_changes(comma=between), cst.ImportAlias(cst.Name(name), comma=last.comma)]
