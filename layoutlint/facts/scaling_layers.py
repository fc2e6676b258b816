"""Facts about layers that scale images: what in a model brings values down from 255, and whether that is done
twice on one way.

Part of the facts about a layer; ``layoutlint.facts.registry`` puts them beside the others.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Final

from layoutlint.facts.fact_values import Type, Value
from layoutlint.facts.index import Index
from layoutlint.facts.layer_view import TABLE, LayerView
from layoutlint.inference.pixels import PREPARING
from layoutlint.model.graph import Call, Layer, Network, Tensor, flatten

RESCALING: Final = "Rescaling"
SCALING: Final = ("EfficientNet", "ConvNeXt", "MobileNetV3", "RegNet", "ResNetRS")
"""Networks of keras.applications that scale images themselves. Source: ``keras/src/applications``."""
LARGEST_SCALE: Final = 1 / 64
MAX_WAY: Final = 16
MAX_DEPTH: Final = 3


def scales_down(layer: Layer) -> bool:
    """Tell whether a layer makes small numbers of values up to 255."""
    scale = layer.config.get("scale")
    return layer.class_name == RESCALING and isinstance(scale, float) and 0 < scale <= LARGEST_SCALE


def is_around(layer: Layer) -> bool:
    """Tell whether a layer of an application's name is a model around the one that has its arguments."""
    inner = layer.network
    return inner is not None and any(part.layer.class_name == layer.class_name for part in inner.calls)


def scaler_in(network: Network, tensor: Tensor, depth: int = MAX_DEPTH) -> str:
    """Return the layer at the beginning of a model that wants values up to 255; the empty text for none."""

    def takers(current: Tensor) -> Iterator[Call]:
        return (call for call in network.calls if call.input_tensors == [current])

    return _scaler(takers, tensor, depth)


def _scaler(takers: Callable[[Tensor], Iterator[Call]], tensor: Tensor, depth: int) -> str:
    """Return the layer that wants values up to 255 and gets a tensor, through layers that keep the values."""
    waiting = [tensor]
    for current in waiting:
        for call in takers(current):
            layer = call.layer
            name = layer.class_name
            if scales_down(layer):
                return name
            if name.startswith(SCALING) and not is_around(layer):
                return name if layer.config.get("include_preprocessing", True) is True else ""
            inner = layer.network
            inputs = [] if inner is None else inner.input_tensors
            if inner is not None and len(inputs) == 1 and depth:
                return scaler_in(inner, inputs[0], depth - 1)
            if name in PREPARING and len(waiting) < MAX_WAY:
                waiting += [t for t in call.output_tensors if isinstance(t, Tensor)]
    return ""


def _takers(index: Index, tensor: Tensor) -> Iterator[Call]:
    """Yield the calls that take a tensor alone, also those behind a model that ends with it."""
    ends = [call.output_tensors[0] for call in index.once(_uses_by_output).get(id(tensor), ())]
    for end in (tensor, *ends):
        yield from (call for call in index.consumers.get(id(end), ()) if len(call.input_tensors) == 1)


def _uses_by_output(index: Index) -> dict[int, list[Call]]:
    """Return the uses of models with one output, by the id of that output inside."""
    found: dict[int, list[Call]] = {}
    for call in index.graph.calls:
        ends = list(flatten(call.layer.network.outputs)) if call.layer.network is not None else []
        if len(ends) == 1:
            found.setdefault(id(ends[0]), []).append(call)
    return found


@TABLE.fact(
    Type.TEXT,
    "for a `Rescaling` that scales down from 255: what scales its output down from 255 once more (another "
    "`Rescaling`, `EfficientNetB0`); the empty text if nothing does",
)
def scaled_down_again_by(view: LayerView) -> Value:
    outputs = view.call.output_tensors
    if not scales_down(view.layer) or len(outputs) != 1:
        return ""
    return _scaler(partial(_takers, view.index), outputs[0], MAX_DEPTH)
