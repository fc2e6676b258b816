"""The names of Keras's losses: one for each function, whatever it was called.

Source: the aliases in ``keras/src/losses/__init__.py`` and ``keras/src/losses/losses.py``.
"""

from __future__ import annotations

import re
from typing import Final

OPTIONS: Final = ("from_logits", "label_smoothing", "axis", "reduction", "ignore_class")
"""Options of losses that say something of shapes, or of the labels that they take."""

ALIASES: Final = {
    "mse": "mean_squared_error",
    "mae": "mean_absolute_error",
    "mape": "mean_absolute_percentage_error",
    "msle": "mean_squared_logarithmic_error",
    "bce": "binary_crossentropy",
    "kld": "kl_divergence",
    "kullback_leibler_divergence": "kl_divergence",
    "logcosh": "log_cosh",
    "cosine_proximity": "cosine_similarity",
    "huber_loss": "huber",
    "cce": "categorical_crossentropy",
}
"""Other names of a function, Keras 1's and 2's among them."""


def canonical(name: str) -> str:
    """Keras's function by one of its names: ``MeanSquaredError`` and ``mse`` are ``mean_squared_error``."""
    snake = re.sub(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "_", name).lower()
    return ALIASES.get(snake, snake)
