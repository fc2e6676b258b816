"""Operators on two values: numbers, sizes, sequences, texts, arrays."""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable
from typing import Any

from layoutlint.interpreter.core import arrays, library_objects
from layoutlint.interpreter.core.evaluator import Evaluator
from layoutlint.interpreter.core.extent import bounded, is_wide, is_wide_number
from layoutlint.interpreter.core.journal import join_all
from layoutlint.interpreter.core.limits import MAX_BITS, MAX_TEXT
from layoutlint.interpreter.core.site import Site
from layoutlint.interpreter.core.values import (
    Choice,
    LibraryObject,
    Ratio,
    Rest,
    Unknown,
    Value,
    alternatives,
    any_number,
    has_rest,
    is_number,
)
from layoutlint.model import sizes
from layoutlint.model.graph import Tensor
from layoutlint.model.sizes import Expression
from layoutlint.model.syntax_text import Div

MAX_POWER = 64
PLAIN = (int, float, complex, str, bytes, bool, type(None), tuple, list, dict, set, frozenset, range)


def _old_quotient(left: Any, right: Any) -> Any:
    """``left / right`` of Python 2."""
    return left // right if isinstance(left, int) and isinstance(right, int) else left / right


_BINARY: dict[type[ast.operator], tuple[str, Callable[..., Value]]] = {
    ast.Add: ("+", operator.add),
    ast.Sub: ("-", operator.sub),
    ast.Mult: ("*", operator.mul),
    ast.Div: ("/", operator.truediv),
    Div: ("/", _old_quotient),
    ast.FloorDiv: ("//", operator.floordiv),
    ast.Mod: ("%", operator.mod),
    ast.Pow: ("**", operator.pow),
    ast.MatMult: ("@", operator.matmul),
    ast.LShift: ("<<", operator.lshift),
    ast.RShift: (">>", operator.rshift),
    ast.BitAnd: ("&", operator.and_),
    ast.BitOr: ("|", operator.or_),
    ast.BitXor: ("^", operator.xor),
}
_SIZE_ARITHMETIC: dict[str, Callable[..., Value]] = {
    "+": sizes.add,
    "-": sizes.subtract,
    "*": sizes.multiply,
    "//": sizes.floor_divide,
    "%": sizes.modulo,
    "/": Ratio,
}


def binary(site: Site, op: ast.operator, left: Value, right: Value) -> Value:
    """Return the value of a binary operator."""
    sign, function = _BINARY[type(op)]
    match left, right:
        case (Choice(), _) | (_, Choice()):
            return over_choices(lambda a, b: binary(site, op, a, b), left, right)
        case (LibraryObject(), _) | (_, LibraryObject()):
            return library_objects.operator(site, sign, left, right)
        case (Tensor() as tensor, (list() as items)) | (list() as items, Tensor() as tensor) if (
            sign == "+" and are_symbolic(site.evaluator, tensor, *tensors_in(items))
        ):
            return site.lost("a model's only input, or the list of its inputs, and further tensors")
        case (Tensor(), _) | (_, Tensor()):
            return arrays.operator(site, sign, [left, right])
        case str(), _ if sign == "%":
            return _formatted(left, right)
    if isinstance(left, PLAIN) and isinstance(right, PLAIN):
        made = bounded(_plain(sign, function, left, right))
        return site.journal.born(made) if isinstance(made, list | dict | set) else made
    match left, right:
        case list([item]), _ if sign == "*":
            return [Rest(item)]
        case tuple([item]), _ if sign == "*":
            return (Rest(item),)
        case ((list() | tuple() | str() | dict() | set()), _) | (
            _,
            (list() | tuple() | str() | dict() | set()),
        ):
            return Unknown(reason="a sequence of unknown length")
    one, other = _number(left), _number(right)
    if isinstance(op, Div) and isinstance(left, int | Expression) and isinstance(right, int | Expression):
        return sizes.floor_divide(left, right)
    if one is not None and other is not None and sign in _SIZE_ARITHMETIC:
        return _SIZE_ARITHMETIC[sign](one, other)
    if is_number(left) and is_number(right):
        return sizes.unknown_size(site.origin)
    match left, right:
        case (Unknown() as array, (float() | Unknown() | Ratio())) | (
            (float() | Ratio()),
            Unknown() as array,
        ):
            # an unknown array scaled or shifted by a number or by another unknown keeps its shape
            return Unknown(None, array.origin, array.reason, like=array.like or array)
        case _:
            return Unknown(reason="arithmetic with something unknown")


def tensors_in(items: list[Value]) -> list[Tensor]:
    return [item for item in items if isinstance(item, Tensor)]


def _number(value: Value) -> int | Expression | None:
    match value:
        case bool():
            return int(value)
        case int() | Expression():
            return value
        case Unknown(like=None):
            return value.size()
        case _:
            return None


def over_choices(function: Callable[[Value, Value], Value], left: Value, right: Value) -> Value:
    return join_all(function(a, b) for a in alternatives(left) for b in alternatives(right))


def _plain(sign: str, function: Callable[..., Value], left: Value, right: Value) -> Value:
    """Python's own arithmetic, with bounds on the size of what comes out."""
    match sign, left, right:
        case "**", _, (int() | float()) if abs(right) > MAX_POWER or _large(left):
            return Unknown(reason="a very large number")
        case "<<", _, int() if right > MAX_POWER:
            return Unknown(reason="a very large number")
        case "*", (str() | bytes() | list() | tuple()), int():
            return _repeated(left, right)
        case "*", int(), (str() | bytes() | list() | tuple()):
            return _repeated(right, left)
        case "*", _, _ if _large(left) and _large(right):
            return Unknown(reason="a very large number")
        case "+", (str() | bytes() | list() | tuple()), (str() | bytes() | list() | tuple()):
            if len(left) > MAX_TEXT or len(right) > MAX_TEXT:
                return Unknown(reason="a very long sequence")
    try:
        return function(left, right)
    except Exception:
        return Unknown(reason="Python would raise here")


def _repeated(sequence: str | bytes | list[Value] | tuple[Value, ...], count: int) -> Value:
    if len(sequence) * max(count, 0) > MAX_TEXT:
        return Unknown(reason="a very long sequence")
    if isinstance(sequence, list | tuple) and has_rest(sequence):
        return any_number() if isinstance(sequence, list) else tuple(any_number())
    return sequence * count


def _large(value: Value) -> bool:
    return isinstance(value, int) and value.bit_length() > MAX_BITS


def _formatted(template: str, values: Value) -> Value:
    items = values if isinstance(values, tuple) else (values,)
    if is_wide(template) or ("*" in template and any(map(is_wide_number, items))):
        return Unknown(reason="a very long text")
    if isinstance(values, dict) or all(isinstance(item, str | int | float | None) for item in items):
        try:
            text = template % values
        except Exception:
            return Unknown(reason="Python would raise here")
        return text if len(text) <= MAX_TEXT else Unknown(reason="a very long text")
    return Unknown(reason="a text with an unknown part")


def are_symbolic(ev: Evaluator, *tensors: Tensor) -> bool:
    return all(ev.is_symbolic(tensor) for tensor in tensors)
