"""Values as tensors and tensors as values: what is an array, a structure of tensors, what are sizes."""

from __future__ import annotations

import re
from types import EllipsisType
from typing import Final, TypeGuard, assert_never, cast

from layoutlint import operations
from layoutlint.interpreter.core.extent import is_small
from layoutlint.interpreter.core.journal import join_all
from layoutlint.interpreter.core.limits import MAX_ITEMS
from layoutlint.interpreter.core.values import (
    BoundMethod,
    Choice,
    ClassValue,
    Decorated,
    Deferred,
    External,
    FunctionValue,
    Instance,
    LayerValue,
    LibraryObject,
    ModelValue,
    ModuleValue,
    Native,
    NativeMethod,
    Others,
    Partial,
    Ratio,
    Rest,
    Super,
    Unknown,
    Value,
    as_size,
    has_rest,
    one_of,
)
from layoutlint.model.axes import Shape
from layoutlint.model.errors import UndeterminedError
from layoutlint.model.graph import Nested, Tensor, flatten
from layoutlint.model.sizes import NAMELESS, Expression, Size
from layoutlint.operations.bound_arguments import may_be_several

_NUMBERS: Final = re.compile(r"\)$|\.shape\[-?\d+\]$")
"""Names of what is a number or folded to less than its array: ``X.mean()``, ``len(X)``, ``X.shape[1]``."""


def array_behind(value: Expression | Ratio) -> Unknown | None:
    """Return the unknown array that arithmetic took for a number: X of ``(X - X.mean()) / s``, one without
    a name for several; None where all are numbers by their names.
    """
    number = value.numerator if isinstance(value, Ratio) else value
    symbols = number.symbols() if isinstance(number, Expression) else ()
    found = [each for each in symbols if each.is_assumed and not _NUMBERS.search(each.name)]
    named = [each for each in found if each.name != NAMELESS]
    if len(named) == 1:
        return Unknown(named[0].name, named[0].origin, serial=named[0].serial, path=named[0].path)
    return Unknown() if found else None


def to_tensors(value: Value) -> Nested[Tensor]:
    """Return a value as the inputs of a layer: nested tensors, of unknown rank where nothing is known."""
    match value:
        case Tensor():
            return value
        case list() | tuple() | dict():
            return _nested_tensors(value)
        case Unknown():
            return Tensor(None, None, value.origin, value.name, value.reason)
        case int() | float():
            return Tensor(Shape())
        case LibraryObject():
            return Tensor(None) if value.array is None else value.array
        case Choice():
            possible = [as_value(to_tensors(a)) for a in value.alternatives if a is not None]
            found = join_all(possible) if possible else None
            return found if is_tensors(found) else Tensor(None)
        case Expression() | Ratio():
            array = array_behind(value)
            return Tensor(None) if array is None else to_tensors(array)
        case External() | Rest() | Others() | None:
            return Tensor(None)
        case complex() | str() | bytes() | range() | slice() | set() | frozenset() | EllipsisType():
            return Tensor(None)
        case FunctionValue() | ClassValue() | Instance() | ModuleValue() | Deferred() | Decorated():
            return Tensor(None)
        case BoundMethod() | NativeMethod() | Partial() | Super() | Native() | LayerValue() | ModelValue():
            return Tensor(None)
        case _:
            assert_never(value)


def of_scalars(value: Value) -> Tensor | None:
    """Return the array that a list of texts or of arrays without axes is; None for any other value."""
    if not isinstance(value, list | tuple) or not value:
        return None
    return Tensor(Shape.of(len(value))) if all(map(_is_scalar, value)) else None


def _is_scalar(value: Value) -> bool:
    return isinstance(value, str) or (
        isinstance(value, Tensor) and value.shape is not None and not value.shape
    )


def _nested_tensors(value: list[Value] | tuple[Value, ...] | dict[Value, Value]) -> Nested[Tensor]:
    if not is_small(value):
        return Tensor(None)
    if value and _is_array(value):
        return Tensor(_shape_if_any(value))
    if not is_small(value, MAX_ITEMS):
        return Tensor(None)
    match value:
        case list():
            return [to_tensors(one_of(item)) for item in value]
        case tuple():
            return tuple([to_tensors(one_of(item)) for item in value])
        case dict():
            return {key: to_tensors(item) for key, item in value.items()}


def _shape_if_any(value: Value) -> Shape | None:
    """Return the shape of nested numbers; None for rows of different lengths, of which there is no array."""
    try:
        return operations.shape_of(value)
    except UndeterminedError:
        return None


def is_tensors(value: Value) -> TypeGuard[Nested[Tensor]]:
    """Tell whether a value is made of tensors alone."""
    return all(isinstance(leaf, Tensor) for leaf in flatten(value))


def as_value(tensors: Nested[Tensor]) -> Value:
    """Nested tensors as a value of the program, which they are as they stand."""
    return cast("Value", tensors)


def _is_array(value: Value) -> bool:
    """Tell whether nested lists hold numbers and texts alone: data, and not a list of tensors."""
    match value:
        case list() | tuple():
            lengths = {len(item) for item in value if isinstance(item, list | tuple)}
            return len(lengths) < 2 and all(map(_is_array, value))
        case int() | float() | str() | bytes():
            return True
        case _:
            return False


def array_of(value: Value) -> Tensor | None:
    """Return the value as an array, if it is one whose rank is known."""
    if isinstance(value, LibraryObject):
        value = value.array
    if isinstance(value, Tensor) and value.shape is not None and value.shape.rank:
        return value
    return None


def sizes_of(value: Value) -> list[Size] | None:
    """Return a shape tuple of the program as sizes; None if its length is not known."""
    match value:
        case list() | tuple():
            return None if has_rest(value) else [as_size(item) for item in value]
        case bool():
            return None
        case int() | Expression() if not may_be_several(value):
            return [value]
        case _:
            return None
