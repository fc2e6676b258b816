"""Models and layers as configurations, and back: ``get_config``, ``from_config``, ``to_json``,
``model_from_json``.

What a model's configuration says is known from the model itself, and from files next to the program and
texts in it through the readers of saved models.
"""

from __future__ import annotations

import ast
import json
from collections.abc import Mapping
from typing import Any

from layoutlint.interpreter.core.evaluator import Arguments, Evaluator
from layoutlint.interpreter.core.values import (
    ClassValue,
    LayerValue,
    LibraryObject,
    ModelValue,
    Native,
    Scope,
    Value,
)
from layoutlint.interpreter.keras.keras_layers import construct
from layoutlint.interpreter.keras.load_model import copied, loaded
from layoutlint.interpreter.libraries.builtins import Handler, is_plain
from layoutlint.interpreter.libraries.paths import FILE, near
from layoutlint.model.graph import Layer

CONFIG, JSON = "keras.config", "keras.json"
OF_MODEL = ("get_config", "to_json", "to_yaml")
MAX_BYTES = 4 * 2**20
FROM_CONFIG = ".from_config"
UNIVERSAL = ("trainable", "dtype")
"""What every layer's configuration holds and says nothing about shapes."""


def of_model(
    ev: Evaluator, model: ModelValue, name: str, arguments: Arguments, node: ast.expr, scope: Scope
) -> Value:
    """``model.get_config()``, ``model.to_json()``: the model as it is now."""
    if model.instance is not None:
        return ev.lost(node, scope, "the configuration of a class of the program")
    origin = ev.origin(node, scope)
    state = ev.journal.born({"model": copied(ev, model, origin)})
    return LibraryObject(CONFIG if name == "get_config" else JSON, origin, state)


def of_layer(ev: Evaluator, layer: Layer) -> Value:
    """``layer.get_config()``: its arguments by name."""
    config = {name: LayerValue(v) if isinstance(v, Layer) else v for name, v in layer.config.items()}
    return ev.journal.born({"name": layer.name, "trainable": True, **config})


def of_instance(ev: Evaluator, layer: Layer | None) -> Value:
    """``super().get_config()`` in a class of the program: what every layer has."""
    name = layer.name if layer is not None else None
    return ev.journal.born({"name": name, "trainable": True, "dtype": "float32"})


def class_from_config(cls: ClassValue) -> Native:
    """``Cls.from_config`` of a class of the program that inherits it: its arguments are what the
    configuration holds.
    """

    def make(ev: Evaluator, arguments: Arguments, node: ast.expr, scope: Scope) -> Value:
        config = arguments.get(0, "config")
        if not isinstance(config, dict):
            return ev.call(cls, Arguments((), {}, open=True), node, scope)
        known = {name: value for name, value in config.items() if isinstance(name, str)}
        return ev.call(cls, Arguments((), known, open=len(known) < len(config)), node, scope)

    return Native(make)


def layer_from_config(name: str) -> Handler | None:
    """What carries out ``keras.layers.Dense.from_config``, by its qualified name."""
    if not (name.startswith("keras.layers.") and name.endswith(FROM_CONFIG)):
        return None
    class_name = name.removesuffix(FROM_CONFIG).rsplit(".", 1)[-1]

    def make(ev: Evaluator, arguments: Arguments, node: ast.expr, scope: Scope) -> Value:
        return _layer(ev, class_name, arguments.get(0, "config"), node, scope)

    return make


def _layer(ev: Evaluator, class_name: str, config: Value, node: ast.expr, scope: Scope) -> Value:
    if not isinstance(config, dict):
        return ev.lost(node, scope, "a layer of an unknown configuration")
    known = {k: v for k, v in config.items() if isinstance(k, str) and k not in UNIVERSAL and k != "name"}
    if isinstance(config.get("name"), str):
        known["name"] = config["name"]
    return construct(ev, class_name, Arguments((), known, open=len(config) > len(known) + 3), node, scope)


def _deserialized(ev: Evaluator, arguments: Arguments, node: ast.expr, scope: Scope) -> Value:
    """``keras.layers.deserialize({"class_name": "Dense", "config": {…}})``."""
    config = arguments.get(0, "config")
    if isinstance(config, LibraryObject) or _is_model(config):
        return _model_from_config(ev, arguments, node, scope)
    if not isinstance(config, dict) or not isinstance(config.get("class_name"), str):
        return ev.lost(node, scope, "a layer of an unknown configuration")
    return _layer(ev, config["class_name"], config.get("config"), node, scope)


def _is_model(config: Value) -> bool:
    from layoutlint.architecture.layer_config import is_architecture

    return isinstance(config, dict) and is_plain(config) and is_architecture(config)


def _model_from_json(ev: Evaluator, arguments: Arguments, node: ast.expr, scope: Scope) -> Value:
    """``model_from_json(text)``: of a model of the program, of a file next to it, of a text in it."""
    source = arguments.get(0, "json_string")
    if isinstance(source, LibraryObject) and source.kind == JSON:
        return _again(ev, source, node, scope)
    if isinstance(source, LibraryObject) and source.kind == FILE:
        found = near(ev, source, MAX_BYTES)
        if found is None:
            return ev.lost(node, scope, "a model in a file that is not next to the program")
        try:
            return _read(ev, json.loads(found.read_bytes()), str(found), node, scope)
        except (OSError, ValueError, RecursionError):
            return ev.lost(node, scope, f"{found.name} is no model as JSON")
    if isinstance(source, str) and len(source) <= MAX_BYTES:
        try:
            return _read(ev, json.loads(source), _path(ev, scope), node, scope)
        except (ValueError, RecursionError):
            return ev.lost(node, scope, "a text that is no model as JSON")
    return ev.lost(node, scope, "a model whose configuration is known only when the program runs")


def _path(ev: Evaluator, scope: Scope) -> str:
    return scope.module.file.path if scope.module is not None else ev.file.path


def _model_from_config(ev: Evaluator, arguments: Arguments, node: ast.expr, scope: Scope) -> Value:
    """``model_from_config({"class_name": "Sequential", "config": {…}})``."""
    config = arguments.get(0, "config")
    if isinstance(config, LibraryObject) and config.kind == CONFIG:
        return _again(ev, config, node, scope)
    if not isinstance(config, dict) or not is_plain(config):
        return ev.lost(node, scope, "a model of an unknown configuration")
    return _read(ev, config, _path(ev, scope), node, scope)


def _from_config(class_name: str) -> Handler:
    """``Sequential.from_config(config)``, ``Model.from_config(config)``: the configuration without the name
    of its class.
    """

    def make(ev: Evaluator, arguments: Arguments, node: ast.expr, scope: Scope) -> Value:
        config = arguments.get(0, "config")
        if isinstance(config, dict | list):
            config = {"class_name": class_name, "config": config}
        return _model_from_config(ev, Arguments((config,)), node, scope)

    return make


def _again(ev: Evaluator, source: LibraryObject, node: ast.expr, scope: Scope) -> Value:
    model = source.state.get("model")
    if not isinstance(model, ModelValue) or source.state.get("opened") is True:
        return ev.lost(node, scope, "a configuration that may have been changed")
    made = copied(ev, model, ev.origin(node, scope))
    ev.models.append(made)
    return made


def _read(ev: Evaluator, config: Mapping[str, Any], path: str, node: ast.expr, scope: Scope) -> Value:
    # the readers of saved models: only a program that has a configuration pays for them
    from layoutlint.architecture import network
    from layoutlint.architecture.layer_config import is_architecture
    from layoutlint.readers import UnreadableError

    if not isinstance(config, dict) or not is_architecture(config):
        return ev.lost(node, scope, "a configuration that lists no layers")
    try:
        networks = network.read(config, path).models
    except UnreadableError as problem:
        return ev.lost(node, scope, f"the model's configuration: {problem}")
    if not networks:
        return ev.lost(node, scope, "a configuration that lists no layers")
    return loaded(ev, networks[-1], ev.origin(node, scope))


def _item(ev: Evaluator, config: LibraryObject, key: Value, node: ast.expr, scope: Scope) -> Value:
    """``config["layers"]``: what is taken out may be changed in its place."""
    if key == "name":
        model = config.state.get("model")
        if isinstance(model, ModelValue) and model.name is not None:
            return model.name
        return ev.lost(node, scope, "the name of a model")
    _opened(ev, config)
    return ev.lost(node, scope, "a part of a model's configuration")


def _opened(ev: Evaluator, config: LibraryObject) -> None:
    ev.journal.touch(config.state)
    config.state["opened"] = True


def _set_item(ev: Evaluator, config: LibraryObject, key: Value, value: Value) -> None:
    if key != "name":
        _opened(ev, config)


def _method(
    ev: Evaluator, config: LibraryObject, name: str, arguments: Arguments, node: ast.expr, scope: Scope
) -> Value:
    if config.kind == CONFIG:
        _opened(ev, config)
    return ev.lost(node, scope, f"{name} of a model's configuration")


FUNCTIONS: dict[str, Handler] = {
    "keras.models.model_from_json": _model_from_json,
    "keras.models.model_from_yaml": _model_from_json,
    "keras.models.model_from_config": _model_from_config,
    "keras.Sequential.from_config": _from_config("Sequential"),
    "keras.Model.from_config": _from_config("Functional"),
    "keras.layers.deserialize": _deserialized,
}
METHODS = {CONFIG: _method, JSON: _method}
ITEMS = {CONFIG: _item}
SET_ITEM = {CONFIG: _set_item}
