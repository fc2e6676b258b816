"""Facts about layers whose results nothing reads.

Part of the facts about a layer; ``layoutlint.facts.registry`` puts them beside the others.
"""

from __future__ import annotations

import ast
import re
from typing import Final

from layoutlint.facts.fact_values import UNKNOWN, Type, Value
from layoutlint.facts.layer_view import TABLE, LayerView, spoken
from layoutlint.model.graph import Call
from layoutlint.model.origins import SourceOrigin

NEAR: Final = 4
"""How many lines a layer stands below the one that it was meant to read."""


def _is_read(view: LayerView, call: Call) -> bool:
    ends = view.index.final_outputs | view.index.part_outputs
    return any(id(tensor) in ends or view.index.consumers.get(id(tensor)) for tensor in call.output_tensors)


def _passed_over(view: LayerView) -> Call | None:
    """Return an earlier layer, a few lines above, whose result had the name that this one's takes, and was
    not read in between: both read the same.
    """
    call, source = view.call, view.tensor
    if source is None or call.layer.kind != "layer" or call.conditions:
        return None
    readers = view.index.consumers.get(id(source), [])
    name = _assigned(call) if len(readers) > 1 else None
    if name is None:
        return None
    for other in readers:
        if other is call or other.layer is call.layer or other.layer.kind != "layer" or other.conditions:
            continue
        if _is_just_above(other, call) and _assigned(other) == name and not _is_read(view, other):
            return other
    return None


def _is_just_above(other: Call, call: Call) -> bool:
    """Tell whether a call stands a few lines above another, with no mention of its name in between."""
    one, two = other.origin, call.origin
    if not isinstance(one, SourceOrigin) or not isinstance(two, SourceOrigin) or one.file is not two.file:
        return False
    if not isinstance(one.node, ast.expr) or not isinstance(two.node, ast.expr):
        return False
    first, last = (one.node.end_lineno or one.node.lineno), two.node.lineno
    if not 0 < last - first <= NEAR or one.node.col_offset != two.node.col_offset:
        return False
    between = one.file.lines[first : last - 1]
    return not any(re.search(rf"\b{_assigned(other)}\b", line) for line in between)


def _assigned(call: Call) -> str | None:
    """Return the name that the source assigns a call's result to, in a statement of one line."""
    origin = call.origin
    if not isinstance(origin, SourceOrigin) or not isinstance(origin.node, ast.expr):
        return None
    lines, number = origin.file.lines, origin.node.lineno
    text = lines[number - 1] if 0 < number <= len(lines) else ""
    name, sign, rest = text.partition("=")
    name = name.strip()
    is_name = sign and not rest.startswith("=") and name.isidentifier()
    return name if is_name and name.strip("_") else None


@TABLE.fact(
    Type.TEXT,
    "the layer a few lines above that reads the same, whose result had the same name and is read by nothing: "
    "this layer passes over it; the empty text if there is none",
    of_class=lambda view: view.call.layer.kind == "layer",
    of_graph=lambda index: not index.graph.is_saved,
)
def passes_over(view: LayerView) -> Value:
    other = _passed_over(view)
    return "" if other is None else spoken(other)


@TABLE.fact(Type.TEXT, "what this layer reads, as it is written")
def input_written(view: LayerView) -> Value:
    node = getattr(view.call.origin, "node", None)
    if not isinstance(node, ast.Call) or len(node.args) != 1 or not isinstance(node.args[0], ast.Name):
        return UNKNOWN
    return node.args[0].id


@TABLE.fact(Type.TEXT, "the name that this layer's result is assigned to")
def result_name(view: LayerView) -> Value:
    return _assigned(view.call) or UNKNOWN
