"""Facts about what a model is fed, against what it was trained on: values and colours of images, scaling.

Part of the facts about what is fed; ``layoutlint.facts.registry`` puts them beside the others.
"""

from __future__ import annotations

from typing import Final

from msgspec import Struct

from layoutlint.facts.fact_values import UNKNOWN, Type, Value
from layoutlint.facts.feed import TABLE, FeedView
from layoutlint.facts.index import trains
from layoutlint.facts.scaling_layers import scaler_in
from layoutlint.inference.pixels import BYTES, is_alike, pixels_of
from layoutlint.inference.scaling import is_by_object, is_by_statistic, scaled_by
from layoutlint.model.graph import Pixels

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
    return UNKNOWN if found is None else _range(found.here)


@TABLE.fact(Type.TEXT, "the values of the images that the model is trained on: `0 to 1`")
def values_at_training(view: FeedView) -> Value:
    found = _prepared(view)
    return UNKNOWN if found is None else _range(found.trained)


def _range(pixels: Pixels) -> str:
    return f"{pixels.lowest:.4g} to {pixels.highest:.4g}"


@TABLE.fact(
    Type.TEXT,
    "the images that are fed with the values of those that the model is trained on, as code, where that is "
    "one division or multiplication",
)
def values_mended(view: FeedView) -> Value:
    found = _prepared(view)
    if found is None or found.here.lowest or found.trained.lowest:
        return UNKNOWN
    factor = found.here.highest / found.trained.highest
    if factor > 1:
        return f"{view.text} / {BYTES if abs(factor - BYTES) < 1 else round(factor, 4):g}"
    return f"{view.text} * {round(1 / factor, 4):g}"


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


# Scaled twice ----------------------------------------------------------------


@TABLE.fact(
    Type.TEXT,
    "what in the model scales the values of images down from 255 (a `Rescaling`, `EfficientNetB0`), though "
    "the images that are fed are between -1 and 1 already; the empty text if there is no such thing",
)
def scaled_again_by(view: FeedView) -> Value:
    network, tensor = view.network, view.model_side
    if view.array is None or network is None or tensor is None:
        return ""
    if not trains(view.feed) and id(tensor) in view.index.trained_on:
        return ""  # the training is where it shows
    here = pixels_of(view.array)
    if here is None or here.lowest < -1 or here.highest > 1:
        return ""
    return scaler_in(network, tensor)


# Scaled for the training alone ----------------------------------------------------------------


@TABLE.fact(
    Type.TEXT,
    "what scales the data of the training (`StandardScaler`, `the division by its std`), where data of the "
    "same source are fed unscaled here; the empty text if nothing does",
)
def scaled_at_training_by(view: FeedView) -> Value:
    if view.array is None or view.model_side is None or trains(view.feed):
        return ""
    trained = view.index.trained_on.get(id(view.model_side), ())
    found = {scaled_by(array, view.array) for array in trained}
    return found.pop() if len(found) == 1 else ""


@TABLE.fact(
    Type.TEXT,
    "what scales the data that are fed here, where data of the same source are unscaled at the training: a "
    "scaler, or a statistic of the data; the empty text if nothing does",
)
def scaled_here_by(view: FeedView) -> Value:
    if view.array is None or view.model_side is None or trains(view.feed):
        return ""
    trained = view.index.trained_on.get(id(view.model_side), ())
    found = {scaled_by(view.array, array) for array in trained}
    by = found.pop() if len(found) == 1 else ""
    return by if is_by_object(by) or is_by_statistic(by) else ""


@TABLE.fact(Type.TRUTH, "for `scaled_at_training_by`: an object of a library does it, and no arithmetic")
def is_scaled_by_object(view: FeedView) -> Value:
    return is_by_object(str(scaled_at_training_by(view)))
