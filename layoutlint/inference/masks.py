"""Masks: which steps of a sequence are padding, from the layer that makes the mask to the one that loses it.

Sources: ``supports_masking`` and ``compute_mask`` in ``keras/src/layers``.
"""

from __future__ import annotations

from typing import Final

from layoutlint.model.axes import Shape
from layoutlint.model.graph import Call, Layer, Tensor

CARRYING: Final = frozenset(
    [
        "Activation",
        "ActivityRegularization",
        "Add",
        "AlphaDropout",
        "Average",
        "BatchNormalization",
        "Concatenate",
        "Dense",
        "Dropout",
        "ELU",
        "GaussianDropout",
        "GaussianNoise",
        "GroupNormalization",
        "Identity",
        "LayerNormalization",
        "LeakyReLU",
        "Masking",
        "Maximum",
        "Minimum",
        "MultiHeadAttention",
        "Multiply",
        "Normalization",
        "PReLU",
        "ReLU",
        "Rescaling",
        "Softmax",
        "SpatialDropout1D",
        "SpatialDropout2D",
        "SpatialDropout3D",
        "Subtract",
        "TimeDistributed",
        "UnitNormalization",
    ]
)
"""Layers whose output has the mask of their input."""
RECURRENT: Final = frozenset(["LSTM", "GRU", "SimpleRNN", "RNN", "ConvLSTM1D", "ConvLSTM2D", "ConvLSTM3D"])
"""Layers that use the mask, and hand it on with the steps that they return."""
USING: Final = RECURRENT | {
    "GlobalAveragePooling1D",
    "Bidirectional",
    "MultiHeadAttention",
    "GroupQueryAttention",
    "Attention",
    "AdditiveAttention",
    "Lambda",
    "Dot",
    "Softmax",
}
"""Layers that look at a mask."""
MAX_WAY: Final = 64


def mask_maker(tensor: Tensor) -> Call | None:
    """Return the call that made the mask with which a tensor comes; None for one without a mask,
    or unknown.
    """
    for _ in range(MAX_WAY):
        made = tensor.producer
        if made is None or made.layer.kind != "layer":
            return None
        if makes_mask(made.layer):
            return made
        if not _hands_on(made.layer):
            return None
        before = next((t for t in made.input_tensors if isinstance(t, Tensor)), None)
        if before is None:
            return None
        tensor = before
    return None


def mask_shape(tensor: Tensor) -> Shape | None:
    """Return the shape of the mask with which a tensor comes: (batch, steps)."""
    if mask_maker(tensor) is None or tensor.shape is None or tensor.shape.rank < 2:
        return None
    return Shape(tensor.shape[:2])


def makes_mask(layer: Layer) -> bool:
    """Tell whether a layer makes a mask of its input."""
    return layer.class_name == "Masking" or (
        layer.class_name == "Embedding" and layer.config.get("mask_zero") is True
    )


def _hands_on(layer: Layer) -> bool:
    inner = layer.config.get("layer") if layer.class_name == "Bidirectional" else layer
    if isinstance(inner, Layer) and inner.class_name in RECURRENT:
        return inner.config.get("return_sequences") is True
    return layer.class_name in CARRYING


def carries(layer: Layer) -> bool:
    """Tell whether a layer knows what to do with a mask: it uses it or hands it on."""
    return layer.class_name in CARRYING | USING
