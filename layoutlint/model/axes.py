"""Axes and shapes: sizes with a meaning."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, TypeAlias

from msgspec import Struct

from layoutlint.model.sizes import Expression, Size, is_nameless, render, unknown_size

if TYPE_CHECKING:
    from layoutlint.model.origins import Origin

Role: TypeAlias = str
"""What an axis means: ``batch``, ``steps``, ``channels``, ``height``, ``width``, ``depth``, ``features``,
``tokens``, ``samples`` … or the empty string for unknown."""


class Evidence(Struct, frozen=True):
    """A reason to believe something about an axis, with the place that shows it."""

    message: str
    origin: Origin


class Axis(Struct, frozen=True):
    """One axis of a shape: its size, its role, and the evidence for the role."""

    size: Size
    role: Role = ""
    evidence: tuple[Evidence, ...] = ()

    def sized(self, size: Size) -> Axis:
        """Return the same axis with another size: role and evidence stay (a convolution shortens *steps*)."""
        return self if size is self.size else Axis(size, self.role, self.evidence)

    @property
    def is_known(self) -> bool:
        """Whether the size is a number or free."""
        return not isinstance(self.size, Expression)


class Shape(tuple[Axis, ...]):
    """Axes in order, the batch first for everything that a layer sees."""

    __slots__ = ()

    @classmethod
    def of(cls, *sizes: Size) -> Shape:
        """Return a shape of axes without roles: ``Shape.of(None, 8000, 1)``."""
        return cls(Axis(size) for size in sizes)

    @classmethod
    def unknown(cls, rank: int) -> Shape:
        """Return a shape of known rank with a free batch and unknown sizes."""
        return cls([Axis(None)] + [Axis(unknown_size()) for _ in range(rank - 1)])

    @property
    def sizes(self) -> tuple[Size, ...]:
        """The sizes of all axes, in order."""
        return tuple(axis.size for axis in self)

    @property
    def rank(self) -> int:
        """The number of axes, the batch included."""
        return len(self)

    @property
    def is_known(self) -> bool:
        """Whether every size is a number or free."""
        return all(axis.is_known for axis in self)

    def replaced(self, index: int, axis: Axis | Size) -> Shape:
        """Return the shape with one axis exchanged; a bare size keeps the axis's role."""
        axes = list(self)
        axes[index] = axis if isinstance(axis, Axis) else axes[index].sized(axis)
        return Shape(axes)

    def __str__(self) -> str:
        return _tuple(render(size) for size in self.sizes)

    @property
    def words(self) -> str:
        """The shape as messages show it: an axis whose size has no words by what it means, if that is known,
        and otherwise as Keras writes an unknown size: ``(samples, 28, None)``.
        """
        return _tuple((axis.role or "None") if is_nameless(axis.size) else render(axis.size) for axis in self)


def _tuple(items: Iterable[str]) -> str:
    """Return the text of a tuple: ``(8000,)``, ``(8000, 1)``."""
    texts = list(items)
    return "(" + ", ".join(texts) + ("," if len(texts) == 1 else "") + ")"


class Interpretation(Struct, frozen=True):
    """What a layer takes each axis of its input to be: ``Conv1D: (batch, steps=1, input_dim=8000)``."""

    layer: str
    names: tuple[str, ...]
    shape: Shape

    def __getitem__(self, name: str) -> Size:
        """Return the size of the axis that the layer reads as ``name``; KeyError if it reads none as that."""
        try:
            return self.shape[self.names.index(name)].size
        except ValueError:
            raise KeyError(name) from None

    @property
    def axes(self) -> str:
        """The reading without the layer: ``(batch, steps=1, input_dim=8000)``."""
        return "(" + ", ".join(_reading(n, a) for n, a in zip(self.names, self.shape, strict=True)) + ")"

    def __str__(self) -> str:
        return f"{self.layer}: {self.axes}"


def _reading(name: str, axis: Axis) -> str:
    says_nothing = (name == "batch" and axis.size is None) or is_nameless(axis.size)
    return name if says_nothing else f"{name}={render(axis.size)}"


def named(names: Iterable[str], shape: Shape) -> tuple[str, ...]:
    """Names for the axes of ``shape``, the batch first; an ellipsis stands for all axes between.

    ``named(("batch", ..., "features"), shape)`` on rank 4 names the middle axes ``axis 1`` and ``axis 2``.
    There are always as many names as axes.
    """
    given = list(names)
    if "..." in given:
        at = given.index("...")
        between = shape.rank - (len(given) - 1)
        given[at : at + 1] = [f"axis {at + i}" for i in range(max(between, 0))]
    if len(given) != shape.rank:
        # a rank that the layer was not made for: nothing is claimed but the places
        given = ["batch", *(f"axis {i}" for i in range(1, shape.rank))][: shape.rank]
    return tuple(given)
