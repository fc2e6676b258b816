"""Facts about arrays that stand in another order than what they are for, by their names alone.

``fit([item_ids, user_ids], …)`` for the inputs ``user`` and ``item``: each of two arrays is called like what
the other one is for, and not like its own. Sizes say nothing where both are alike.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Sequence
from itertools import combinations
from typing import Any, Final

from layoutlint.facts import feed, target
from layoutlint.facts.assignments import names_given, single_assignments
from layoutlint.facts.fact_values import Type, Value
from layoutlint.facts.feed import FeedView
from layoutlint.facts.names import words
from layoutlint.facts.pairing import places
from layoutlint.facts.target import TargetView
from layoutlint.model.graph import Tensor, flatten
from layoutlint.model.origins import Origin, SourceOrigin
from layoutlint.model.syntax_text import short_text

SHORTEST: Final = 3
"""Letters of a word that tells things apart: ``x``, ``tr`` and ``y2`` stand in names of anything."""

Words = frozenset[str]


def _words(name: str) -> Words:
    """Return the words of a name that may tell it from others, without the ending of a plural."""
    found = (word for word in words(name) if len(word) >= SHORTEST and not word.isdigit())
    return frozenset(word[:-3] + "y" if word.endswith("ies") else word.removesuffix("s") for word in found)


def _own(names: Sequence[Words]) -> list[Words]:
    """Return for each name the words that no other has."""
    return [
        name.difference(*(other for at, other in enumerate(names) if at != place))
        for place, name in enumerate(names)
    ]


def crossed(slots: Sequence[Words], arrays: Sequence[Words]) -> tuple[int, int] | None:
    """Return the places of two arrays each of which is called like what the other is for; None if all stand
    right, as far as names tell.
    """
    wanted, given = _own(slots), _own(arrays)
    for here, there in combinations(range(len(slots)), 2):
        is_crossed = wanted[here] & given[there] and wanted[there] & given[here]
        if is_crossed and not wanted[here] & given[here] and not wanted[there] & given[there]:
            return here, there
    return None


def _parts(origin: Origin, slots: Sequence[str]) -> list[ast.expr | None]:
    """Return what a list, a tuple or a dict of arrays is written with, in the order of what they are for."""
    node = origin.node if isinstance(origin, SourceOrigin) else None
    if isinstance(origin, SourceOrigin) and isinstance(node, ast.Name):
        node = single_assignments(origin.file, node).get(node.id)
    found: list[ast.expr | None] = []
    if isinstance(node, ast.List | ast.Tuple):
        found = list(node.elts)
    elif isinstance(node, ast.Dict):
        by_key = {
            getattr(key, "value", None): value for key, value in zip(node.keys, node.values, strict=True)
        }
        found = [by_key.get(slot) for slot in slots]
    return found if len(found) == len(slots) else [None] * len(slots)


def _name(origin: Origin | None, part: ast.expr | None = None) -> str:
    """Return what the source calls the value of an expression: what it is written as, or assigned to."""
    if isinstance(part, ast.Name | ast.Attribute | ast.Subscript):
        return short_text(part, "")
    node = origin.node if isinstance(origin, SourceOrigin) else None
    if not isinstance(origin, SourceOrigin) or not isinstance(node, ast.expr):
        return ""
    return names_given(origin.file).get((node.lineno, node.col_offset)) or short_text(node, "")


def slot(tensor: Any, name: str | None) -> str:
    """Return what an input or an output of a model is called: its own name, else what it is assigned to."""
    if name is not None or not isinstance(tensor, Tensor) or tensor.producer is None:
        return name or ""
    return _name(tensor.producer.origin)


def said(slots: list[str], arrays: list[str]) -> str:
    """Say of two arrays that each is called like what the other is for; the empty text if there are none."""
    found = crossed([*map(_words, slots)], [*map(_words, arrays)]) if len(slots) == len(arrays) > 1 else None
    return "" if found is None else " and ".join(f"{arrays[place]} for {slots[place]}" for place in found)


def _arrays(tensors: Iterable[Tensor], origin: Origin, slots: Sequence[str]) -> list[str]:
    parts = _parts(origin, slots)
    return [_name(tensor.origin, part) for tensor, part in zip(tensors, parts, strict=False)]


@feed.TABLE.fact(
    Type.TEXT,
    "two arrays that are each called like the input that the other is for: `items for user and users for "
    "item`; the empty text if there are none",
)
def crossed_inputs(view: FeedView) -> Value:
    network = view.network
    if view.position or network is None or view.feed.in_list or len(view.arrays) != len(view.inputs):
        return ""
    names: list[str | None] = [tensor.name for tensor in view.inputs]
    if isinstance(network.inputs, dict) and len(network.inputs) == len(names):
        names = [str(key) for key in sorted(network.inputs, key=str)]
    slots = [slot(tensor, name) for tensor, name in zip(view.inputs, names, strict=True)]
    arrays = _arrays(view.arrays, view.feed.origin, slots)
    found = said(slots, arrays)
    return "" if found and _stands_both_ways(view, slots, arrays) else found


def _stands_both_ways(view: FeedView, slots: Sequence[str], arrays: Sequence[str]) -> bool:
    """Tell whether the model gets the same arrays in another order too, in the same way: pairs whose sides
    are exchanged are training data of their own.
    """
    others = (
        FeedView(view.index, feed, 0)
        for feed in view.index.feeds
        if feed.call.layer.network is view.network and feed.method == view.feed.method
    )
    orders = (_arrays(other.arrays, other.feed.origin, slots) for other in others)
    return any(order != arrays and sorted(order) == sorted(arrays) for order in orders)


@target.TABLE.fact(
    Type.TEXT,
    "two targets that are each called like the output that the other is for: `ages for kind and kinds for "
    "age`; the empty text if there are none",
)
def crossed_targets(view: TargetView) -> Value:
    network, given = view.feed.call.layer.network, list(flatten(view.feed.targets))
    if view.position or network is None or len(given) != len(view.outputs):
        return ""
    order = [place for place in places(view.feed.targets, view.outputs) if place is not None]
    outputs = list(flatten(network.outputs))
    if not len(order) == len(given) == len(outputs):
        return ""
    slots = [slot(outputs[place], view.outputs[place].name) for place in order]
    return said(slots, _arrays(given, view.feed.target_origin or view.feed.origin, slots))
