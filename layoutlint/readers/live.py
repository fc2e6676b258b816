"""A ``keras.Model`` in memory: any object with Keras's ``get_config`` and built shapes.

Nothing of Keras is imported; the object itself is asked.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from layoutlint.architecture import network
from layoutlint.architecture.config_values import Json, shape
from layoutlint.architecture.layer_config import is_architecture
from layoutlint.model.axes import Shape
from layoutlint.model.graph import Graph
from layoutlint.model.unreadable import NothingToReadError, UnreadableError


def read(model: Any) -> Graph:
    """Return the graph of a model in memory.

    Raises UnreadableError for an object that is not a Keras model, NothingToReadError for one without layers.
    """
    if not callable(getattr(model, "get_config", None)) or not hasattr(model, "layers"):
        raise UnreadableError(f"{type(model).__name__} is not a Keras model")
    path = f"<{getattr(model, 'name', None) or type(model).__name__}>"
    data, version = _serialised(model), _keras_version(model)
    try:
        if is_architecture(data):
            return network.read(data, path, keras_version=version)
        parts = list(_parts(model))
        if not parts:
            raise NothingToReadError(f"{type(model).__name__} has no layers")
        note = f"{type(model).__name__} is a subclassed model: how its layers are connected is not known"
        return network.read_parts(type(model).__name__, path, _built(model), parts, [note], version)
    except RecursionError:
        raise UnreadableError("its configuration is nested too deeply") from None


def _keras_version(model: Any) -> str | None:
    """Return the version of Keras whose object a model is, by the modules of its classes."""
    for cls in type(model).__mro__:
        if cls.__module__.startswith(("tf_keras.", "tensorflow.python.keras.")):
            return "2"
        if cls.__module__.startswith("keras.src.models"):
            return "3" if any("operation" in base.__module__ for base in cls.__mro__) else None
    return None


def _parts(model: Any) -> Iterator[network.Part]:
    for layer in model.layers:
        yield network.Part(
            str(getattr(layer, "name", type(layer).__name__)), _serialised(layer), _built(layer)
        )


def _serialised(layer: Any) -> dict[str, Json]:
    """Return what Keras would save of a layer."""
    try:
        config = layer.get_config()
    except Exception:
        # subclassed models and layers raise NotImplementedError, or whatever their authors' code raises
        config = {}
    found = {"module": type(layer).__module__, "class_name": type(layer).__name__, "config": _json(config)}
    built = _build_config(layer)
    if built is not None:
        found["build_config"] = _json(built)
    return found


def _build_config(layer: Any) -> Any:
    try:
        return layer.get_build_config()
    except Exception:
        return None


def _built(layer: Any) -> Shape | None:
    config = _build_config(layer)
    found = (
        shape(_json(config["input_shape"]))
        if isinstance(config, dict) and config.get("input_shape")
        else None
    )
    return Shape((found[0].sized(None), *found[1:])) if found else None


def _json(value: Any) -> Json:
    """Return a configuration as it would come out of a file."""
    return json.loads(json.dumps(value, default=_plain, skipkeys=True))


def _plain(value: Any) -> Any:
    if callable(getattr(value, "tolist", None)):
        return value.tolist()
    if callable(getattr(value, "as_list", None)):
        return value.as_list()
    return {"class_name": "__object__"}
