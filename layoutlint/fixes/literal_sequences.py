"""Tuples, lists and arguments whose values change places while commas, spaces and line breaks stay.

A comment behind a value goes where the value goes.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeAlias, TypeVar

import libcst as cst

from layoutlint.fixes.edits import NotFixableError
from layoutlint.fixes.source_text import Source
from layoutlint.model.origins import Location

Literal: TypeAlias = "cst.Tuple | cst.List"
Slot = TypeVar("Slot", cst.BaseElement, cst.Arg)

ONE = cst.Integer("1")


def literal(source: Source, location: Location) -> Literal:
    """Return the tuple or list at a place, or the one behind a name that is bound once and read
    here alone.
    """
    return written(source, source.expression(location))


def written(source: Source, node: cst.BaseExpression) -> Literal:
    """Return the tuple or list that an expression is, or that the name for it is bound to."""
    if isinstance(node, cst.Name):
        node = source.only_value(node.value)
    if not isinstance(node, cst.Tuple | cst.List):
        raise NotFixableError(f"the shape is written as {source.code(node)}, not axis by axis")
    if any(not isinstance(element, cst.Element) for element in node.elements):
        raise NotFixableError(f"the shape is written as {source.code(node)}, not axis by axis")
    return node


def turned(node: Literal, order: Sequence[int]) -> Literal:
    """Return the literal with its values in another order: ``order[i]`` is where the value at ``i`` comes
    from.
    """
    comments = [_comment(element.comma) for element in node.elements[:-1]]
    closing = node.rbracket if isinstance(node, cst.List) else node.rpar[0] if node.rpar else None
    comments.append(_comment(node.elements[-1].comma) or _comment(closing))
    elements = reordered(node.elements, order)
    new = node.with_changes(elements=elements)
    if any(comment is None for comment in comments):
        return new  # values that share a line share its comment
    for place, origin in enumerate(order):
        line = comments[origin]
        comma = elements[place].comma
        if _comment(comma) is not None:
            elements[place] = elements[place].with_changes(comma=_with_comment(comma, line))
        elif isinstance(new, cst.List):
            new = new.with_changes(rbracket=_with_comment(new.rbracket, line))
        else:
            new = new.with_changes(rpar=[_with_comment(new.rpar[0], line), *new.rpar[1:]])
    return new.with_changes(elements=elements)


def reordered(slots: Sequence[Slot], order: Sequence[int]) -> list[Slot]:
    """Return the slots with the values in another order; commas and spaces stay where they are."""
    return [slot.with_changes(value=slots[origin].value) for slot, origin in zip(slots, order, strict=True)]


def _space(node: object) -> cst.BaseParenthesizableWhitespace | None:
    """Return the space behind a comma, or before a closing bracket."""
    if isinstance(node, cst.Comma):
        return node.whitespace_after
    return node.whitespace_before if isinstance(node, cst.RightParen | cst.RightSquareBracket) else None


def _comment(node: object) -> cst.TrailingWhitespace | None:
    """Return what stands on the rest of the line behind a value, if the line ends there."""
    space = _space(node)
    return space.first_line if isinstance(space, cst.ParenthesizedWhitespace) else None


def _with_comment(node: Any, line: cst.TrailingWhitespace | None) -> Any:
    space = _space(node)
    assert isinstance(space, cst.ParenthesizedWhitespace)
    name = "whitespace_after" if isinstance(node, cst.Comma) else "whitespace_before"
    return node.with_changes(**{name: space.with_changes(first_line=line)})


def without(node: Literal, index: int) -> Literal:
    """Return the tuple or list without an element; a tuple of one keeps its comma."""
    elements = [element for place, element in enumerate(node.elements) if place != index]
    if index == len(node.elements) - 1 and elements:
        elements[-1] = elements[-1].with_changes(comma=node.elements[-1].comma)
    if isinstance(node, cst.Tuple) and len(elements) == 1 and not isinstance(elements[0].comma, cst.Comma):
        elements[0] = elements[0].with_changes(comma=cst.Comma())
    return node.with_changes(elements=elements)


def lengthened(node: Literal, value: cst.BaseExpression) -> Literal:
    """Return the literal with one more value at its end."""
    return node.with_changes(elements=extended(node.elements, value))


def extended(slots: Sequence[Slot], value: cst.BaseExpression) -> list[Slot]:
    """Return the slots with one more value at the end, laid out as the last one is."""
    kept, last = list(slots[:-1]), slots[-1]
    if not isinstance(last.comma, cst.Comma):
        kept += [last.with_changes(comma=_between(slots)), last.with_changes(value=value)]
    elif len(slots) == 1:
        # the comma that makes a tuple of one value
        spaced = last.comma.with_changes(whitespace_after=cst.SimpleWhitespace(" "))
        kept += [
            last.with_changes(comma=spaced),
            last.with_changes(value=value, comma=cst.MaybeSentinel.DEFAULT),
        ]
    else:
        kept += [last.with_changes(comma=_between(slots)), last.with_changes(value=value)]
    return kept


def _between(slots: Sequence[cst.BaseElement | cst.Arg]) -> cst.Comma:
    """Return a comma as it stands between the values."""
    comma = slots[0].comma if len(slots) > 1 else None
    if isinstance(comma, cst.Comma) and isinstance(comma.whitespace_after, cst.SimpleWhitespace):
        return comma
    return cst.Comma(whitespace_after=cst.SimpleWhitespace(" "))
