"""Facts about labels that a model is given where it is asked for its answer.

Part of the facts about what is fed; ``layoutlint.facts.registry`` puts them beside the others.
"""

from __future__ import annotations

from typing import Final

from layoutlint.facts.fact_values import Type, Value
from layoutlint.facts.feed import ASKING, TABLE, FeedView
from layoutlint.facts.names import words
from layoutlint.model.graph import flatten

LABELS: Final = frozenset(["y", "ys", "ytest", "ytrain", "yval", "label", "labels", "target", "targets"])
"""Words in names of what a model is to predict."""


def _targets_and_data(view: FeedView) -> tuple[set[int], set[int]]:
    """Return the arrays that the model is told to predict elsewhere, and those that are fed with them, by
    their ids.
    """
    told = [feed for feed in view.index.feeds if feed.targets and feed.call.layer.network is view.network]
    targets = {id(tensor) for feed in told for tensor in flatten(feed.targets)}
    return targets, {id(tensor) for feed in told for tensor in flatten(feed.data)}


@TABLE.fact(
    Type.TRUTH,
    "a model of one input is asked for its answer to an array which it is told to predict elsewhere, and "
    "which is called like labels: `predict(y_test)` beside `evaluate(x_test, y_test)`",
)
def is_labels_of_model(view: FeedView) -> Value:
    asks = view.feed.method in ASKING and view.array is not None and view.network is not None
    if not asks or len(view.inputs) != 1 or not LABELS & {*words(view.text)}:
        return False
    targets, data = _targets_and_data(view)
    return id(view.array) in targets and id(view.array) not in data


@TABLE.fact(Type.TEXT, "the array that is fed, as the program writes it, if that is short: `y_test`")
def array_written(view: FeedView) -> Value:
    return view.text
