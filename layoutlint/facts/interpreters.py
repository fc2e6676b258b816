"""Facts about arrays that a converted model is given: ``interpreter.set_tensor(index, array)`` and
``session.run(None, {name: array})``.

Part of the facts about a layer; ``layoutlint.facts.registry`` puts them beside the others.
"""

from __future__ import annotations

import ast
from collections.abc import Sequence
from typing import Any, Final

from layoutlint.facts.fact_values import UNKNOWN, Type, Value
from layoutlint.facts.layer_view import TABLE, LayerView
from layoutlint.model import sizes
from layoutlint.model.syntax_text import written

FED: Final = frozenset(["set_tensor", "session_run"])
"""Operations that feed an input of a converted model."""


def _noted(view: LayerView, name: str) -> Value:
    """Return what is noted of the input that is fed."""
    return view.layer.config.get(name, UNKNOWN) if view.layer.class_name in FED else UNKNOWN


def _fit(wanted: Sequence[Any], given: Sequence[Any]) -> bool:
    """Tell whether sizes may be those that are wanted, of which None stands for any."""
    pairs = zip(wanted, given, strict=False)
    return len(wanted) == len(given) and all(a is None or sizes.equal(a, b) is not False for a, b in pairs)


@TABLE.fact(Type.LIST, "for `set_tensor` and `session.run`: the sizes of the converted model's input")
def wanted_sizes(view: LayerView) -> Value:
    return _noted(view, "wanted")


@TABLE.fact(Type.TRUTH, "for the same: the array has another shape than the converted model's input")
def set_in_other_shape(view: LayerView) -> Value:
    wanted, shape = wanted_sizes(view), view.shape
    return UNKNOWN if wanted is UNKNOWN or shape is None else not _fit(wanted, shape.sizes)


@TABLE.fact(Type.TRUTH, "for the same: the array has the sizes of one sample, without the batch")
def set_without_batch(view: LayerView) -> Value:
    wanted, shape = wanted_sizes(view), view.shape
    if wanted is UNKNOWN or shape is None or not wanted:
        return False
    return wanted[0] in (1, None) and _fit(wanted[1:], shape.sizes)


@TABLE.fact(Type.TEXT, "for the same: the order of the array's axes in which it fits, the channels moved")
def fitting_order(view: LayerView) -> Value:
    wanted, shape = wanted_sizes(view), view.shape
    if wanted is UNKNOWN or shape is None or shape.rank < 3:
        return UNKNOWN
    places = range(shape.rank)
    for order in ((0, places[-1], *places[1:-1]), (0, *places[2:], 1)):
        if _fit(wanted, [shape.sizes[place] for place in order]):
            return str(order)
    return UNKNOWN


@TABLE.fact(Type.TEXT, "for `session.run` with a name that is no input: the names of the inputs")
def input_names(view: LayerView) -> Value:
    return _noted(view, "input_names")


@TABLE.fact(Type.TEXT, "for the same: the names that are given")
def fed_names(view: LayerView) -> Value:
    return _noted(view, "fed_names")


@TABLE.fact(Type.TEXT, "the last argument of a call as it is written, where that is short")
def last_argument(view: LayerView) -> Value:
    node = getattr(view.call.origin, "node", None)
    if not isinstance(node, ast.Call) or not node.args:
        return UNKNOWN
    text = written(node.args[-1])
    return text if len(text) <= 40 else UNKNOWN
