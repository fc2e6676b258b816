"""What the program calls an array: tips show code that can be typed as it is.

Part of the facts about layers, data and targets; ``layoutlint.facts.registry`` puts them beside the others.
"""

from __future__ import annotations

import ast
from functools import lru_cache
from typing import Final

from layoutlint.facts.fact_values import Type, Value
from layoutlint.facts.feed import TABLE as FEED
from layoutlint.facts.feed import FeedView
from layoutlint.facts.layer_view import TABLE as LAYER
from layoutlint.facts.layer_view import LayerView
from layoutlint.facts.target import TABLE as TARGET
from layoutlint.facts.target import TargetView
from layoutlint.model.graph import Call
from layoutlint.model.origins import Origin, SourceFile, SourceOrigin
from layoutlint.model.syntax_text import MAX_SHORT, nodes_of, short_text, syntax_if_any, written

ARRAY: Final = "x"
"""What an array is called that the program has no short name for."""


def operand(call: Call) -> str:
    """Return the array that an operation takes, as the program writes it."""
    parts = _parts(call)
    return ARRAY if parts is None else parts[1]


def transposed(call: Call, order: str) -> str:
    """Return the transpose beside a reshape, as code: of the same module, or the array's own method."""
    parts = _parts(call)
    if parts is None:
        return f"transpose({ARRAY}, {order})"
    module, array = parts
    return f"{array}.transpose{order}" if module is None else f"{module}transpose({array}, {order})"


def _parts(call: Call) -> tuple[str | None, str] | None:
    """Return the module of a call's function, with its dot, and the array; None as the module of a method."""
    origin = call.origin
    node = origin.node if isinstance(origin, SourceOrigin) else None
    if not isinstance(origin, SourceOrigin) or not isinstance(node, ast.Call):
        return None
    function = node.func
    if isinstance(function, ast.Attribute) and not _is_of_module(origin.file, function.value):
        return None, short_text(function.value, ARRAY)
    module = f"{written(function.value)}." if isinstance(function, ast.Attribute) else ""
    return (module, short_text(node.args[0], ARRAY)) if node.args else None


def _is_of_module(file: SourceFile, node: ast.expr) -> bool:
    while isinstance(node, ast.Attribute):
        node = node.value
    return isinstance(node, ast.Name) and node.id in _imported(file)


@lru_cache(maxsize=8)
def _imported(file: SourceFile) -> frozenset[str]:
    """Return the names that a file imports."""
    tree = syntax_if_any(file.text)
    found: set[str] = set()
    for node in () if tree is None else nodes_of(tree):
        if isinstance(node, ast.Import | ast.ImportFrom):
            found.update((alias.asname or alias.name).partition(".")[0] for alias in node.names)
    return frozenset(found)


@LAYER.fact(
    Type.TEXT, "the array that an operation takes, as the program writes it, if that is short; else `x`"
)
def operand_text(view: LayerView) -> Value:
    return operand(view.call)


@LAYER.fact(
    Type.TEXT,
    "the array that the layer's model is fed, as the program writes it, if that is short; else `x`",
)
def data_text(view: LayerView) -> Value:
    root = None if view.trace is None else view.trace.root
    for feed in view.index.graph.feeds:
        network = feed.call.layer.network
        for position, tensor in enumerate([] if network is None else network.input_tensors):
            if tensor is root:
                return FeedView(view.index, feed, position).text
    return ARRAY


@FEED.fact(Type.TEXT, "the array that is fed, as the program writes it, if that is short; else `x`")
def fed_text(view: FeedView) -> Value:
    return view.text


@FEED.fact(Type.TEXT, "all that is fed, as the program writes it (`[a, b]`), if that is short; else `x`")
def all_fed_text(view: FeedView) -> Value:
    return _text_at(view.origin, ARRAY)


@TARGET.fact(Type.TEXT, "the targets as the program writes them, if that is short; else `y`")
def target_text(view: TargetView) -> Value:
    return _text_at(view.feed.target_origin, "y")


def _text_at(origin: Origin | None, otherwise: str) -> str:
    node = origin.node if isinstance(origin, SourceOrigin) else None
    if isinstance(node, ast.List | ast.Tuple | ast.Dict):
        text = written(node)
        return text if len(text) <= MAX_SHORT else otherwise
    return short_text(node, otherwise)
