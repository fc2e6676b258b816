"""The data formats of the calls of a graph, and where two of them meet."""

from __future__ import annotations

from typing import Final

from layoutlint.facts.fact_values import UNKNOWN, Value
from layoutlint.facts.index import Index, keeps_axes, unwrapped
from layoutlint.model.graph import Call, Tensor
from layoutlint.operations import elementwise, reduction
from layoutlint.operations.catalogue import operations

FORMATS: Final = ("channels_last", "channels_first")

NEUTRAL_OPERATIONS: Final = frozenset(
    ["Add", "Subtract", "Multiply", "Average", "Maximum", "Minimum", "Concatenate", "concatenate"]
) | {
    name
    for name, known in operations().items()
    if known.shape in (elementwise.keep, elementwise.cast, elementwise.binary, reduction.along)
}
"""Joins, and operations value by value, that leave the order of the axes alone."""


def format_of(index: Index, call: Call) -> Value:
    """Return the data format of a call's innermost layer: its own, or Keras's default if the file leaves
    that.
    """
    inner, _ = unwrapped(call.layer)
    if "data_format" not in inner.config or inner.class_name == "Flatten":
        return UNKNOWN
    value = inner.config["data_format"]
    if value is None:
        return UNKNOWN if index.graph.data_formats else FORMATS[0]
    return value.lower() if isinstance(value, str) and value.lower() in FORMATS else UNKNOWN


def formats_of(index: Index) -> frozenset[Value]:
    """Return the data formats of all layers of a graph."""
    return frozenset(format_of(index, call) for call in index.graph.calls) - {UNKNOWN}


def other_format(index: Index, call: Call, mine: str) -> tuple[Call, str] | None:
    """Return the nearest call before this one that has another data format than ``mine``, and that format."""
    seen: set[int] = {id(call)}
    queue = [call]
    for current in queue:
        for tensor in current.input_tensors:
            before = tensor.producer if isinstance(tensor, Tensor) else None
            if before is None or id(before) in seen or len(seen) > 64:
                continue
            seen.add(id(before))
            theirs = format_of(index, before)
            if theirs is not UNKNOWN:
                if theirs != mine and _same_rank(before, call):
                    return before, theirs
            elif keeps_order(before):
                queue.append(before)
    return None


def _same_rank(before: Call, after: Call) -> bool:
    """Tell whether two layers have equally many axes: only then they can disagree about their order."""
    outputs, inputs = before.output_tensors, after.input_tensors
    first, second = outputs[0].shape if outputs else None, inputs[0].shape if inputs else None
    return first is not None and second is not None and first.rank == second.rank > 2


def keeps_order(call: Call) -> bool:
    """Tell whether every axis that a call reads is at the same place in what it makes."""
    return call.layer.kind in ("layer", "operation") and (
        call.layer.class_name in NEUTRAL_OPERATIONS or keeps_axes(call.layer)
    )
