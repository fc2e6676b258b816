"""Axes that an operation names: the frames and the frequencies of a short-time Fourier transform."""

from __future__ import annotations

from typing import Final

from msgspec.structs import replace

from layoutlint.model.axes import Axis, Evidence, Shape
from layoutlint.model.graph import Call, Nested, Tensor, map_nested

NAMING_OPERATIONS: Final = frozenset(["stft"])
"""Operations whose shape functions give axes a role; which one says so is the evidence for it."""


def with_named_axes(call: Call) -> Nested[Tensor]:
    """Return the outputs of a call, with the evidence for the roles that the operation gives their axes."""
    if call.layer.kind != "operation" or call.layer.class_name not in NAMING_OPERATIONS:
        return call.outputs
    name, origin = call.layer.name or call.layer.class_name, call.layer.origin
    given = {axis.role for tensor in call.input_tensors for axis in tensor.shape or ()}

    def told(axis: Axis) -> Axis:
        if axis.evidence or not axis.role or axis.role in given:
            return axis
        return Axis(axis.size, axis.role, (Evidence(f"{name} returns {axis.role}", origin),))

    def named(tensor: Tensor) -> Tensor:
        return tensor if tensor.shape is None else replace(tensor, shape=Shape(map(told, tensor.shape)))

    outputs: Nested[Tensor] = map_nested(named, call.outputs)
    return outputs
