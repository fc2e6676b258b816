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
    if isinstance(site.node, ast.Tuple | ast.List):
        return tuple(next(_read(site.at(item)), None) for item in site.node.elts[:MAX_AXES])
    return tuple(_read(site))


def _read(site: Site) -> Iterator[Source]:
    """``X.shape``, ``X.shape[1:]``, ``X.shape[-1]``, ``len(X)``: the axes of ``X`` that are read."""
    if isinstance(site.node, ast.Call):
        if isinstance(site.node.func, ast.Name) and site.node.func.id == "len" and len(site.node.args) == 1:
            tensor = _array(site.at(site.node.args[0]))
            if tensor is not None:
                yield tensor, 0
        return
    key, whole = (
        (site.node.slice, site.node.value) if isinstance(site.node, ast.Subscript) else (None, site.node)
    )
    if not isinstance(whole, ast.Attribute) or whole.attr != "shape":
        return
    tensor = _array(site.at(whole.value))
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


def _array(site: Site) -> Tensor | None:
    inner = site.node
    while isinstance(inner, ast.Attribute):
        inner = inner.value
    value = site.eval(site.node) if isinstance(inner, ast.Name) and isinstance(site.node, ast.expr) else None
    return value if isinstance(value, Tensor) and value.shape is not None and value.shape.rank else None
