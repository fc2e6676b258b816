"""``add-flatten``: a model that predicts one label per sample flattens its maps before the last Dense layers.

Where a size is open, a global pooling takes its place: a Dense needs a known number of features. Unsafe: the
model has other weights, and the author may have wanted to pool where this flattens.
"""

from __future__ import annotations

import libcst as cst

from layoutlint.fixes import imported_names
from layoutlint.fixes.edits import Change, Edit, NotFixableError
from layoutlint.fixes.source_text import Source
from layoutlint.model.findings import Finding, Sizes


def fix(source: Source, finding: Finding) -> Edit:
    """``Dense(10)`` → ``Flatten(), Dense(10)``, ``Dense(10)(x)`` → ``Dense(10)(Flatten()(x))``; for
    ``self.fc = Dense(10)`` its only call, ``self.fc(x)`` → ``self.fc(self.flatten(x))``.
    """
    head = finding.repair.head if finding.repair is not None else None
    if head is None or head.before is None or not 3 <= len(head.before) <= 5:
        raise NotFixableError("the last Dense layers are not known")
    dense = source.call(head.location)
    name, imports = imported_names.beside(source, dense.func, _joining(head.before))
    return Edit((*before(source, dense, cst.Call(name)), *imports))


def _joining(sizes: Sizes) -> str:
    if all(isinstance(size, int) for size in sizes[1:]):
        return "Flatten"
    return f"GlobalAveragePooling{len(sizes) - 2}D"


def before(source: Source, dense: cst.Call, added: cst.Call) -> tuple[Change, ...]:
    """Return the changes that call another layer right before a layer that is made in a place."""
    parent = source.parent(dense)
    if isinstance(parent, cst.Call) and parent.func is dense and len(parent.args) == 1:
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
    """Return the changes for a Dense that has a name: its only call gets the flattened tensor. In a class the
    new layer is an attribute beside it.
    """
    target, statement = assigned.targets[0].target, source.parent(assigned)
    around = source.parent(statement)
    inside = source.class_of(assigned)
    calls = [call for call in source.calls_of(target) if source.class_of(call) is inside]
    if len(calls) != 1 or not calls[0].args or not isinstance(statement, cst.SimpleStatementLine):
        raise NotFixableError(f"{source.code(target)} is not called in one place alone")
    if not isinstance(target, cst.Attribute) or not isinstance(around, cst.IndentedBlock):
        return (_first(calls[0], added),)
    if "flatten" in source.attributes:
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
