"""Facts about arrays that are stored in a place of another array: ``X[i] = image``.

Part of the facts about a layer; ``layoutlint.facts.registry`` puts them beside the others.
"""

from __future__ import annotations

import ast

from layoutlint.facts.fact_values import UNKNOWN, SizesOf, Type, Value
from layoutlint.facts.layer_view import TABLE, LayerView
from layoutlint.model.origins import SourceOrigin
from layoutlint.model.sizes import Size
from layoutlint.model.syntax_text import nodes_of, syntax_if_any


def _stored(view: LayerView) -> tuple[SizesOf, tuple[Size, ...]] | None:
    """Return the sizes of what is stored, and of the place for it, where they do not go together."""
    shape = None if view.tensor is None else view.tensor.shape
    slot = view.call.layer.config.get("slot")
    if view.call.layer.kind != "operation" or shape is None or slot is None or view.call.error is None:
        return None
    return SizesOf(shape), tuple(slot)


@TABLE.fact(Type.LIST, "for an array that is assigned to a part of another (`X[i] = x`): its sizes")
def stored_sizes(view: LayerView) -> Value:
    found = _stored(view)
    return UNKNOWN if found is None else found[0]


@TABLE.fact(Type.LIST, "for an array that is assigned to a part of another: the sizes of that part")
def place_sizes(view: LayerView) -> Value:
    found = _stored(view)
    return UNKNOWN if found is None else found[1]


@TABLE.fact(Type.TRUTH, "an array is assigned to a part that has its first two sizes swapped")
def stored_turned(view: LayerView) -> Value:
    found = _stored(view)
    if found is None:
        return False
    (one, two, *rest), (first, second, *others) = (*found[0], None, None), (*found[1], None, None)
    known = all(isinstance(size, int) for size in (one, two))
    return known and len(found[0]) == len(found[1]) and (one, two) == (second, first) and rest == others


@TABLE.fact(Type.TRUTH, "an array is assigned to a part with one more axis at the end, the channels")
def stored_without_last(view: LayerView) -> Value:
    found = _stored(view)
    return found is not None and found[0] == found[1][:-1]


def _of_index(view: LayerView, name: str) -> Value:
    error = view.call.error
    return UNKNOWN if error is None else error.facts.get(name, UNKNOWN)


@TABLE.fact(Type.NUMBER, "for an array that is assigned to a row that is not there: the number of the row")
def stored_row(view: LayerView) -> Value:
    return _of_index(view, "index")


@TABLE.fact(Type.NUMBER, "for an array that is assigned to a row that is not there: how many rows there are")
def rows_there(view: LayerView) -> Value:
    return _of_index(view, "rows")


@TABLE.fact(
    Type.TRUTH,
    "whether an array is assigned to a row may depend on what only the running program knows: there is a "
    "condition, a loop with a way out that does not test the number of the row, a `try`",
)
def row_is_in_doubt(view: LayerView) -> Value:
    origin = view.call.origin
    node = origin.node if isinstance(origin, SourceOrigin) else None
    if view.call.conditions or not isinstance(origin, SourceOrigin) or not isinstance(node, ast.Subscript):
        return True
    key = {part.id for part in ast.walk(node.slice) if isinstance(part, ast.Name)}
    tree = syntax_if_any(origin.file.text)
    if tree is None:
        return True
    around = [
        part
        for part in nodes_of(tree)
        if isinstance(part, ast.For | ast.While | ast.Try) and _is_within(node, part)
    ]
    return any(not isinstance(part, ast.For) or _has_way_out(part, key) for part in around)


def _is_within(node: ast.expr, part: ast.stmt) -> bool:
    return part.lineno <= node.lineno <= (part.end_lineno or part.lineno)


def _has_way_out(loop: ast.stmt, key: set[str]) -> bool:
    """Return whether a loop may be left, or a round of it, by a condition that does not test these names."""
    waiting: list[ast.AST] = list(ast.iter_child_nodes(loop))
    while waiting:
        part = waiting.pop()
        if isinstance(part, ast.Break | ast.Continue | ast.Return | ast.Raise):
            return True
        if isinstance(part, ast.If) and key & {n.id for n in ast.walk(part.test) if isinstance(n, ast.Name)}:
            waiting += part.orelse
            continue
        waiting += ast.iter_child_nodes(part)
    return False
