"""Facts about the masks of sequences: where one is lost, and where one has another length than its sequence.

Part of the facts about a layer; ``layoutlint.facts.registry`` puts them beside the others.
"""

from __future__ import annotations

from typing import Final

from layoutlint.facts.fact_values import UNKNOWN, Type, Value
from layoutlint.facts.index import unwrapped
from layoutlint.facts.layer_view import TABLE, LayerView, spoken
from layoutlint.inference.masks import RECURRENT, USING, carries, mask_maker
from layoutlint.layers.registry import find
from layoutlint.model import sizes
from layoutlint.model.graph import Call, Tensor
from layoutlint.operations import elementwise
from layoutlint.operations.catalogue import operations

MAX_SEARCH: Final = 128

VALUEWISE: Final = frozenset(
    name
    for name, known in operations().items()
    if known.shape in (elementwise.keep, elementwise.cast, elementwise.binary)
)
"""Operations value by value: in a model they are no layers, so that no mask goes with their results."""
READING: Final = RECURRENT | {"GlobalAveragePooling1D", "Bidirectional", "MultiHeadAttention", "Attention"}
"""Layers that leave padding out where a mask comes with their input."""


def _maker(view: LayerView) -> Call | None:
    """Return the layer whose mask is lost here."""
    is_layer = view.call.layer.kind == "layer" and find(view.call.layer.class_name) is not None
    if not is_layer or view.tensor is None or carries(view.call.layer):
        return None
    return mask_maker(view.tensor)


def _is_used(view: LayerView, made: Call) -> bool:
    """Tell whether some layer uses the mask, or a class or an operation of the program may."""
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


def _loses_in_arithmetic(view: LayerView) -> tuple[Call, Call] | None:
    """Return the layer whose mask an operation between layers loses, and a later one that would use it."""
    if view.call.layer.kind != "operation" or view.layer.class_name not in VALUEWISE:
        return None
    made = next((maker for t in view.call.input_tensors if (maker := mask_maker(t)) is not None), None)
    if made is None:
        return None
    queue, using = list(view.call.output_tensors), None
    for tensor in queue:
        if any(call.masks_itself for call in view.index.returned_by.get(id(tensor), [])):
            return None
        for call in view.index.consumers.get(id(tensor), []):
            if any("mask" in word for word in call.keywords):
                return None
            if call.layer.kind == "operation" and call.layer.class_name not in VALUEWISE:
                continue
            if call.layer.kind == "layer" and unwrapped(call.layer)[0].class_name in READING:
                using = using or call
            elif len(queue) < MAX_SEARCH and (call.layer.kind == "operation" or carries(call.layer)):
                queue.extend(call.output_tensors)
    return None if using is None else (made, using)


@TABLE.fact(
    Type.TEXT,
    "the layer whose mask is lost in this operation between layers, where a layer behind it would use it: "
    "`Embedding`; the empty text if none is lost",
    of_class=lambda view: view.layer.class_name in VALUEWISE,
)
def arithmetic_loses_mask_of(view: LayerView) -> Value:
    found = _loses_in_arithmetic(view)
    return "" if found is None else spoken(found[0])


@TABLE.fact(Type.TEXT, "the layer that gets no mask because of `arithmetic_loses_mask_of`")
def layer_without_mask(view: LayerView) -> Value:
    found = _loses_in_arithmetic(view)
    return UNKNOWN if found is None else spoken(found[1])


@TABLE.fact(Type.TEXT, "the argument that makes the mask which is lost: `mask_zero=True`, `Masking`")
def mask_written(view: LayerView) -> Value:
    made = _maker(view)
    if made is None and (lost := _loses_in_arithmetic(view)) is not None:
        made = lost[0]
    if made is None:
        return UNKNOWN
    return "mask_zero=True" if made.layer.class_name == "Embedding" else "Masking"


@TABLE.fact(Type.SIZE, "the number of steps of the mask that a call gets: `GRU(8)(x, mask=mask)`")
def mask_steps(view: LayerView) -> Value:
    given = view.call.keywords.get("mask")
    shape = given.shape if isinstance(given, Tensor) else None
    return shape[1].size if shape is not None and shape.rank == 2 else UNKNOWN


@TABLE.fact(Type.TRUTH, "a call gets a mask of another number of steps than its layer reads")
def masked_elsewhere(view: LayerView) -> Value:
    masked, steps = mask_steps(view), view.axis("steps")
    return masked is not UNKNOWN and steps is not UNKNOWN and sizes.equal(masked, steps) is False
