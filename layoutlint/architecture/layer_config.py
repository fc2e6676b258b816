"""From a serialised layer to a :class:`~layoutlint.model.graph.Layer`: which class it is, and its bound
arguments.
"""

from __future__ import annotations

import marshal
from collections.abc import Callable, Mapping
from typing import Any, Final, TypeAlias

from msgspec import Struct

from layoutlint.architecture.config_values import Json, plain
from layoutlint.architecture.lambda_code import function
from layoutlint.architecture.saved_operations import is_operation, operation_config, operation_name
from layoutlint.inference.layer_call import ADJUSTS_RANK
from layoutlint.layers.legacy import translate
from layoutlint.layers.registry import find
from layoutlint.model.errors import ShapeError, UndeterminedError
from layoutlint.model.graph import Layer, Network
from layoutlint.model.keras_version import Version
from layoutlint.model.origins import ModelOrigin
from layoutlint.model.unreadable import UnreadableError

INPUT_SHAPES: Final = ("batch_shape", "batch_input_shape")
"""Where a layer's configuration says what it is fed, the batch first."""

OF_ANY_LAYER: Final = ("name", "dtype", "trainable")
"""What a configuration says that has no bearing on shapes."""

_PASSED_OVER: Final = frozenset([*OF_ANY_LAYER, *INPUT_SHAPES])

WRAPPED: Final = frozenset(["layer", "forward_layer", "backward_layer", "cell", "cells"])
"""Arguments that are layers themselves."""

DEFAULT_FORMAT: Final = "channels_last"
"""The data format that is stored where none was written."""

KERAS_MODULES: Final = ("keras.", "tf_keras.", "tensorflow.keras.", "tensorflow.python.keras.")
"""How the names of Keras's own modules begin."""

BROKEN: Final = (TypeError, ValueError, ArithmeticError, LookupError, AttributeError)
"""What a configuration full of nonsense may raise in code that is made for sound ones."""

_WITHOUT_THEIR_ORDER: Final = frozenset(
    [f"{name}{rank}D" for name in ("UpSampling", "ZeroPadding", "Cropping") for rank in (2, 3)]
)

MODEL_CLASSES: Final = frozenset(["Sequential", "Functional", "Model", "Graph"])


Stored: TypeAlias = Mapping[str, Mapping[str, tuple[int, ...]]]
"""For each layer, by its path in the model: the shapes of its trained weights, by their names or numbers."""


class MadeLayer(Struct, frozen=True):
    """A layer, and why nothing can be said about its output, if nothing can."""

    layer: Layer
    reason: str | None = None


def nonsense(error: Exception) -> str:
    """Return what is said of a configuration that raised one of BROKEN."""
    return f"its configuration makes no sense: {type(error).__name__} {error}"


def is_architecture(data: Mapping[str, Json]) -> bool:
    """Tell whether a serialised object is a model whose layers are listed: Sequential or functional, or a
    subclass.
    """
    config = data.get("config")
    if isinstance(config, list):
        return class_name_of(data) == "Sequential"
    return (
        isinstance(config, dict)
        and isinstance(config.get("layers"), list)
        and ("output_layers" in config or class_name_of(data) in MODEL_CLASSES or _looks_sequential(config))
    )


def _looks_sequential(config: Mapping[str, Json]) -> bool:
    return "build_input_shape" in config and all(isinstance(item, dict) for item in config["layers"])


def layer_list(data: Mapping[str, Json]) -> list[Mapping[str, Json]]:
    """Return the serialised layers of a model, in the file's order."""
    config = data.get("config")
    layers = (
        config if isinstance(config, list) else config.get("layers") if isinstance(config, dict) else None
    )
    if not isinstance(layers, list) or not all(isinstance(item, dict) for item in layers):
        raise UnreadableError("its configuration has layers that are not a list of objects")
    return _in_their_order(layers)


def _in_their_order(layers: list[Mapping[str, Json]]) -> list[Mapping[str, Json]]:
    """Return the layers; those whose order of axes Keras 1 did not store have that of all others."""
    said = {config["dim_ordering"] for layer in layers if "dim_ordering" in (config := _config_of(layer))}
    if said != {"th"}:
        return layers
    return [
        {**layer, "config": {**_config_of(layer), "dim_ordering": "th"}}
        if class_name_of(layer) in _WITHOUT_THEIR_ORDER
        else layer
        for layer in layers
    ]


def _config_of(data: Mapping[str, Json]) -> Mapping[str, Json]:
    config = data.get("config")
    return config if isinstance(config, dict) else {}


def class_name_of(data: Mapping[str, Json]) -> str:
    """Return the class as the file says it."""
    name = data.get("class_name")
    return name if isinstance(name, str) else "?"


def name_of(data: Mapping[str, Json]) -> str | None:
    """Return what the layer is called."""
    config = data.get("config")
    name = data.get("name") or (config.get("name") if isinstance(config, dict) else None)
    return name if isinstance(name, str) else None


def place_of(data: Mapping[str, Json], prefix: str) -> str:
    """Return the layer's path in the model; ``prefix`` is that of what it is in."""
    name = name_of(data) or class_name_of(data)
    return f"{prefix}/{name}" if prefix else name


def is_input(data: Mapping[str, Json]) -> bool:
    """Tell whether this is an InputLayer."""
    return class_name_of(data) == "InputLayer"


def make_layer(
    data: Mapping[str, Json],
    path: str,
    prefix: str,
    build: Callable[[Mapping[str, Json], str], Network],
    stored: Stored,
    keras: Version | None = None,
) -> MadeLayer:
    """Return the layer that a serialised one stands for; ``build`` makes the network of a nested model,
    ``keras`` is the version that wrote it.
    """
    config = data.get("config")
    config = config if isinstance(config, dict) else {}
    name, place = name_of(data), place_of(data, prefix)
    origin = ModelOrigin(path, place)
    if is_architecture(data):
        network = build(data, place)
        config = {ADJUSTS_RANK: True} if is_of_keras_2(data) else {}
        return MadeLayer(Layer(class_name_of(data), config, origin, name, "model", network))
    if is_input(data):
        values = _values(config)
        if isinstance(config.get("dtype"), str):
            values["dtype"] = config["dtype"]  # of an input it says what the numbers are
        return MadeLayer(Layer("InputLayer", values, origin, name, "input"))
    if is_operation(data):
        return MadeLayer(Layer(operation_name(data), operation_config(data), origin, name, "operation"))

    def inner(wrapped: Mapping[str, Json]) -> Layer:
        return make_layer(wrapped, path, place, build, stored, keras).layer

    return _bound(data, config, origin, name, inner, stored.get(place), keras)


def is_of_keras_2(data: Mapping[str, Json]) -> bool:
    """Tell whether Keras 2 wrote a model: its layers say ``batch_input_shape``, those of Keras 3
    ``batch_shape``.
    """
    configs = (layer.get("config") for layer in layer_list(data))
    return any(isinstance(config, dict) and "batch_input_shape" in config for config in configs)


def _values(config: Mapping[str, Json]) -> dict[str, Any]:
    return {key: plain(value) for key, value in config.items() if key not in OF_ANY_LAYER}


class _Meaning(Struct, frozen=True):
    """What a layer of Keras or of somebody else is by its configuration alone, whatever it is called."""

    class_name: str
    config: dict[str, Any]
    written: frozenset[str] = frozenset()
    reason: str | None = None


_MEANINGS: Final[dict[tuple[bytes, Version | None], _Meaning]] = {}
"""The last of them by what is stored: models repeat their layers, and each other's."""

MAX_MEANINGS: Final = 2048
MAX_STORED: Final = 4096
"""Bytes of a configuration that is kept."""


def _bound(
    data: Mapping[str, Json],
    config: Mapping[str, Json],
    origin: ModelOrigin,
    name: str | None,
    inner: Callable[[Mapping[str, Json]], Layer],
    stored: Mapping[str, tuple[int, ...]] | None,
    keras: Version | None,
) -> MadeLayer:
    key = _key(data, config)
    meaning = None if key is None else _MEANINGS.get((key, keras))
    if meaning is None:
        meaning = _meaning(data, config, inner, keras)
        if key is not None:
            if len(_MEANINGS) >= MAX_MEANINGS:
                _MEANINGS.clear()
            _MEANINGS[key, keras] = meaning
    class_name, values = meaning.class_name, meaning.config
    if meaning.reason is not None:
        return MadeLayer(Layer(class_name, values, origin, name), meaning.reason)
    written = meaning.written
    return MadeLayer(Layer(class_name, values, origin, name, written=written, stored=stored, keras=keras))


def _key(data: Mapping[str, Json], config: Mapping[str, Json]) -> bytes | None:
    """Return all that decides what a layer means, as bytes; None for one that holds layers, and for much."""
    if not WRAPPED.isdisjoint(config):
        return None
    own = {key: value for key, value in config.items() if key not in _PASSED_OVER}
    named = data.get("class_name"), data.get("module", False), data.get("registered_name")
    try:
        # without the marks of texts that Python holds once, which differ from file to file
        key = marshal.dumps((named, own), 0)
    except ValueError:
        return None
    return key if len(key) <= MAX_STORED else None


def _meaning(
    data: Mapping[str, Json],
    config: Mapping[str, Json],
    inner: Callable[[Mapping[str, Json]], Layer],
    keras: Version | None,
) -> _Meaning:
    class_name = class_name_of(data)
    given = _given(config, inner)
    if not _is_keras(data):
        return _Meaning(_own_name(data), given, reason=f"{class_name} is a custom layer")
    try:
        class_name, given = _translated(class_name, given)
    except BROKEN as error:
        return _Meaning(class_name, given, reason=nonsense(error))
    spec = find(class_name, keras)
    if spec is None:
        return _Meaning(class_name, given, reason=f"{class_name} is not a Keras layer")
    if names_keras(data):
        # another version's entry; without a module it may as well be the mark of a user's own class
        given = {key: value for key, value in given.items() if key in spec.keywords}
    try:
        bound = spec.bind((), given)
    except (ShapeError, UndeterminedError) as error:
        return _Meaning(_own_name(data), given, reason=f"not as Keras writes it: {error}")
    defaults = spec.parameters.defaults
    written = frozenset([name for name, value in given.items() if not _is_default(defaults, name, value)])
    return _Meaning(spec.name, bound, written)


def _is_default(defaults: Mapping[str, Any], name: str, value: Any) -> bool:
    """Tell whether a stored value is what Keras stores for an argument that nobody wrote."""
    default = DEFAULT_FORMAT if name == "data_format" else defaults.get(name, value is None)
    return bool(type(value) is type(default) and value == default)


_PLAIN: Final = frozenset([bool, int, float, str, type(None)])
"""What a value that stands for itself is."""


def _given(config: Mapping[str, Json], inner: Callable[[Mapping[str, Json]], Layer]) -> dict[str, Any]:
    """Return a configuration's entries as values, with layers for the layers in it."""
    found: dict[str, Any] = {}
    for key, value in config.items():
        if key in _PASSED_OVER:
            continue
        if type(value) in _PLAIN and key != "function":
            found[key] = value
        elif key in WRAPPED and isinstance(value, dict) and "class_name" in value:
            found[key] = inner(value)
        elif key in WRAPPED and isinstance(value, list):
            found[key] = [inner(item) if isinstance(item, dict) else plain(item) for item in value]
        elif key == "function":
            found[key] = function(value)
        elif key == "axis" and isinstance(value, list) and len(value) == 1:
            found[key] = plain(value[0])
        else:
            found[key] = plain(value)
    return found


def _is_keras(data: Mapping[str, Json]) -> bool:
    """Tell whether the class is Keras's own, as far as the file says: old files do not name the module."""
    registered = data.get("registered_name")
    if ">" in class_name_of(data) or (isinstance(registered, str) and ">" in registered):
        return False
    if "module" not in data:
        return True
    return names_keras(data)


def names_keras(data: Mapping[str, Json]) -> bool:
    """Tell whether the class of a serialised object is in a module of Keras."""
    module = data.get("module")
    return isinstance(module, str) and f"{module}.".startswith(KERAS_MODULES)


def _own_name(data: Mapping[str, Json]) -> str:
    """Return a name for a user's own class that no class of Keras has."""
    class_name = class_name_of(data)
    if find(class_name) is None:
        return class_name
    registered = data.get("registered_name")
    return registered if isinstance(registered, str) and ">" in registered else f"Custom>{class_name}"


def _translated(class_name: str, given: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    """Keras 3's class and argument names for those of older versions."""
    name, _, keywords = translate(class_name, (), given)
    return name, dict(keywords)
