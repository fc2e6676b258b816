"""Facts about a layer that is used again: its weights were made for the input of its first use.

Part of the facts about a layer; ``layoutlint.facts.registry`` puts them beside the others.
"""

from __future__ import annotations

from layoutlint.facts.fact_values import Type, Value
from layoutlint.facts.layer_view import TABLE, LayerView
from layoutlint.facts.stored_weights import needed_weights
from layoutlint.inference.layer_call import STRETCHED
from layoutlint.model.graph import Call
from layoutlint.model.sizes import equal


@TABLE.fact(
    Type.TEXT,
    "the shape for which the layer made its weights, at an earlier use, where they cannot be those of this "
    "one; the empty text if they can",
    of_graph=lambda index: any(len(calls) > 1 for calls in index.calls_of.values()),
)
def weights_made_for(view: LayerView) -> Value:
    first = _first_use(view)
    if first is None:
        return ""
    before = LayerView(view.index, first)
    made, wanted = needed_weights(before, before.shape), needed_weights(view, view.shape)
    if made is None or wanted is None or made.keys() != wanted.keys():
        return ""
    differ = view.layer.class_name not in STRETCHED and any(
        len(made[name]) == len(wanted[name])
        and any(equal(a, b) is False for a, b in zip(made[name], wanted[name], strict=True))
        for name in made
    )
    return before.shape.words if differ and before.shape is not None else ""


def _first_use(view: LayerView) -> Call | None:
    """Return the first use of the layer, if that is another one and sure to come before this one."""
    if view.layer.one_of_many:
        return None
    first = view.index.calls_of[id(view.call.layer)][0]
    if first is view.call or first.error is not None or view.call.error is not None:
        return None
    return first if first.conditions == view.call.conditions else None
