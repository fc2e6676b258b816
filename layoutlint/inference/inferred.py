"""What inference finds out about one use of a layer or an operation."""

from __future__ import annotations

from msgspec import Struct

from layoutlint.layers.spec import Shapes
from layoutlint.model.axes import Interpretation
from layoutlint.model.errors import ShapeError


class Inferred(Struct):
    """The outcome for one use of a layer."""

    outputs: Shapes
    interpretation: Interpretation | None = None
    error: ShapeError | None = None
    reason: str | None = None
