"""SavedModel folders: the JSON that Keras keeps for each object, in keras_metadata.pb or in saved_model.pb.

tf.keras writes keras_metadata.pb since TensorFlow 2.5; before, the same JSON stood in the object graph of
saved_model.pb. Keras 3 exports SavedModels without it. Message types:
``tf_keras/protobuf/saved_metadata.proto``, ``tensorflow/core/protobuf/saved_model.proto``.
"""

from __future__ import annotations

import os
import posixpath
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from msgspec import Struct

from layoutlint.architecture import network
from layoutlint.architecture.config_values import Json, shape
from layoutlint.architecture.layer_config import is_architecture, layer_list, name_of
from layoutlint.model.graph import Graph
from layoutlint.model.unreadable import NothingToReadError, UnreadableError
from layoutlint.readers import exported_graph
from layoutlint.readers.aids import NO_AIDS, Aids
from layoutlint.readers.bounded import MEBIBYTE
from layoutlint.readers.jsontext import parse
from layoutlint.readers.protobuf_wire import strings, submessages
from layoutlint.system.places import read as read_file
from layoutlint.system.regular_files import words

METADATA = "keras_metadata.pb"
GRAPH = "saved_model.pb"
LAYER_MARKS = ("_tf_keras_",)
KERAS_VERSION = "2"
"""Only Keras 2 writes metadata of its layers."""

MAX_METADATA = 64 * MEBIBYTE


class Object(Struct, frozen=True):
    """A Keras object of a SavedModel: its path from the model down (``root.blocks.0``) and its JSON."""

    path: str
    data: Mapping[str, Json]


def read(path: str, aids: Aids = NO_AIDS) -> Graph:
    """Return the graph of a SavedModel folder, which may be named by its saved_model.pb; TensorFlow may infer
    the shapes that one without Keras's metadata does not state.
    """
    folder = path if Path(path).is_dir() else os.path.dirname(path)  # noqa: PTH120 (it may be an address)
    graph = posixpath.join(folder, GRAPH)
    objects = _metadata_objects(posixpath.join(folder, METADATA)) or _graph_objects(graph)
    root = next((found.data for found in objects if found.path == "root"), None)
    if root is None:
        return exported_graph.read_part(graph, path, aids)
    model = _model_data(root)
    if is_architecture(model):
        training = root.get("training_config")
        stated = _with_shapes(model, "root", {found.path: found.data for found in objects})
        return network.read(stated, path, keras_version=KERAS_VERSION, training=training)
    class_name = str(root.get("class_name"))
    parts = list(_parts(objects))
    if not parts:
        raise NothingToReadError(f"{class_name} is a subclassed model: the folder has no architecture")
    note = f"{class_name} is a subclassed model: how its layers are connected is not saved"
    given = shape(root.get("build_input_shape"))
    return network.read_parts(class_name, path, given, parts, [note], KERAS_VERSION)


def _model_data(data: Mapping[str, Json]) -> dict[str, Json]:
    found: dict[str, Any] = {"class_name": data.get("class_name"), "config": data.get("config")}
    if data.get("build_input_shape") is not None:
        found["build_config"] = {"input_shape": data["build_input_shape"]}
    return found


def _with_shapes(
    model: Mapping[str, Json], path: str, objects: Mapping[str, Mapping[str, Json]]
) -> dict[str, Json]:
    """Return a model whose layers have the shapes for which they were built, which the folder keeps with each
    object by itself.
    """
    config = model["config"]
    if not isinstance(config, dict):
        return dict(model)  # a Sequential of the first releases: a list
    own = {
        name: (place, data)
        for place, data in objects.items()
        if place.rpartition(".")[0] == path and isinstance(name := data.get("name"), str)
    }
    layers = []
    for layer in layer_list(model):
        place, data = own.get(name_of(layer) or "", ("", {}))
        nested = _with_shapes(layer, place, objects) if place and is_architecture(layer) else layer
        built = data.get("build_input_shape")
        layers.append(nested if built is None else {**nested, "build_config": {"input_shape": built}})
    return {**model, "config": {**config, "layers": layers}}


def _parts(objects: list[Object]) -> Iterator[network.Part]:
    """Yield the layers of a subclassed model; what is inside of another layer belongs to that one."""
    taken: list[str] = ["root.keras_api"]
    for found in sorted(objects, key=lambda item: item.path.split(".")):
        if found.path == "root" or any(found.path.startswith(path + ".") for path in taken):
            continue
        data = _model_data(found.data)
        if not isinstance(data["config"], dict) or not isinstance(data["class_name"], str):
            continue
        if data["config"] or is_architecture(data):
            taken.append(found.path)
        place = found.path.removeprefix("root.").replace(".", "/")
        yield network.Part(place, data, shape(found.data.get("build_input_shape")))


def _read_bytes(file: str, name: str) -> bytes | None:
    """Return the bytes of a file of the folder; None if it has none."""
    try:
        return read_file(file, MAX_METADATA)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise UnreadableError(f"its {name} {words(error)}") from None


def _metadata_objects(file: str) -> list[Object]:
    found: list[Object] = []
    for node in submessages(_read_bytes(file, METADATA) or b"", (1,), METADATA):
        path, metadata = strings(node, 3, METADATA), strings(node, 5, METADATA)
        kind = strings(node, 4, METADATA)
        if path and metadata and kind and kind[0].decode(errors="replace").startswith(LAYER_MARKS):
            found.append(Object(path[0].decode(errors="replace"), parse(metadata[0], METADATA)))
    return found


def _graph_objects(file: str) -> list[Object]:
    """Return the same out of saved_model.pb:
    meta_graphs(2).object_graph_def(7).nodes(1).user_object(4).metadata(3).

    Objects have no paths there; the first that is a model with an architecture is the root.
    """
    found: list[Object] = []
    for user_object in submessages(_read_bytes(file, GRAPH) or b"", (2, 7, 1, 4), GRAPH):
        kind, metadata = strings(user_object, 1, GRAPH), strings(user_object, 3, GRAPH)
        if kind and metadata and kind[0].decode(errors="replace").startswith(LAYER_MARKS):
            data = parse(metadata[0], GRAPH)
            found.append(Object("root" if not found else f"root.{len(found)}", data))
    return found
