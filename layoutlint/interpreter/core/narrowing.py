"""What is known of a value, asked for by kind: a whole number, a flag, items, an array.

Each function returns None where the value is something else or is not known, so that what stands for an
outside name never passes for a number or an argument. Sizes, texts and truth are ``as_size``, ``text_of`` and
``truth`` of ``values``.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeGuard

from layoutlint.interpreter.core.tensor_values import array_of
from layoutlint.interpreter.core.values import LibraryObject, Value, has_rest
from layoutlint.model.axes import Shape
from layoutlint.model.graph import Tensor
from layoutlint.model.sizes import Expression, Size, unknown_size


def known_whole(value: Value) -> int | None:
    """Return the value if it is a whole number, and not a flag."""
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def known_flag(value: Value) -> bool | None:
    """Return the value if it is True or False."""
    return value if isinstance(value, bool) else None


def is_size(value: Value) -> TypeGuard[int | Expression]:
    """Return whether the value is a whole number, known or of a name that only the program knows."""
    return isinstance(value, int | Expression)


def known_sizes(values: Iterable[Value]) -> list[int | Expression] | None:
    """Return the values if all are whole numbers, known or symbolic."""
    found = list(values)
    sizes = [value for value in found if is_size(value)]
    return sizes if len(sizes) == len(found) else None


def sequence(value: Value) -> Sequence[Value] | None:
    """Return the items of a list or tuple, a :class:`Rest` among them for any number more."""
    return value if isinstance(value, list | tuple) else None


def known_items(value: Value) -> Sequence[Value] | None:
    """Return the items of a list or tuple whose length is known."""
    items = sequence(value)
    return None if items is None or has_rest(value) else items


def known_texts(value: Value) -> tuple[str, ...] | None:
    """Return the items of a list or tuple if all are texts."""
    items = sequence(value)
    texts = tuple(item for item in items or () if isinstance(item, str))
    return texts if items is not None and len(texts) == len(items) else None


def is_kind(value: Value, *kinds: str) -> TypeGuard[LibraryObject]:
    """Return whether the value is a library's object of one of these classes."""
    return isinstance(value, LibraryObject) and value.kind in kinds


def as_array(value: Value) -> Tensor | None:
    """Return the array that the value is or counts as, of known shape or not."""
    if isinstance(value, LibraryObject):
        return value.array
    return value if isinstance(value, Tensor) else None


def known_shape(value: Value, *ranks: int) -> Shape | None:
    """Return the shape of an array, of one of these ranks if any are given; never of a scalar."""
    array = array_of(value)
    if array is None or array.shape is None or (ranks and array.shape.rank not in ranks):
        return None
    return array.shape


def known_length(value: Value) -> int | None:
    """Return the number of items of a list, tuple or range if it is known."""
    if isinstance(value, range):
        return len(value)
    items = known_items(value)
    return None if items is None else len(items)


def count_of(value: Value) -> Size:
    """Return the number of samples in an array, list or range, an unknown size where that is not known."""
    shape, length = known_shape(value), known_length(value)
    if shape is not None:
        return shape[0].size
    return unknown_size() if length is None else length
