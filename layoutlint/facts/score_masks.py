"""Facts about masks that are put on scores before a softmax: what a mask hides lies along the softmax's axis.

Part of the facts about a layer; ``layoutlint.facts.registry`` puts them beside the others.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from layoutlint.facts.fact_values import Type, Value
from layoutlint.facts.layer_view import TABLE, LayerView
from layoutlint.facts.softmax import softmax_of
from layoutlint.model.axes import Shape
from layoutlint.model.graph import Call, Tensor
from layoutlint.operations import elementwise
from layoutlint.operations.catalogue import operations

APPLYING: Final = frozenset(["add", "subtract", "where", "where_or_places"])
"""Operations that put a mask on scores."""
PASSED: Final = frozenset(
    ["add", "subtract", "divide", "multiply", "cast", "identity", "where", "where_or_places"]
)
"""What the scores may go through between the mask and the softmax."""
TESTS: Final = frozenset(
    name for name, known in operations().items() if known.shape is elementwise.compare
) | {"sequence_mask", "logical_not"}
FORMED: Final = frozenset(
    ["getitem", "expand_dims", "reshape", "cast", "identity", "array", "subtract", "multiply", "logical_and"]
)
"""What a mask may go through before it is put on."""
MASK: Final = "mask"
ATTENTION: Final = "MultiHeadAttention"
MAX_WAY: Final = 16


def _may_apply(view: LayerView) -> bool:
    return view.layer.class_name in APPLYING or view.layer.class_name == ATTENTION


def _is_mask(tensor: Tensor) -> bool:
    """Tell whether an array is made of a comparison, or is a mask by its name."""
    for _ in range(MAX_WAY):
        made = tensor.producer
        if made is None or made.layer.kind == "input":
            return MASK in (tensor.name or "").lower()
        if made.layer.class_name in TESTS:
            return True
        if made.layer.class_name not in FORMED or len(made.input_tensors) != 1:
            return False
        tensor = made.input_tensors[0]
    return False


def _softmax_axes(view: LayerView) -> Iterator[int]:
    """Yield the axes, counted from the last (-1), of the softmaxes that read the scores."""

    def axis_of(call: Call) -> int | None:
        found = softmax_of(LayerView(view.index, call))
        return found.axes[0] - found.shape.rank if found is not None and len(found.axes) == 1 else None

    def scores_behind(call: Call, scores: Tensor) -> list[Tensor]:
        passes = call.layer.class_name in PASSED and axis_of(call) is None
        return call.output_tensors if passes else []

    for reader, _ in view.index.onward(view.call.output_tensors, scores_behind, MAX_WAY):
        if (axis := axis_of(reader)) is not None:
            yield axis


def _of_attention(view: LayerView) -> tuple[Shape, Shape] | None:
    """Return the shapes of the mask that an attention layer is given, if it has size 1 along the keys, and of
    the values.
    """
    mask, value = (view.call.keywords.get(name) for name in ("attention_mask", "value"))
    value = view.call.input_tensors[1] if value is None and len(view.call.input_tensors) > 1 else value
    shapes = [each.shape if isinstance(each, Tensor) else None for each in (mask, value)]
    if not all(shape is not None and shape.rank > 2 for shape in shapes):
        return None
    hidden, values = (shape for shape in shapes if shape is not None)
    is_of_rows = hidden[-1].size == 1 and hidden[-2].size != 1 and values[-2].size != 1
    return (hidden, values) if is_of_rows else None


def _hiding_rows(view: LayerView) -> tuple[Shape, Shape] | None:
    """Return the shapes of a mask that has size 1 along the axis of the softmax, and of the scores."""
    if view.layer.class_name == ATTENTION:
        return _of_attention(view)
    scores = view.call.output_tensors[0].shape if _may_apply(view) and view.call.output_tensors else None
    masks = [each.shape for each in view.call.input_tensors if scores and each.shape and _is_mask(each)]
    if scores is None or len(masks) != 1 or masks[0] is None:
        return None
    (mask,) = masks
    for axis in _softmax_axes(view):
        if -axis > min(mask.rank, scores.rank) or scores[axis].size == 1 or mask[axis].size != 1:
            continue
        if any(size != 1 for size in mask.sizes[1:]):
            return mask, scores
    return None


@TABLE.fact(
    Type.TEXT,
    "the shapes of a mask and of the scores that it is put on before a softmax, or of the values of an "
    "attention layer, where the mask has size 1 along the axis of the softmax: it hides whole rows of "
    "scores; the empty text for all else",
    of_class=_may_apply,
)
def mask_of_rows(view: LayerView) -> Value:
    found = _hiding_rows(view)
    return "" if found is None else f"{found[0].words} and {found[1].words}"
