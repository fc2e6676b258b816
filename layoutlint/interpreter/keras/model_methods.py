"""The methods of a model."""

from __future__ import annotations

import ast
from typing import Any

from layoutlint.interpreter.core import arrays
from layoutlint.interpreter.core.evaluator import Arguments, Evaluator
from layoutlint.interpreter.core.values import LayerValue, ModelValue, Rest, Scope, Value
from layoutlint.interpreter.keras import get_config
from layoutlint.interpreter.keras.compiled_losses import compile_model
from layoutlint.interpreter.keras.declared_inputs import declare
from layoutlint.interpreter.keras.feeding import FEEDING, feed
from layoutlint.interpreter.keras.keras_models import add, build, call_model, model_layers
from layoutlint.model.axes import Axis, Shape
from layoutlint.model.graph import Layer, Tensor


def model_method(
    ev: Evaluator, model: ModelValue, name: str, arguments: Arguments, node: ast.expr, scope: Scope
) -> Value:
    """``model.add(…)``, ``model.fit(…)`` …"""
    if name in get_config.OF_MODEL:
        return get_config.of_model(ev, model, name, arguments, node, scope)
    if name in FEEDING:
        return feed(ev, model, name, arguments, node, scope)
    handler = _MODEL_METHODS.get(name)
    if handler is not None:
        return handler(ev, model, arguments, node, scope)
    return ev.lost(node, scope, f"{name} of a model")


def _add(ev: Evaluator, model: ModelValue, arguments: Arguments, node: ast.expr, scope: Scope) -> Value:
    add(ev, model, arguments.get(0, "layer"), node, scope)
    return None


def _pop(ev: Evaluator, model: ModelValue, arguments: Arguments, node: ast.expr, scope: Scope) -> Value:
    if not model.members:
        return None
    ev.journal.touch(model.members)
    gone = model.members.pop()
    outputs = model.state.get("outputs")
    if outputs is not None:
        ev.journal.touch(model.state)
        made = outputs.producer if isinstance(outputs, Tensor) else None
        own = isinstance(gone, LayerValue) or (made is not None and made.layer.kind == "model")
        before = made.inputs if made is not None and own else None
        model.state["outputs"] = before if before else Tensor(None)
    return gone


def _build(ev: Evaluator, model: ModelValue, arguments: Arguments, node: ast.expr, scope: Scope) -> Value:
    value = arguments.get(0, "input_shape")
    sizes = arrays.sizes_of(value)
    if "outputs" in model.state or not model.members:
        return None
    shape = Shape(map(Axis, sizes)) if sizes is not None else None
    at = arguments.node(0, "input_shape")
    origin = ev.origin(at, scope) if at is not None else ev.origin(node, scope)
    build(ev, model, declare(ev, Layer("InputLayer", {}, origin), "build", shape, None, origin), node, scope)
    return None


def _get_layer(ev: Evaluator, model: ModelValue, arguments: Arguments, node: ast.expr, scope: Scope) -> Value:
    layers = model_layers(ev, model)
    name, index = arguments.get(0, "name"), arguments.get(1, "index")
    if isinstance(layers, list):
        headless = any(isinstance(layer, Rest) for layer in layers)
        if isinstance(index, int) and not headless and -len(layers) <= index < len(layers):
            return layers[index]
        for layer in layers:
            if isinstance(name, str) and (
                (isinstance(layer, LayerValue) and layer.layer.name == name)
                or (isinstance(layer, ModelValue) and layer.name == name)
            ):
                return layer
    return ev.lost(node, scope, "a layer that is not found by its name")


def _nothing(ev: Evaluator, model: ModelValue, arguments: Arguments, node: ast.expr, scope: Scope) -> Value:
    return None


def _call_method(
    ev: Evaluator, model: ModelValue, arguments: Arguments, node: ast.expr, scope: Scope
) -> Value:
    return call_model(ev, model, arguments, node, scope)


_MODEL_METHODS: dict[str, Any] = {
    "add": _add,
    "pop": _pop,
    "build": _build,
    "get_layer": _get_layer,
    "call": _call_method,
    "__call__": _call_method,
    "compile": compile_model,
    "summary": _nothing,
    "load_weights": _nothing,
    "save": _nothing,
    "save_weights": _nothing,
    "set_weights": _nothing,
}
