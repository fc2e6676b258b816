"""The methods of a layer."""

from __future__ import annotations

from layoutlint.interpreter.core.arguments import Arguments
from layoutlint.interpreter.core.site import Site
from layoutlint.interpreter.core.values import LayerValue, Value
from layoutlint.interpreter.keras import get_config, keras_layers, set_weights


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
    if name == set_weights.SET_WEIGHTS:
        set_weights.note(site, receiver, arguments)
    return site.lost(f"{name} of a layer")
