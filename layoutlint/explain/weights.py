"""The shapes of a layer's weights."""

from __future__ import annotations

from layoutlint.layers.registry import spec_of
from layoutlint.layers.spec import LayerArguments
from layoutlint.model.errors import ShapeError, UndeterminedError
from layoutlint.model.graph import Call
from layoutlint.model.sizes import Size

Weights = dict[str, tuple[Size, ...]]


def weights(call: Call) -> Weights | None:
    """Return the shapes of a layer's weights by name, the kernel's axes in Keras's order; None where they
    are unknown.
    """
    spec = spec_of(call.layer) if call.layer.kind == "layer" else None
    shapes = [getattr(tensor, "shape", None) for tensor in call.input_tensors]
    if spec is None or spec.weights is None or call.error is not None or any(s is None for s in shapes):
        return None
    arguments = LayerArguments(call.layer.class_name, call.layer.config)
    try:
        return dict(spec.weights(arguments, shapes if spec.many else shapes[0]))
    except (ShapeError, UndeterminedError):
        return None
