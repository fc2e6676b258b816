"""Programs of Keras 1 in Theano's order, channels first, which they never say: every shape and axis says it.

With Theano as its backend Keras 1 read images as (batch, channels, height, width) by default, and a settings
file in the user's home said so.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from layoutlint.layers.registry import spec_of
from layoutlint.model.graph import Call, Declaration, Graph, Tensor, flatten
from layoutlint.model.sizes import Expression, Size

MOST_CHANNELS: Final = 16
OVER_IMAGES: Final = (4, 5)
"""Numbers of axes of images and volumes, the batch counted."""

ALONG_AXES: Final = frozenset(["BatchNormalization", "Concatenate", "concatenate"])


def first_in_theano_order(graph: Graph) -> Declaration | None:
    """The first declared image of a program whose images and axes have the channels first, all of them."""
    if graph.data_formats or any("ordering" in text for call in graph.calls for text in call.conditions):
        return None
    images = [each for each in graph.declarations if _is_image(each.tensor)]
    read = {id(t) for call in graph.calls if _is_spatial(call) for t in _roots(call)}
    images = [declaration for declaration in images if id(declaration.tensor) in read]
    if not images or not all(map(_has_channels_first, images)):
        return None
    return images[0] if all(axis == 1 for axis in _written_axes(graph)) else None


def _is_spatial(call: Call) -> bool:
    spec = spec_of(call.layer) if call.layer.kind == "layer" else None
    return spec is not None and spec.rank in OVER_IMAGES and "data_format" in call.layer.config


def _roots(call: Call) -> Iterator[object]:
    """The tensors that nothing but an input made, from which those of a call come."""
    waiting, seen = list(flatten(call.inputs)), set[int]()
    while waiting:
        tensor = waiting.pop()
        made = getattr(tensor, "producer", None)
        if id(tensor) in seen:
            continue
        seen.add(id(tensor))
        if made is None or made.layer.kind == "input":
            yield tensor
        else:
            waiting += made.input_tensors


def _has_channels_first(declaration: Declaration) -> bool:
    shape = declaration.tensor.shape
    assert shape is not None
    channels, *spatial = shape.sizes[1:]
    return _may_be_channels(channels) and all(_may_be_spatial(size) for size in spatial)


def _may_be_channels(size: Size) -> bool:
    return isinstance(size, int) and 1 <= size <= MOST_CHANNELS


def _may_be_spatial(size: Size) -> bool:
    return size is None or isinstance(size, Expression) or size > MOST_CHANNELS


def _written_axes(graph: Graph) -> Iterator[object]:
    """The axes of images that normalisations and joins are told to work along."""
    for call in graph.calls:
        if call.layer.class_name in ALONG_AXES and "axis" in call.layer.written:
            first = next(iter(call.input_tensors), None)
            if isinstance(first, Tensor) and _is_image(first):
                yield call.layer.config.get("axis")


def _is_image(tensor: Tensor) -> bool:
    return tensor.shape is not None and tensor.shape.rank in OVER_IMAGES
