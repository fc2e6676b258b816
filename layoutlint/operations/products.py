"""Operations that multiply and sum along axes: matmul, dot, tensordot, batch_dot, einsum, …"""

from __future__ import annotations

from typing import Any

from layoutlint.model.axes import Axis, Shape
from layoutlint.model.errors import ErrorKind, ShapeError, UndeterminedError
from layoutlint.operations.bound_arguments import BoundArguments, conflicting, shape_of
from layoutlint.operations.elementwise import broadcast


def _contract(operation: str, left: Axis, right: Axis, shapes: tuple[Shape, Shape]) -> None:
    if conflicting(left.size, right.size):
        raise ShapeError(
            ErrorKind.MERGE,
            f"{operation}: shapes {shapes[0]} and {shapes[1]} not aligned: {left.size} is summed against "
            f"{right.size} (Incompatible shapes)",
        )


def matmul(given: BoundArguments) -> Shape:
    """Matrices along the last two axes, the axes before broadcast; rows count as matrices of one row."""
    first, second = given.shape("x1"), given.shape("x2")
    first, second = _turned(given, "a", first), _turned(given, "b", second)
    if not first or not second:
        raise ShapeError(ErrorKind.RANK, "matmul: a scalar has no axis to sum over")
    _contract("matmul", first[-1], second[-2] if second.rank > 1 else second[0], (first, second))
    batch = broadcast([Shape(first[:-2]), Shape(second[:-2])])
    return Shape((*batch, *first[-2:-1], *second[-1:])) if second.rank > 1 else Shape((*batch, *first[-2:-1]))


def _turned(given: BoundArguments, side: str, matrices: Shape) -> Shape:
    """Return the matrices of one side, transposed where that is asked for, or their adjoints."""
    is_transposed, is_adjoint = given.flag(f"transpose_{side}"), given.flag(f"adjoint_{side}")
    if is_transposed and is_adjoint:
        raise ShapeError(ErrorKind.ARGUMENT, f"matmul: only one of transpose_{side} and adjoint_{side}")
    if matrices.rank < 2 or not (is_transposed or is_adjoint):
        return matrices
    return Shape((*matrices[:-2], matrices[-1], matrices[-2]))


def dot(given: BoundArguments) -> Shape:
    """Return the last axis of the first against the last but one of the second, as ``np.dot`` and
    ``K.dot``.
    """
    first, second = given.shape("x1"), given.shape("x2")
    if not first or not second:
        return broadcast([first, second])
    if second.rank == 1:
        _contract("dot", first[-1], second[0], (first, second))
        return Shape(first[:-1])
    _contract("dot", first[-1], second[-2], (first, second))
    return Shape((*first[:-1], *second[:-2], second[-1]))


def tensordot(given: BoundArguments) -> Shape:
    """So many last axes against first ones, or these axes against those."""
    first, second = given.shape("x1"), given.shape("x2")
    axes = given.values.get("axes", 2)
    if isinstance(axes, int) and not isinstance(axes, bool):
        if not 0 <= axes <= min(first.rank, second.rank):
            raise ShapeError(ErrorKind.AXIS, f"tensordot: axes={axes} on {first} and {second}")
        left = tuple(range(first.rank - axes, first.rank))
        right = tuple(range(axes))
    elif isinstance(axes, list | tuple) and not isinstance(axes, Shape) and len(axes) == 2:
        pair = BoundArguments(given.operation, {"left": axes[0], "right": axes[1]})
        left, right = pair.axes("left", first.rank) or (), pair.axes("right", second.rank) or ()
    else:
        raise UndeterminedError("axes is unknown")
    if len(left) != len(right):
        raise ShapeError(ErrorKind.ARGUMENT, f"tensordot: axes={axes} names unequal numbers of axes")
    for i, j in zip(left, right, strict=True):
        _contract("tensordot", first[i], second[j], (first, second))
    return Shape(
        [axis for i, axis in enumerate(first) if i not in left]
        + [axis for j, axis in enumerate(second) if j not in right]
    )


def batch_dot(given: BoundArguments) -> Shape:
    """``K.batch_dot`` of up to three axes, the first of both the batch; without further axes a result has one
    of size 1.
    """
    first, second = given.shape("x1"), given.shape("x2")
    if first.rank < 2 or second.rank < 2:
        raise ShapeError(ErrorKind.RANK, f"batch_dot: both need a batch and an axis, got {first}, {second}")
    if max(first.rank, second.rank) > 3:
        # the output has the further axes of both since TensorFlow 2.1; before, those of a matmul
        raise UndeterminedError("batch_dot of more than three axes depends on the version")
    axes = given["axes"]
    if axes is None:
        axes = (first.rank - 1, second.rank - 1 if second.rank == 2 else second.rank - 2)
    pair: list[Any] = list(axes) if isinstance(axes, list | tuple) else [axes, axes]
    if len(pair) != 2:
        raise UndeterminedError("axes is unknown")
    i, j = given.normal(pair[0], first.rank, "axes"), given.normal(pair[1], second.rank, "axes")
    if i == 0 or j == 0:
        raise ShapeError(ErrorKind.AXIS, "batch_dot: the batch axis cannot be summed over")
    _contract("batch_dot", first[0], second[0], (first, second))
    _contract("batch_dot", first[i], second[j], (first, second))
    rest = [axis for k, axis in enumerate(first) if k != i]
    rest += [axis for k, axis in enumerate(second) if k not in (0, j)]
    return Shape(rest if len(rest) > 1 else [*rest, Axis(1)])


def inner(given: BoundArguments) -> Shape:
    """Return the last axes against each other."""
    first, second = given.shape("x1"), given.shape("x2")
    if not first or not second:
        return broadcast([first, second])
    _contract("inner", first[-1], second[-1], (first, second))
    return Shape((*first[:-1], *second[:-1]))


def outer(given: BoundArguments) -> Shape:
    """Return every element with every other: two axes, the arguments flattened."""
    from layoutlint.model.sizes import product

    axes = []
    for name in ("x1", "x2"):
        shape = given.shape(name)
        axes.append(shape[0] if shape.rank == 1 else Axis(product(shape.sizes)))
    return Shape(axes)


def einsum(given: BoundArguments) -> Shape:
    """Axes named by letters: those in the output stay, the others are summed away."""
    subscripts, operands = given["subscripts"], given["operands"]
    if not isinstance(subscripts, str) or not isinstance(operands, list | tuple):
        raise UndeterminedError("the subscripts are unknown")
    if len(operands) == 1 and isinstance(operands[0], list | tuple) and not isinstance(operands[0], Shape):
        operands = operands[0]
    text = subscripts.replace(" ", "")
    sources, arrow, target = text.partition("->")
    terms = sources.split(",")
    shapes = [shape_of(operand, "an operand") for operand in operands]
    if len(terms) != len(shapes):
        raise ShapeError(
            ErrorKind.STRUCTURE, f"einsum: {subscripts} names {len(terms)} operands, got {len(shapes)}"
        )
    letters: dict[str, Axis] = {}
    middles: list[Shape] = []
    for term, shape in zip(terms, shapes, strict=True):
        before, dots, after = term.partition("...")
        rank = len(before) + len(after)
        if shape.rank < rank or (shape.rank > rank and not dots):
            raise ShapeError(
                ErrorKind.RANK, f"einsum: {term} names {rank} axes of an array of {shape.rank} dimensions"
            )
        behind = shape.rank - len(after)
        middles.append(Shape(shape[len(before) : behind]))
        for letter, axis in zip(before + after, (*shape[: len(before)], *shape[behind:]), strict=True):
            known = letters.setdefault(letter, axis)
            if axis.size != 1 and known.size != 1:
                _contract(f"einsum {subscripts}", known, axis, (shape, shape))
            if known.size == 1 or (known.size is None and axis.size is not None and axis.size != 1):
                letters[letter] = axis
    middle = broadcast(middles)
    if not arrow:
        flat = "".join(term.replace("...", "") for term in terms)
        target = "..." * bool(middle) + "".join(sorted(c for c in set(flat) if flat.count(c) == 1))
    before, dots, after = target.partition("...")
    if any(letter not in letters for letter in before + after):
        raise ShapeError(ErrorKind.ARGUMENT, f"einsum: the output of {subscripts} names unknown axes")
    return Shape(
        [letters[letter] for letter in before] + (list(middle) if dots else []) + [letters[c] for c in after]
    )
