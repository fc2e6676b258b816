"""The calls of a layer as a functional model's configuration lists them (``inbound_nodes``), in both
dialects.

Keras 3: ``{"args": [<tensor>, …], "kwargs": {…}}`` with ``__keras_tensor__`` objects that also state the
tensor's shape. Keras 1, 2 and tf.keras: nested lists of ``[layer, node, tensor, keyword arguments]``.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from msgspec import Struct

from layoutlint.architecture.config_values import Json, plain, shape
from layoutlint.model.axes import Shape

CONSTANT = "_CONSTANT_VALUE"

MAX_INDEX = 10_000
"""No layer is called more often, and none has more outputs."""


class Reference(Struct, frozen=True):
    """A tensor of the model: output number ``tensor`` of the call number ``node`` of a layer.

    ``shape`` is what the file says about it, where it does.
    """

    layer: str
    node: int
    tensor: int
    shape: Shape | None = None


class Node(Struct, frozen=True):
    """One call of a layer: its positional arguments and keywords, with references in place of tensors, and
    every tensor that it takes.
    """

    arguments: list[Any]
    keywords: dict[str, Any]
    taken: tuple[Reference, ...]
    is_legacy: bool = False

    @classmethod
    def of(cls, arguments: list[Any], keywords: dict[str, Any], *, is_legacy: bool = False) -> Node:
        """Return the call with these arguments."""
        taken = (*references(arguments), *(references(keywords) if keywords else ()))
        return cls(arguments, keywords, taken, is_legacy)

    @property
    def only_input(self) -> Reference | None:
        """The one tensor that the call takes, if that is the first output of a layer."""
        return self.taken[0] if len(self.taken) == 1 and self.taken[0].tensor == 0 else None


def references(nested: Any) -> Iterator[Reference]:
    """Yield every reference in a structure."""
    if isinstance(nested, Reference):
        yield nested
    elif isinstance(nested, Mapping):
        for value in nested.values():
            yield from references(value)
    elif isinstance(nested, list | tuple):
        for value in nested:
            yield from references(value)


def parse(data: Json, layers: Collection[str]) -> Node:
    """Return one entry of ``inbound_nodes``; ``layers`` are the names that the model has."""
    if isinstance(data, dict) and "args" in data:
        keywords = data.get("kwargs")
        arguments = _modern(data["args"])
        return Node.of(
            list(arguments) if isinstance(arguments, list | tuple) else [arguments],
            {name: _modern(value) for name, value in keywords.items()} if isinstance(keywords, dict) else {},
        )
    keywords_found: dict[str, Any] = {}
    inputs = _legacy(data, layers, keywords_found)
    if isinstance(inputs, list) and len(inputs) == 1:
        inputs = inputs[0]
    return Node.of([inputs], keywords_found, is_legacy=True)


def _modern(data: Json) -> Any:
    if isinstance(data, dict):
        if data.get("class_name") == "__keras_tensor__":
            return _keras_tensor(data.get("config"))
        if data.get("class_name") == "__tuple__":
            return tuple(map(_modern, data.get("items") or ()))
        if "class_name" in data:
            return plain(data)
        return {key: _modern(value) for key, value in data.items()}
    if isinstance(data, list | tuple):
        return [_modern(item) for item in data]
    return data


def _keras_tensor(config: Json) -> Any:
    found = reference(config.get("keras_history")) if isinstance(config, dict) else None
    if found is None:
        return plain({"class_name": "__tensor__"})
    return Reference(found.layer, found.node, found.tensor, shape(config.get("shape")))


def reference(data: Json) -> Reference | None:
    """``[layer, node, tensor]``, with or without more behind it; None for anything else."""
    if isinstance(data, list | tuple) and len(data) in (3, 4):
        layer, node, tensor = data[:3]
        if isinstance(layer, str) and _is_index(node) and _is_index(tensor):
            return Reference(layer, node, tensor)
    return None


def _is_index(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= MAX_INDEX


def _legacy(data: Json, layers: Collection[str], keywords: dict[str, Any]) -> Any:
    if isinstance(data, list | tuple):
        if len(data) in (3, 4) and isinstance(data[0], str):
            if len(data) == 4 and isinstance(data[3], dict):
                keywords.update({key: _keyword(value, layers) for key, value in data[3].items()})
            return plain(data[2]) if data[0] == CONSTANT else reference(data)
        return [_legacy(item, layers, keywords) for item in data]
    if isinstance(data, dict):
        return {key: _legacy(value, layers, keywords) for key, value in data.items()}
    return data


def _keyword(data: Json, layers: Collection[str]) -> Any:
    found = reference(data)
    if found is not None and found.layer in layers:
        return found
    if isinstance(data, dict) and "class_name" not in data:
        if data.keys() == {"start", "stop", "step"}:
            return slice(*(_keyword(data[name], layers) for name in ("start", "stop", "step")))
        return {key: _keyword(value, layers) for key, value in data.items()}
    if isinstance(data, list | tuple):
        return [_keyword(item, layers) for item in data]
    return plain(data)


def targets(data: Json) -> Any:
    """``input_layers`` or ``output_layers``: a structure of references; a list of one is that one."""
    found = reference(data)
    if found is not None:
        return found
    if isinstance(data, dict):
        if data.get("class_name") == "__keras_tensor__":
            return _keras_tensor(data.get("config"))
        if data.get("class_name") == "__tuple__":
            return tuple(map(targets, data.get("items") or ()))
        return {key: targets(value) for key, value in data.items()}
    if isinstance(data, list | tuple):
        return targets(data[0]) if len(data) == 1 else [targets(item) for item in data]
    return None
