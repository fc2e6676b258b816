"""Programs in Theano's order, channels first, which they never say: every shape and axis says it.

With Theano as its backend Keras 1 read images as (batch, channels, height, width) by default, and a settings
file in the user's home said so. Keras 2 ran on Theano up to 2.3: a program that names something of those
years may be in its order too. There the images alone do not say enough: an axis along which images are
normalised or joined, or that Keras refuses the other order, is asked for too.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from layoutlint.interpreter.keras.package_alone import GONE_WITH_2_4
from layoutlint.layers.registry import spec_of
from layoutlint.model.graph import Call, Declaration, Graph, Layer, Tensor, flatten
from layoutlint.model.keras_version import BEFORE_3
from layoutlint.model.origins import Origin
from layoutlint.model.sizes import Expression, Size

MOST_CHANNELS: Final = 16
OF_COLOURS: Final = (1, 3)
"""Numbers of channels that are channels however small the image is."""
OVER_IMAGES: Final = (4, 5)
"""Numbers of axes of images and volumes, the batch counted."""

OF_THEANOS_YEARS: Final = re.compile(
    GONE_WITH_2_4 + r"|\bkeras\.layers\.(merge|normalization import BatchNormalization)\b"
    r"|\bConvolution2D\([^,()]+, *[1-9], *[1-9]\b"
)
"""What Keras no longer had when it no longer ran on Theano, and the kernels of Keras 1 (rows, columns)."""

_ASKS_KERAS: Final = re.compile(r"\bimage_(dim_ordering|data_format)\(\)")

_ASKS: Final = re.compile(r"ordering|data_format")

ALONG_AXES: Final = frozenset(["BatchNormalization", "Concatenate", "concatenate"])


def first_in_theano_order(graph: Graph, texts: Sequence[str]) -> Origin | None:
    """Return the first declared image, or call along an axis, of a program whose images and axes have the
    channels first, all of them; ``texts`` are those of its modules. Where the program asks Keras for the
    order, its images say it, and its axes may follow: see :func:`follows_it`.
    """
    keras = graph.keras.number
    if keras not in BEFORE_3 or (keras == 2 and not any(map(OF_THEANOS_YEARS.search, texts))):
        return None
    asks_keras = any(map(_ASKS_KERAS.search, texts))
    if graph.data_formats or any(_ASKS.search(text) for call in graph.calls for text in call.conditions):
        return None
    by_steps = {id(tensor) for tensor in _roots(filter(_is_by_steps, graph.calls))}
    read = by_steps | {id(tensor) for tensor in _roots(filter(_is_spatial, graph.calls))}
    images: list[Declaration] = []
    for declaration in graph.declarations:
        tensor = declaration.tensor
        if id(tensor) not in read or tensor.shape is None:
            continue
        sizes = tensor.shape.sizes[2 if id(tensor) in by_steps else 1 :]
        if len(sizes) + 1 not in OVER_IMAGES or not any(isinstance(size, int) for size in sizes):
            continue
        if not _has_channels_first(sizes):
            return None
        images.append(declaration)
    along = list(_along_axes(graph))
    if not follows_it(graph) and not (images and asks_keras):
        return None
    if keras == 2 and not along and not any(call.error for call in graph.calls):
        return None
    places = [image.origin for image in images] + [call.origin for call in along]
    return places[0] if places else None


def follows_it(graph: Graph, before: Graph | None = None) -> bool:
    """Tell whether all calls along an axis of images work along the axis right after the batch, or along
    another one than in the graph ``before``, of the same program in the other order: it chooses them.
    """
    axes = _axes_along(graph)
    others = axes if before is None else _axes_along(before)
    if len(others) != len(axes):
        others = axes
    return all(axis == 1 or axis != other for axis, other in zip(axes, others, strict=True))


def _axes_along(graph: Graph) -> list[object]:
    return [call.layer.config.get("axis") for call in _along_axes(graph)]


def _is_spatial(call: Call) -> bool:
    if call.layer.network is not None:
        return any(map(_is_spatial, call.layer.network.calls))
    spec = spec_of(call.layer) if call.layer.kind == "layer" else None
    return spec is not None and spec.rank in OVER_IMAGES and "data_format" in call.layer.config


def _is_by_steps(call: Call) -> bool:
    """Tell whether a layer takes an image at each step: the steps come before the axes of the image."""
    inner = call.layer.config.get("layer") if call.layer.class_name == "TimeDistributed" else None
    spec = spec_of(inner) if isinstance(inner, Layer) else None
    return spec is not None and spec.rank in OVER_IMAGES


def _roots(calls: Iterable[Call]) -> Iterator[object]:
    """Yield the tensors that nothing but an input made, from which those of some calls come."""
    waiting, seen = [tensor for call in calls for tensor in flatten(call.inputs)], set[int]()
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


def _has_channels_first(sizes: Sequence[Size]) -> bool:
    channels, *spatial = sizes
    if not isinstance(channels, int) or not 1 <= channels <= MOST_CHANNELS:
        return False
    if channels in OF_COLOURS and _is_square(spatial, channels):
        return True
    return all(size is None or isinstance(size, Expression) or size > MOST_CHANNELS for size in spatial)


def _is_square(spatial: Sequence[Size], channels: int) -> bool:
    side = spatial[0]
    return isinstance(side, int) and side > channels and all(size == side for size in spatial)


def _along_axes(graph: Graph) -> Iterator[Call]:
    """Yield the normalisations and joins of images that are told the axis to work along."""
    for call in graph.calls:
        if call.layer.class_name in ALONG_AXES and "axis" in call.layer.written:
            first = next(iter(call.input_tensors), None)
            if isinstance(first, Tensor) and _is_image(first):
                yield call


def _is_image(tensor: Tensor) -> bool:
    return tensor.shape is not None and tensor.shape.rank in OVER_IMAGES
