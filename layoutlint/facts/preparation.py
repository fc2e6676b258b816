"""Facts about ``preprocess_input``: the values of the images that it prepares.

Part of the facts about a layer; ``layoutlint.facts.registry`` puts them beside the others.
"""

from __future__ import annotations

from typing import Final

from layoutlint.facts.fact_values import Type, Value
from layoutlint.facts.layer_view import TABLE, LayerView
from layoutlint.inference.pixels import MODES, PREPARED, pixels_of

SMALL: Final = 2


@TABLE.fact(
    Type.TEXT,
    "the values of the images that `preprocess_input` is given, where they are scaled already and it does "
    "more than nothing: `0 to 1`; the empty text for all else",
    of_class=lambda view: view.layer.class_name == PREPARED,
)
def prepared_values(view: LayerView) -> Value:
    if view.layer.class_name != PREPARED or view.tensor is None:
        return ""
    mode, pixels = MODES.get(str(view.layer.config.get("of"))), pixels_of(view.tensor)
    if mode is None or mode[0] >= 0 or pixels is None or pixels.highest > SMALL:
        return ""
    return pixels.words
