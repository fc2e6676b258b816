"""Facts about results that are unpacked, and arguments that are passed, in another order than Keras has them.

``age, gender = model.predict(x)`` where the model returns ``[gender, age]``: only names can tell, so each
name must belong to another place than its own.
"""

from __future__ import annotations

import ast
from collections.abc import Sequence
from typing import Final

from layoutlint.facts import feed
from layoutlint.facts.assignments import position, targets_of_calls
from layoutlint.facts.crossed_names import said, slot
from layoutlint.facts.fact_values import Type, Value
from layoutlint.facts.feed import FeedView
from layoutlint.facts.layer_view import TABLE, LayerView
from layoutlint.facts.names import words
from layoutlint.facts.pairing import outputs_of
from layoutlint.model.graph import Tensor, flatten
from layoutlint.model.origins import Origin, SourceOrigin

ANSWERING: Final = frozenset(["predict", "predict_on_batch", "call"])
MEASURING: Final = frozenset(["evaluate", "test_on_batch", "train_on_batch"])
"""Methods that return the loss and then the metrics."""
LOSS: Final = frozenset(["loss", "cost"])
METRICS: Final = frozenset(
    ["acc", "accuracy", "auc", "precision", "recall", "mae", "iou", "dice", "f1", "rmse"]
)


def _written(target: ast.expr) -> str:
    """Return the last name of a name or an attribute; empty for all else."""
    return getattr(target, "id", "") or getattr(target, "attr", "")


def _names(origin: Origin) -> tuple[str, ...]:
    """Return the names into which the call at an origin is unpacked."""
    node = origin.node if isinstance(origin, SourceOrigin) else None
    if not isinstance(origin, SourceOrigin) or not isinstance(node, ast.Call):
        return ()
    return tuple(map(_written, targets_of_calls(origin.file).get(position(node), ())))


def _words(name: str) -> frozenset[str]:
    return frozenset(words(name))


@feed.TABLE.fact(
    Type.TEXT,
    "names into which the results of a method are unpacked that are each called like another one: `age for "
    "gender and gender for age`; the empty text if there are none",
)
def crossed_results(view: FeedView) -> Value:
    network, method = view.network, view.feed.method
    if view.position or network is None or method not in ANSWERING | MEASURING:
        return ""
    names = _names(view.feed.call.origin)
    if len(names) < 2 or isinstance(network.outputs, dict):
        return ""
    outputs, tensors = outputs_of(network.outputs), list(flatten(network.outputs))
    if method in MEASURING:
        return _crossed_measures(names) if len(outputs) == 1 else ""
    return said(
        [slot(tensor, output.name) for tensor, output in zip(tensors, outputs, strict=True)], list(names)
    )


def _crossed_measures(names: Sequence[str]) -> str:
    """Say it of a metric that is unpacked first, where the loss is, and of the loss behind it."""
    first, *others = names
    losses = [name for name in others if _words(name) & LOSS]
    if len(losses) != 1 or not _words(first) & METRICS or _words(first) & LOSS:
        return ""
    return f"{first} for the loss and {losses[0]} for a metric"


DIRECTIONS: Final = dict.fromkeys(("forward", "fwd", "fw", "f"), "forward") | dict.fromkeys(
    ("backward", "bwd", "bw", "b", "back"), "backward"
)
STATES: Final = dict.fromkeys(("h", "hidden"), "hidden") | dict.fromkeys(("c", "cell"), "cell")
BIDIRECTIONAL: Final = (
    ("forward", "hidden"),
    ("forward", "cell"),
    ("backward", "hidden"),
    ("backward", "cell"),
)
"""The states that a bidirectional LSTM returns, in their order."""


def _state(name: str) -> tuple[str, str]:
    """Return the direction and the kind of a state by its name: ``fwd_h``, ``backward_c``, ``fh``."""
    told = _words(name)
    parts = {letter for word in told if len(word) == 2 for letter in word} | told
    directions = {DIRECTIONS[part] for part in parts if part in DIRECTIONS}
    kinds = {STATES[part] for part in parts if part in STATES}
    return ("".join(directions), "".join(kinds)) if len(directions) == len(kinds) == 1 else ("", "")


@TABLE.fact(
    Type.TEXT,
    "the state of a bidirectional LSTM that the program takes for another one by its name, where two states "
    "are joined, and what it really is: `fwd_c is the forward hidden state`; the empty text if there is none",
    of_class=lambda view: view.call.layer.class_name == "Bidirectional",
)
def crossed_states(view: LayerView) -> Value:
    if view.call.layer.class_name != "Bidirectional" or view.layer.class_name != "LSTM":
        return ""
    names, states = _names(view.call.origin)[1:], view.call.output_tensors[1:]
    called = [_state(name) for name in names]
    if len(states) != len(BIDIRECTIONAL) or sorted(called) != sorted(BIDIRECTIONAL):
        return ""
    for place, (name, is_called, is_really) in enumerate(zip(names, called, BIDIRECTIONAL, strict=True)):
        if is_called != is_really and _is_joined_with_other_kind(view, states, place):
            return f"{name} is the {' '.join(is_really)} state"
    return ""


def _is_joined_with_other_kind(view: LayerView, states: Sequence[Tensor], place: int) -> bool:
    """Tell whether a state meets one of the other kind, hidden against cell, and no other."""
    for reader in view.index.consumers.get(id(states[place]), ()):
        places = [
            at for at, state in enumerate(states) if any(state is taken for taken in reader.input_tensors)
        ]
        if len(places) == 2 and BIDIRECTIONAL[places[0]][1] != BIDIRECTIONAL[places[1]][1]:
            return True
    return False


ATTENTION: Final = frozenset(["MultiHeadAttention", "GroupQueryAttention", "Attention", "AdditiveAttention"])
"""Layers that take (query, value, key), by position or in a list."""
KEYS: Final = frozenset(["k", "key", "keys"])
VALUES: Final = frozenset(["v", "val", "value", "values"])


@TABLE.fact(
    Type.TEXT,
    "the arguments of an attention layer that are written as query, key, value, where Keras reads query, "
    "value, key: `k, v`; the empty text for all else",
    of_class=lambda view: view.layer.class_name in ATTENTION,
)
def crossed_key_and_value(view: LayerView) -> Value:
    node = view.call.origin.node if isinstance(view.call.origin, SourceOrigin) else None
    if view.layer.class_name not in ATTENTION or not isinstance(node, ast.Call) or not node.args:
        return ""
    given = node.args
    if isinstance(given[0], ast.List | ast.Tuple):
        given = given[0].elts
    if len(given) < 3:
        return ""
    second, third = (_written(part) for part in given[1:3])
    tensors = view.call.input_tensors
    if len(tensors) == 3 and tensors[1] is tensors[2]:
        return ""
    are_named = _words(second) & KEYS and _words(third) & VALUES
    if not are_named or _words(second) & VALUES or _words(third) & KEYS:
        return ""
    return f"{second}, {third}"
