"""The arrays that a written shape takes its sizes from: ``input_shape=(X.shape[1], X.shape[2])``.

The sizes alone lose what the data says about its axes; the arrays keep it.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from layoutlint.interpreter.core.site import Site
from layoutlint.model.graph import Source, Tensor

MAX_AXES = 16


def sources(site: Site) -> tuple[Source | None, ...]:
    """For each size of a shape as it is written, the array and the axis that it is read from; empty where
    the shape is no tuple of sizes and no part of an array's shape.
    """
    match site.node:
        case ast.Tuple(items) | ast.List(items):
            return tuple([next(_read(site.at(item)), None) for item in items[:MAX_AXES]])
        case _:
            return tuple(_read(site))


def _read(site: Site) -> Iterator[Source]:
    """``X.shape``, ``X.shape[1:]``, ``X.shape[-1]``, ``len(X)``: the axes of ``X`` that are read."""
    key: ast.expr
    match site.node:
        case ast.Call(ast.Name("len"), [array]):
            tensor, key = _array(site.at(array)), ast.Constant(0)
        case ast.Subscript(ast.Attribute(array, "shape"), key):
            tensor = _array(site.at(array))
        case ast.Attribute(array, "shape"):
            tensor, key = _array(site.at(array)), ast.Slice()
        case _:
            return
    if tensor is not None and tensor.shape is not None:
        for place in _places(key, tensor.shape.rank):
            yield tensor, place


def _places(key: ast.expr, rank: int) -> list[int]:
    places = list(range(rank))
    try:
        match key:
            case ast.Slice(lower, upper, None):
                first, last = [None if part is None else ast.literal_eval(part) for part in (lower, upper)]
                return places[first:last]
            case ast.Slice():
                return []
            case _:
                return [places[ast.literal_eval(key)]]
    except (ValueError, TypeError, IndexError):
        return []


def _array(site: Site) -> Tensor | None:
    inner = site.node
    while isinstance(inner, ast.Attribute):
        inner = inner.value
    value = site.eval(site.node) if isinstance(inner, ast.Name) and isinstance(site.node, ast.expr) else None
    return value if isinstance(value, Tensor) and value.shape else None
