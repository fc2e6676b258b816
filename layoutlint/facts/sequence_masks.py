"""Facts about the masks of sequences: where one is lost, and where one has another length than its sequence.

Part of the facts about a layer; ``layoutlint.facts.registry`` puts them beside the others.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from layoutlint.facts.fact_values import UNKNOWN, Type, Value
from layoutlint.facts.index import unwrapped
from layoutlint.facts.layer_view import TABLE, LayerView, spoken
from layoutlint.inference.masks import RECURRENT, USING, carries, mask_maker
from layoutlint.layers.registry import find
from layoutlint.model import sizes
from layoutlint.model.graph import Call, Tensor
from layoutlint.model.sizes import Size
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


ATTENDED: Final = ("query_mask", "value_mask", "key_mask")
"""The masks of an attention, in the order of its inputs."""


def _pairs(view: LayerView) -> Iterator[tuple[Size, Value]]:
    """Yield the sizes of the masks that a call gets, each with that of what it masks."""
    words, inputs = view.call.keywords, view.call.input_tensors
    mask = words.get("mask")
    if isinstance(mask, list | tuple):
        yield from ((_size(one, 1), _size(masked, 1)) for one, masked in zip(mask, inputs, strict=False))
    elif view.layer.class_name == "Softmax":
        yield _size(mask, -1), _size(view.tensor, -1)
    elif mask is not None:
        is_each = view.call.layer.class_name == "TimeDistributed"
        yield _size(mask, 1, rank=2), _size(view.tensor, 1) if is_each else view.axis("steps")
    for place, name in enumerate(ATTENDED):
        if name in words and inputs:
            yield _size(words[name], 1), _size(inputs[min(place, len(inputs) - 1)], 1)
    if "attention_mask" in words and len(inputs) > 1:
        yield _size(words["attention_mask"], -1), _size(inputs[1], 1)
        yield _size(words["attention_mask"], -2), _size(inputs[0], 1)


def _size(tensor: object, axis: int, rank: int | None = None) -> Size:
    """Return the size of an axis of a mask or of what it masks; None for an unknown one, and for 1, which
    goes with any other.
    """
    shape = tensor.shape if isinstance(tensor, Tensor) else None
    if shape is None or shape.rank < 2 or rank not in (None, shape.rank) or shape[axis].size == 1:
        return None
    return shape[axis].size


def _unequal(view: LayerView) -> tuple[Size, Value] | None:
    """Return the sizes of a mask and of what it masks where they differ."""
    for masked, steps in _pairs(view):
        if masked is not None and steps not in (UNKNOWN, None) and sizes.equal(masked, steps) is False:
            return masked, steps
    return None


@TABLE.fact(Type.SIZE, "the number of steps of the mask that a call gets, if it is not that of what it masks")
def mask_steps(view: LayerView) -> Value:
    found = _unequal(view)
    return UNKNOWN if found is None else found[0]


@TABLE.fact(Type.SIZE, "the number of steps that a call gets a mask of another number of steps for")
def masked_steps(view: LayerView) -> Value:
    found = _unequal(view)
    return UNKNOWN if found is None else found[1]


@TABLE.fact(Type.TRUTH, "a call gets a mask of another number of steps than its layer reads")
def masked_elsewhere(view: LayerView) -> Value:
    return _unequal(view) is not None
