"""The change that calls another layer right before one, wherever that is made: in a list, by ``add``, called
where it is made, or under a name.
"""

from __future__ import annotations

import libcst as cst

from layoutlint.fixes.edits import Change, NotFixableError
from layoutlint.fixes.source_text import Source


def before(source: Source, made: cst.Call, added: cst.Call) -> tuple[Change, ...]:
    """Return the changes that call another layer right before a layer that is made in a place."""
    parent = source.parent(made)
    if isinstance(parent, cst.Call) and parent.func is made and len(parent.args) == 1:
        return (_first(parent, added),)
    if isinstance(parent, cst.Assign) and len(parent.targets) == 1:
        return _kept(source, parent, added)
    if isinstance(parent, cst.Element):
        items = source.parent(parent)
        if isinstance(items, cst.List | cst.Tuple):
            return (Change(items, _with_element(items, parent, added)),)
    if isinstance(parent, cst.Arg):
        statement = source.parent(source.parent(source.parent(parent)))
        call = source.parent(parent)
        if (
            isinstance(statement, cst.SimpleStatementLine)
            and len(statement.body) == 1
            and isinstance(call, cst.Call)
            and isinstance(call.func, cst.Attribute)
            and call.func.attr.value == "add"
        ):
            line = cst.SimpleStatementLine([cst.Expr(call.with_changes(args=[cst.Arg(added)]))])
            return (_line_before(statement, line),)
    raise NotFixableError("no layer can be added in the place where the layer is made")


def _first(call: cst.Call, layer: cst.BaseExpression) -> Change:
    """Return the change by which what a call takes passes another layer first."""
    tensor = call.args[0]
    joined = cst.Call(layer, [cst.Arg(tensor.value)])
    return Change(call, call.with_changes(args=[tensor.with_changes(value=joined), *call.args[1:]]))


def _line_before(statement: cst.SimpleStatementLine, line: cst.SimpleStatementLine) -> Change:
    first = line.with_changes(leading_lines=statement.leading_lines)
    return Change(statement, cst.FlattenSentinel([first, statement.with_changes(leading_lines=[])]))


def _kept(source: Source, assigned: cst.Assign, added: cst.Call) -> tuple[Change, ...]:
    """Return the changes for a layer that has a name: what its only call takes passes the other layer first,
    which is an attribute beside it in a class.
    """
    target, statement = assigned.targets[0].target, source.parent(assigned)
    around = source.parent(statement)
    inside = source.class_of(assigned)
    calls = [call for call in source.calls_of(target) if source.class_of(call) is inside]
    if len(calls) != 1 or not calls[0].args or not isinstance(statement, cst.SimpleStatementLine):
        raise NotFixableError(f"{source.code(target)} is not called in one place alone")
    is_in_class = isinstance(target, cst.Attribute) and isinstance(around, cst.IndentedBlock)
    if not is_in_class or "flatten" in source.attributes:
        return (_first(calls[0], added),)
    kept = target.with_changes(attr=cst.Name("flatten"))
    line = cst.SimpleStatementLine([cst.Assign([cst.AssignTarget(kept)], added)])
    return _line_before(statement, line), _first(calls[0], kept)


def _with_element(
    items: cst.List | cst.Tuple, element: cst.BaseElement, added: cst.Call
) -> cst.List | cst.Tuple:
    at = next(place for place, other in enumerate(items.elements) if other is element)
    comma = items.elements[at - 1].comma if at else None
    if not isinstance(comma, cst.Comma):
        comma = next((e.comma for e in items.elements if isinstance(e.comma, cst.Comma)), None)
    if comma is None or (at == 0 and isinstance(comma.whitespace_after, cst.ParenthesizedWhitespace)):
        comma = cst.Comma(whitespace_after=cst.SimpleWhitespace(" "))
    if isinstance(comma.whitespace_after, cst.ParenthesizedWhitespace):
        space = comma.whitespace_after
        line = space.first_line.with_changes(comment=None, whitespace=cst.SimpleWhitespace(""))
        comma = comma.with_changes(whitespace_after=space.with_changes(first_line=line, empty_lines=[]))
    new = cst.Element(added, comma=comma)
    return items.with_changes(elements=[*items.elements[:at], new, *items.elements[at:]])
