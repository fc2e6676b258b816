"""Conditions that choose the order of axes: they ask for the data format, their sides write the same sizes in
two orders, or one side alone turns the axes.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import chain, pairwise
from typing import Final

from layoutlint.facts.purpose import asks_for_data_format
from layoutlint.model.graph import Call
from layoutlint.model.origins import SourceFile, SourceOrigin
from layoutlint.model.syntax_text import condition_text, nodes_of, syntax_if_any, written

FEWEST_AXES: Final = 3
MAX_SHAPES: Final = 50
"""How many shapes of a side are compared one by one with those of the other."""
TURNING: Final = frozenset(
    ["Permute", "transpose", "permute_dimensions", "moveaxis", "swapaxes", "rollaxis", "permute"]
)


def is_for_an_order(call: Call) -> bool:
    """Tell whether a call happens under a condition that chooses the order of axes."""
    if not call.conditions:
        return False
    if any(map(asks_for_data_format, call.conditions)):
        return True
    place = call.origin
    if not isinstance(place, SourceOrigin):
        return False
    chosen = _choices(place.file)
    return any(text in condition for condition in call.conditions for text in chosen)


@lru_cache(maxsize=4)
def _choices(file: SourceFile) -> frozenset[str]:
    """Return the conditions of a file that choose the order of axes by what their sides do."""
    tree = syntax_if_any(file.text)
    found: set[str] = set()
    for node in nodes_of(tree) if tree is not None else ():
        match node:
            case ast.If(test, body, [ast.If(body=other)]) if _in_two_orders(body, other):
                found.add(condition_text(test))
            case ast.If(test, body, [first, *_] as orelse) if not isinstance(first, ast.If):
                if _in_two_orders(body, orelse):
                    found.add(condition_text(test))
            case ast.If(test, [ast.Assign(_, value)], []) if _turns(value):
                found.add(condition_text(test))
            case ast.IfExp(test, body, orelse) if _in_two_orders([body], [orelse]):
                found.add(condition_text(test))
        for block in _blocks(node):
            found |= {condition_text(test) for test in _left_early(block)}
    return frozenset(found)


def _turns(value: ast.expr) -> bool:
    """Tell whether an expression turns axes and does nothing else: ``Permute((3, 1, 2))(x)``."""
    while isinstance(value, ast.Call):
        value = value.func
        if getattr(value, "attr", getattr(value, "id", "")) in TURNING:
            return True
    return False


def _blocks(node: ast.AST) -> Iterator[list[ast.stmt]]:
    for name in ("body", "orelse", "finalbody"):
        block = getattr(node, name, None)
        if isinstance(block, list):
            yield block


def _left_early(block: Sequence[ast.stmt]) -> Iterator[ast.expr]:
    """Yield the conditions of a block whose body returns, where what follows writes another order."""
    for place, (statement, _) in enumerate(pairwise(block)):
        match statement:
            case ast.If(test, [*_, ast.Return()] as body, []) if _in_two_orders(body, block[place + 1 :]):
                yield test


def _in_two_orders(one: Iterable[ast.AST], other: Iterable[ast.AST]) -> bool:
    there: dict[tuple[str, ...], set[tuple[str, ...]]] = {}
    for shape in _shapes(other):
        there.setdefault(tuple(sorted(shape)), set()).add(shape)
    here = list(_shapes(one))
    if any(there.get(tuple(sorted(shape)), set()) - {shape} for shape in here):
        return True
    others = [shape for shapes in there.values() for shape in shapes][:MAX_SHAPES]
    return any(_but_for_one(shape, other) for shape in here[:MAX_SHAPES] for other in others)


def _but_for_one(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Tell whether two shapes have all sizes but one in common, each once, in two orders."""
    common = set(one) & set(other)
    if len(one) != len(other) or len(common) != len(one) - 1:
        return False
    return [size for size in one if size in common] != [size for size in other if size in common]


def _shapes(nodes: Iterable[ast.AST]) -> Iterator[tuple[str, ...]]:
    """Yield what may be shapes: tuples, lists and the arguments of calls, as the source writes them."""
    for node in chain.from_iterable(map(ast.walk, nodes)):
        items: Sequence[ast.expr] = ()
        match node:
            case ast.Tuple(elts) | ast.List(elts):
                items = elts
            case ast.Call(args=args):
                items = args
        if len(items) >= FEWEST_AXES:
            yield tuple(map(written, items))
