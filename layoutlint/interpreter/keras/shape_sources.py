"""The arrays that a written shape takes its sizes from: ``input_shape=(X.shape[1], X.shape[2])``.

The sizes alone lose what the data says about its axes; the arrays keep it.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from layoutlint.interpreter.core.evaluator import Evaluator
from layoutlint.interpreter.core.values import Scope
from layoutlint.model.graph import Source, Tensor

MAX_AXES = 16


def sources(ev: Evaluator, node: ast.expr | None, scope: Scope) -> tuple[Source | None, ...]:
    """For each size of a shape as it is written, the array and the axis that it is read from; empty where
    the shape is no tuple of sizes and no part of an array's shape.
    """
    if isinstance(node, ast.Tuple | ast.List):
        return tuple(next(_read(ev, item, scope), None) for item in node.elts[:MAX_AXES])
    return tuple(_read(ev, node, scope)) if node is not None else ()


def _read(ev: Evaluator, node: ast.expr, scope: Scope) -> Iterator[Source]:
    """``X.shape``, ``X.shape[1:]``, ``X.shape[-1]``, ``len(X)``: the axes of ``X`` that are read."""
    if isinstance(node, ast.Call):
        if isinstance(node.func, ast.Name) and node.func.id == "len" and len(node.args) == 1:
            tensor = _array(ev, node.args[0], scope)
            if tensor is not None:
                yield tensor, 0
        return
    key = node.slice if isinstance(node, ast.Subscript) else None
    if isinstance(node, ast.Subscript):
        node = node.value
    if not isinstance(node, ast.Attribute) or node.attr != "shape":
        return
    tensor = _array(ev, node.value, scope)
    if tensor is None or tensor.shape is None:
        return
    for place in _places(key, tensor.shape.rank):
        yield tensor, place


def _places(key: ast.expr | None, rank: int) -> list[int]:
    places = list(range(rank))
    try:
        if key is None:
            return places
        if isinstance(key, ast.Slice):
            bounds = [None if part is None else ast.literal_eval(part) for part in (key.lower, key.upper)]
            return places[bounds[0] : bounds[1]] if key.step is None else []
        return [places[ast.literal_eval(key)]]
    except (ValueError, TypeError, IndexError):
        return []


def _array(ev: Evaluator, node: ast.expr, scope: Scope) -> Tensor | None:
    inner = node
    while isinstance(inner, ast.Attribute):
        inner = inner.value
    value = ev.eval(node, scope) if isinstance(inner, ast.Name) else None
    return value if isinstance(value, Tensor) and value.shape is not None and value.shape.rank else None
