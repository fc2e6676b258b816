"""Real Keras as the judge of whole models: the shapes of every call, and files as Keras writes them."""

from __future__ import annotations

import json
import os
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "")

import h5py
import keras
from keras.src.legacy.saving import saving_options, saving_utils
from keras.src.ops.function import make_node_key
from keras.src.ops.node import Node

from layoutlint.inference import layer_call
from layoutlint.model.graph import Call, Graph, Tensor, flatten, map_nested

Sizes = tuple[int | None, ...]
Outputs = dict[str, list[list[Sizes]]]
"""For each layer's path, for each of its calls in order, the shapes of its outputs."""


def truth(model: Any, prefix: str = "") -> Outputs:
    """What Keras 3 computed for every call of every layer, nested models included; inputs are left out."""
    found: Outputs = {}
    inner = model._functional if isinstance(model, keras.Sequential) else model
    for operation in inner.operations:
        if type(operation).__name__ == "InputLayer":
            continue
        nodes: list[Node] = [
            node
            for index, node in enumerate(operation._inbound_nodes)
            if make_node_key(operation, index) in inner._nodes
        ]
        path = f"{prefix}{operation.name}"
        found[path] = [[tuple(tensor.shape) for tensor in node.output_tensors] for node in nodes]
        if isinstance(operation, keras.Model):
            found |= truth(operation, path + "/")
        elif isinstance(wrapped := getattr(operation, "layer", None), keras.Model):
            found |= truth(wrapped, f"{path}/{wrapped.name}/")
    return found


def truth_of_keras_2(model: Any, prefix: str = "") -> Outputs:
    """The same for tf_keras."""
    found: Outputs = {}
    for layer in model._self_tracked_trackables:
        if type(layer).__name__ == "InputLayer":
            continue
        nodes = [
            node
            for index, node in enumerate(layer._inbound_nodes)
            if f"{layer.name}_ib-{index}" in model._network_nodes
        ]
        path = f"{prefix}{layer.name}"
        found[path] = [[_plain(shape) for shape in _shapes(node.output_shapes)] for node in nodes]
        if hasattr(layer, "_network_nodes"):
            found |= truth_of_keras_2(layer, path + "/")
    return found


def _shapes(nested: Any) -> Iterator[Any]:
    if isinstance(nested, tuple) and all(item is None or isinstance(item, int) for item in nested):
        yield nested
    elif isinstance(nested, dict):
        for key in sorted(nested):
            yield from _shapes(nested[key])
    elif isinstance(nested, list | tuple):
        for item in nested:
            yield from _shapes(item)
    else:
        yield nested.as_list()


def _plain(shape: Any) -> Sizes:
    return tuple(shape)


def read_shapes(graph: Graph, *, trust_file: bool = True) -> Outputs:
    """What layoutlint says for every call of a graph, in the same form.

    Without ``trust_file`` each call is inferred once more from its inputs alone, so that no shape that the
    file itself states can stand in for ours.
    """
    found: Outputs = {}
    for call in graph.calls:
        if call.layer.kind != "input":
            found.setdefault(call.layer.origin.layer, []).append(_outputs(call, trust_file))
    return found


def _outputs(call: Call, trust_file: bool) -> list[Sizes]:
    if trust_file:
        return [tensor.shape and tuple(tensor.shape.sizes) for tensor in call.output_tensors]

    def shape_of(value: Any) -> Any:
        return value.shape if isinstance(value, Tensor) else value

    inferred = layer_call.infer(
        call.layer, map_nested(shape_of, call.inputs), map_nested(shape_of, dict(call.keywords))
    )
    return [shape and tuple(shape.sizes) for shape in flatten(inferred.outputs)]


def write_keras(model: Any, path: Path) -> Path:
    """A ``.keras`` file with the model's real configuration, but without its weights."""
    config = keras.saving.serialize_keras_object(model)
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("metadata.json", json.dumps({"keras_version": keras.__version__}))
        archive.writestr("config.json", json.dumps(config))
        archive.writestr("model.weights.h5", b"")
    return path


def write_hdf5(model: Any, path: Path) -> Path:
    """An ``.h5`` file with the model's real configuration, but without its weights."""
    with saving_options.keras_option_scope(use_legacy_config=True):
        metadata = saving_utils.model_metadata(model, include_optimizer=False)
    with h5py.File(path, "w") as file:
        for name, value in metadata.items():
            file.attrs[name] = json.dumps(value).encode() if isinstance(value, dict | list | tuple) else value
        file.create_group("model_weights")
    return path
