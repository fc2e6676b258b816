"""Merge layers: one tensor out of a list of them.

Facts from ``keras/src/layers/merging``. The element-wise ones broadcast without the batch: shapes of
different ranks are aligned at their last axes, each batch must be the same.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct

from layoutlint.layers.checks import axis_at, refused
from layoutlint.layers.spec import LayerArguments, LayerSpec, Parameters, Shapes, layer
from layoutlint.model.axes import Axis, Shape
from layoutlint.model.errors import ErrorKind, ShapeError
from layoutlint.model.keras_version import ONLY_3
from layoutlint.model.sizes import Expression, Size, add, equal, is_number, unknown_size


def _listed(arguments: LayerArguments, inputs: Shapes, count: int | None = None) -> list[Shape] | None:
    """Return the inputs as a list of shapes, None if one of them is of unknown rank."""
    name = arguments.class_name
    if isinstance(inputs, Shape) or not isinstance(inputs, list | tuple) or not inputs:
        raise ShapeError(
            ErrorKind.STRUCTURE, f"A `{name}` layer should be called on a list of inputs. Received: {inputs}"
        )
    if count is not None and len(inputs) != count:
        raise ShapeError(
            ErrorKind.STRUCTURE,
            f"A `{name}` layer should be called on exactly {count} inputs. Received {len(inputs)}",
        )
    if any(shape is not None and not isinstance(shape, Shape) for shape in inputs):
        nested = ShapeError(ErrorKind.STRUCTURE, f"A `{name}` layer takes a flat list of inputs")
        # before Keras 3, Model(x, [y]) does not return a list
        raise nested.only_of(ONLY_3) if all(map(_is_or_holds_one, inputs)) else nested
    if any(shape is None for shape in inputs):
        return None
    if any(not shape for shape in inputs):
        raise ShapeError(ErrorKind.RANK, f"A `{name}` layer cannot merge a scalar")
    return list(inputs)


def _is_or_holds_one(shape: Shapes) -> bool:
    return shape is None or isinstance(shape, Shape) or (isinstance(shape, list | tuple) and len(shape) == 1)


def _meaningful(axes: Sequence[Axis], size: Size) -> Axis:
    """Return an axis of this size, with the role and evidence of the first of ``axes`` that has a role."""
    chosen = next((axis for axis in axes if axis.role), axes[0])
    return chosen.sized(size)


def _incompatible(left: Shape, right: Shape) -> ShapeError:
    return ShapeError(ErrorKind.MERGE, f"Inputs have incompatible shapes. Received shapes {left} and {right}")


# --- Element by element


def _same(left: Size, right: Size) -> Size:
    """Return the one size of two that must be the same: a number if one is, for it says most."""
    return right if left is None or (isinstance(left, Expression) and is_number(right)) else left


def _batch(shapes: list[Shape]) -> Axis:
    size: Size = None
    for shape in shapes:
        if equal(size, shape[0].size) is False:
            received = ", ".join(map(str, shapes))
            raise ShapeError(ErrorKind.MERGE, f"Cannot merge tensors with different batch sizes: {received}")
        size = _same(size, shape[0].size)
    return _meaningful([shape[0] for shape in shapes], size)


def _broadcast_size(left: Size, right: Size) -> Size:
    """Return the size of two axes broadcast; a symbol beside a number above 1 gives the number, be it 1 or
    that.
    """
    if left is None or right is None:
        return None
    if left == 1:
        return right
    if right == 1 or equal(left, right):
        return left
    if is_number(left) or is_number(right):
        return left if is_number(left) else right
    return unknown_size()


def _broadcast(left: Shape, right: Shape) -> Shape:
    """Return two shapes without their batch, broadcast; raises ShapeError where their sizes contradict."""
    if left.rank < right.rank:
        left, right = right, left
    extra = left.rank - right.rank
    axes = list(left[:extra])
    for one, other in zip(left[extra:], right, strict=True):
        numbers = {size for size in (one.size, other.size) if is_number(size)} - {1}
        if len(numbers) > 1:
            raise _incompatible(left, right)
        larger = (other, one) if one.size == 1 else (one, other)
        axes.append(_meaningful(larger, _broadcast_size(one.size, other.size)))
    return Shape(axes)


def _subtract(arguments: LayerArguments, inputs: Shapes) -> Shape | None:
    _listed(arguments, inputs, 2)
    return _elementwise(arguments, inputs)


def _elementwise(arguments: LayerArguments, inputs: Shapes) -> Shape | None:
    shapes = _listed(arguments, inputs)
    if shapes is None:
        return None
    merged = Shape(shapes[0][1:])
    for shape in shapes[1:]:
        merged = _broadcast(merged, Shape(shape[1:]))
    return Shape((_batch(shapes), *merged))


# --- Concatenate


def _concatenate(arguments: LayerArguments, inputs: Shapes) -> Shape | None:
    """Return the sum of the sizes along ``axis``; every other axis as in the first input."""
    index = arguments.known("axis")
    if not isinstance(index, int):
        raise refused(arguments, "axis", "an integer")
    shapes = _listed(arguments, inputs)
    if shapes is None:
        return None
    if len({shape.rank for shape in shapes}) > 1:
        raise _unlike(shapes)
    first = shapes[0]
    if len(shapes) > 1 or index < 0:
        # alone, an input never meets the axis
        axis_at(arguments, first, index)
    axes: list[Axis] = []
    for place in range(first.rank):
        along = [shape[place] for shape in shapes]
        size = along[0].size
        for axis in along[1:]:
            if place == index % first.rank:
                size = add(size, axis.size)
            elif equal(size, axis.size) is False or _contradict(along):
                raise _unlike(shapes)
            elif size is not None:
                size = _same(size, axis.size)
        axes.append(_meaningful(along, size))
    return Shape(axes)


def _contradict(axes: list[Axis]) -> bool:
    return len({axis.size for axis in axes if is_number(axis.size)}) > 1


def _unlike(shapes: list[Shape]) -> ShapeError:
    return ShapeError(
        ErrorKind.MERGE,
        "A `Concatenate` layer requires inputs with matching shapes except for the concatenation axis. "
        f"Received: {', '.join(map(str, shapes))}",
    )


# --- Dot


def _check_dot(arguments: LayerArguments) -> None:
    axes = arguments["axes"]
    if isinstance(axes, int | Expression):
        return
    if not isinstance(axes, list | tuple) or len(axes) != 2:
        raise refused(arguments, "axes", "an integer or two of them")
    if not all(isinstance(axis, int | Expression) for axis in axes):
        raise refused(arguments, "axes", "an integer or two of them")


def _dot(arguments: LayerArguments, inputs: Shapes) -> Shape | None:
    """Return the axes of both inputs without the two that are summed over and without the second
    batch.

    Keras infers a shape even for ``axes=0``, which no call can compute; so does this.
    """
    shapes = _listed(arguments, inputs, 2)
    if shapes is None:
        return None
    left, right = shapes
    axes = arguments.known("axes")
    if isinstance(axes, int):
        first, second = (axes % left.rank, axes % right.rank) if axes < 0 else (axes, axes)
    else:
        first, second = (LayerArguments(arguments.class_name, {"axis": axis}).known("axis") for axis in axes)
    sizes = axis_at(arguments, left, first).size, axis_at(arguments, right, second).size
    if _unequal(*sizes):
        raise ShapeError(
            ErrorKind.MERGE,
            f"Incompatible input shapes: axis values {sizes[0]} (at axis {first}) != "
            f"{sizes[1]} (at axis {second}). Full input shapes: {left}, {right}",
        )
    if right.rank < 2:
        raise ShapeError(ErrorKind.RANK, f"Dot: expected min_ndim=2, found ndim={right.rank}")
    kept = [axis for place, axis in enumerate(left) if place != first % left.rank]
    kept += [axis for place, axis in enumerate(right) if place != second % right.rank][1:]
    return Shape(kept if len(kept) != 1 else (*kept, Axis(1)))


def _unequal(left: Size, right: Size) -> bool:
    """Tell whether Keras finds two sizes unequal: to it a free size is unlike every number."""
    if left is None or right is None:
        return is_number(left) or is_number(right)
    return equal(left, right) is False


class FunctionalForm(Struct, frozen=True):
    """A function such as ``keras.layers.add``: makes a layer and calls it on its first argument, ``inputs``.

    All other arguments, with their defaults, go to the layer's constructor.
    """

    class_name: str
    parameters: Parameters


FUNCTIONS: Mapping[str, FunctionalForm] = {
    name: FunctionalForm(class_name, Parameters(parameters))
    for name, class_name, parameters in (
        ("add", "Add", "inputs"),
        ("average", "Average", "inputs"),
        ("concatenate", "Concatenate", "inputs, axis=-1"),
        ("dot", "Dot", "inputs, axes=-1"),
        ("maximum", "Maximum", "inputs"),
        ("minimum", "Minimum", "inputs"),
        ("multiply", "Multiply", "inputs"),
        ("subtract", "Subtract", "inputs"),
    )
}
"""The functions of ``keras.layers`` that merge, by name."""

LAYERS: tuple[LayerSpec, ...] = (
    *(
        layer(name, "", _elementwise, many=True)
        for name in ("Add", "Average", "Maximum", "Minimum", "Multiply")
    ),
    layer("Subtract", "", _subtract, many=True),
    layer("Concatenate", "axis=-1", _concatenate, many=True),
    layer("Dot", "axes, normalize=False", _dot, many=True, check=_check_dot),
)
