"""What the shapes of stored weights tell about a subclassed model, whose configuration is only its class
name.

The kernel of a convolution has shape (*kernel_size, input_dim, filters), that of a dense layer (input_dim,
units), the two of a recurrent layer (input_dim, gates * units) and (units, gates * units). What they do not
tell is taken as Keras's default (channels last, one group) or stays unknown (strides, padding, the steps).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from typing import Any, Final, TypeAlias

from msgspec import Struct

from layoutlint.architecture.config_values import Json, shape
from layoutlint.architecture.layer_config import class_name_of
from layoutlint.architecture.naming import snake_case
from layoutlint.architecture.network import Part, read_parts
from layoutlint.layers.registry import registry
from layoutlint.model.axes import Axis, Shape
from layoutlint.model.graph import Graph
from layoutlint.model.sizes import symbol, unknown_size
from layoutlint.model.unreadable import NothingToReadError
from layoutlint.readers.hdf5_shapes import Sizes, Tree

Told: TypeAlias = tuple[dict[str, Any], "Shape | None"]
"""The arguments of a layer, and the input shape that its weights tell, where they do."""


Teller: TypeAlias = Callable[[list[Sizes]], "Told | None"]


CELL: Final = re.compile(r"(?:(?:lstm|gru|simple_rnn)_)?cell(?:_\d+)?")
HDF5_GROUP: Final = "model_weights"
QUERY: Final = "query"
"""What an attention calls one of the layers inside of it."""
FORMAT_PARTS: Final = frozenset(["vars", "layers", HDF5_GROUP])


class Group(Struct, frozen=True):
    """The weights of one layer as a file stores them: the group's path, the layer's name, shapes by weight
    name.
    """

    path: str
    name: str | None
    shapes: Mapping[str, Sizes]

    @property
    def parts(self) -> list[str]:
        """The layer's path in the model, without what the formats put in between."""
        parts = [part for part in self.path.split("/") if part not in FORMAT_PARTS]
        if HDF5_GROUP in self.path.split("/") and parts and parts[0] in parts[1:]:
            # the layer, then the name of the variable, which begins at the model
            parts = parts[len(parts) - 1 - parts[::-1].index(parts[0]) :]
        while len(parts) > 1 and (_is_cell(parts[-1]) or parts[-1] == parts[-2]):
            parts.pop()
        return parts

    @property
    def names(self) -> list[str]:
        """What the layer is called: by its own name, and by the name that the format made of its class."""
        # a recurrent layer keeps its weights in its cell, and the stored name is the cell's
        in_cell = any(map(_is_cell, self.path.split("/")))
        given = [self.name] if self.name is not None and not in_cell else []
        return [*given, *self.parts[-1:]]

    @property
    def place(self) -> str:
        """The layer's path in the model, its own name last."""
        return "/".join([*self.parts[:-1], *self.names[:1]]) or "model"

    @property
    def ordered(self) -> list[Sizes]:
        """The shapes in the order in which Keras makes the weights."""
        order = ("kernel", "recurrent_kernel", "bias")

        def place(name: str) -> tuple[int, str]:
            bare = name.partition(":")[0]
            if bare.isdigit():
                return int(bare), ""
            return (order.index(bare) if bare in order else len(order)), bare

        return [self.shapes[name] for name in sorted(self.shapes, key=place)]


def _is_cell(part: str) -> bool:
    """Tell whether a part of a path is the cell of a recurrent layer: ``cell``, ``lstm_cell_3``."""
    return CELL.fullmatch(part) is not None


def subclassed(
    config: Mapping[str, Json],
    path: str,
    groups: Iterable[Group],
    note: str | None,
    keras_version: Json = None,
) -> Graph:
    """Return the graph of a subclassed model. Raises NothingToReadError where not one layer can be told."""
    class_name = class_name_of(config)
    built = config.get("build_config")
    given = shape(built.get("input_shape")) if isinstance(built, dict) else None
    parts = _parts(groups)
    if not parts and given is None:
        why = f", and {note}" if note else ""
        raise NothingToReadError(f"{class_name} is a subclassed model: the file has no architecture{why}")
    notes = [f"{class_name} is a subclassed model: only the shapes of its weights were read"]
    return read_parts(class_name, path, given, parts, [*notes, *([note] if note else [])], keras_version)


def alone(path: str, groups: Iterable[Group], keras_version: Json) -> Graph:
    """Return the layers that weights without an architecture tell. Raises NothingToReadError for none."""
    parts = _parts(groups)
    if not parts:
        raise NothingToReadError("weights without an architecture, of which no layer can be told")
    note = "weights without an architecture: only the shapes of the kernels were read"
    return read_parts("Weights", path, None, parts, [note], keras_version)


def groups_of(tree: Tree, path: str = "") -> Iterator[Group]:
    """Yield the groups of weights in a tree, whose layers have no names of their own."""
    shapes = {name: item for name, item in tree.items() if isinstance(item, tuple)}
    if shapes:
        yield Group(path, None, shapes)
    for name, item in tree.items():
        if isinstance(item, dict):
            yield from groups_of(item, f"{path}/{name}" if path else name)


def _parts(groups: Iterable[Group]) -> list[Part]:
    """Return the layers that weights tell. Those of the heads of an attention look like kernels of a
    convolution: (input_dim, heads, size), (heads, size, units).
    """
    found = list(groups)
    attentions = {tuple(group.parts[:-1]) for group in found if QUERY in group.names}
    alone = (group for group in found if tuple(group.parts[:-1]) not in attentions)
    return [part for group in alone if (part := _part(group)) is not None]


def _part(group: Group) -> Part | None:
    shapes = group.ordered
    said = next((known for name in group.names if (known := _class_by_name(name)) is not None), None)
    for class_name, told in _candidates(said):
        found = told(shapes)
        if found is not None:
            arguments, fed = found
            return Part(group.place, _serialised(class_name, arguments), fed)
    if said is None:
        return None
    unknown = {name: symbol(name) for name in registry()[said].parameters.names}
    return Part(group.place, _serialised(said, unknown))


def _candidates(said: str | None) -> list[tuple[str, Teller]]:
    """Return the classes that weights may belong to: all of them if no name says which."""
    if said is None:
        return list(TELLERS.items())
    return [(said, TELLERS[said])] if said in TELLERS else []


def _serialised(class_name: str, arguments: Mapping[str, Any]) -> dict[str, Json]:
    return {"module": "keras.layers", "class_name": class_name, "config": dict(arguments)}


def _class_by_name(name: str) -> str | None:
    """Return the class of a layer that has the name that Keras gives by itself: ``conv1d_3``."""
    return _default_names().get(re.sub(r"_\d+$", "", name))


@cache
def _default_names() -> dict[str, str]:
    return {snake_case(spec.name): spec.name for spec in registry().values()}


def _convolution(rank: int) -> Teller:
    def told(shapes: list[Sizes]) -> Told | None:
        if not 1 <= len(shapes) <= 2 or len(shapes[0]) != rank + 2:
            return None
        *kernel, depth, filters = shapes[0]
        if len(shapes) == 2 and shapes[1] != (filters,):
            return None
        if len(shapes) == 1 and {*kernel, depth} == {1}:
            return None  # a vector that is added: a token of classes, a scale
        arguments = {
            "filters": filters,
            "kernel_size": kernel,
            "strides": symbol("strides"),
            "padding": symbol("padding"),
            "data_format": "channels_last",
            "dilation_rate": symbol("dilation_rate"),
            "use_bias": len(shapes) == 2,
        }
        spatial = (Axis(unknown_size()) for _ in kernel)
        return arguments, Shape((Axis(None), *spatial, Axis(depth)))

    return told


def _dense(shapes: list[Sizes]) -> Told | None:
    if not 1 <= len(shapes) <= 2 or len(shapes[0]) != 2:
        return None
    units = shapes[0][1]
    if len(shapes) == 2 and shapes[1] != (units,):
        return None
    # its input may have any number of axes before the last, so the input shape is not told
    return {"units": units, "use_bias": len(shapes) == 2}, None


def _recurrent(gates: int, biases: int = 1) -> Teller:
    def told(shapes: list[Sizes]) -> Told | None:
        if not 2 <= len(shapes) <= 3 or any(len(sizes) != 2 for sizes in shapes[:2]):
            return None
        (input_dim, wide), (units, wide_too) = shapes[:2]
        if not wide == wide_too == gates * units:
            return None
        if len(shapes) == 3 and shapes[2] not in ((wide,), (biases, wide)):
            return None
        arguments: dict[str, Any] = {"units": units, "use_bias": len(shapes) == 3}
        arguments |= {"return_sequences": symbol("return_sequences"), "return_state": symbol("return_state")}
        return arguments, Shape((Axis(None), Axis(unknown_size()), Axis(input_dim)))

    return told


TELLERS: Final[Mapping[str, Teller]] = {
    "Conv1D": _convolution(1),
    "Conv2D": _convolution(2),
    "Conv3D": _convolution(3),
    "LSTM": _recurrent(4),
    "GRU": _recurrent(3, biases=2),
    "SimpleRNN": _recurrent(1),
    "Dense": _dense,
}
"""For each class, what weights of these shapes tell; None where they are not its weights."""
