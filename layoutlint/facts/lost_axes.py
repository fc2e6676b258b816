"""Facts about a statistic that meets the array that it is of along another axis.

numpy, TensorFlow and Keras match the axes of two arrays from the last one backwards: what is left of
``x.sum(axis=1)`` of ``x`` (n, m) is (n,), and meets the m columns of ``x``. Source: "Broadcasting",
https://numpy.org/doc/stable/user/basics.broadcasting.html. Part of the facts about a layer;
``layoutlint.facts.registry`` puts them beside the others.
"""

from __future__ import annotations

from typing import Final

from layoutlint.facts.axis_operations import FOLDS, folded_axes
from layoutlint.facts.batch_axis import LEVELLING, SAME_PLACES
from layoutlint.facts.fact_values import UNKNOWN, Type, Value
from layoutlint.facts.layer_view import TABLE, LayerView
from layoutlint.facts.single_value_statistics import GUARDED, MAX_WAY, made_of
from layoutlint.model.graph import Call, Tensor

FOLLOWED: Final = GUARDED - {"expand_dims"}


def _followed(call: Call, statistic: Tensor) -> list[Tensor]:
    return call.output_tensors if call.layer.class_name in FOLLOWED else []


def _meeting(view: LayerView) -> Call | None:
    """Return the call in which the statistic meets its own array along another axis than its own."""
    shape, axes = view.shape, folded_axes(view.call)
    if shape is None or shape.rank < 2 or axes is None or len(axes) == shape.rank:
        return None
    if view.layer.config.get("keepdims") not in (None, False) or axes == tuple(range(len(axes))):
        return None
    if any(size == 1 for size in shape.sizes):
        return None
    (source,) = view.call.input_tensors
    array = made_of(source, SAME_PLACES)
    for reader, statistic in view.index.onward(view.call.output_tensors, _followed, MAX_WAY):
        given = reader.input_tensors
        if reader.layer.class_name not in LEVELLING or reader.error is not None or len(given) != 2:
            continue
        whole, folded = given
        if folded is not statistic or whole.shape is None or whole.shape.sizes != shape.sizes:
            continue
        if made_of(whole, SAME_PLACES) is array:
            return reader
    return None


@TABLE.fact(
    Type.TEXT,
    "for a sum, a mean or another statistic without `keepdims` that is subtracted from its own array, or "
    "divides it, along another axis than that from which it is: the two shapes; the empty text for others",
    of_class=lambda view: view.layer.class_name in FOLDS,
)
def meets_other_axis(view: LayerView) -> Value:
    reader = _meeting(view)
    if reader is None:
        return ""
    shapes = [tensor.shape.words for tensor in reader.input_tensors if tensor.shape is not None]
    return " and ".join(shapes) if len(shapes) == 2 else UNKNOWN
