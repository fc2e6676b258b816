"""Groups of rules: what people select and ignore together, and how the documentation is divided."""

from __future__ import annotations

from typing import Final

GROUPS: Final = {
    "sequence": "Signals, series and text: steps, features and tokens",
    "image": "Images: height, width and channels",
    "batch": "The batch, and the samples in it",
    "axis": "Axes of layers and operations: their number, order and size",
    "feeding": "Data given to fit, evaluate and predict",
    "loss": "Targets, losses and the last layer",
    "weights": "Weights of saved and reused layers",
}
"""The groups of the built-in rules, in the order of the documentation: name → what its rules are about."""

HOUSE: Final = "house"
"""The group of a rule that names none: the user's own."""

SUPPRESSION: Final = "suppression"
"""The group of what is said of suppressions."""
