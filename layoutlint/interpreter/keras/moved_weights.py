"""Weights that a program moves from one model into another, at once or through a file."""

from __future__ import annotations

from typing import Final

from layoutlint.interpreter.core.arguments import Arguments
from layoutlint.interpreter.core.site import Site
from layoutlint.interpreter.core.values import LibraryObject, ModelValue, Value
from layoutlint.interpreter.keras.networks import network_of
from layoutlint.model.graph import Network

WEIGHTS: Final = "keras weights"
"""The kind of what ``model.get_weights()`` returns."""
MOVED: Final = "moved_weights"
"""The operation that stands in the graph for weights that go from one model into another."""


def take(site: Site, model: ModelValue, arguments: Arguments) -> Value:
    """``model.get_weights()``."""
    return LibraryObject(WEIGHTS, site.origin, site.journal.born({"model": model}))


def give(site: Site, model: ModelValue, arguments: Arguments) -> Value:
    """``model.set_weights(weights)``."""
    given = arguments.get(0, "weights")
    source = given.state.get("model") if isinstance(given, LibraryObject) else None
    if isinstance(source, ModelValue):
        note(site, network_of(site.evaluator, source), model)
    return None


def note(site: Site, source: Network | None, model: ModelValue) -> None:
    """Put into the graph that a model gets the weights of another one."""
    target = network_of(site.evaluator, model)
    if source is None or target is None or source is target:
        return
    site.noted(MOVED, {"source": source, "target": target}, [])
