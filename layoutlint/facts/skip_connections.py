"""Why the branches of a join have other sizes: what pooling rounded down, upsampling does not bring back.

Part of the facts about a layer; ``layoutlint.facts.registry`` puts them beside the others.
"""

from __future__ import annotations

from typing import Final

from msgspec import Struct

from layoutlint.facts.fact_values import UNKNOWN, Type, Value
from layoutlint.facts.layer_view import TABLE, LayerView
from layoutlint.facts.trace import MAX_WAY
from layoutlint.model import sizes
from layoutlint.model.errors import ErrorKind
from layoutlint.model.graph import Call, Tensor

GROWING: Final = ("UpSampling", "Conv1DTranspose", "Conv2DTranspose", "Conv3DTranspose", "resize", "Resizing")


class Pooled(Struct, frozen=True):
    """One axis on its way down and up again: its sizes in order, the lowest place among them, and the
    number that its first size would have to be a multiple of.
    """

    sizes: tuple[int, ...]
    lowest: int
    divisor: int


def _pooled(view: LayerView) -> Pooled | None:
    error = view.call.error
    if error is None or error.kind != ErrorKind.MERGE:
        return None
    tensors = [t for t in view.call.input_tensors if isinstance(t, Tensor)]
    shapes = [tensor.shape for tensor in tensors]
    if len(shapes) < 2 or any(shape is None for shape in shapes):
        return None
    known = [shape for shape in shapes if shape is not None]
    if len({shape.rank for shape in known}) > 1:
        return None
    for place in range(1, known[0].rank):
        at = [shape[place].size for shape in known]
        if all(isinstance(size, int) for size in at) and len(set(at)) > 1 and not _is_joined(view, place):
            for tensor in tensors:
                found = _way_down_and_up(tensor, place)
                if found is not None:
                    return found
    return None


def _is_joined(view: LayerView, place: int) -> bool:
    axis = view.layer.config.get("axis")
    rank = view.shape.rank if view.shape is not None else 0
    return isinstance(axis, int) and rank > 0 and axis % rank == place


def _way_down_and_up(tensor: Tensor, place: int) -> Pooled | None:
    """Return the sizes of one axis from the model's input to the tensor, if pooling rounds on the way."""
    way: list[tuple[Call, int, int]] = []
    current: Tensor | None = tensor
    for _ in range(MAX_WAY):
        if current is None or current.producer is None or current.producer.layer.kind == "input":
            break
        call = current.producer
        current = _lower_branch(call)
        before, after = _size(current, place), _size(_first(call.output_tensors), place)
        if before is not None and after is not None and before != after:
            way.append((call, before, after))
    way.reverse()
    if not way or not any(call.layer.class_name.startswith(GROWING) for call, _, _ in way):
        return None
    divisor, rounded = 1, False
    for call, before, after in way:
        if after < before:
            factor = round(before / after)
            if factor < 2 or abs(before - after * factor) >= factor:
                return None  # a convolution without padding: another story
            divisor *= factor
            rounded = rounded or before % factor != 0
        elif not call.layer.class_name.startswith(GROWING):
            return None
    passed = (way[0][1], *(after for _, _, after in way))
    return Pooled(passed, passed.index(min(passed)), divisor) if rounded else None


def _lower_branch(call: Call) -> Tensor | None:
    """Of a join, the input that was made larger on its way; else the first input."""
    tensors = [t for t in call.input_tensors if isinstance(t, Tensor)]
    for tensor in tensors if len(tensors) > 1 else ():
        current: Tensor | None = tensor
        for _ in range(MAX_WAY):
            producer = None if current is None else current.producer
            if producer is None or len(producer.input_tensors) != 1:
                break
            if producer.layer.class_name.startswith(GROWING):
                return tensor
            current = _first(producer.input_tensors)
    return tensors[0] if tensors else None


def _first(tensors: list[Tensor]) -> Tensor | None:
    return tensors[0] if tensors and isinstance(tensors[0], Tensor) else None


def _size(tensor: Tensor | None, place: int) -> int | None:
    shape = None if tensor is None else tensor.shape
    size = shape[place].size if shape is not None and place < shape.rank else None
    return size if sizes.is_number(size) and isinstance(size, int) else None


@TABLE.fact(
    Type.TEXT,
    "for branches that do not fit together because pooling rounded down: the sizes of the axis on its way "
    "down and up again: `50, 25, 12, then 24`",
)
def pooled_sizes(view: LayerView) -> Value:
    found = _pooled(view)
    if found is None:
        return UNKNOWN
    down = ", ".join(map(str, found.sizes[: found.lowest + 1]))
    up = ", ".join(map(str, found.sizes[found.lowest + 1 :]))
    return f"{down}, then {up}" if up else down


@TABLE.fact(Type.NUMBER, "the first of `pooled_sizes`")
def pooled_from(view: LayerView) -> Value:
    found = _pooled(view)
    return UNKNOWN if found is None else found.sizes[0]


@TABLE.fact(Type.NUMBER, "the number that the first of `pooled_sizes` would have to be a multiple of")
def pooled_divisor(view: LayerView) -> Value:
    found = _pooled(view)
    return UNKNOWN if found is None else found.divisor


@TABLE.fact(
    Type.NUMBER, "the multiple of `pooled_divisor` that is next to the first of `pooled_sizes`, from above"
)
def pooled_fitting(view: LayerView) -> Value:
    found = _pooled(view)
    return UNKNOWN if found is None else -(-found.sizes[0] // found.divisor) * found.divisor
