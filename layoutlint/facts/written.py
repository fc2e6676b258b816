"""Facts about how a layer is written in the source: what its author gave by position.

Part of the facts about a layer; ``layoutlint.facts.registry`` puts them beside the others.
"""

from __future__ import annotations

import ast
from typing import Final

from layoutlint.facts.layer import TABLE, LayerView
from layoutlint.facts.values import UNKNOWN, Type, Value
from layoutlint.layers.registry import find
from layoutlint.origins import SourceOrigin

ALIASES: Final = {"Convolution1D": "Conv1D", "Convolution2D": "Conv2D", "Convolution3D": "Conv3D"}


def _constructor(view: LayerView) -> ast.Call | None:
    """The call that makes the layer, if it names the layer's class and hides no arguments behind a star."""
    origin = view.layer.origin
    node = origin.node if isinstance(origin, SourceOrigin) else None
    if not isinstance(node, ast.Call):
        return None
    name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
    if ALIASES.get(name, name) != view.layer.class_name:
        return None
    hidden = any(isinstance(argument, ast.Starred) for argument in node.args)
    return None if hidden or any(keyword.arg is None for keyword in node.keywords) else node


@TABLE.fact(
    Type.LIST, "the names of the arguments that the author gave by position; unknown behind a wrapper"
)
def by_position(view: LayerView) -> Value:
    node, spec = _constructor(view), find(view.layer.class_name)
    return UNKNOWN if node is None or spec is None else spec.parameters.positional[: len(node.args)]


@TABLE.fact(
    Type.TRUTH, "the kernel and the strides are written as the same bare number, one behind the other"
)
def strides_repeat_kernel(view: LayerView) -> Value:
    node = _constructor(view)
    if node is None or len(node.args) < 3:
        return False
    kernel, strides = node.args[1], node.args[2]
    return all(
        isinstance(part, ast.Constant) and isinstance(part.value, int) for part in (kernel, strides)
    ) and (ast.dump(kernel) == ast.dump(strides))
