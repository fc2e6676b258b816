"""Layers inside layers: what a wrapper wraps is used through its wrapper and has no use of its own."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from layoutlint.model.graph import Graph, Layer


def wrappers(graph: Graph) -> dict[int, Layer]:
    """By the identity of each wrapped layer, the layer whose configuration holds it."""
    return {id(inner): layer for layer in graph.layers for inner in _layers_in(layer.config.values())}


def _layers_in(values: Any) -> Iterator[Layer]:
    for value in values:
        if type(value) in _LEAVES:
            continue
        if isinstance(value, Layer):
            yield value
        elif isinstance(value, list | tuple):
            yield from _layers_in(value)


_LEAVES: Final = frozenset([str, int, float, bool, type(None)])
"""Most arguments are of these types."""
