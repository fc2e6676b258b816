"""Operations that work element by element, with numpy's broadcasting."""

from __future__ import annotations

from collections.abc import Iterable
from functools import reduce
from itertools import zip_longest
from typing import Any

from layoutlint.model.axes import Axis, Shape
from layoutlint.model.errors import ErrorKind, ShapeError, UndeterminedError
from layoutlint.model.sizes import Expression, Size, equal, maximum, unknown_size
from layoutlint.operations.bound_arguments import BoundArguments


def broadcast(shapes: Iterable[Shape]) -> Shape:
    """Return the common shape; raises ShapeError (kind ``merge``) where there is none."""
    return reduce(_broadcast_pair, shapes, Shape())


def _broadcast_pair(left: Shape, right: Shape) -> Shape:
    backwards = zip_longest(reversed(left), reversed(right), fillvalue=Axis(1))
    try:
        return Shape(reversed([_merged(a, b) for a, b in backwards]))
    except _CannotBroadcastError as failure:
        message = (
            f"Cannot broadcast shapes {left} and {right}: {failure.left} against {failure.right} "
            "(operands could not be broadcast together; Incompatible shapes)"
        )
        raise ShapeError(ErrorKind.MERGE, message, left=failure.left, right=failure.right) from None


class _CannotBroadcastError(Exception):
    def __init__(self, left: Size, right: Size) -> None:
        self.left, self.right = left, right


def _merged(left: Axis, right: Axis) -> Axis:
    """Return one axis of a broadcast; the role is that of the axis that is not stretched."""
    if right.size == 1:
        return left if left.size != 1 or left.role else right
    if left.size == 1:
        return right
    size = _common(left.size, right.size)
    first, second = (left, right) if left.role or not right.role else (right, left)
    return first.sized(size) if first.role else second.sized(size)


def _common(left: Size, right: Size) -> Size:
    if left == right:
        return left
    if left is None or right is None:
        known = right if left is None else left
        # a free size against a symbol: the symbol may turn out to be 1
        return unknown_size() if isinstance(known, Expression) else known
    if isinstance(left, int) and isinstance(right, int):
        raise _CannotBroadcastError(left, right)
    if equal(left, right):
        return left
    if isinstance(left, int):
        return left if left > 1 else unknown_size()
    if isinstance(right, int):
        return right if right > 1 else unknown_size()
    return maximum(left, right)  # two lengths that go together: one is 1 or they are equal


def keep(given: BoundArguments) -> Shape:
    """Return one array in, the same axes out."""
    return given.shape("x")


def cast(given: BoundArguments) -> Shape:
    """Return the same axes; an array of truth values where the type is bool."""
    return typed(given.shape("x"), given["dtype"])


def typed(shape: Shape, dtype: Any) -> Shape:
    """Return the shape of an array of this element type: a mask where it is bool."""
    from layoutlint.operations.spec import Mask

    if dtype is bool or dtype in ("bool", "bool_", "?"):
        return Mask(shape)
    return Shape(shape) if isinstance(shape, Mask) and isinstance(dtype, str | type) else shape


def binary(given: BoundArguments) -> Shape:
    """Return two arrays or numbers, broadcast."""
    return broadcast([given.shape("x1"), given.shape("x2")])


def compare(given: BoundArguments) -> Shape:
    """Return two arrays or numbers compared, broadcast, to an array of truth values."""
    from layoutlint.operations.spec import Mask

    return Mask(binary(given))


def test(given: BoundArguments) -> Shape:
    """Return a truth value for every element."""
    from layoutlint.operations.spec import Mask

    return Mask(keep(given))


def combine(given: BoundArguments) -> Shape:
    """``&``, ``|``, ``^``: truth values stay truth values."""
    from layoutlint.operations.spec import Mask

    together = binary(given)
    operands = (given["x1"], given["x2"])
    is_mask = any(isinstance(operand, Mask) for operand in operands)
    return Mask(together) if is_mask else together


def several(given: BoundArguments) -> Shape:
    """Return a list of arrays added up, as ``tf.add_n``."""
    shapes = given.shapes("xs")
    if not shapes:
        raise ShapeError(ErrorKind.STRUCTURE, f"{given.operation}: need at least one array")
    return broadcast(shapes)


def where(given: BoundArguments) -> Any:
    """``where(condition, x, y)``: the three broadcast; with the condition alone, where it holds."""
    condition = given.shape("condition")
    if given["x"] is None and given["y"] is None:
        found = unknown_size()
        return tuple(Shape.of(found) for _ in condition)
    return broadcast([condition, given.shape("x"), given.shape("y")])


def places(given: BoundArguments) -> Shape:
    """``argwhere`` and ``tf.where`` of a condition alone: (found, rank)."""
    return Shape.of(unknown_size(), given.shape("x").rank)


def where_or_places(given: BoundArguments) -> Shape:
    """``tf.where``: as ``where``; with the condition alone, (found, rank)."""
    if given["x"] is None and given["y"] is None:
        return Shape.of(unknown_size(), given.shape("condition").rank)
    return broadcast([given.shape("condition"), given.shape("x"), given.shape("y")])


def second_operand(given: BoundArguments) -> Shape:
    """Return an array of the second operand's shape, as ``np.searchsorted(a, v)``."""
    return given.shape("v")


def broadcast_to(given: BoundArguments) -> Shape:
    """Return one array stretched to a shape."""
    source = given.shape("x")
    target = given.sizes("shape")
    if len(target) < source.rank:
        raise ShapeError(ErrorKind.MERGE, f"broadcast_to: {source} has more axes than the target")
    stretched = _broadcast_pair(source, Shape.of(*target))
    for axis, size in zip(stretched, target, strict=True):
        if isinstance(axis.size, int) and isinstance(size, int) and size not in (-1, axis.size):
            raise ShapeError(ErrorKind.MERGE, f"Cannot broadcast shape {source} to {Shape.of(*target)}")
    return Shape(axis.sized(size) for axis, size in zip(stretched, target, strict=True))


def chosen(given: BoundArguments) -> Shape:
    """``K.in_train_phase(x, alt)`` and ``K.switch(condition, then, else)``: both sides have one shape."""
    both = [given[name] for name in ("x", "alt") if not callable(given[name])]
    for value in both:
        if isinstance(value, Shape):
            return value
    raise UndeterminedError("neither side is a known tensor")
