"""The architecture alone, as JSON or YAML: what ``model.to_json()`` and, until TensorFlow 2.5, ``to_yaml()``
write, and the config.json of an unzipped ``.keras`` archive.

The weights beside it are looked at for their shapes (:mod:`layoutlint.readers.weights_beside`). YAML is read
with a loader that makes nothing but lists, mappings, texts and numbers.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Any, Final

from layoutlint.architecture import network
from layoutlint.architecture.config_values import Json
from layoutlint.architecture.layer_config import class_name_of
from layoutlint.model.graph import Graph
from layoutlint.model.unreadable import NothingToReadError, UnreadableError, brief
from layoutlint.readers import stored_class, weights_beside
from layoutlint.readers.aids import NO_AIDS, Aids
from layoutlint.readers.bounded import MEBIBYTE
from layoutlint.readers.jsontext import parse_text
from layoutlint.system.places import read as read_file

NAME: Final = "architecture"
METADATA: Final = "metadata.json"

MAX_TEXT: Final = 16 * MEBIBYTE
MAX_YAML: Final = 4 * MEBIBYTE
"""A hundred layers take 100 KiB, and YAML is read slowly."""
MAX_NODES: Final = 1_000_000
"""How many values a YAML text may stand for: its aliases multiply."""


def read(path: str, aids: Aids = NO_AIDS) -> Graph:
    """Return the graph of an architecture in a text; a class of a package may be evaluated."""
    config = parsed(read_file(path, MAX_TEXT))
    if not network.is_architecture(config):
        built = aids.build(config) if aids.build is not None else None
        if built is not None:
            return built
        why = f"{class_name_of(config)}, whose layers the file does not list"
        raise NothingToReadError("; ".join([why, *stored_class.advice(config)]))
    beside = weights_beside.find(path, config)
    graph = network.read(config, path, beside.stored, config.get("keras_version") or _version(path))
    graph.notes += beside.notes
    for file in beside.files:
        graph.reads.model(file)
    return graph


def parsed(data: bytes) -> Mapping[str, Json]:
    """Return the configuration in a text; JSON that was written as JSON once more is read, too."""
    if not data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith((b"{", b'"')):
        return _yaml(data)
    config = parse_text(data, NAME)
    if isinstance(config, str):
        config = parse_text(config, NAME)
    if not isinstance(config, dict):
        raise UnreadableError(f"its {NAME} is not a JSON object")
    return config


def _version(path: str) -> Json:
    """Return the release of Keras that an unzipped archive names beside its config.json."""
    try:
        beside = os.path.join(os.path.dirname(path), METADATA)  # noqa: PTH118, PTH120 (it may be an address)
        found = parse_text(read_file(beside, MEBIBYTE), METADATA)
    except (OSError, UnreadableError):
        return None
    return found.get("keras_version") if isinstance(found, dict) else None


def _yaml(data: bytes) -> Mapping[str, Json]:
    import yaml

    if len(data) > MAX_YAML:
        raise UnreadableError(f"is too large: more than {MAX_YAML // MEBIBYTE} MiB of YAML")
    try:
        root = yaml.compose(data, getattr(yaml, "CSafeLoader", yaml.SafeLoader))
        config = _value(root, [0])
    except yaml.YAMLError as error:
        raise UnreadableError(f"its {NAME} is not YAML: {brief(error)}") from None
    except (UnicodeDecodeError, ValueError) as error:
        raise UnreadableError(f"its {NAME} cannot be read: {brief(error)}") from None
    if not isinstance(config, dict):
        raise UnreadableError(f"its {NAME} is not a YAML mapping")
    return config


def _value(node: Any, seen: list[int]) -> Json:
    """Return what a node of YAML stands for; a tuple of Python is a list, an object of Python an unknown
    value.
    """
    import yaml

    seen[0] += 1
    if seen[0] > MAX_NODES:
        raise UnreadableError(f"its {NAME} stands for too many values: damaged or malicious")
    if isinstance(node, yaml.SequenceNode):
        return [_value(item, seen) for item in node.value]
    if isinstance(node, yaml.MappingNode):
        return {str(_value(key, seen)): _value(value, seen) for key, value in node.value}
    if node is None:
        return None
    return SCALARS.get(node.tag.rpartition(":")[2], str)(node.value)


def _number(text: str) -> Json:
    for kind in (int, float):
        try:
            return kind(text)
        except ValueError:
            continue
    return text


SCALARS: Final = {
    "null": lambda text: None,
    "bool": lambda text: text.lower() in ("true", "yes", "on"),
    "int": _number,
    "float": _number,
}
"""Values by their tags; all others are texts."""
