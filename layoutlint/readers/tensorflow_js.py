"""TensorFlow.js: ``model.json`` with the architecture of a layers model and the shapes of its weights.

Sources: ``tfjs-converter/python/tensorflowjs/converters/keras_h5_conversion.py`` (what is written) and
``tfjs-layers/src/models.ts``. The shards of the weights are never opened: their manifest says the shapes.
"""

from __future__ import annotations

import contextlib
import json
import os
from base64 import b64encode
from collections.abc import Iterator, Mapping
from math import prod
from typing import Any, Final

from layoutlint.architecture import network
from layoutlint.architecture.config_values import Json
from layoutlint.architecture.layer_config import Stored, class_name_of
from layoutlint.model.graph import Graph
from layoutlint.model.unreadable import NothingToReadError, UnreadableError
from layoutlint.readers import exported_graph
from layoutlint.readers.aids import NO_AIDS, Aids
from layoutlint.readers.architecture import MAX_TEXT
from layoutlint.readers.hdf5_shapes import Sizes, Tree
from layoutlint.readers.jsontext import parse
from layoutlint.readers.layer_weights import of_hdf5
from layoutlint.readers.tensorflow_shapes import OPTION, SMALL
from layoutlint.system.places import opened
from layoutlint.system.places import read as read_file

NAME: Final = "model.json"

WIDTHS: Final = {"float32": 4, "int32": 4, "uint8": 1, "bool": 1, "complex64": 8, "float16": 2}
"""Bytes of one number."""


def read(path: str, aids: Aids = NO_AIDS) -> Graph:
    """Return the graph of a layers model, or that of a graph model, whose shapes TensorFlow infers."""
    model = parse(read_file(path, MAX_TEXT), NAME)
    topology = model.get("modelTopology")
    if model.get("format") == "graph-model" or (isinstance(topology, dict) and "node" in topology):
        if aids.infer is None or not isinstance(topology, dict):
            raise NothingToReadError(f"a TensorFlow.js graph model without shapes, which {OPTION} infers")
        _fill_constants(topology, model.get("weightsManifest"), path)
        graph = exported_graph.of_operations(aids.infer(json.dumps(topology).encode()), NAME, path)
        graph.notes += [exported_graph.NOTE, exported_graph.INFERRED]
        return graph
    if not isinstance(topology, dict):
        raise NothingToReadError("a TensorFlow.js manifest of weights without an architecture")
    config = topology.get("model_config", topology)
    if isinstance(config, str):
        config = parse(config, NAME)
    if not isinstance(config, dict):
        raise UnreadableError(f"its {NAME} has a model_config that is not an object")
    if not network.is_architecture(config):
        raise NothingToReadError(f"{class_name_of(config)}, whose layers the file does not list")
    training = topology.get("training_config") or model.get("trainingConfig")
    return network.read(config, path, _stored(model, config), topology.get("keras_version"), training)


def _fill_constants(topology: Mapping[str, Json], manifest: Json, path: str) -> None:
    """Put the small whole numbers that are stored with the weights into the constants that they belong to."""
    nodes = topology.get("node")
    values = dict(_whole_numbers(manifest, os.path.dirname(path)))  # noqa: PTH120 (it may be an address)
    for node in nodes if isinstance(nodes, list) else ():
        if not isinstance(node, dict) or node.get("name") not in values:
            continue
        with contextlib.suppress(KeyError, TypeError):  # what is no constant after all
            node["attr"]["value"]["tensor"]["tensorContent"] = values[node["name"]]


def _whole_numbers(manifest: Json, folder: str) -> Iterator[tuple[str, str]]:
    """Yield the names of the small weights of whole numbers, and their bytes in base64.

    The weights of a group are one after the other in its files; those behind one that is compressed, or of
    texts, are not found.
    """
    for group in manifest if isinstance(manifest, list) else ():
        paths = group.get("paths") if isinstance(group, dict) else None
        if not isinstance(paths, list) or len(paths) != 1 or not _is_beside(paths[0]):
            continue
        start = 0
        for weight in group.get("weights") or ():
            found = list(_weights([{"weights": [weight]}]))
            width = WIDTHS.get(str(weight.get("dtype"))) if isinstance(weight, dict) else None
            if not found or width is None or "quantization" in weight:
                break
            ((name, sizes),) = found
            size = width * prod(sizes)
            if weight["dtype"] == "int32" and 0 < size <= SMALL:
                with contextlib.suppress(OSError), opened(os.path.join(folder, paths[0])) as file:  # noqa: PTH118
                    file.seek(start)
                    yield name, b64encode(file.read(size)).decode()
            start += size


def _is_beside(name: Json) -> bool:
    return isinstance(name, str) and name.strip(".") != "" and not set(name) & set("/\\:\0")


def _stored(model: Mapping[str, Json], config: Mapping[str, Json]) -> Stored:
    """Return the shapes in the manifest, by layer; their names are those of a legacy HDF5 file."""
    tree: Tree = {}
    for name, sizes in _weights(model.get("weightsManifest")):
        *groups, last = name.split("/")
        inside: Any = tree
        for group in groups[:1] + groups:  # a layer's group has its name, and so has what is in it
            inside = inside.setdefault(group, {})
            if not isinstance(inside, dict):
                return {}
        inside[last] = sizes
    return of_hdf5(config, {"model_weights": tree})


def _weights(manifest: Json) -> Iterator[tuple[str, Sizes]]:
    for group in manifest if isinstance(manifest, list) else ():
        weights = group.get("weights") if isinstance(group, dict) else None
        for weight in weights if isinstance(weights, list) else ():
            if isinstance(weight, dict):
                name, sizes = weight.get("name"), weight.get("shape")
                if isinstance(name, str) and isinstance(sizes, list) and all(type(n) is int for n in sizes):
                    yield name, tuple(sizes)
