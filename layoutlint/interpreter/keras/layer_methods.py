"""The methods of a layer."""

from __future__ import annotations

from layoutlint.inference.masks import makes_mask
from layoutlint.interpreter.core.arguments import Arguments
from layoutlint.interpreter.core.narrowing import as_array
from layoutlint.interpreter.core.site import Site
from layoutlint.interpreter.core.values import LayerValue, Value
from layoutlint.interpreter.keras import get_config, keras_layers, set_weights
from layoutlint.model.graph import Tensor
from layoutlint.operations import Mask


def layer_method(site: Site, receiver: LayerValue, name: str, arguments: Arguments) -> Value:
    """``layer.get_config()``, ``layer.build(shape)`` …"""
    if name in ("__call__", "call"):
        return keras_layers.call_layer(site, receiver, arguments)
    if name == "get_config":
        return get_config.of_layer(site.evaluator, receiver.layer)
    if name == "build":
        site.journal.touch(receiver)
        receiver.built = True
        return None
    if name == "compute_mask":
        return _mask(site, receiver, as_array(arguments.get(0, "inputs")))
    if name == set_weights.SET_WEIGHTS:
        set_weights.note(site, receiver, arguments)
    return site.lost(f"{name} of a layer")


def _mask(site: Site, receiver: LayerValue, given: Tensor | None) -> Value:
    """Return the mask that a layer computes for its input: a truth value for each step."""
    layer, shape = receiver.layer, None if given is None else given.shape
    if shape is None or layer.class_name not in ("Embedding", "Masking"):
        return site.lost("the mask of a layer")
    steps = shape[:-1] if layer.class_name == "Masking" else shape
    return Tensor(Mask(steps), None, site.origin) if makes_mask(layer) else None
