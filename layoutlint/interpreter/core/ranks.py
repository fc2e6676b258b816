"""What tells how many axes an array of unknown shape has: how it is transposed, reshaped, unpacked."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from layoutlint.interpreter.core.arguments import Arguments
from layoutlint.interpreter.core.values import Unknown, Value
from layoutlint.model.axes import Shape
from layoutlint.model.graph import Tensor
from layoutlint.model.sizes import Atom, Expression, Symbol
from layoutlint.operations import OperationSpec


def of_rank(array: Unknown, rank: int, called: Sequence[str] = ()) -> Tensor:
    """Return an unknown array as one of so many axes, where what it is given to refuses any other rank.

    Its sizes are ``called`` so by the program, where it unpacks them.
    """
    shown = array.like or array
    names = called or [""] * rank
    sizes = (shown.part(f".shape[{place}]").size(name) for place, name in enumerate(names))
    return Tensor(Shape.of(*sizes), None, array.origin, shown.name)


def ranked(spec: OperationSpec, positional: tuple[Value, ...], arguments: Arguments) -> tuple[Value, ...]:
    """Return the arguments of a transpose or a reshape, with the rank of its array that the others tell."""
    array, *others = positional or (None,)
    if not isinstance(array, Unknown) or spec.name not in _TELLING:
        return positional
    given = others or list(arguments.keywords.values())[:1]
    further: Value = given[0] if len(given) == 1 else given
    if not isinstance(further, tuple | list):
        return positional
    rank = _TELLING[spec.name](array, further)
    return positional if rank is None else (of_rank(array, rank), *others)


def _of_order(array: Unknown, order: Sequence[Value]) -> int | None:
    """``transpose(0, 2, 1)``: as many axes as places. ``transpose(1, 2)``, and ``transpose(0, 1)`` that would
    leave every axis in its place, swap two of any number of axes: the array is one of torch.
    """
    places = [place % len(order) if type(place) is int and place < 0 else place for place in order]
    axes: list[Value] = list(range(len(order)))
    is_order = len(order) > 1 and all(type(place) is int for place in places) and places != axes
    return len(order) if is_order and all(axis in places for axis in axes) else None


def _of_own_sizes(array: Unknown, target: Sequence[Value]) -> int | None:
    """``X.reshape(X.shape[0], X.shape[2], X.shape[1])``: the axes that are named hold all the values of X."""
    shape = (array.like or array).part(".shape")
    axes: list[int] = []
    for size in target:
        named = [] if size == 1 else _axes_in(size, shape)
        if named is None:
            return None
        axes += named
    return len(axes) if len(axes) > 1 and sorted(axes) == list(range(len(axes))) else None


def _axes_in(size: Value, shape: Unknown) -> list[int] | None:
    """Return the axes whose sizes a size is the product of (``X.shape[1] * X.shape[2]``); else None."""
    match size.size() if isinstance(size, Unknown) else size:
        case Expression(terms=((factors, 1),)):
            found = [_axis_of(factor, shape) for factor in factors]
            return None if None in found else [axis for axis in found if axis is not None]
        case _:
            return None


def _axis_of(factor: Atom, shape: Unknown) -> int | None:
    if not isinstance(factor, Symbol) or factor.serial != shape.serial:
        return None
    place = factor.path.removeprefix(f"{shape.path}[").removesuffix("]")
    return int(place) if place.isdecimal() and place.isascii() else None


_TELLING: Final[Mapping[str, Callable[[Unknown, Sequence[Value]], int | None]]] = {
    "transpose": _of_order,
    "reshape": _of_own_sizes,
}
