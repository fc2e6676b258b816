"""Why an axis is undefined where a layer must know its size.

Part of the facts about a layer; ``layoutlint.facts.registry`` puts them beside the others.
"""

from __future__ import annotations

from layoutlint.facts.fact_values import UNKNOWN, Type, Value
from layoutlint.facts.layer_view import TABLE, LayerView, spoken
from layoutlint.facts.trace import MAX_WAY
from layoutlint.model.errors import ErrorKind
from layoutlint.model.graph import Call, Tensor


def _maker(view: LayerView) -> Call | None:
    """Return the nearest earlier call that merged or made the free axis; None if it came with the input."""
    tensor = view.tensor
    for _ in range(MAX_WAY):
        call = None if tensor is None else tensor.producer
        if call is None or call.layer.kind == "input":
            return None
        if call.layer.class_name in ("Flatten", "Reshape", "reshape", "batch_flatten"):
            return call
        before = call.input_tensors[0] if len(call.input_tensors) == 1 else None
        if not isinstance(before, Tensor) or before.shape is None or before.shape[-1].size is not None:
            return call
        tensor = before
    return None


@TABLE.fact(
    Type.TEXT,
    "for an undefined axis: the layer that made it; `the input` if the model's input has it already",
)
def undefined_since(view: LayerView) -> Value:
    if view.call.error is None or view.call.error.kind != ErrorKind.UNDEFINED:
        return UNKNOWN
    maker = _maker(view)
    if maker is None:
        return "the input"
    before = maker.input_tensors[0].shape if maker.input_tensors else None
    return f"the {spoken(maker)} of {before}" if before is not None else f"the {spoken(maker)}"


@TABLE.fact(Type.TRUTH, "for an undefined axis: a Flatten made it of axes of any size")
def undefined_by_flatten(view: LayerView) -> Value:
    maker = _maker(view)
    return maker is not None and maker.layer.class_name == "Flatten"
