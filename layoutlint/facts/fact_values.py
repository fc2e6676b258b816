"""The values that facts have and that rules compute with."""

from __future__ import annotations

from enum import Enum, StrEnum
from typing import Any, Final, TypeAlias

from layoutlint.model.axes import Shape
from layoutlint.model.sizes import Expression, Size, is_nameless, render


class _Unknown(Enum):
    """The one value that stands for "nobody can say"."""

    UNKNOWN = "unknown"

    def __repr__(self) -> str:
        return "UNKNOWN"


UNKNOWN: Final = _Unknown.UNKNOWN
"""Not known, or not applicable; every judgement over it is unknown, and unknown never fires."""

Value: TypeAlias = Any
"""A number, a free size (None), an :class:`~layoutlint.model.sizes.Expression`, a text, a truth value, a
tuple of those, or :data:`UNKNOWN`."""


class Type(StrEnum):
    """What kind of value a fact or a parameter has."""

    SIZE = "size"
    NUMBER = "number"
    TEXT = "text"
    TRUTH = "truth"
    LIST = "list"
    ANY = "any value"
    """An argument's, of which only the layer knows the type."""
    ARGUMENTS = "arguments"
    """A layer's arguments by name; rules ask for one of them with ``argument``."""


class SizesOf(tuple[Size, ...]):
    """The sizes of a shape, as rules compute with them; messages show them as the shape's words."""

    words: str

    def __new__(cls, shape: Shape) -> SizesOf:
        made = super().__new__(cls, shape.sizes)
        made.words = shape.words
        return made


def shown(value: Value) -> str:
    """Return a value as messages show it: ``8000``, ``X.shape[1]``, ``(3, 3)``; a size without words as
    Keras writes it, ``None``, and ``?`` for an unknown value.
    """
    if value is UNKNOWN:
        return "?"
    if isinstance(value, SizesOf):
        return value.words
    if isinstance(value, tuple | list):
        return "(" + ", ".join(map(shown, value)) + ("," if len(value) == 1 else "") + ")"
    if isinstance(value, Expression) or value is None:
        return "None" if is_nameless(value) else render(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)
