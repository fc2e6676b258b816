"""The one registry of all layer classes, by the name that Keras exports.

A family's table ``LAYERS`` is that of Keras 3; ``KERAS_2`` holds the classes of it that earlier versions made
or called in another way (see ``versions``).
"""

from __future__ import annotations

from functools import cache
from importlib import import_module

from layoutlint.layers.spec import LayerSpec
from layoutlint.model.graph import Layer
from layoutlint.model.keras_version import LATEST, Version

FAMILIES = (
    "convolution",
    "pooling",
    "reshaping",
    "recurrent",
    "wrappers",
    "preprocessing",
    "image_preprocessing",
    "spectrograms",
    "core",
    "activation",
    "regularization",
    "normalization",
    "merging",
    "attention",
    "removed",
)
"""The modules of this package with a table ``LAYERS``."""


@cache
def registry() -> dict[str, LayerSpec]:
    """Return every known class and alias with its entry."""
    return _by_name("LAYERS")


@cache
def earlier() -> dict[str, LayerSpec]:
    """Return the classes and aliases that Keras 1 and 2 take in another way, with the entries that hold
    there.
    """
    return _by_name("KERAS_2")


def _by_name(table: str) -> dict[str, LayerSpec]:
    found: dict[str, LayerSpec] = {}
    for family in FAMILIES:
        for spec in getattr(import_module(f"layoutlint.layers.{family}"), table, ()):
            for name in (spec.name, *spec.aliases):
                if name in found:
                    raise ValueError(f"two registry entries for {name}")
                found[name] = spec
    return found


def find(class_name: str, keras: Version | None = LATEST) -> LayerSpec | None:
    """Return the entry of a class, None for a class that Keras does not export.

    Where the version is not known (None) it is the entry of Keras 3.
    """
    found = earlier().get(class_name) if keras in (1, 2) else None
    return found or registry().get(class_name)


def spec_of(layer: Layer) -> LayerSpec | None:
    """Return the entry of a layer's class in the version of Keras that it is one of."""
    return find(layer.class_name, layer.keras)


@cache
def arguments() -> frozenset[str]:
    """Return the names of all arguments that any layer's constructor has."""
    return frozenset(name for spec in registry().values() for name in spec.parameters.names)
