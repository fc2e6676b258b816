"""Facts about what predictions are compared with: a model that learns scaled targets predicts scaled values.

Part of the facts about a layer; ``layoutlint.facts.registry`` puts them beside the others.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from msgspec import Struct

from layoutlint.facts.fact_values import Type, Value
from layoutlint.facts.feed import ASKING
from layoutlint.facts.index import Index, trains, written_at
from layoutlint.facts.layer_view import TABLE, LayerView
from layoutlint.facts.predicted_classes import PREDICTION
from layoutlint.facts.shuffled_samples import METRIC
from layoutlint.inference.fractions import UNSCALED
from layoutlint.inference.scaling import is_by_object, is_by_statistic, scaled_by, scaler_of, way_back
from layoutlint.model.graph import Call, Feed, Tensor, flatten

COMPARING: Final = ("subtract", METRIC)


class Compared(Struct, frozen=True):
    """What scaled the targets of the training, and which side of a comparison is still on that scale."""

    by: str
    prediction_is_scaled: bool


def _model_of(feed: Feed) -> int | None:
    """Return the id of the output of a model of one output."""
    network = feed.call.layer.network
    output = None if network is None else network.outputs
    return id(output) if isinstance(output, Tensor) else None


def _trained_towards(index: Index) -> dict[int, list[Tensor]]:
    """Return the targets of all trainings of a model of one output, by the id of its output."""
    found: dict[int, list[Tensor]] = {}
    for feed in filter(trains, (*index.feeds, *index.graph.feeds_before)):
        key = _model_of(feed)
        if key is not None:
            targets = [each for each in flatten(feed.targets) if isinstance(each, Tensor)]
            found.setdefault(key, []).extend(targets if len(targets) == 1 else [Tensor(None)])
    return found


def _asked(index: Index) -> dict[int, int | None]:
    """Return the models that are asked for predictions, by the id of the syntax that asks."""
    asking = (feed for feed in index.graph.feeds if feed.method in ASKING)
    return {written_at(feed.call): _model_of(feed) for feed in asking}


def _prediction(tensor: Tensor) -> tuple[Call | None, Call] | None:
    """Return the call that predicted an array, after the one that undid a scaling of it, if one did."""
    undone: Call | None = None
    for _ in range(2):
        *_, last = way_back(tensor)
        made = last.array.producer
        if made is None or last.by:
            return None
        if made.layer.class_name == PREDICTION:
            return undone, made
        if made.layer.class_name != UNSCALED or undone is not None:
            return None
        undone, tensor = made, made.input_tensors[0]
    return None


def _is_same(one: Call | None, other: Call | None) -> bool:
    return (
        one is not None and other is not None and one.layer.config["scaler"] == other.layer.config["scaler"]
    )


def _differs(undone: Call | None, trained: Tensor, actual: Tensor) -> str:
    """Return what scaled the targets of the training, where predictions and what they are compared with are
    not on one scale; else the empty text.
    """
    learnt, held = scaler_of(trained), scaler_of(actual)
    if undone is not None:
        is_scaled = held is not None and held.layer.class_name != UNSCALED and _is_same(undone, held)
        return str(undone.layer.config["by"]) if is_scaled and _is_same(undone, learnt) else ""
    if held is not None and held.layer.class_name == UNSCALED:
        return str(held.layer.config["by"]) if _is_same(learnt, held) and learnt is not held else ""
    by = scaled_by(trained, actual)
    return by if is_by_object(by) or is_by_statistic(by) else ""


def _sides(view: LayerView) -> Iterator[tuple[Tensor, Tensor]]:
    arrays = view.call.input_tensors
    if view.layer.class_name in COMPARING and len(arrays) == 2:
        yield arrays[0], arrays[1]
        yield arrays[1], arrays[0]


def _compared(view: LayerView) -> Compared | None:
    for predicted, actual in _sides(view):
        found = _prediction(predicted)
        if found is None or _prediction(actual) is not None:
            continue
        undone, asked = found
        model = view.index.once(_asked).get(written_at(asked))
        trainings = [] if model is None else view.index.once(_trained_towards).get(model, [])
        by = {_differs(undone, trained, actual) for trained in trainings}
        if len(by) == 1 and "" not in by:
            return Compared(by.pop(), undone is None)
    return None


def _compares(view: LayerView) -> bool:
    return view.layer.class_name in COMPARING


@TABLE.fact(
    Type.TEXT,
    "predictions are compared with values that are on another scale: what scaled the targets of the training "
    "(`StandardScaler`); the empty text for all others",
    of_class=_compares,
)
def compared_on_two_scales(view: LayerView) -> Value:
    found = _compared(view)
    return "" if found is None else found.by


@TABLE.fact(
    Type.TRUTH,
    "for `compared_on_two_scales`: it is the predictions that are still scaled, and not what they are "
    "compared with",
    of_class=_compares,
)
def predictions_are_scaled(view: LayerView) -> Value:
    found = _compared(view)
    return found is not None and found.prediction_is_scaled


@TABLE.fact(
    Type.TRUTH,
    "for `compared_on_two_scales`: an object of a library scaled, and no arithmetic",
    of_class=_compares,
)
def compared_scaler_is_object(view: LayerView) -> Value:
    found = _compared(view)
    return found is not None and is_by_object(found.by)
