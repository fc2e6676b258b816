"""Facts about how a layer is written in the source: what its author gave by position.

Part of the facts about a layer; ``layoutlint.facts.registry`` puts them beside the others.
"""

from __future__ import annotations

import ast
from typing import Final

from layoutlint.facts.fact_values import UNKNOWN, Type, Value
from layoutlint.facts.layer_view import TABLE, LayerView
from layoutlint.layers.registry import spec_of
from layoutlint.layers.spec import Parameters
from layoutlint.model.graph import Layer
from layoutlint.model.origins import SourceOrigin
from layoutlint.model.syntax_text import written

ALIASES: Final = {"Convolution1D": "Conv1D", "Convolution2D": "Conv2D", "Convolution3D": "Conv3D"}


def _constructor(layer: Layer) -> ast.Call | None:
    """Return the call that makes the layer, if it names the layer's class and hides no arguments behind a
    star.
    """
    origin = layer.origin
    node = origin.node if isinstance(origin, SourceOrigin) else None
    if not isinstance(node, ast.Call):
        return None
    name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
    if ALIASES.get(name, name) != layer.class_name:
        return None
    hidden = any(isinstance(argument, ast.Starred) for argument in node.args)
    return None if hidden or any(keyword.arg is None for keyword in node.keywords) else node


@TABLE.fact(Type.LIST, "the names of the arguments that the author gave by position; unknown in a wrapper")
def by_position(view: LayerView) -> Value:
    node, spec = _constructor(view.layer), spec_of(view.layer)
    return UNKNOWN if node is None or spec is None else spec.parameters.positional[: len(node.args)]


def _repeats(call: ast.Call | None) -> bool:
    if call is None or len(call.args) < 3:
        return False
    kernel, strides = call.args[1], call.args[2]
    if isinstance(kernel, ast.Subscript) and isinstance(strides, ast.Subscript):
        return written(strides) == f"{written(kernel.value)}[1]" != written(kernel)
    return (
        isinstance(kernel, ast.Constant)
        and isinstance(strides, ast.Constant)
        and isinstance(kernel.value, int)
        and kernel.value == strides.value
    )


@TABLE.fact(
    Type.TRUTH,
    "the kernel and the strides are written as the same bare number, one after the other, or as the two "
    "items of one tuple: `kernel_size[0], kernel_size[1]`",
)
def strides_repeat_kernel(view: LayerView) -> Value:
    return _repeats(_constructor(view.layer))


@TABLE.fact(Type.NUMBER, "how many layers of the file `strides_repeat_kernel` is true of, in different lines")
def count_of_repeats(view: LayerView) -> Value:
    made = {id(call): call for layer in view.index.graph.layers if (call := _constructor(layer)) is not None}
    return sum(map(_repeats, made.values()))


@TABLE.fact(Type.SIZE, "the kernel's size along the first spatial axis")
def first_kernel(view: LayerView) -> Value:
    return _first(view.window("kernel_size", count=_rank(view)))


@TABLE.fact(Type.SIZE, "the strides along the first spatial axis")
def first_strides(view: LayerView) -> Value:
    return _first(view.window("strides", count=_rank(view)))


def _rank(view: LayerView) -> int:
    """Return the number of spatial axes, as the class says it."""
    spec = spec_of(view.layer)
    return 0 if spec is None or spec.rank is None else spec.rank - 2


def _first(values: Value) -> Value:
    return values[0] if isinstance(values, tuple) and values else UNKNOWN


def _is_left_open(view: LayerView, parameters: Parameters, name: str) -> bool:
    """Tell whether an argument is a None that Keras refuses: what it stands for is somebody else's choice."""
    if view.layer.config[name] is not None or name not in parameters.names:
        return False
    return name in parameters.required or (
        name in view.layer.written and parameters.defaults.get(name) is not None
    )


@TABLE.fact(
    Type.TRUTH,
    "not all arguments of the layer are known: they come from a star (`*args`, `**settings`), or one "
    "is the None that stands for a caller's choice (`def head(classes=None): … Dense(classes)`)",
)
def hides_arguments(view: LayerView) -> Value:
    node = getattr(view.layer.origin, "node", None)
    spec = spec_of(view.layer)
    if spec is not None and any(_is_left_open(view, spec.parameters, name) for name in view.layer.config):
        return True
    return isinstance(node, ast.Call) and (
        any(isinstance(argument, ast.Starred) for argument in node.args)
        or any(keyword.arg is None for keyword in node.keywords)
    )
