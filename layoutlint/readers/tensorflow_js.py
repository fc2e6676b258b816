"""TensorFlow.js: ``model.json`` with the architecture of a layers model and the shapes of its weights.

Sources: ``tfjs-converter/python/tensorflowjs/converters/keras_h5_conversion.py`` (what is written) and
``tfjs-layers/src/models.ts``. The shards of the weights are never opened: their manifest says the shapes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from layoutlint.architecture import network
from layoutlint.architecture.config_values import Json
from layoutlint.architecture.layer_config import Stored, class_name_of
from layoutlint.model.graph import Graph
from layoutlint.model.unreadable import NothingToReadError, UnreadableError
from layoutlint.readers.architecture import MAX_TEXT
from layoutlint.readers.hdf5_shapes import Sizes, Tree
from layoutlint.readers.jsontext import parse
from layoutlint.readers.layer_weights import of_hdf5
from layoutlint.system.places import read as read_file

NAME: Final = "model.json"


def read(path: str) -> Graph:
    """Return the graph of a layers model."""
    model = parse(read_file(path, MAX_TEXT), NAME)
    topology = model.get("modelTopology")
    if model.get("format") == "graph-model" or (isinstance(topology, dict) and "node" in topology):
        raise NothingToReadError("a TensorFlow.js graph model: it has operations, but no layers")
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
