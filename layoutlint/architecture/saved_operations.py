"""Operations between layers as saved models write them.

Keras 3 saves a node of ``keras.ops`` as an object of its class (``GetItem`` of ``keras.src.ops.numpy``);
tf.keras saves a function of TensorFlow as a ``TFOpLambda`` or ``SlicingOpLambda`` with the function's name.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from layoutlint import operations
from layoutlint.architecture.config_values import Json, plain
from layoutlint.inference import layer_call
from layoutlint.model.errors import UndeterminedError
from layoutlint.model.graph import Call, Layer

TENSORFLOW_CLASSES: Final = frozenset(["TFOpLambda", "SlicingOpLambda"])
OPERATIONS_MODULE: Final = "keras.src.ops"


def is_operation(data: Mapping[str, Json]) -> bool:
    """Tell whether a serialised object is an operation: only layers save whether they are trainable."""
    if str(data.get("class_name")) in TENSORFLOW_CLASSES:
        return True
    module = data.get("module")
    if isinstance(module, str):
        return module.startswith(OPERATIONS_MODULE)
    config = data.get("config")
    nodes = data.get("inbound_nodes")
    modern = isinstance(nodes, list) and bool(nodes) and isinstance(nodes[0], dict) and "args" in nodes[0]
    return modern and isinstance(config, dict) and "trainable" not in config and "dtype" not in config


def operation_name(data: Mapping[str, Json]) -> str:
    """Return what the file calls the operation."""
    config = data.get("config")
    if str(data.get("class_name")) in TENSORFLOW_CLASSES and isinstance(config, dict):
        return f"tf.{config.get('function')}"
    return str(data.get("class_name"))


def operation_config(data: Mapping[str, Json]) -> dict[str, Any]:
    """Return the arguments that the operation keeps for itself."""
    config = data.get("config")
    left_out = ("name", "dtype", "trainable", "function")
    return {k: plain(v) for k, v in config.items() if k not in left_out} if isinstance(config, dict) else {}


def use_operation(layer: Layer, arguments: list[Any], keywords: Mapping[str, Any]) -> Call:
    """Return one use of an operation on tensors; ``layer`` holds its name in the file and the arguments that
    it keeps.

    The call's layer has the canonical name of the operation. Raises ShapeError or UndeterminedError where the
    arguments do not bind.
    """
    spec = operations.find_saved(layer.class_name)
    if spec is None:
        raise UndeterminedError(f"{layer.class_name} is not known")
    given = {**layer.config, **{name: value for name, value in keywords.items() if name != "name"}}
    bound = spec.bind(arguments, given)
    if spec.name == "getitem" and isinstance(bound.get("key"), list):
        # a list of indices would select; files write the tuple as a list
        bound["key"] = tuple(bound["key"])
    return layer_call.call_operation(spec, bound, layer.origin, layer.name)
