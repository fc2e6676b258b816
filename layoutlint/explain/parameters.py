"""Parameters: how many numbers a layer, or a model, has learnt or can learn."""

from __future__ import annotations

from collections.abc import Iterable
from math import prod
from typing import Final

from msgspec import Struct

from layoutlint.explain.weights import weights
from layoutlint.layers.registry import spec_of
from layoutlint.model.graph import Call, Layer

WEIGHTS_UNKNOWN: Final = frozenset(
    [
        "AbstractRNNCell",
        "Deconvolution2D",
        "DenseFeatures",
        "FlaxLayer",
        "Highway",
        "JaxLayer",
        "Layer",
        "MaxoutDense",
        "ParametricSoftplus",
        "SReLU",
        "StackedRNNCells",
        "TFSMLayer",
        "TimeMajorRNN",
        "TorchModuleWrapper",
        "Wrapper",
    ]
)
"""Classes that have weights, or may have, whose shapes the registry does not know."""

NOT_TRAINED: Final = ("moving_", "renorm_")
"""How the names of weights begin that training updates without a gradient."""

ADAPTED: Final = frozenset(["Normalization"])
"""Classes whose weights `adapt` sets, and no gradient."""


class WeightCount(Struct, frozen=True):
    """Counted weights: all of them, those that no gradient changes, and the layers that could not be
    counted.
    """

    total: int = 0
    fixed: int = 0
    uncounted: tuple[str, ...] = ()

    def __add__(self, other: WeightCount) -> WeightCount:
        return WeightCount(
            self.total + other.total, self.fixed + other.fixed, (*self.uncounted, *other.uncounted)
        )


def of_layer(layer: Layer, calls: Iterable[Call]) -> WeightCount:
    """Count the weights of a layer by the first of its calls on known shapes; of a model, by its layers."""
    if layer.kind in ("operation", "input"):
        return WeightCount()
    if layer.network is not None:
        return _frozen(layer, of_calls(layer.network.calls))
    unknown = WeightCount(uncounted=(layer.class_name,))
    if layer.stored is not None:
        return _frozen(layer, _counted(layer, layer.stored))
    spec = spec_of(layer) if layer.kind == "layer" else None
    if spec is None or layer.class_name in WEIGHTS_UNKNOWN or not _has_known_parts(layer):
        return unknown
    if spec.weights is None:
        return WeightCount()
    for call in calls:
        found = weights(call)
        if found is not None and all(isinstance(size, int) for sizes in found.values() for size in sizes):
            return _frozen(layer, _counted(layer, found))
    return unknown


def of_calls(calls: Iterable[Call]) -> WeightCount:
    """Count the weights of the layers that some calls use, each layer once."""
    by_layer: dict[int, list[Call]] = {}
    for call in calls:
        by_layer.setdefault(id(call.layer), []).append(call)
    total = WeightCount()
    for own in by_layer.values():
        total += of_layer(own[0].layer, own)
    return total


def _has_known_parts(layer: Layer) -> bool:
    """Tell whether the layers inside of a layer are known: a model in a wrapper is not looked into."""
    inner = [value for value in layer.config.values() if isinstance(value, Layer)]
    return all(
        each.kind == "layer" and spec_of(each) is not None and each.class_name not in WEIGHTS_UNKNOWN
        for each in inner
    )


def _counted(layer: Layer, shapes: object) -> WeightCount:
    assert isinstance(shapes, dict)
    count = {name: prod(sizes) for name, sizes in shapes.items()}
    fixed = sum(
        number
        for name, number in count.items()
        if layer.class_name in ADAPTED or name.rsplit("/", 1)[-1].startswith(NOT_TRAINED)
    )
    return WeightCount(sum(count.values()), fixed)


def _frozen(layer: Layer, found: WeightCount) -> WeightCount:
    """With `trainable=False` no weight is trained."""
    if layer.config.get("trainable", True) is False:
        return WeightCount(found.total, found.total, found.uncounted)
    return found
