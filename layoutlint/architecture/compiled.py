"""The losses that a saved model was compiled with: ``compile_config`` of a ``.keras`` archive.

Source: ``keras/src/trainers/trainer.py`` (``get_compile_config``) and
``keras/src/saving/serialization_lib.py``.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from layoutlint.architecture.config_values import Json
from layoutlint.inference.loss_names import OPTIONS, canonical
from layoutlint.model.graph import Compilation, Loss, Network
from layoutlint.model.origins import Origin


def compilation(config: Mapping[str, Json], network: Network) -> Compilation | None:
    """What the serialised model says of its losses; None where it was not compiled with one."""
    compiled = config.get("compile_config")
    losses = _losses(compiled.get("loss"), network.origin) if isinstance(compiled, dict) else None
    return None if losses is None else Compilation(network, losses, network.origin)


def _losses(value: Json, origin: Origin) -> Any:
    if isinstance(value, str):
        return Loss(canonical(value), {}, origin)
    if isinstance(value, list):
        return [_losses(item, origin) for item in value]
    if not isinstance(value, dict):
        return None
    if "class_name" in value:
        return _serialised(value, origin)
    return {key: _losses(item, origin) for key, item in value.items()}


def _serialised(value: Mapping[str, Json], origin: Origin) -> Loss:
    """A loss that was given as an object or a function; without a name if it is none of Keras's."""
    name, own = value.get("class_name"), value.get("config")
    if name == "function" and isinstance(own, str) and value.get("module") == "builtins":
        return Loss(canonical(own), {}, origin)
    if not isinstance(name, str) or value.get("module") != "keras.losses":
        return Loss(None, {}, origin)
    given = own if isinstance(own, dict) else {}
    return Loss(canonical(name), {key: given[key] for key in OPTIONS if key in given}, origin)
