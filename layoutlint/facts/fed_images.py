"""Facts about images that a model is fed: turned, or of another number of channels.

Part of the facts about what is fed and about a layer; ``layoutlint.facts.registry`` puts them beside the
others.
"""

from __future__ import annotations

from typing import Final

from layoutlint.facts.fact_values import UNKNOWN, Type, Value
from layoutlint.facts.feed import TABLE, FeedView
from layoutlint.facts.index import keeps_axes
from layoutlint.facts.layer_view import TABLE as LAYERS
from layoutlint.facts.layer_view import LayerView
from layoutlint.facts.roles import SPATIAL
from layoutlint.model.axes import Axis, Shape
from layoutlint.model.graph import Network, Tensor
from layoutlint.model.sizes import Size, equal

PICTURE_CHANNELS: Final = (1, 3, 4)

CHECKING: Final = frozenset(
    [
        "Conv1D",
        "Conv2D",
        "Conv3D",
        "SeparableConv1D",
        "SeparableConv2D",
        "DepthwiseConv1D",
        "DepthwiseConv2D",
        "Conv1DTranspose",
        "Conv2DTranspose",
        "Conv3DTranspose",
        "BatchNormalization",
        "Dense",
        "LSTM",
        "GRU",
        "SimpleRNN",
        "ConvLSTM2D",
    ]
)
"""Layers that hold their last axis against their weights when data comes."""


# What is fed ----------------------------------------------------------------


def _pictures(view: FeedView) -> tuple[Shape, Shape] | None:
    """Return what is given and what is wanted, where both are images with the channels last."""
    given, wanted = view.given, view.wanted
    if given is None or wanted is None or wanted.rank != 4 or view.index.sets_channels_first:
        return None
    return (given, wanted) if wanted[3].size in PICTURE_CHANNELS else None


@TABLE.fact(
    Type.TRUTH,
    "the images that are fed have height and width of the model's input swapped",
)
def fed_turned(view: FeedView) -> Value:
    found = _pictures(view)
    if found is None or found[0].rank != 4 or view.is_sized_by_data:
        return False
    (_, height, width, channels), (_, wanted_height, wanted_width, wanted_channels) = found
    if channels.size != wanted_channels.size and isinstance(channels.size, int):
        return False
    if not isinstance(height.size, int) or height.size == width.size:
        return False
    return (height.size, width.size) == (wanted_width.size, wanted_height.size)


@TABLE.fact(Type.TEXT, "in words, what made the images that are fed: `cv2.resize takes (width, height)`")
def fed_height_said(view: FeedView) -> Value:
    found = _pictures(view)
    evidence = () if found is None or found[0].rank < 2 else found[0][1].evidence
    return evidence[-1].message if evidence else UNKNOWN


@TABLE.fact(Type.SIZE, "the channels of the images that are fed: the last of four axes")
def fed_channels(view: FeedView) -> Value:
    found = _pictures(view)
    if found is None or found[0].rank not in (3, 4) or not _same_spatial(*found):
        return UNKNOWN
    if found[0].rank == 3:
        return 1
    channels = found[0][3].size
    return channels if channels in PICTURE_CHANNELS else UNKNOWN


def _same_spatial(given: Shape, wanted: Shape) -> bool:
    """Tell whether what is given are images: of the model's height and width, or said to be an image's."""
    pairs = list(zip(given[1:3], wanted[1:3], strict=True))
    if all(a.role in SPATIAL and a.evidence for a, _ in pairs):
        return True
    return all(_is_same(a, b.size) for a, b in pairs)


def _is_same(axis: Axis, size: Size) -> bool:
    return equal(axis.size, size) is True


@TABLE.fact(Type.TEXT, "the channels of the images that are fed, in words: `1 channel`")
def fed_channels_said(view: FeedView) -> Value:
    count = fed_channels(view)
    return UNKNOWN if count is UNKNOWN else "1 channel" if count == 1 else f"{count} channels"


@TABLE.fact(Type.TRUTH, "the images that are fed have no channel axis")
def fed_without_channels(view: FeedView) -> Value:
    found = _pictures(view)
    return found is not None and found[0].rank == 3


@TABLE.fact(Type.SIZE, "the channels of the images that the model reads")
def read_channels(view: FeedView) -> Value:
    found = _pictures(view)
    return UNKNOWN if found is None else found[1][3].size


@TABLE.fact(Type.TRUTH, "a layer with weights for each channel reads the model's input")
def channels_are_checked(view: FeedView) -> Value:
    network, tensor = view.network, view.model_side
    return network is not None and tensor is not None and _is_checked(network, tensor)


def _is_checked(network: Network, tensor: Tensor, depth: int = 4) -> bool:
    waiting = [tensor]
    for current in waiting:
        for call in network.calls:
            if not any(t is current for t in call.input_tensors):
                continue
            if call.layer.class_name in CHECKING:
                return True
            inner = call.layer.network
            if inner is not None and depth:
                inputs = inner.input_tensors
                # a network of keras.applications is known by its windows alone
                if len(inputs) == 1 and (inputs[0].shape is None or _is_checked(inner, inputs[0], depth - 1)):
                    return True
            elif keeps_axes(call.layer) and len(waiting) < 32:
                waiting.extend(t for t in call.output_tensors if isinstance(t, Tensor))
    return False


# A model that is used as a layer ----------------------------------------------------------------


def _last_axes(view: LayerView) -> tuple[Axis, Axis] | None:
    """Return the last axis of what a model is called on, and of its own input; both of a known size."""
    network = view.call.layer.network
    if view.call.layer.kind != "model" or network is None or view.call.error is not None:
        return None
    inputs = network.input_tensors
    given = view.call.input_tensors
    if len(inputs) != 1 or len(given) != 1 or not isinstance(given[0], Tensor):
        return None
    mine, own = given[0].shape, inputs[0].shape
    if mine is None or own is None or mine.rank != own.rank or mine.rank < 3:
        return None
    if not all(isinstance(shape[-1].size, int) for shape in (mine, own)):
        return None
    return (mine[-1], own[-1]) if _is_checked(network, inputs[0]) else None


@LAYERS.fact(Type.SIZE, "for a model that is called: the channels (the last axis) of what it is called on")
def channels_given(view: LayerView) -> Value:
    found = _last_axes(view)
    return UNKNOWN if found is None else found[0].size


@LAYERS.fact(
    Type.SIZE,
    "for a model that is called: the channels (the last axis) of its own input, which its weights are for",
)
def channels_of_model(view: LayerView) -> Value:
    found = _last_axes(view)
    return UNKNOWN if found is None else found[1].size
