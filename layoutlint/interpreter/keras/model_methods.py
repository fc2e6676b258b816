"""The methods of a model."""

from __future__ import annotations

from collections.abc import Callable

from layoutlint.interpreter.core.arguments import Arguments
from layoutlint.interpreter.core.site import Site
from layoutlint.interpreter.core.tensor_values import as_value, sizes_of
from layoutlint.interpreter.core.values import LayerValue, ModelValue, Value, has_rest, text_of
from layoutlint.interpreter.keras import get_config, load_model, load_weights, moved_weights
from layoutlint.interpreter.keras.compiled_losses import compile_model
from layoutlint.interpreter.keras.declared_inputs import declare
from layoutlint.interpreter.keras.feeding import FEEDING, feed
from layoutlint.interpreter.keras.keras_models import add, build, call_model, model_layers
from layoutlint.model.axes import Axis, Shape
from layoutlint.model.graph import Layer, Tensor


def model_method(site: Site, model: ModelValue, name: str, arguments: Arguments) -> Value:
    """``model.add(…)``, ``model.fit(…)`` …"""
    if name in get_config.OF_MODEL:
        return get_config.of_model(site, model, name, arguments)
    if name in FEEDING:
        return feed(site, model, name, arguments)
    handler = _MODEL_METHODS.get(name)
    if handler is not None:
        return handler(site, model, arguments)
    return site.lost(f"{name} of a model")


def _add(site: Site, model: ModelValue, arguments: Arguments) -> Value:
    add(site, model, arguments.get(0, "layer"))
    return None


def _pop(site: Site, model: ModelValue, arguments: Arguments) -> Value:
    if not model.members:
        return None
    site.journal.touch(model.members)
    gone = model.members.pop()
    outputs = model.state.get("outputs")
    if outputs is not None:
        site.journal.touch(model.state)
        made = outputs.producer if isinstance(outputs, Tensor) else None
        own = isinstance(gone, LayerValue) or (made is not None and made.layer.kind == "model")
        before = made.inputs if made is not None and own else None
        model.state["outputs"] = as_value(before) if before else Tensor(None)
    return gone


def _build(site: Site, model: ModelValue, arguments: Arguments) -> Value:
    value = arguments.get(0, "input_shape")
    sizes = sizes_of(value)
    if "outputs" in model.state or not model.members:
        return None
    shape = Shape(map(Axis, sizes)) if sizes is not None else None
    at = arguments.node(0, "input_shape")
    origin = site.at(at).origin if at is not None else site.origin
    build(site, model, declare(site.evaluator, Layer("InputLayer", {}, origin), "build", shape, None, origin))
    return None


def _get_layer(site: Site, model: ModelValue, arguments: Arguments) -> Value:
    layers = model_layers(site.evaluator, model)
    name, index = text_of(arguments.get(0, "name")), arguments.get(1, "index")
    if isinstance(layers, list):
        if isinstance(index, int) and not has_rest(layers) and -len(layers) <= index < len(layers):
            return layers[index]
        for layer in layers:
            if name is not None and _name_of(layer) == name:
                return layer
    return site.lost("a layer that is not found by its name")


def _name_of(member: Value) -> str | None:
    match member:
        case LayerValue(layer):
            return layer.name
        case ModelValue():
            return member.name
        case _:
            return None


def _nothing(site: Site, model: ModelValue, arguments: Arguments) -> Value:
    return None


def _save(site: Site, model: ModelValue, arguments: Arguments) -> Value:
    load_model.save(site, model, arguments.get(0, "filepath"))
    return None


def _call_method(site: Site, model: ModelValue, arguments: Arguments) -> Value:
    return call_model(site, model, arguments)


_MODEL_METHODS: dict[str, Callable[[Site, ModelValue, Arguments], Value]] = {
    "add": _add,
    "pop": _pop,
    "build": _build,
    "get_layer": _get_layer,
    "call": _call_method,
    "__call__": _call_method,
    "compile": compile_model,
    "summary": _nothing,
    "load_weights": load_weights.note,
    "save": _save,
    "export": _save,
    "save_weights": load_weights.save,
    "get_weights": moved_weights.take,
    "set_weights": moved_weights.give,
}
