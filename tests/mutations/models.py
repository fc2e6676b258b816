"""Known-good models as they are saved, and what breaks a layout in them.

``models/NAME.json.gz`` are architectures as Keras writes them into ``config.json``: of keras.applications,
and of what the programs of the corpus build. Shapes that Keras noted beside the configuration
(``build_config``, the shapes of the tensors) are left out, so that a mutant does not contradict itself.
"""

from __future__ import annotations

import copy
import gzip
import hashlib
import io
import json
import tempfile
import zipfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, Final

from layoutlint.api import check_path
from layoutlint.model.findings import Finding

FOLDER: Final = Path(__file__).parent / "models"
APPLICATIONS: Final = (
    "MobileNet",
    "MobileNetV2",
    "MobileNetV3Small",
    "VGG16",
    "ResNet50",
    "DenseNet121",
    "EfficientNetB0",
    "Xception",
    "InceptionV3",
)
Layer = dict[str, Any]


@dataclass(frozen=True)
class Model:
    """A saved architecture: its JSON, and the shapes that each layer (by name) reads and makes."""

    name: str
    config: dict[str, Any]
    shapes: dict[str, list[Any]] = field(default_factory=dict)

    @property
    def layers(self) -> list[Layer]:
        """The layers of the outermost network, in order."""
        found: list[Layer] = self.config["config"]["layers"]
        return found

    @property
    def is_sequential(self) -> bool:
        """Whether the layers stand in a row and name no inputs."""
        return self.config["class_name"] == "Sequential"

    def read(self, layer: Layer) -> list[int | None]:
        """The shape of a layer's first input, empty if it is not known."""
        shapes = self.shapes.get(layer["config"]["name"])
        return shapes[0] if shapes else []

    def made(self, layer: Layer) -> list[int | None]:
        """The shape of a layer's first output, empty if it is not known."""
        shapes = self.shapes.get(layer["config"]["name"])
        return shapes[1] if shapes else []


@dataclass(frozen=True)
class ModelMutant:
    """A model with one layout broken at the layer of a name."""

    model: Model
    operator: str
    config: dict[str, Any]
    layer: str
    said: str
    speaks: str = ""

    @cached_property
    def id(self) -> str:
        """By content, as for programs."""
        text = json.dumps(self.config, sort_keys=True)
        digest = hashlib.sha256(f"{self.operator}\n{text}".encode()).hexdigest()[:10]
        return f"{self.model.name}/{self.operator}/{digest}"


def stripped(value: Any) -> Any:
    """The configuration without the shapes that Keras noted beside it."""
    if isinstance(value, dict):
        kept = {key: stripped(part) for key, part in value.items() if key != "build_config"}
        if kept.get("class_name") == "__keras_tensor__":
            kept["config"].pop("shape", None)
        return kept
    return [stripped(part) for part in value] if isinstance(value, list) else value


def load(path: Path) -> Model:
    """A stored architecture."""
    read = json.loads(gzip.decompress(path.read_bytes()))
    return Model(path.name.removesuffix(".json.gz"), read["architecture"], read["shapes"])


def save(name: str, architecture: dict[str, Any], shapes: dict[str, Any]) -> None:
    """Store an architecture, byte for byte the same whenever it is the same."""
    text = json.dumps({"architecture": stripped(architecture), "shapes": shapes}, sort_keys=True)
    buffer = io.BytesIO()
    with gzip.GzipFile(fileobj=buffer, mode="wb", mtime=0) as file:
        file.write(text.encode())
    FOLDER.mkdir(exist_ok=True)
    (FOLDER / f"{name}.json.gz").write_bytes(buffer.getvalue())


def stored() -> list[Model]:
    """All stored architectures, by name."""
    return [load(path) for path in sorted(FOLDER.glob("*.json.gz"))]


def findings(config: dict[str, Any]) -> list[Finding]:
    """What a default run finds in an architecture that is saved as a ``.keras`` file without weights."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "model.keras"
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("config.json", json.dumps(config))
            archive.writestr("metadata.json", json.dumps({"keras_version": "3.15.1", "date_saved": ""}))
        return list(check_path(path).findings)


# Operators ----------------------------------------------------------------

Change = tuple[str, dict[str, Any], str]
"""The layer's name, the whole configuration, and in words what was changed."""
OPERATORS: dict[str, Callable[[Model], Iterator[Change]]] = {}


def operator(name: str) -> Callable[[Any], Any]:
    """Enters a function (model) -> changes in the table."""

    def enter(changes: Callable[[Model], Iterator[Change]]) -> Callable[[Model], Iterator[Change]]:
        OPERATORS[name] = changes
        return changes

    return enter


def _changed(model: Model, at: int, said: str, class_name: str | None = None, **values: Any) -> Change:
    config = copy.deepcopy(model.config)
    layer = config["config"]["layers"][at]
    layer["config"].update(values)
    if class_name is not None:
        layer["class_name"] = class_name
        layer["registered_name"] = None
    return layer["config"]["name"], config, f"{layer['config']['name']}: {said}"


def _of_class(model: Model, *names: str) -> Iterator[tuple[int, Layer]]:
    for at, layer in enumerate(model.layers):
        if layer["class_name"] in names:
            yield at, layer


def _inputs(model: Model, rank: int) -> Iterator[tuple[int, list[Any]]]:
    for at, layer in _of_class(model, "InputLayer"):
        shape = layer["config"].get("batch_shape")
        if shape and len(shape) == rank:
            yield at, shape


def _reordered(rank: int, order: tuple[int, ...]) -> Callable[[Model], Iterator[Change]]:
    def changes(model: Model) -> Iterator[Change]:
        for at, shape in _inputs(model, rank):
            other = [shape[place] for place in order]
            if other != shape:
                yield _changed(model, at, f"{shape} -> {other}", batch_shape=other)

    return changes


OPERATORS["model-height-and-width"] = _reordered(4, (0, 2, 1, 3))
OPERATORS["model-channels-first"] = _reordered(4, (0, 3, 1, 2))
OPERATORS["model-two-axes-swapped"] = _reordered(4, (0, 1, 3, 2))


@operator("model-one-step")
def _one_step(model: Model) -> Iterator[Change]:
    for at, shape in _inputs(model, 3):
        if shape[2] == 1 and shape[1] != 1:
            other = [shape[0], 1, shape[1]]
            yield _changed(model, at, f"{shape} -> {other}", batch_shape=other)


@operator("model-steps-and-features")
def _steps(model: Model) -> Iterator[Change]:
    for at, shape in _inputs(model, 3):
        if 1 not in shape[1:] and shape[1] != shape[2]:
            other = [shape[0], shape[2], shape[1]]
            yield _changed(model, at, f"{shape} -> {other}", batch_shape=other)


@operator("model-batch-added")
def _batch(model: Model) -> Iterator[Change]:
    for at, layer in _of_class(model, "InputLayer"):
        shape = layer["config"].get("batch_shape")
        if shape and len(shape) > 1:
            yield _changed(model, at, "the batch twice", batch_shape=[None, *shape])


@operator("model-features-axis-missing")
def _missing(model: Model) -> Iterator[Change]:
    for at, layer in _of_class(model, "InputLayer"):
        shape = layer["config"].get("batch_shape")
        if shape and len(shape) > 2:
            yield _changed(model, at, "the last axis forgotten", batch_shape=shape[:-1])


def _axis(*names: str) -> Callable[[Model], Iterator[Change]]:
    def changes(model: Model) -> Iterator[Change]:
        for at, layer in _of_class(model, *names):
            rank = len(model.read(layer))
            taken = layer["config"].get("axis")
            was_list = isinstance(taken, list)
            taken = taken[0] if was_list and len(taken) == 1 else taken
            if not isinstance(taken, int) or rank < 2:
                continue
            taken %= rank
            for axis in [a for a in range(1, rank) if a != taken][:1]:
                yield _changed(model, at, f"axis {taken} -> {axis}", axis=[axis] if was_list else axis)

    return changes


OPERATORS["model-batchnorm-axis"] = _axis("BatchNormalization")
OPERATORS["model-layernorm-axis"] = _axis("LayerNormalization")
OPERATORS["model-concatenate-axis"] = _axis("Concatenate")
OPERATORS["model-softmax-axis"] = _axis("Softmax")


@operator("model-return-sequences-dropped")
def _dropped(model: Model) -> Iterator[Change]:
    yield from _sequences(model, True)


@operator("model-return-sequences-added")
def _added(model: Model) -> Iterator[Change]:
    yield from _sequences(model, False)


def _sequences(model: Model, was: bool) -> Iterator[Change]:
    for at, layer in enumerate(model.layers):
        inner = layer["config"].get("layer") if layer["class_name"] == "Bidirectional" else layer
        if not isinstance(inner, dict) or inner["config"].get("return_sequences") is not was:
            continue
        name, config, said = _changed(model, at, f"return_sequences -> {not was}")
        changed = config["config"]["layers"][at]
        parts = [changed]
        if layer["class_name"] == "Bidirectional":
            parts = [changed["config"]["layer"], changed["config"].get("backward_layer") or {"config": {}}]
        for part in parts:
            part["config"]["return_sequences"] = not was
        yield name, config, said


@operator("model-flatten-dropped")
def _flatten_dropped(model: Model) -> Iterator[Change]:
    yield from _without(model, lambda name: name == "Flatten" or name.startswith("Global"))


@operator("model-repeat-vector-dropped")
def _repeat_dropped(model: Model) -> Iterator[Change]:
    yield from _without(model, lambda name: name == "RepeatVector")


def _without(model: Model, is_wanted: Callable[[str], bool]) -> Iterator[Change]:
    for at, layer in enumerate(model.layers):
        if (
            not is_wanted(layer["class_name"])
            or len(model.read(layer)) + (layer["class_name"] == "RepeatVector") < 3
        ):
            continue
        config = copy.deepcopy(model.config)
        removed = config["config"]["layers"].pop(at)
        name = removed["config"]["name"]
        if not model.is_sequential:
            nodes = removed["inbound_nodes"]
            history = _history(nodes[0]) if len(nodes) == 1 else None
            if history is None:
                continue
            _renamed(config, name, history)
        yield name, config, f"{name} taken away"


def _history(node: Any) -> list[Any] | None:
    arguments = node.get("args") if isinstance(node, dict) else None
    if arguments and isinstance(arguments[0], dict) and arguments[0].get("class_name") == "__keras_tensor__":
        found: list[Any] = arguments[0]["config"]["keras_history"]
        return found
    return None


def _renamed(value: Any, name: str, to: list[Any]) -> None:
    """Wherever a layer's output is named, another tensor stands."""
    if isinstance(value, dict):
        if isinstance(value.get("keras_history"), list) and value["keras_history"][0] == name:
            value["keras_history"] = list(to)
        for key, part in value.items():
            if key == "output_layers" and isinstance(part, list):
                value[key] = (
                    list(to)
                    if part[:1] == [name]
                    else [list(to) if p[0] == name else p for p in part]
                    if part and isinstance(part[0], list)
                    else part
                )
            else:
                _renamed(part, name, to)
    elif isinstance(value, list):
        for part in value:
            _renamed(part, name, to)


NEEDS_PLACES: Final = (
    "Conv1D",
    "Conv2D",
    "DepthwiseConv2D",
    "SeparableConv2D",
    "MaxPooling1D",
    "MaxPooling2D",
    "LSTM",
    "GRU",
    "Bidirectional",
    "GlobalAveragePooling2D",
    "Conv2DTranspose",
)


@operator("model-flatten-inserted")
def _flatten_inserted(model: Model) -> Iterator[Change]:
    for at, layer in _of_class(model, *NEEDS_PLACES):
        if at < 2 or len(model.read(layer)) < 3:
            continue
        config = copy.deepcopy(model.config)
        layers = config["config"]["layers"]
        name = f"flatten_before_{layer['config']['name']}"
        flatten: Layer = {
            "module": "keras.layers",
            "class_name": "Flatten",
            "config": {"name": name, "trainable": True, "dtype": "float32", "data_format": "channels_last"},
            "registered_name": None,
            "name": name,
        }
        if not model.is_sequential:
            nodes = layers[at]["inbound_nodes"]
            history = _history(nodes[0]) if len(nodes) == 1 else None
            if history is None:
                continue
            tensor = {
                "class_name": "__keras_tensor__",
                "config": {"dtype": "float32", "keras_history": history},
            }
            flatten["inbound_nodes"] = [{"args": [tensor], "kwargs": {}}]
            nodes[0]["args"][0]["config"]["keras_history"] = [name, 0, 0]
        layers.insert(at, flatten)
        yield layer["config"]["name"], config, f"Flatten before {layer['config']['name']}"


@operator("model-kernel-wider")
def _kernel(model: Model) -> Iterator[Change]:
    for at, layer in _of_class(model, "Conv1D", "Conv2D", "MaxPooling1D", "MaxPooling2D", "AveragePooling2D"):
        spatial = model.read(layer)[1:-1]
        key = "pool_size" if "pool_size" in layer["config"] else "kernel_size"
        if spatial and all(size is not None and size > 1 for size in spatial):
            wide = [size + 3 for size in spatial if size is not None]
            yield _changed(model, at, f"{key} {layer['config'][key]} -> {wide}", **{key: wide})


@operator("model-data-format")
def _format(model: Model) -> Iterator[Change]:
    for at, _ in _of_class(model, "Conv2D", "MaxPooling2D", "AveragePooling2D", "SeparableConv2D"):
        yield _changed(model, at, "channels first", data_format="channels_first")


@operator("model-permute-order")
def _permute(model: Model) -> Iterator[Change]:
    for at, layer in _of_class(model, "Permute"):
        dims = layer["config"]["dims"]
        yield _changed(model, at, f"{dims} -> {sorted(dims)}", dims=sorted(dims))


@operator("model-reshape-for-permute")
def _reshape(model: Model) -> Iterator[Change]:
    for at, layer in _of_class(model, "Permute"):
        made = model.made(layer)[1:]
        if made and None not in made:
            name, config, said = _changed(model, at, f"Reshape({made})", "Reshape", target_shape=made)
            config["config"]["layers"][at]["config"].pop("dims")
            yield name, config, said


@operator("model-reshape-target")
def _target(model: Model) -> Iterator[Change]:
    for at, layer in _of_class(model, "Reshape"):
        target = layer["config"]["target_shape"]
        other = [*target[:-2], *target[:-3:-1]]
        if len(target) > 1 and other != target:
            yield _changed(model, at, f"{target} -> {other}", target_shape=other)


@operator("model-embedding-arguments")
def _embedding(model: Model) -> Iterator[Change]:
    for at, layer in _of_class(model, "Embedding"):
        rows, width = layer["config"]["input_dim"], layer["config"]["output_dim"]
        yield _changed(model, at, f"({rows}, {width}) swapped", input_dim=width, output_dim=rows)


def mutants(model: Model, names: Iterable[str] = (), sample: int = 2) -> list[ModelMutant]:
    """The mutants of a model, at most ``sample`` of each operator, spread over its layers."""
    found: list[ModelMutant] = []
    for name in names or OPERATORS:
        made = list(OPERATORS[name](model))
        places = range(len(made)) if len(made) <= sample else [0, len(made) // 2][:sample]
        for place in places:
            layer, config, said = made[place]
            found.append(ModelMutant(model, name, config, layer, said))
    return found
