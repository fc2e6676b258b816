"""The bound arguments of an operation, with accessors that say what is known."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from msgspec import Struct

from layoutlint.model.axes import Axis, Shape
from layoutlint.model.errors import ErrorKind, ShapeError, UndeterminedError
from layoutlint.model.sizes import Expression, Size, equal, is_number, unknown_size


class BoundArguments(Struct, frozen=True):
    """The arguments of one use of an operation, by the operation's own parameter names.

    A Shape is an array or a tensor; an Expression is a number that only the running program knows. The
    accessors raise UndeterminedError where the answer depends on something unknown, and ShapeError where the
    library would refuse the value.
    """

    operation: str
    values: Mapping[str, Any]

    def __getitem__(self, name: str) -> Any:
        """Return the value as it is; None where it was not given."""
        return self.values.get(name)

    def is_known(self, name: str) -> bool:
        """Tell whether the argument is an array of known rank, a number or nested lists of such."""
        try:
            shape_of(self.values.get(name), name)
        except UndeterminedError:
            return False
        return True

    def shape(self, name: str) -> Shape:
        """Return the shape of an array, a number or nested lists of such."""
        return shape_of(self.values.get(name), name)

    def shapes(self, name: str) -> list[Shape]:
        """Return the shapes of a list of arrays; an array stands for the list of its rows."""
        value = self.values.get(name)
        if isinstance(value, Shape):
            if len(value) == 1:
                raise UndeterminedError(
                    f"the items of {name} may be arrays: a column of a table may hold them"
                )
            if not value or not isinstance(value[0].size, int):
                raise UndeterminedError(f"the number of arrays in {name} is unknown")
            return [Shape(value[1:])] * value[0].size
        if isinstance(value, list | tuple):
            return [shape_of(item, name) for item in value]
        raise UndeterminedError(f"{name} is unknown")

    def number(self, name: str) -> int | Expression:
        """Return a whole number, known or symbolic."""
        return number(self.values.get(name), name)

    def known(self, name: str, default: int) -> int:
        """Return a whole number that must be known."""
        value = self.values.get(name, default)
        if isinstance(value, bool) or not isinstance(value, int):
            raise UndeterminedError(f"{name} is {describe(value)}")
        return value

    def flag(self, name: str) -> bool:
        """Return a truth value, False where it was not given."""
        value = self.values.get(name)
        if value is not None and not isinstance(value, bool | int):
            raise UndeterminedError(f"{name} is {describe(value)}")
        return bool(value)

    def text(self, name: str) -> str | None:
        """Return a string, or None."""
        value = self.values.get(name)
        if value is not None and not isinstance(value, str):
            raise UndeterminedError(f"{name} is {describe(value)}")
        return value

    def channels_first(self) -> bool:
        """Tell whether ``data_format`` puts the channels before the spatial axes."""
        return (self.text("data_format") or "") in ("channels_first", "NCHW", "NCW", "th")

    def axis(self, name: str, rank: int) -> int:
        """Return one axis, counted from 0."""
        return self.normal(self.values.get(name), rank, name)

    def axes(self, name: str, rank: int) -> tuple[int, ...] | None:
        """Axes counted from 0, each once, in the order given; None for None."""
        value = self.values.get(name)
        if value is None:
            return None
        items = value if isinstance(value, list | tuple) and not isinstance(value, Shape) else (value,)
        found = tuple(self.normal(item, rank, name) for item in items)
        if len(set(found)) != len(found):
            raise ShapeError(ErrorKind.AXIS, f"{self.operation}: {name}={value} names an axis twice")
        return found

    def normal(self, value: Any, rank: int, name: str) -> int:
        """Return an axis argument counted from 0."""
        if isinstance(value, bool) or not isinstance(value, int):
            raise UndeterminedError(f"{name} is {describe(value)}")
        if rank == 0 and value in (0, -1):
            raise UndeterminedError("an axis of a scalar: some libraries take it")
        if not -rank <= value < rank:
            raise ShapeError(
                ErrorKind.AXIS,
                f"{self.operation}: {name}={value} is out of bounds for an array of {rank} dimensions",
                axis=value,
                rank=rank,
            )
        return value % rank

    def sizes(self, name: str) -> list[Size]:
        """Return a target shape: a number or a sequence of numbers; an unknown entry becomes an
        unknown size.

        ``reshape(x, (2, 3))`` and the method's ``x.reshape(2, 3)`` (which binds a tuple) give the same.
        """
        value = self.values.get(name)
        if isinstance(value, list | tuple) and len(value) == 1 and isinstance(value[0], list | tuple):
            value = value[0]
        if isinstance(value, Shape):
            if value.rank == 1 and isinstance(value[0].size, int):
                return [unknown_size() for _ in range(value[0].size)]
            raise UndeterminedError(f"{name} is computed by the program")
        if isinstance(value, list | tuple):
            if len(value) == 1 and _is_unknown(value[0]):
                raise UndeterminedError(f"{name} is unknown")  # of x.reshape(s): a number or a tuple
            return [_entry(item, name) for item in value]
        if may_be_several(value):
            raise UndeterminedError(f"{name} is {value}, which may be several sizes")
        return [number(value, name)]


def _entry(item: Any, name: str) -> Size:
    if item is None:
        return None
    if isinstance(item, Shape) or _is_unknown(item):
        return unknown_size()
    return number(item, name)


def _is_unknown(item: Any) -> bool:
    return item is not None and not isinstance(item, Shape | int | Expression | float | str)


def number(value: Any, name: str) -> int | Expression:
    """Return a whole number, known or symbolic; raises UndeterminedError for anything else."""
    if isinstance(value, Expression):
        return value
    if isinstance(value, bool) or not isinstance(value, int):
        raise UndeterminedError(f"{name} is {describe(value)}")
    return value


def shape_of(value: Any, name: str = "the argument") -> Shape:
    """Return the shape that a value has as an array: a Shape's own, () for a number, nested lists axis by
    axis.

    Raises UndeterminedError where it is unknown, and where lists hold things of different shapes or nothing:
    nobody computes with an empty list, it is filled in a way that is not followed.
    """
    if isinstance(value, Shape):
        return value
    if isinstance(value, int | float | complex | str | bytes) or surely_number(value):
        return Shape()
    if isinstance(value, range):
        return Shape.of(len(value))
    if isinstance(value, list | tuple):
        if not value:
            raise UndeterminedError(f"{name} is a list that is still to be filled")
        inner = [shape_of(item, name) for item in value]
        if any(not _may_be_equal(inner[0], other) for other in inner[1:]):
            raise UndeterminedError(f"{name} holds arrays of different shapes")
        return Shape((Axis(len(value)), *map(_one_of, zip(*inner, strict=True))))
    raise UndeterminedError(f"{name} is unknown")


def surely_number(value: Any) -> bool:
    """Tell whether an expression stands for a number alone, and no symbol in it is only assumed to."""
    return isinstance(value, Expression) and not any(symbol.is_assumed for symbol in value.symbols())


def may_be_several(value: Any) -> bool:
    """Tell whether an expression may stand for several sizes: ``a + b`` where both may be tuples."""
    return isinstance(value, Expression) and any(
        symbol.is_assumed and not _A_NUMBER.search(symbol.path) for symbol in value.symbols()
    )


_A_NUMBER = re.compile(r"\.shape\[-?\d+\]$|\.size$|\.max\(\)$")
"""What is a number of whatever has it: ``X.shape[1]`` (and ``len(X)``), ``X.size``, ``X.max()``."""


def _may_be_equal(left: Shape, right: Shape) -> bool:
    """Tell whether no size of two shapes is surely another: a list of them is an array only if they are
    equal.
    """
    return left.rank == right.rank and all(
        equal(a.size, b.size) is not False for a, b in zip(left, right, strict=True)
    )


def _one_of(axes: tuple[Axis, ...]) -> Axis:
    """Return the axis for those at one place of equal shapes: one whose size is a number, if any is."""
    return next((axis for axis in axes if isinstance(axis.size, int)), axes[0])


def unknown_like(shape: Shape) -> Shape:
    """Return a shape of the same rank of which nothing else is known."""
    return Shape(Axis(unknown_size()) for _ in shape)


def conflicting(left: Size, right: Size) -> bool:
    """Tell whether two sizes surely differ.

    Numbers, sizes that differ by a number, and multiples of the same sizes: no axis has length 0 by chance.
    """
    if left is None or right is None:
        return False
    if is_number(left) and is_number(right):
        return left != right
    if isinstance(left, Expression) and isinstance(right, Expression):
        if len(left.terms) == len(right.terms) == 1:
            (term, coefficient), (other, factor) = left.terms[0], right.terms[0]
            return term == other and coefficient != factor and _all_symbols(term)
        return equal(left, right) is False
    return False


def _all_symbols(term: tuple[Any, ...]) -> bool:
    # an opaque atom (a floor division) may well be 0
    return all(hasattr(atom, "serial") for atom in term)


def describe(value: Any) -> str:
    """Return how a value is named in a reason."""
    return "unknown" if value is None or not isinstance(value, int | float | str | Expression) else str(value)
