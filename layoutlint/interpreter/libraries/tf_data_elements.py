"""Elements of ``tf.data`` data sets: nests of tensors, and what batches, windows and paddings make of them.

A data set keeps its ``element`` as a loop over it meets one, and ``traced``, the same as a mapped function
sees it: there the axis of batches is free (None), as TensorFlow traces it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeGuard

from layoutlint.inference.labels import labels_of
from layoutlint.inference.pixels import pixels_of
from layoutlint.interpreter.core.extent import is_small, parts
from layoutlint.interpreter.core.narrowing import is_kind, known_shape
from layoutlint.interpreter.core.site import Site
from layoutlint.interpreter.core.tensor_values import as_value, sizes_of, to_tensors
from layoutlint.interpreter.core.values import LibraryObject, Value, has_rest, one_of
from layoutlint.model.axes import Axis, Evidence, Shape
from layoutlint.model.graph import Tensor
from layoutlint.model.origins import Origin
from layoutlint.model.sizes import Size, unknown_size

DATASET = "tensorflow.data.Dataset"
SPEC = "tensorflow.TensorSpec"
OF_A_TENSOR = 8
"""A tensor is charged as so many items."""


def dataset(site: Site, element: Value, *, traced: Value = None) -> LibraryObject:
    """Return a data set of such elements, unknown ones if they have too many parts; ``traced`` is what a
    mapped function sees where that is less.
    """
    size = parts(element)
    if size is None:
        return unknown_dataset(site)
    site.evaluator.charge(size * OF_A_TENSOR)
    state = {"element": element, "traced": element if traced is None else traced}
    return LibraryObject(DATASET, site.origin, site.journal.born(state))


def unknown_dataset(site: Site) -> LibraryObject:
    """Return a data set of unknown elements."""
    return dataset(site, Tensor(None))


def is_dataset(value: Value) -> TypeGuard[LibraryObject]:
    """Return whether the value is a data set."""
    return is_kind(value, DATASET)


def spec(site: Site, element: Value) -> Value:
    """Return the same nest of ``TensorSpec`` objects."""
    match element:
        case tuple():
            return tuple(spec(site, part) for part in element)
        case dict():
            return {key: spec(site, part) for key, part in element.items()}
        case _:
            return LibraryObject(SPEC, site.origin, site.journal.born({"array": element}))


def over(change: Callable[[Tensor], Tensor], element: Value) -> Value:
    """Return the same nest of tensors, each changed; anything else becomes one of unknown shape."""
    match element:
        case Tensor():
            return change(element)
        case tuple():
            return tuple(over(change, part) for part in element)
        case dict():
            return {key: over(change, part) for key, part in element.items()}
        case LibraryObject() if is_dataset(element):
            return element  # windows are data sets themselves
        case _:
            return Tensor(None)


def _same_values(tensor: Tensor, shape: Shape | None) -> Tensor:
    return Tensor(shape, None, tensor.origin, labels=labels_of(tensor), pixels=pixels_of(tensor))


def without_first(tensor: Tensor) -> Tensor:
    """Return a tensor without its first axis."""
    shape = tensor.shape
    inner = Shape(shape[1:]) if shape is not None and shape.rank else None
    return _same_values(tensor, inner)


def with_first(axis: Axis) -> Callable[[Tensor], Tensor]:
    """Return what adds an axis to a tensor as the first."""

    def change(tensor: Tensor) -> Tensor:
        shape = tensor.shape
        outer = Shape((axis, *shape)) if shape is not None else None
        return _same_values(tensor, outer)

    return change


def of_one_step(axes: tuple[Axis, ...], origin: Origin) -> tuple[Axis, ...]:
    """Return the axes of one step of a series: where there is one alone, it holds the features."""
    if len(axes) != 1 or axes[0].evidence:
        return axes
    return (Axis(axes[0].size, "features", (Evidence("the columns of a table are features", origin),)),)


def with_steps(size: Size, origin: Origin) -> Callable[[Tensor], Tensor]:
    """Return what makes steps of the elements of a window."""
    steps = Axis(size, "steps", (Evidence("window makes steps of the elements", origin),))

    def change(tensor: Tensor) -> Tensor:
        shape = tensor.shape
        whole = Shape((steps, *of_one_step(shape, origin))) if shape is not None else None
        return _same_values(tensor, whole)

    return change


def of_some_values(tensor: Tensor) -> Tensor:
    """Return a tensor of some of the values: a class may be left out."""
    return Tensor(tensor.shape, None, tensor.origin, tensor.name)


def itself(tensor: Tensor) -> Tensor:
    """Return a tensor as it is."""
    return tensor


def concrete() -> Callable[[Tensor], Tensor]:
    """Return what makes the parts of an element as a loop over the data set meets them: every axis has a
    number, if not a known one. The axis that ``batch`` gave to several parts has one number in all of them.
    """
    met: dict[int, Axis] = {}

    def number(axis: Axis) -> Axis:
        if axis.size is not None:
            return axis
        numbered = met.get(id(axis)) or axis.sized(unknown_size())
        if axis.role == "batch":
            met[id(axis)] = numbered
        return numbered

    def change(tensor: Tensor) -> Tensor:
        shape = tensor.shape
        return tensor if shape is None else _same_values(tensor, Shape(map(number, shape)))

    return change


def tensors(value: Value) -> Value:
    """Return nested data as nested tensors: a list is one tensor, a tuple or dict is a structure of them."""
    match value:
        case Tensor():
            return value
        case tuple() | dict() if not is_small(value):
            return Tensor(None)
        case tuple():
            return tuple(tensors(part) for part in value)
        case dict():
            return {key: tensors(part) for key, part in value.items()}
        case list() if has_rest(value):
            return _of_any_length(one_of(value[0])) if len(value) == 1 else Tensor(None)
        case list():
            made = to_tensors(value)
            return made if isinstance(made, Tensor) else _stacked(value)
        case LibraryObject():
            return value.array if value.array is not None else Tensor(None)
        case _:
            return as_value(to_tensors(value))


def _of_any_length(item: Value) -> Tensor:
    """Return the tensor of an unknown number of such items."""
    shape = known_shape(item)
    if shape is not None:
        return Tensor(Shape((Axis(unknown_size()), *shape)))
    return Tensor(Shape.of(unknown_size())) if isinstance(item, str | int | float) else Tensor(None)


def _stacked(items: list[Value]) -> Tensor:
    """Return the tensor of arrays of the same shape in a list."""
    shapes = [known_shape(item) for item in items]
    first = shapes[0] if shapes else None
    if first is None or any(shape is None or shape.sizes != first.sizes for shape in shapes):
        return Tensor(None)
    return Tensor(Shape((Axis(len(items)), *first)))


def of_sizes(value: Value) -> Tensor:
    """Return the tensor whose shape a program writes."""
    found = None if isinstance(value, int) else sizes_of(value)
    return Tensor(None) if found is None else Tensor(Shape.of(*found))


def as_arguments(element: Value) -> tuple[Value, ...]:
    """Return an element as the arguments of a function: a tuple is several."""
    return element if isinstance(element, tuple) else (element,)


def either(one: Value, other: Value, otherwise: Size) -> Value:
    """Return an element of either of two data sets, with ``otherwise`` for sizes that differ."""
    match one, other:
        case tuple(), tuple() if len(one) == len(other):
            return tuple(either(a, b, otherwise) for a, b in zip(one, other, strict=True))
        case dict(), dict() if one.keys() == other.keys():
            return {key: either(value, other[key], otherwise) for key, value in one.items()}
        case Tensor(), Tensor():
            if one.shape is None or other.shape is None or one.shape.rank != other.shape.rank:
                return Tensor(None, None, one.origin)
            pairs = zip(one.shape, other.shape, strict=True)
            axes = (a if a.size == b.size else a.sized(otherwise) for a, b in pairs)
            return Tensor(Shape(axes), None, one.origin)
        case _:
            return Tensor(None)


def padded(element: Value, lengths: Value, first: Callable[[Tensor], Tensor], *, traced: bool) -> Value:
    """Return an element with every part padded to its ``lengths`` and put in a batch by ``first``."""
    match element, lengths:
        case Tensor(), None:
            return first(element)
        case Tensor(), _:
            return first(_lengthened(element, lengths, traced=traced))
        case tuple(), None:
            return tuple(padded(part, None, first, traced=traced) for part in element)
        case tuple(), tuple() if len(element) == len(lengths):
            pairs = zip(element, lengths, strict=True)
            return tuple(padded(part, length, first, traced=traced) for part, length in pairs)
        case dict(), (dict() | None):
            known = lengths or {}
            return {key: padded(part, known.get(key), first, traced=traced) for key, part in element.items()}
        case ((tuple() | dict()), _):
            return over(lambda tensor: Tensor(None), element)
        case _:
            return Tensor(None)


def _lengthened(tensor: Tensor, lengths: Value, *, traced: bool) -> Tensor:
    """Return a part of an element, padded to ``lengths``.

    None or -1 stand for the longest of a batch, which TensorFlow does not know before it sees one.
    """
    wanted = None if isinstance(lengths, int) else sizes_of(lengths)
    if wanted is None:
        return Tensor(None, None, tensor.origin)
    sizes = [None if size == -1 else size for size in wanted]
    if tensor.shape is None or tensor.shape.rank != len(sizes):
        return Tensor(Shape.of(*sizes), None, tensor.origin)
    pairs = zip(tensor.shape, sizes, strict=True)
    axes = (axis if size is None and not traced else axis.sized(size) for axis, size in pairs)
    return Tensor(Shape(axes), None, tensor.origin)
