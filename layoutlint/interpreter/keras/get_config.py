"""Models and layers as configurations, and back: ``get_config``, ``from_config``, ``to_json``,
``model_from_json``.

What a model's configuration says is known from the model itself, and from files next to the program and
texts in it through the readers of saved models.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import cast

from layoutlint.interpreter.core.arguments import Arguments
from layoutlint.interpreter.core.evaluator import Evaluator
from layoutlint.interpreter.core.library import Kind, Library
from layoutlint.interpreter.core.plain import is_plain
from layoutlint.interpreter.core.site import Handler, Site
from layoutlint.interpreter.core.values import (
    ClassValue,
    LibraryObject,
    ModelValue,
    Native,
    Value,
    text_of,
)
from layoutlint.interpreter.keras.keras_layers import construct
from layoutlint.interpreter.keras.load_model import copied, loaded
from layoutlint.interpreter.keras.lowering import raised
from layoutlint.interpreter.libraries.paths import FILE, near
from layoutlint.model.graph import Layer

CONFIG, JSON = "keras.config", "keras.json"
OF_MODEL = ("get_config", "to_json", "to_yaml")
MAX_BYTES = 4 * 2**20
FROM_CONFIG = ".from_config"
UNIVERSAL = ("trainable", "dtype")
"""What every layer's configuration holds and says nothing about shapes."""


def of_model(site: Site, model: ModelValue, name: str, arguments: Arguments) -> Value:
    """``model.get_config()``, ``model.to_json()``: the model as it is now."""
    if model.instance is not None:
        return site.lost("the configuration of a class of the program")
    origin = site.origin
    state: dict[str, Value] = {"model": copied(site.evaluator, model, origin)}
    return LibraryObject(CONFIG if name == "get_config" else JSON, origin, site.journal.born(state))


def of_layer(ev: Evaluator, layer: Layer) -> Value:
    """``layer.get_config()``: its arguments by name."""
    config: dict[Value, Value] = {"name": layer.name, "trainable": True}
    config |= {name: raised(value) for name, value in layer.config.items()}
    return ev.journal.born(config)


def of_instance(ev: Evaluator, layer: Layer | None) -> Value:
    """``super().get_config()`` in a class of the program: what every layer has."""
    name = layer.name if layer is not None else None
    config: dict[Value, Value] = {"name": name, "trainable": True, "dtype": "float32"}
    return ev.journal.born(config)


def class_attribute(cls: ClassValue, name: str) -> Native | None:
    """Return what a class of the program inherits from its Keras base, besides methods of its objects."""
    return class_from_config(cls) if name == "from_config" else None


def class_from_config(cls: ClassValue) -> Native:
    """``Cls.from_config`` of a class of the program that inherits it: its arguments are what the
    configuration holds.
    """

    def make(site: Site, arguments: Arguments) -> Value:
        config = arguments.get(0, "config")
        if not isinstance(config, dict):
            return site.call(cls, Arguments((), {}, open=True))
        known = {name: value for name, value in config.items() if isinstance(name, str)}
        return site.call(cls, Arguments((), known, open=len(known) < len(config)))

    return Native(make)


def layer_from_config(name: str) -> Handler | None:
    """Return what carries out ``keras.layers.Dense.from_config``, by its qualified name."""
    if not (name.startswith("keras.layers.") and name.endswith(FROM_CONFIG)):
        return None
    class_name = name.removesuffix(FROM_CONFIG).rsplit(".", 1)[-1]

    def make(site: Site, arguments: Arguments) -> Value:
        return _layer(site, class_name, arguments.get(0, "config"))

    return make


def _layer(site: Site, class_name: str, config: Value) -> Value:
    if not isinstance(config, dict):
        return site.lost("a layer of an unknown configuration")
    known = {k: v for k, v in config.items() if isinstance(k, str) and k not in UNIVERSAL and k != "name"}
    name = text_of(config.get("name"))
    if name is not None:
        known["name"] = name
    return construct(site, class_name, Arguments((), known, open=len(config) > len(known) + 3))


def _deserialized(site: Site, arguments: Arguments) -> Value:
    """``keras.layers.deserialize({"class_name": "Dense", "config": {…}})``."""
    match arguments.get(0, "config"):
        case LibraryObject():
            return _model_from_config(site, arguments)
        case dict() as config if _is_model(config):
            return _model_from_config(site, arguments)
        case dict() as config if (class_name := text_of(config.get("class_name"))) is not None:
            return _layer(site, class_name, config.get("config"))
        case _:
            return site.lost("a layer of an unknown configuration")


def _is_model(config: dict[Value, Value]) -> bool:
    from layoutlint.architecture.layer_config import is_architecture

    return is_plain(config) and is_architecture(_json(config))


def _json(config: dict[Value, Value]) -> Mapping[str, object]:
    """Return a configuration of which every part is Python's own, as a file would hold it."""
    return cast("Mapping[str, object]", config)


def _model_from_json(site: Site, arguments: Arguments) -> Value:
    """``model_from_json(text)``: of a model of the program, of a file next to it, of a text in it."""
    match arguments.get(0, "json_string"):
        case LibraryObject(kind=kind) as source if kind == JSON:
            return _again(site, source)
        case LibraryObject(kind=kind) as source if kind == FILE:
            found = near(site.evaluator, source, MAX_BYTES)
            if found is None:
                return site.lost("a model in a file that is not next to the program")
            try:
                return _read(site, json.loads(site.graph.reads.read(str(found))), str(found))
            except (OSError, ValueError, RecursionError):
                return site.lost(f"{found.name} is not a model as JSON")
        case str(text) if len(text) <= MAX_BYTES:
            try:
                return _read(site, json.loads(text), _path(site))
            except (ValueError, RecursionError):
                return site.lost("a text that is not a model as JSON")
        case _:
            return site.lost("a model whose configuration is known only when the program runs")


def _path(site: Site) -> str:
    return site.scope.module.file.path if site.scope.module is not None else site.evaluator.file.path


def _model_from_config(site: Site, arguments: Arguments) -> Value:
    """``model_from_config({"class_name": "Sequential", "config": {…}})``."""
    match arguments.get(0, "config"):
        case LibraryObject(kind=kind) as config if kind == CONFIG:
            return _again(site, config)
        case dict() as config if is_plain(config):
            return _read(site, _json(config), _path(site))
        case _:
            return site.lost("a model of an unknown configuration")


def _from_config(class_name: str) -> Handler:
    """``Sequential.from_config(config)``, ``Model.from_config(config)``: the configuration without the name
    of its class.
    """

    def make(site: Site, arguments: Arguments) -> Value:
        config = arguments.get(0, "config")
        whole: Value = {"class_name": class_name, "config": config}
        return _model_from_config(site, Arguments((whole if isinstance(config, dict | list) else config,)))

    return make


def _again(site: Site, source: LibraryObject) -> Value:
    model = source.state.get("model")
    if not isinstance(model, ModelValue) or source.state.get("opened") is True:
        return site.lost("a configuration that may have been changed")
    made = copied(site.evaluator, model, site.origin)
    site.evaluator.models.append(made)
    return made


def _read(site: Site, config: Mapping[str, object], path: str) -> Value:
    # the readers of saved models: only a program that has a configuration pays for them
    from layoutlint.architecture import network
    from layoutlint.architecture.layer_config import is_architecture
    from layoutlint.model.unreadable import UnreadableError

    if not isinstance(config, dict) or not is_architecture(config):
        return site.lost("a configuration that lists no layers")
    try:
        networks = network.read(config, path).models
    except UnreadableError as problem:
        return site.lost(f"the model's configuration: {problem}")
    if not networks:
        return site.lost("a configuration that lists no layers")
    return loaded(site.evaluator, networks[-1], site.origin)


def _item(site: Site, config: LibraryObject, key: Value) -> Value:
    """``config["layers"]``: what is taken out may be changed in its place."""
    if key == "name":
        model = config.state.get("model")
        if isinstance(model, ModelValue) and model.name is not None:
            return model.name
        return site.lost("the name of a model")
    _opened(site.evaluator, config)
    return site.lost("a part of a model's configuration")


def _opened(ev: Evaluator, config: LibraryObject) -> None:
    ev.journal.touch(config.state)
    config.state["opened"] = True


def _set_item(ev: Evaluator, config: LibraryObject, key: Value, value: Value) -> None:
    if key != "name":
        _opened(ev, config)


def _method(site: Site, config: LibraryObject, name: str, arguments: Arguments) -> Value:
    if config.kind == CONFIG:
        _opened(site.evaluator, config)
    return site.lost(f"{name} of a model's configuration")


_FUNCTIONS: dict[str, Handler] = {
    "keras.models.model_from_json": _model_from_json,
    "keras.models.model_from_yaml": _model_from_json,
    "keras.models.model_from_config": _model_from_config,
    "keras.Sequential.from_config": _from_config("Sequential"),
    "keras.Model.from_config": _from_config("Functional"),
    "keras.layers.deserialize": _deserialized,
}


LIBRARY = Library(
    "Keras configurations",
    functions=_FUNCTIONS,
    kinds={CONFIG: Kind(method=_method, item=_item, set_item=_set_item), JSON: Kind(method=_method)},
)
