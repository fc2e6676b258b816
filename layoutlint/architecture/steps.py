"""A model as a list of steps, for formats that hold operations and no layers: each step becomes a layer of a
functional model, in the form in which Keras saves one, with the shapes that the file states.

What a step is called in its file is its name. A step that is no layer of Keras's keeps its operation's name;
what it does is left to the shapes that the file states.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from math import prod
from typing import Any, Final

from msgspec import Struct, field

from layoutlint.architecture import network
from layoutlint.architecture.config_values import Json
from layoutlint.model.graph import Graph

Sizes = tuple[int | None, ...]

KERAS: Final = "keras.layers"
OTHER: Final = "tensorflow"
OPERATIONS: Final = "keras.src.ops.numpy"
UNKNOWN: Final = -1
PREFIX: Final = "tf."
"""Before the name of an operation, which a layer may have too."""


class Value(Struct, frozen=True):
    """A tensor: output number ``index`` of a step or of an input, and its shape where the file states it."""

    step: str
    index: int = 0
    sizes: Sizes | None = None


class Step(Struct, frozen=True):
    """One step: the layer's class and arguments, and the tensors that it takes.

    ``is_layer`` is false for an operation that is no layer of Keras's by itself; ``is_operation`` is true for
    one of ``keras.ops``, whose class it is.
    """

    name: str
    class_name: str
    inputs: Sequence[Value]
    config: Mapping[str, Any] = field(default_factory=dict)
    is_layer: bool = True
    is_operation: bool = False


def reshaped(before: Sizes | None, after: Sizes | None) -> tuple[str, dict[str, Any]] | None:
    """Return the class and the arguments of the layer that a reshape is; None for one that may move values
    between samples, and for one that leaves the shape as it is.
    """
    if not before or not after or len(before) < 2 or before[1:] == after[1:]:
        return None
    had, has = before[1:], after[1:]
    if None in had or None in has or prod(size or 0 for size in had) != prod(size or 0 for size in has):
        return None
    is_flat = len(after) == 2 < len(before)
    return ("Flatten", {}) if is_flat else ("Reshape", {"target_shape": list(after[1:])})


def concatenated(before: Sequence[Sizes | None], after: Sizes | None) -> tuple[str, dict[str, Any]] | None:
    """Return the class and the arguments of the layer that a concatenation is, told by the sizes; None where
    they leave the axis open, or it may be the batch.
    """
    known = [sizes for sizes in before if sizes is not None]
    if after is None or len(known) < 2 or len(known) < len(before):
        return None
    if any(len(sizes) != len(after) for sizes in known):
        return None
    longer = [place for place, size in enumerate(after) if any(sizes[place] != size for sizes in known)]
    if len(longer) != 1 or longer == [0]:
        return None
    parts = [sizes[longer[0]] for sizes in known]
    if None in parts or sum(size or 0 for size in parts) != after[longer[0]]:
        return None
    return "Concatenate", {"axis": longer[0]}


def graph_of(
    name: str, inputs: Iterable[Value], steps: Iterable[Step], outputs: Iterable[Value], path: str
) -> Graph:
    """Return the graph of the steps.

    A step that Keras would refuse is not a mistake, because the model's own format takes it: a crop, written
    as negative padding, or strides together with a dilation. Its output is what the file states, or unknown.
    """
    graph = network.read(_serialised(name, inputs, steps, outputs), path)
    for call in graph.calls:
        if call.error is not None:
            call.error, call.reason = None, "no Keras layer does this"
    return graph


def _serialised(name: str, inputs: Iterable[Value], steps: Iterable[Step], outputs: Iterable[Value]) -> Json:
    """Return the functional model of the steps."""
    fed = list(inputs)
    layers = [_input(value) for value in fed] + [_layer(step) for step in steps]
    ends = [_tensor(value) for value in outputs]
    starts = [[value.step, 0, 0] for value in fed]
    config = {"name": name, "layers": layers, "input_layers": starts, "output_layers": ends}
    return {"module": "keras", "class_name": "Functional", "config": config}


def _input(value: Value) -> Json:
    config = {"name": value.step, "batch_shape": None if value.sizes is None else list(value.sizes)}
    return _entry(value.step, "InputLayer", KERAS, config, [])


def _layer(step: Step) -> Json:
    tensors = [_tensor(value) for value in step.inputs]
    arguments = tensors if len(tensors) == 1 else [tensors]
    node: Json = {"args": arguments, "kwargs": {}}
    config = {"name": step.name, "trainable": True, **step.config}
    if step.is_operation:
        return _entry(step.name, step.class_name, OPERATIONS, config, [node])
    if step.is_layer:
        return _entry(step.name, step.class_name, KERAS, config, [node])
    return _entry(step.name, PREFIX + step.class_name, OTHER, config, [node])


def _entry(name: str, class_name: str, module: str, config: Json, nodes: list[Json]) -> Json:
    return {
        "module": module,
        "class_name": class_name,
        "config": config,
        "name": name,
        "inbound_nodes": nodes,
    }


def _known(size: int | None) -> int:
    return UNKNOWN if size is None else size


def _tensor(value: Value) -> Json:
    # of the batch a graph says that it is free; of another axis, that its size is not known here
    shape = None if value.sizes is None else [*value.sizes[:1], *map(_known, value.sizes[1:])]
    history = [value.step, 0, value.index]
    return {"class_name": "__keras_tensor__", "config": {"shape": shape, "keras_history": history}}
