"""Facts about masks: where one is lost.

Part of the facts about a layer; ``layoutlint.facts.registry`` puts them beside the others.
"""

from __future__ import annotations

from typing import Final

from layoutlint.facts.fact_values import UNKNOWN, Type, Value
from layoutlint.facts.index import unwrapped
from layoutlint.facts.layer import TABLE, LayerView, spoken
from layoutlint.inference.masks import USING, carries, mask_maker
from layoutlint.layers.registry import find
from layoutlint.model.graph import Call, Tensor

MAX_SEARCH: Final = 128


def _maker(view: LayerView) -> Call | None:
    """The layer whose mask is lost here."""
    is_layer = view.call.layer.kind == "layer" and find(view.call.layer.class_name) is not None
    if not is_layer or view.tensor is None or carries(view.call.layer):
        return None
    return mask_maker(view.tensor)


def _is_used(view: LayerView, made: Call) -> bool:
    """Whether some layer uses the mask, or a class or an operation of the program may."""
    queue = list(made.output_tensors)
    seen: set[int] = set()
    for tensor in queue:
        for call in view.index.consumers.get(id(tensor), []) if isinstance(tensor, Tensor) else ():
            if id(call) in seen or len(seen) > MAX_SEARCH:
                continue
            seen.add(id(call))
            known = call.layer.kind == "layer" and find(call.layer.class_name) is not None
            if not known or unwrapped(call.layer)[0].class_name in USING or "mask" in call.keywords:
                return True
            if carries(call.layer):
                queue.extend(call.output_tensors)
    return False


@TABLE.fact(
    Type.TEXT,
    "the layer that made the mask which is lost in this one, where no other layer uses it: `Embedding`; the "
    "empty text if none is lost",
)
def loses_mask_of(view: LayerView) -> Value:
    made = _maker(view)
    return "" if made is None or _is_used(view, made) else spoken(made)


@TABLE.fact(Type.TEXT, "the argument that makes the mask which is lost: `mask_zero=True`, `Masking`")
def mask_written(view: LayerView) -> Value:
    made = _maker(view)
    if made is None:
        return UNKNOWN
    return "mask_zero=True" if made.layer.class_name == "Embedding" else "Masking"
