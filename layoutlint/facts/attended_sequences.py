"""Facts about attention: what attends to what, along which axis.

Part of the facts about a layer; ``layoutlint.facts.registry`` puts them beside the others.
"""

from __future__ import annotations

from typing import Any

from layoutlint.facts.axis_operations import axes_of
from layoutlint.facts.fact_values import UNKNOWN, Type, Value
from layoutlint.facts.layer_view import TABLE, LayerView
from layoutlint.facts.trace import trace
from layoutlint.model.graph import Tensor


def _attended(view: LayerView) -> Tensor | None:
    """Return the tensor that is attended to: the value."""
    positional = view.call.input_tensors
    value: Any = view.call.keywords.get("value")
    if value is None and len(positional) > 1:
        value = positional[1]
    return value if isinstance(value, Tensor) else None


def _query(view: LayerView) -> Any:
    positional = view.call.input_tensors
    return positional[0] if positional else view.call.keywords.get("query")


@TABLE.fact(Type.SIZE, "for attention: the number of steps (tokens) that every query looks at")
def attended_steps(view: LayerView) -> Value:
    value = _attended(view)
    if value is None or value.shape is None or value.shape.rank != 3:
        return UNKNOWN
    axes = view.layer.config.get("attention_axes")
    if axes is not None and axes_of(value.shape, axes) != (1,):
        return UNKNOWN
    return value.shape[1].size


@TABLE.fact(Type.TRUTH, "for attention: query and value are one tensor")
def attends_to_itself(view: LayerView) -> Value:
    return _query(view) is not None and _query(view) is _attended(view)


@TABLE.fact(
    Type.TRUTH,
    "for attention: another use of the same layer attends to more steps, or to an unknown number: this one "
    "may be the first step of a sequence that grows",
)
def attends_to_more_elsewhere(view: LayerView) -> Value:
    uses = view.index.calls_of[id(view.call.layer)]
    return any(attended_steps(LayerView(view.index, use)) != 1 for use in uses if use is not view.call)


@TABLE.fact(Type.TEXT, "for attention: the shape of what is attended to")
def attended_shape(view: LayerView) -> Value:
    value = _attended(view)
    return UNKNOWN if value is None or value.shape is None else value.shape.words


@TABLE.fact(
    Type.TRUTH,
    "for attention: a reshape or a new axis made the steps out of a vector, or the data came so",
)
def attended_made_of_a_vector(view: LayerView) -> Value:
    value = _attended(view)
    if value is None:
        return False
    way = trace(value)
    if way.is_fed:
        return True
    return any(
        call.input_tensors[0].shape is not None and call.input_tensors[0].shape.rank == 2
        for call in way.calls
    )


@TABLE.fact(
    Type.TRUTH,
    "for MultiHeadAttention: query and value have different numbers of axes; it builds, and raises when it "
    "runs",
    of_class=lambda view: view.layer.class_name == "MultiHeadAttention",
)
def attends_across_ranks(view: LayerView) -> Value:
    query, value = _query(view), _attended(view)
    if view.layer.class_name != "MultiHeadAttention" or not isinstance(query, Tensor) or value is None:
        return False
    if query.shape is None or value.shape is None:
        return UNKNOWN
    return query.shape.rank != value.shape.rank


@TABLE.fact(Type.TEXT, "for attention: the shape of the query")
def query_shape(view: LayerView) -> Value:
    query = _query(view)
    return query.shape.words if isinstance(query, Tensor) and query.shape is not None else UNKNOWN
