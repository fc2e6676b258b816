"""Facts about causal convolutions, which look back along the time: what the axis that they slide along is.

Part of the facts about a layer; ``layoutlint.facts.registry`` puts them beside the others.
"""

from __future__ import annotations

from layoutlint.facts.fact_values import Type, Value
from layoutlint.facts.layer_view import TABLE, LayerView
from layoutlint.facts.roles import FEATURES, roles_of
from layoutlint.facts.sequences import turned_elsewhere


def _is_causal(view: LayerView) -> bool:
    return view.layer.class_name in ("Conv1D", "SeparableConv1D")


@TABLE.fact(
    Type.TRUTH,
    "a causal convolution slides along an axis that the data or its name say are features or channels, and "
    "nothing says what the other axis is",
    of_class=_is_causal,
)
def is_causal_along_features(view: LayerView) -> Value:
    if view.layer.config.get("padding") != "causal" or view.tensor is None or view.shape is None:
        return False
    roles = roles_of(view.index, view.tensor)
    if len(roles) != 3 or roles[1] is None or roles[2] is not None or roles[1].computed:
        return False
    return roles[1].role in FEATURES and not turned_elsewhere(view)
