"""The mutation operators, by what they break. Importing this package fills the table."""

from __future__ import annotations

from tests.mutations.operators import (
    axes,
    clothes,
    data,
    places,
    reshapes,
    sequences,
    shapes,
    windows,
)

__all__ = ["axes", "clothes", "data", "places", "reshapes", "sequences", "shapes", "windows"]
