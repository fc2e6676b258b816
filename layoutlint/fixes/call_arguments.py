"""Calls: their keywords, and the target shape of a reshape in each of its forms."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import libcst as cst

from layoutlint.fixes import literal_sequences
from layoutlint.fixes.edits import Change, NotFixableError
from layoutlint.fixes.source_text import Source

TARGET_KEYWORDS = ("shape", "newshape", "target_shape")


def keyword(call: cst.Call, name: str) -> cst.Arg | None:
    """Return the argument that is given under a name."""
    return next((arg for arg in call.args if arg.keyword is not None and arg.keyword.value == name), None)


def with_keyword(source: Source, call: cst.Call, name: str, value: str, literals: Sequence[str]) -> cst.Call:
    """Return the call with a keyword set. What is there already is replaced only if it is one of
    ``literals``.
    """
    given = keyword(call, name)
    new = cst.parse_expression(value)
    if given is not None:
        if source.code(given.value) not in literals:
            raise NotFixableError(f"{name} is given as {source.code(given.value)} here")
        args = [arg.with_changes(value=new) if arg is given else arg for arg in call.args]
        return call.with_changes(args=args)
    if any(arg.star for arg in call.args):
        raise NotFixableError(f"the call has *args or **kwargs, perhaps with {name}")
    plain = cst.AssignEqual(cst.SimpleWhitespace(""), cst.SimpleWhitespace(""))
    added = cst.Arg(new, keyword=cst.Name(name), equal=plain)
    if not call.args:
        return call.with_changes(args=[added])
    last = call.args[-1]
    if isinstance(last.comma, cst.Comma):
        # a trailing comma stands behind the last argument: the new one takes its place
        comma = _comma_before(call)
        return call.with_changes(
            args=[*call.args[:-1], last.with_changes(comma=comma), added.with_changes(comma=last.comma)]
        )
    return call.with_changes(
        args=[
            *call.args[:-1],
            last.with_changes(comma=_comma_before(call), whitespace_after_arg=cst.SimpleWhitespace("")),
            added.with_changes(whitespace_after_arg=last.whitespace_after_arg),
        ]
    )


def with_argument(source: Source, call: cst.Call, name: str, position: int, size: int) -> cst.Call:
    """Return the call with a number for an argument that is given by its name or by its position."""
    return _with_value(call, _given(source, call, name, position), cst.Integer(str(size)))


def with_more(source: Source, call: cst.Call, name: str, position: int, more: int) -> cst.Call:
    """Return the call with a number added to what is written for an argument."""
    given = _given(source, call, name, position)
    if not isinstance(given.value, cst.Name | cst.Attribute | cst.Call | cst.Subscript):
        raise NotFixableError(f"{name} is computed in the call")
    return _with_value(call, given, cst.BinaryOperation(given.value, cst.Add(), cst.Integer(str(more))))


def _with_value(call: cst.Call, given: cst.Arg, value: cst.BaseExpression) -> cst.Call:
    return call.with_changes(
        args=[arg.with_changes(value=value) if arg is given else arg for arg in call.args]
    )


def _given(source: Source, call: cst.Call, name: str, position: int) -> cst.Arg:
    """Return the argument of a call under its name or at its position."""
    given = keyword(call, name)
    if given is None:
        if any(arg.star for arg in call.args[: position + 1]):
            raise NotFixableError(f"{name} is given by *args or **kwargs")
        positional = [arg for arg in call.args if arg.keyword is None]
        given = positional[position] if position < len(positional) else None
    if given is None:
        raise NotFixableError(f"{name} is not written in {source.code(call)}")
    return given


def _comma_before(call: cst.Call) -> cst.Comma:
    """Return the comma before a new last argument: on its own line where the last arguments are."""
    between = [arg.comma for arg in call.args[:-1] if isinstance(arg.comma, cst.Comma)]
    after = between[-1].whitespace_after if between else call.whitespace_before_args
    if isinstance(after, cst.ParenthesizedWhitespace):
        blank = cst.TrailingWhitespace(cst.SimpleWhitespace(""), None, after.first_line.newline)
        return cst.Comma(whitespace_after=after.with_changes(first_line=blank, empty_lines=[]))
    return cst.Comma(whitespace_after=cst.SimpleWhitespace(" "))


def change_target(
    source: Source,
    call: cst.Call,
    in_literal: Callable[[literal_sequences.Literal], literal_sequences.Literal],
    in_arguments: Callable[[Sequence[cst.Arg]], Sequence[cst.Arg]],
) -> Change:
    """Return the change of the target in ``x.reshape(a, b)``, ``np.reshape(x, (a, b))`` or ``Reshape((a,
    b))``.
    """
    for name in TARGET_KEYWORDS:
        arg = keyword(call, name)
        if arg is not None:
            return _of_literal(source, arg.value, in_literal)
    given = [arg for arg in call.args if arg.keyword is None]
    if any(arg.star for arg in call.args) or not given:
        raise NotFixableError(f"the target of {source.code(call)} is not written axis by axis")
    if is_method(source, call):
        if len(given) == 1:
            return _of_literal(source, given[0].value, in_literal)
        kept = [arg for arg in call.args if arg.keyword is not None]
        return Change(call, call.with_changes(args=[*in_arguments(given), *kept]))
    # a function takes the array first, the layer does not
    index = 0 if len(given) == 1 else 1
    return _of_literal(source, given[index].value, in_literal)


def is_method(source: Source, call: cst.Call) -> bool:
    """Tell whether a call is that of an array's own method, and no function of a module."""
    if not isinstance(call.func, cst.Attribute):
        return False
    base: cst.BaseExpression = call.func.value
    while isinstance(base, cst.Attribute):
        base = base.value
    return not (isinstance(base, cst.Name) and base.value in source.imported)


def _of_literal(
    source: Source,
    node: cst.BaseExpression,
    change: Callable[[literal_sequences.Literal], literal_sequences.Literal],
) -> Change:
    found = literal_sequences.written(source, node)
    return Change(found, change(found))
