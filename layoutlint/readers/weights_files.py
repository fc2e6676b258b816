"""Files that hold weights and nothing else: the names and shapes in them, alone or for the layers of a model.

Keras 3 writes ``x.weights.h5``, or in parts with a list of them, ``x.weights.json``
(``keras/src/saving/saving_lib.py``); Keras 1 and 2 write HDF5 with ``layer_names``, which are loaded in their
order (``tf_keras/src/saving/legacy/hdf5_format.py``, ``load_weights_from_hdf5_group``).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final

from msgspec import Struct

from layoutlint.architecture.config_values import Json
from layoutlint.architecture.layer_config import Stored, class_name_of, is_architecture, layer_list
from layoutlint.layers.registry import find
from layoutlint.model.graph import Graph
from layoutlint.model.unreadable import NothingToReadError, UnreadableError
from layoutlint.readers import hdf5, subclassed_weights
from layoutlint.readers.bounded import MEBIBYTE, BoundedFile
from layoutlint.readers.hdf5_shapes import Tree
from layoutlint.readers.jsontext import parse
from layoutlint.readers.layer_weights import of_archive, of_group
from layoutlint.readers.subclassed_weights import HDF5_GROUP
from layoutlint.system.places import opened
from layoutlint.system.places import read as read_file
from layoutlint.system.remote_files import is_address

LIST: Final = ".weights.json"
MAX_LIST: Final = 16 * MEBIBYTE
MAX_PARTS: Final = 512


class Weights(Struct, frozen=True):
    """What a file of weights holds: its groups and shapes, and of a legacy file the layers in their order."""

    tree: Tree
    layer_names: tuple[str, ...] | None = None

    @property
    def is_archive(self) -> bool:
        """Whether Keras 3 (or Keras 2 in its form) numbered the layers of each class."""
        return any(mark in self.tree for mark in hdf5.ARCHIVE_MARKS)

    @property
    def groups(self) -> Tree | None:
        """The groups of the layers in a legacy file: it holds them alone, or beside a model."""
        found = self.tree.get(HDF5_GROUP, self.tree)
        return found if isinstance(found, dict) else None


def read(path: str) -> Graph:
    """Return the graph of a list of parts, ``x.weights.json``."""
    if is_address(path):
        raise NothingToReadError(
            "a list of the parts of a file of weights, which are not looked for at an address"
        )
    files = parts(Path(path))
    graph = subclassed_weights.alone(path, subclassed_weights.groups_of(_together(files)), None)
    for file in files:
        graph.reads.model(str(file))
    return graph


def weights(path: Path) -> Weights:
    """Return the names and shapes in a file of weights. Raises OSError, UnreadableError or
    NothingToReadError.
    """
    return Weights(_together(parts(path))) if path.name.endswith(LIST) else _one(path)


def parts(path: Path) -> list[Path]:
    """Return the files that a list of parts names: in its own folder, whatever it says."""
    listed = parse(read_file(str(path), MAX_LIST), path.name).get("weight_map")
    names: set[str] = set()
    for value in listed.values() if isinstance(listed, dict) else ():
        said = value if isinstance(value, list) else [value]
        names.update(name for name in said if isinstance(name, str))
    if not names or len(names) > MAX_PARTS or any(not _is_file_name(name) for name in names):
        raise UnreadableError("does not list the files that hold the weights")
    return [path.with_name(name) for name in sorted(names)]


def _is_file_name(name: str) -> bool:
    return name not in ("", "..") and Path(name).name == name


def _one(path: Path) -> Weights:
    with opened(path) as stream:
        file = BoundedFile(stream)
        found = Weights(hdf5.tree(file))
        return found if found.is_archive else Weights(found.tree, hdf5.layer_names(file))


def _together(files: Iterable[Path]) -> Tree:
    tree: Tree = {}
    for file in files:
        _merge(tree, _one(file).tree)
    return tree


def _merge(tree: Tree, other: Tree) -> None:
    for name, item in other.items():
        inside = tree.get(name)
        if isinstance(inside, dict) and isinstance(item, dict):
            _merge(inside, item)
        else:
            tree[name] = item


def of_layers(path: Path, config: Mapping[str, Json]) -> Stored | None:
    """Return the shapes that ``load_weights`` of a file puts into the layers of a model, by their
    paths.

    None where nobody can say which are whose. ``config`` is the model's, as Keras saves one.
    """
    try:
        found = weights(path)
    except (OSError, UnreadableError, NothingToReadError):
        return None
    return of_archive(config, found.tree) if found.is_archive else _in_order(config, found)


def _in_order(config: Mapping[str, Json], found: Weights) -> Stored | None:
    """Return the shapes of a legacy file: of the layers with weights, in the order of both."""
    members = [member for member in layer_list(config) if _may_hold_weights(member)]
    if found.layer_names is None or found.groups is None:
        return None
    groups = [group for name in found.layer_names if (group := found.groups.get(name))]
    if len(groups) != len(members) or any(is_architecture(member) for member in members):
        return None
    stored: dict[str, Mapping[str, tuple[int, ...]]] = {}
    for member, group in zip(members, groups, strict=True):
        if isinstance(group, dict):
            stored |= of_group(member, group)
    return stored


def _may_hold_weights(member: Mapping[str, Json]) -> bool:
    spec = find(class_name_of(member))
    return spec is None or spec.weights is not None
