"""Facts about layers that exist for one, two and three spatial axes: Conv1D, Conv2D and Conv3D.

Part of the facts about a layer; ``layoutlint.facts.registry`` puts them beside the others.
"""

from __future__ import annotations

import re
from typing import Final

from layoutlint.facts.fact_values import UNKNOWN, Type, Value
from layoutlint.facts.index import unwrapped
from layoutlint.facts.layer_errors import shaping_call
from layoutlint.facts.layer_view import TABLE, LayerView
from layoutlint.layers.registry import find
from layoutlint.model.graph import Layer

CHANNELS: Final = (1, 2, 3, 4)
"""Sizes of a last axis that is one of channels: no channel axis is missing behind it."""
SPATIAL: Final = re.compile(r"(.*)([123])D")


@TABLE.fact(
    Type.TEXT,
    "for an error of rank: the class of the same kind for the axes that the layer gets, where these are "
    "certainly meant: `Conv1D` for a Conv2D that gets (360, 1), or that is called after a Conv1D",
)
def suited_class(view: LayerView) -> Value:
    error = view.call.error
    found = None if error is None else error.facts.get("found")
    layer, _ = unwrapped(view.layer)
    written = SPATIAL.fullmatch(layer.class_name)
    if written is None or view.shape is None or found != view.shape.rank or not 3 <= found <= 5:
        return UNKNOWN
    suited = f"{written[1]}{found - 2}D"
    if find(suited) is None or not (_has_channels(view) or _follows(view, found - 2)):
        return UNKNOWN
    return suited


def _has_channels(view: LayerView) -> bool:
    """Tell whether the declared shape ends with an axis of channels, behind another one."""
    shape, wanted = view.shape, view.call.error and view.call.error.facts.get("expected")
    if view.declaration is None or shape is None or not isinstance(wanted, int) or wanted < shape.rank:
        return False
    return shaping_call(view) is None and shape.rank > 2 and shape[-1].size in CHANNELS


def _follows(view: LayerView, rank: int) -> bool:
    """Tell whether the layer before works along as many axes as there are."""
    before = shaping_call(view)
    if before is None:
        return False
    layer: Layer = unwrapped(before.layer)[0]
    written = SPATIAL.fullmatch(layer.class_name)
    is_of_steps = layer.class_name == "Embedding" or bool(layer.config.get("return_sequences"))
    return rank == 1 if is_of_steps else written is not None and written[2] == str(rank)
