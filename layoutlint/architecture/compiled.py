"""The losses that a saved model was compiled with: ``compile_config`` of a ``.keras`` archive, and the
``training_config`` of an HDF5 file or a SavedModel, which names no modules.

Sources: ``keras/src/trainers/trainer.py`` (``get_compile_config``),
``keras/src/saving/serialization_lib.py``, ``keras/src/legacy/saving/saving_utils.py`` (``model_metadata``).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from layoutlint.architecture.config_values import Json
from layoutlint.inference.loss_names import OPTIONS, canonical
from layoutlint.model.graph import Compilation, Loss, Network
from layoutlint.model.origins import Origin


def compilation(compiled: Json, network: Network) -> Compilation | None:
    """Return what a configuration of ``compile`` says of the losses; None where there are none."""
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
    """Return a loss that was given as an object or a function; without a name if it is not one of
    Keras's.

    A file without modules puts ``package>`` before the name of a registered class.
    """
    name, own = value.get("class_name"), value.get("config")
    if name == "function" and isinstance(own, str) and value.get("module") == "builtins":
        return Loss(canonical(own), {}, origin)
    if not isinstance(name, str) or ">" in name or value.get("module", "keras.losses") != "keras.losses":
        return Loss(None, {}, origin)
    given = own if isinstance(own, dict) else {}
    return Loss(canonical(name), {key: given[key] for key in OPTIONS if key in given}, origin)
