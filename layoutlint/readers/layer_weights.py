"""Which stored weights belong to which layer: the shapes in a weights file, by the layer's path in the model.

The ``.keras`` archive numbers the layers of a class in the model's order and a layer's weights in theirs
(``layers/conv1d_2/vars/0``: ``_save_container_state`` in ``keras/src/saving/saving_lib.py``); legacy HDF5
names both (``model_weights/conv/conv/kernel:0``: ``keras/src/legacy/saving/legacy_h5_format.py``). Nothing is
said of a layer whose weights are not found under its name, so an unknown arrangement is no contradiction.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final, TypeAlias

from layoutlint.architecture.config_values import Json
from layoutlint.architecture.layer_config import (
    Stored,
    class_name_of,
    is_architecture,
    layer_list,
    name_of,
    place_of,
)
from layoutlint.architecture.naming import snake_case
from layoutlint.architecture.saved_operations import is_operation
from layoutlint.readers.hdf5_shapes import Sizes, Tree

CELL: Final = "cell"
"""What a recurrent layer keeps its weights in."""

INNER: Final = ("layer", "backward_layer", CELL)
"""Arguments that are one layer with weights of its own."""

OTHER_NAMES: Final = {"GroupQueryAttention": "GroupedQueryAttention"}
"""Classes that are not called what Keras exports them as: groups bear the class's own name."""

DENSE: Final = {
    "query": "query",
    "key": "key",
    "value": "value",
    "output": "attention_output",
    "gate": "gate",
}
"""What the parts of an attention layer are called, by the attributes that hold them (``_query_dense``)."""

DEPTHWISE: Final = ("DepthwiseConv1D", "DepthwiseConv2D")
"""What Keras 2 calls their depthwise_kernel is the kernel of Keras 3."""

_UNIQUE: Final = re.compile(r"(_\d+)?(:\d+)?$")


def of_archive(config: Mapping[str, Json], tree: Tree) -> Stored:
    """Return the stored shapes in the ``model.weights.h5`` of a ``.keras`` archive, by number."""
    return dict(_model_in_archive(config, tree, ""))


def _model_in_archive(
    data: Mapping[str, Json], tree: Tree, prefix: str
) -> Iterator[tuple[str, dict[str, Sizes]]]:
    groups = _inside(tree, "layers")
    counts: dict[str, int] = {}
    for member in layer_list(data):
        if is_operation(member):
            continue  # to Keras 3 it is no layer
        yield from _layer_in_archive(member, _numbered(groups, member, counts), place_of(member, prefix))


def _numbered(groups: Tree, data: Mapping[str, Json], counts: dict[str, int]) -> Tree:
    """Return the next group of the layer's class; ``counts`` are the last numbers of those before it."""
    class_name = class_name_of(data)
    name = snake_case(OTHER_NAMES.get(class_name, class_name))
    counts[name] = counts.get(name, -1) + 1
    return _inside(groups, f"{name}_{counts[name]}" if counts[name] else name)


def _layer_in_archive(
    data: Mapping[str, Json], group: Tree, place: str
) -> Iterator[tuple[str, dict[str, Sizes]]]:
    if is_architecture(data):
        yield from _model_in_archive(data, group, place)
        return
    found = _shapes(_inside(group, "vars"))
    for attribute, part in DENSE.items() if any(name.endswith("_dense") for name in group) else ():
        own = _inside(group, f"{attribute}_dense") or _inside(group, f"_{attribute}_dense")
        found |= {f"{part}/{number}": sizes for number, sizes in _shapes(_inside(own, "vars")).items()}
    config = data.get("config")
    inner = {key: config[key] for key in INNER if key in config} if isinstance(config, dict) else {}
    found |= _cells(inner.get(CELL), _inside(group, CELL))
    yield place, found
    for key, wrapped in inner.items():
        if isinstance(wrapped, dict):
            own = (_inside(group, "forward_layer") if key == "layer" else {}) or _inside(group, key)
            yield from _layer_in_archive(wrapped, own, place_of(wrapped, place))


def _cells(cell: Json, group: Tree) -> dict[str, Sizes]:
    """Return the weights of the cell of a recurrent layer, which are the layer's own, or of a
    stack of cells.
    """
    stack = cell.get("config") if isinstance(cell, dict) else None
    cells = stack.get("cells") if isinstance(stack, dict) else None
    if not isinstance(cells, list) or not all(isinstance(inner, dict) for inner in cells):
        return _shapes(_inside(group, "vars"))
    counts: dict[str, int] = {}
    groups = _inside(group, "cells")
    return {
        f"cells/{index}/{number}": sizes
        for index, inner in enumerate(cells)
        for number, sizes in _shapes(_inside(_numbered(groups, inner, counts), "vars")).items()
    }


def _inside(tree: Tree, name: str) -> Tree:
    found = tree.get(name)
    return found if isinstance(found, dict) else {}


def _shapes(tree: Tree) -> dict[str, Sizes]:
    return {name: item for name, item in tree.items() if isinstance(item, tuple)}


Path: TypeAlias = tuple[tuple[str, ...], Sizes]


def of_hdf5(config: Mapping[str, Json], tree: Tree) -> Stored:
    """Return the stored shapes of a legacy HDF5 file, by name."""
    found: dict[str, Mapping[str, Sizes]] = {}
    groups = _inside(tree, "model_weights")
    for member in layer_list(config):
        name = name_of(member)
        if name is not None:
            found |= of_group(member, _inside(groups, name))
    return found


def of_group(member: Mapping[str, Json], group: Tree) -> Stored:
    """Return the stored shapes of one layer of a model, out of its group in a legacy HDF5 file, whatever that
    is called.
    """
    return _layer_in_hdf5(member, list(_paths(group, ())), place_of(member, ""))


def _paths(tree: Tree, above: tuple[str, ...]) -> Iterator[Path]:
    for name, item in tree.items():
        if isinstance(item, tuple):
            yield (*above, name), item
        else:
            yield from _paths(item, (*above, name))


def _layer_in_hdf5(data: Mapping[str, Json], paths: list[Path], place: str) -> dict[str, dict[str, Sizes]]:
    found: dict[str, dict[str, Sizes]] = {}
    if is_architecture(data):
        for member in layer_list(data):
            name = name_of(member)
            own = [path for path in paths if name in path[0][:-1]]
            found |= _layer_in_hdf5(member, own, place_of(member, place))
        return found
    config: Any = data.get("config")
    wrapped = config.get("layer") if isinstance(config, dict) else None
    if not isinstance(wrapped, dict):
        named = _named(paths)
        if class_name_of(data) in DEPTHWISE:
            named = {name.removeprefix("depthwise_"): sizes for name, sizes in named.items()}
        return {place: named}
    name = name_of(wrapped)
    one_way = [path for path in paths if {name, f"forward_{name}"} & set(path[0])]
    return _layer_in_hdf5(wrapped, one_way or paths, place_of(wrapped, place))


def _named(paths: list[Path]) -> dict[str, Sizes]:
    """Return the weights of one layer by name; nothing where two have the same."""
    found: dict[str, Sizes] = {}
    for parts, sizes in paths:
        name = _UNIQUE.sub("", parts[-1])
        if len(parts) > 1 and parts[-2] in DENSE.values():
            name = f"{parts[-2]}/{name}"
        if name in found:
            return {}
        found[name] = sizes
    return found
