"""The shapes of a layer's weights."""

from __future__ import annotations

from layoutlint.layers.registry import spec_of
from layoutlint.layers.spec import LayerArguments, Weights
from layoutlint.model.graph import Call


def weights(call: Call) -> Weights | None:
    """Return the shapes of a layer's weights by name, the kernel's axes in Keras's order; None where they
    are unknown.
    """
    spec = spec_of(call.layer) if call.layer.kind == "layer" else None
    shapes = [getattr(tensor, "shape", None) for tensor in call.input_tensors]
    if spec is None or call.error is not None or not shapes or None in shapes:
        return None
    arguments = LayerArguments(call.layer.class_name, call.layer.config)
    return spec.weights_for(arguments, shapes if spec.many else shapes[0])
