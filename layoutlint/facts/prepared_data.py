"""Facts about what a model is fed, against what it was trained on: values and colours of images, scaling.

Part of the facts about what is fed; ``layoutlint.facts.registry`` puts them beside the others.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from msgspec import Struct

from layoutlint.facts.colour_means import order_of_means
from layoutlint.facts.fact_values import UNKNOWN, Type, Value
from layoutlint.facts.feed import TABLE, FeedView
from layoutlint.facts.index import trains
from layoutlint.facts.layer_view import LayerView
from layoutlint.facts.scaling_layers import is_around, scaler_in
from layoutlint.facts.trace import upstream
from layoutlint.inference.pixels import BYTES, MODES, NORMS, PRETRAINED, is_alike, pixels_of, through
from layoutlint.inference.scaling import (
    are_of_one_source,
    fitted_again,
    is_by_object,
    is_by_statistic,
    scaled_by,
)
from layoutlint.model.graph import Network, Pixels, Tensor

MAX_WAY: Final = 16
OTHER_SCALE: Final = 8
"""The factor between two ranges from which on one cannot stand for the other."""
TOLERANCE: Final = 0.05
"""The part of a range by which two that are meant to be one may differ: 255 and 256."""


class Prepared(Struct, frozen=True):
    """The values of the images that are fed here, and of those that the model is trained on."""

    here: Pixels
    trained: Pixels


def _prepared(view: FeedView) -> Prepared | None:
    if view.array is None or view.model_side is None or trains(view.feed):
        return None
    here = pixels_of(view.array)
    if here is None:
        return None
    trained = [pixels_of(array) for array in view.index.trained_on.get(id(view.model_side), ())]
    first = trained[0] if trained else None
    return (
        Prepared(here, first)
        if first is not None and all(other is not None and is_alike(first, other) for other in trained)
        else None
    )


@TABLE.fact(
    Type.TRUTH,
    "the images that are fed have other values than those that the model is trained on: 0 to 255 and 0 to 1",
)
def values_differ(view: FeedView) -> Value:
    found = _prepared(view)
    if found is None:
        return False
    room = TOLERANCE * max(_width(found.here), _width(found.trained))
    return (
        abs(found.here.lowest - found.trained.lowest) > room
        or abs(found.here.highest - found.trained.highest) > room
    )


def _width(pixels: Pixels) -> float:
    return pixels.highest - pixels.lowest


@TABLE.fact(Type.TEXT, "the values of the images that are fed: `0 to 255`")
def values_here(view: FeedView) -> Value:
    found = _prepared(view)
    return UNKNOWN if found is None else found.here.words


@TABLE.fact(Type.TEXT, "the values of the images that the model is trained on: `0 to 1`")
def values_at_training(view: FeedView) -> Value:
    found = _prepared(view)
    return UNKNOWN if found is None else found.trained.words


@TABLE.fact(
    Type.TEXT,
    "the images that are fed with the values of those that the model is trained on, as code, where that is "
    "one division or multiplication",
)
def values_mended(view: FeedView) -> Value:
    found = _prepared(view)
    if found is None or found.here.lowest or found.trained.lowest or _has_norms(view):
        return UNKNOWN
    factor = found.here.highest / found.trained.highest
    if factor > 1:
        return f"{view.text} / {BYTES if abs(factor - BYTES) < 1 else round(factor, 4):g}"
    return f"{view.text} * {round(1 / factor, 4):g}"


def _has_norms(view: FeedView) -> bool:
    """Tell whether data of the training are divided by their norms, which no number undoes."""
    arrays = view.index.trained_on.get(id(view.model_side), ())
    made = (array.producer for array in arrays if array.producer is not None)
    return any(call.layer.class_name in NORMS for last in made for call in (last, *upstream(last, MAX_WAY)))


@TABLE.fact(
    Type.TRUTH, "the images that are fed have their colours in another order than those of the training"
)
def colours_differ(view: FeedView) -> Value:
    found = _prepared(view)
    if found is None or not found.here.colours or not found.trained.colours:
        return False
    return found.here.colours != found.trained.colours


@TABLE.fact(Type.TEXT, "the order of the colours of the images that are fed: `BGR`")
def colours_here(view: FeedView) -> Value:
    found = _prepared(view)
    return UNKNOWN if found is None else found.here.colours or UNKNOWN


@TABLE.fact(Type.TEXT, "the order of the colours of the images that the model is trained on: `RGB`")
def colours_at_training(view: FeedView) -> Value:
    found = _prepared(view)
    return UNKNOWN if found is None else found.trained.colours or UNKNOWN


# Values that do not suit the model ----------------------------------------------------------------


class Entering(Struct, frozen=True):
    """The values of images that are fed, and where they enter a model."""

    network: Network
    tensor: Tensor
    values: Pixels


def _entering(view: FeedView) -> Entering | None:
    """Return where images enter a model; None where the values are not known, or a training shows them."""
    network, tensor = view.network, view.model_side
    if view.array is None or network is None or tensor is None:
        return None
    if not trains(view.feed) and id(tensor) in view.index.trained_on:
        return None
    values = pixels_of(view.array)
    return None if values is None else Entering(network, tensor, values)


@TABLE.fact(
    Type.TEXT,
    "what in the model scales the values of images down from 255 (a `Rescaling`, `EfficientNetB0`), though "
    "the images that are fed are between -1 and 1 already; the empty text if there is no such thing",
)
def scaled_again_by(view: FeedView) -> Value:
    found = _entering(view)
    if found is None or found.values.lowest < -1 or found.values.highest > 1:
        return ""
    return scaler_in(found.network, found.tensor)


class Unlike(Struct, frozen=True):
    """A pretrained network, the images that it is given, and those that it was trained on."""

    name: str
    here: Pixels
    trained: Pixels


def _fed_pretrained(view: FeedView) -> Unlike | None:
    entering = _entering(view)
    return None if entering is None else _pretrained(entering.network, entering.tensor, entering.values)


def _unlike(view: FeedView) -> Unlike | None:
    found = _fed_pretrained(view)
    if found is None:
        return None
    ratio = _width(found.here) / _width(found.trained)
    return found if not 1 / OTHER_SCALE < ratio < OTHER_SCALE else None


def _pretrained(network: Network, tensor: Tensor, here: Pixels, depth: int = 3) -> Unlike | None:
    """Return the network with weights of ImageNet at the beginning of a model, and the values it is given."""
    waiting = [(tensor, here)]
    for current, values in waiting:
        for call in network.calls:
            if len(call.input_tensors) != 1 or call.input_tensors[0] is not current:
                continue
            layer = call.layer
            if layer.class_name in PRETRAINED and not is_around(layer):
                lowest, highest, turns = MODES[PRETRAINED[layer.class_name]]
                wanted = Pixels(lowest, highest, "BGR" if turns else "RGB")
                is_trained = layer.config.get("weights", "imagenet") == "imagenet"
                return Unlike(layer.class_name, values, wanted) if is_trained else None
            inner = layer.network
            inputs = [] if inner is None else inner.input_tensors
            if inner is not None and len(inputs) == 1 and depth:
                found = _pretrained(inner, inputs[0], values, depth - 1)
                if found is not None or is_around(layer):
                    return found
                after = _values_behind(inner, inputs[0], values)
            else:
                after = through(call, values)
            if after is not None and len(waiting) < MAX_WAY:
                waiting += [(t, after) for t in call.output_tensors if isinstance(t, Tensor)]
    return None


def _values_behind(network: Network, tensor: Tensor, values: Pixels) -> Pixels | None:
    """Return the values that a model of layers in a row makes of such values."""
    for call in network.calls:
        if len(call.input_tensors) == 1 and call.input_tensors[0] is tensor:
            after = through(call, values)
            if after is None or not isinstance(call.outputs, Tensor):
                return None
            values, tensor = after, call.outputs
    return values


@TABLE.fact(
    Type.TEXT,
    "a network with weights of ImageNet at the beginning of the model, which gets values of quite another "
    "range than it was trained on: `ResNet50`; the empty text if there is none",
)
def pretrained_unlike(view: FeedView) -> Value:
    found = _unlike(view)
    return "" if found is None else found.name


@TABLE.fact(Type.TEXT, "the values that reach the network of `pretrained_unlike`: `0 to 1`")
def values_given(view: FeedView) -> Value:
    found = _unlike(view)
    return UNKNOWN if found is None else found.here.words


@TABLE.fact(Type.TEXT, "the values that the network of `pretrained_unlike` was trained on: `-123.7 to 151.1`")
def values_trained_on(view: FeedView) -> Value:
    found = _unlike(view)
    return UNKNOWN if found is None else found.trained.words


@TABLE.fact(
    Type.TEXT, "the module whose `preprocess_input` the network of `pretrained_unlike` wants: `resnet`"
)
def wanted_preparation(view: FeedView) -> Value:
    found = _unlike(view)
    return UNKNOWN if found is None else PRETRAINED[found.name]


@TABLE.fact(
    Type.TEXT,
    "a network with weights of ImageNet at the beginning of the model, which gets images whose colours are "
    "in another order than those that it was trained on: `ResNet50`; the empty text if there is none, or if "
    "the means that are subtracted before have that other order (`order_of_means`)",
)
def pretrained_on_other_colours(view: FeedView) -> Value:
    found = _fed_pretrained(view)
    if found is None or found.here.colours in ("", found.trained.colours) or _has_other_means(view):
        return ""
    return found.name


def _has_other_means(view: FeedView) -> bool:
    """Tell whether means of colours in another order are subtracted from the images: a finding of its own."""
    last = None if view.array is None else view.array.producer
    calls = () if last is None else (last, *upstream(last, MAX_WAY))
    return any(order_of_means(LayerView(view.index, call)) for call in calls)


@TABLE.fact(Type.TEXT, "the order of the colours that reach the network of weights of ImageNet: `RGB`")
def colours_given(view: FeedView) -> Value:
    found = _fed_pretrained(view)
    return UNKNOWN if found is None else found.here.colours or UNKNOWN


@TABLE.fact(Type.TEXT, "the order of the colours that the network of `colours_given` was trained on: `BGR`")
def colours_trained_on(view: FeedView) -> Value:
    found = _fed_pretrained(view)
    return UNKNOWN if found is None else found.trained.colours


# Scaled for the training alone, or for all but the training ---------------------------------------


def _beside_training(view: FeedView) -> Iterator[tuple[Tensor, Tensor]]:
    """Yield the array that is fed, if not to train, with each of those that the model is trained on."""
    if view.array is not None and view.model_side is not None and not trains(view.feed):
        for trained in view.index.trained_on.get(id(view.model_side), ()):
            yield view.array, trained


@TABLE.fact(
    Type.TEXT,
    "what scales the data of the training (`StandardScaler`, `the division by its std`), where data of the "
    "same source are fed unscaled here; the empty text if nothing does",
)
def scaled_at_training_by(view: FeedView) -> Value:
    found = {scaled_by(trained, here) for here, trained in _beside_training(view)}
    return found.pop() if len(found) == 1 else ""


@TABLE.fact(
    Type.TEXT,
    "what scales the data that are fed here, where data of the same source are unscaled at the training: a "
    "scaler, or a statistic of the data; the empty text if nothing does",
)
def scaled_here_by(view: FeedView) -> Value:
    found = {scaled_by(here, trained) for here, trained in _beside_training(view)}
    by = found.pop() if len(found) == 1 else ""
    return by if is_by_object(by) or is_by_statistic(by) else ""


@TABLE.fact(
    Type.TEXT,
    "the scaler that is fitted on the very data that are fed here, where another call of such a scaler made "
    "the data for training: `StandardScaler`; the empty text for all others",
)
def fitted_again_by(view: FeedView) -> Value:
    found = {fitted_again(here, trained) for here, trained in _beside_training(view)}
    return found.pop() if len(found) == 1 else ""


@TABLE.fact(
    Type.TRUTH, "the data that are fed here and those for training are parts of one array or one split"
)
def is_of_trained_source(view: FeedView) -> Value:
    return any(are_of_one_source(here, trained) for here, trained in _beside_training(view))


@TABLE.fact(Type.TRUTH, "for `scaled_at_training_by`: an object of a library does it, and no arithmetic")
def is_scaled_by_object(view: FeedView) -> Value:
    return is_by_object(str(scaled_at_training_by(view)))
