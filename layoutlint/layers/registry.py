"""The one registry of all layer classes, by the name that Keras exports."""

from __future__ import annotations

from functools import cache
from importlib import import_module

from layoutlint.layers.spec import LayerSpec

FAMILIES = (
    "convolution",
    "pooling",
    "reshaping",
    "recurrent",
    "wrappers",
    "preprocessing",
    "core",
    "activation",
    "regularization",
    "normalization",
    "merging",
    "attention",
    "legacy",
)
"""The modules of this package with a table ``LAYERS``."""


@cache
def registry() -> dict[str, LayerSpec]:
    """Every known class and alias with its entry."""
    found: dict[str, LayerSpec] = {}
    for family in FAMILIES:
        for spec in import_module(f"layoutlint.layers.{family}").LAYERS:
            for name in (spec.name, *spec.aliases):
                if name in found:
                    raise ValueError(f"two registry entries for {name}")
                found[name] = spec
    return found


def find(class_name: str) -> LayerSpec | None:
    """The entry of a class, None for a class that Keras does not export."""
    return registry().get(class_name)


@cache
def arguments() -> frozenset[str]:
    """The names of all arguments that any layer's constructor has."""
    return frozenset(name for spec in registry().values() for name in spec.parameters.names)
