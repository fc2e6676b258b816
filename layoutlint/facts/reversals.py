"""Facts about images whose items are taken in reverse order: along which axis, and whether to mirror them.

Part of the facts about a layer; ``layoutlint.facts.registry`` puts them beside the others.
"""

from __future__ import annotations

import ast
import re
from typing import Final

from layoutlint.facts.broadcasts import COUNTS
from layoutlint.facts.fact_values import UNKNOWN, Type, Value
from layoutlint.facts.layer_view import TABLE, LayerView
from layoutlint.model.axes import Axis, Shape
from layoutlint.model.graph import Call
from layoutlint.model.origins import SourceOrigin
from layoutlint.model.syntax_text import nodes_of, syntax_if_any
from layoutlint.operations.indexing import by_axis

BY_NAME: Final = {"numpy.flipud": 0, "numpy.fliplr": 1}
MIRRORING: Final = re.compile(r"flip|mirror|augment", re.IGNORECASE)
COLOURS: Final = re.compile(r"rgb|bgr|colou?r", re.IGNORECASE)
SPATIAL: Final = ("height", "width")


def _axis(view: LayerView) -> Axis | None:
    """Return the one axis along which an operation on images reverses the items."""
    call, shape = view.call, view.shape
    if call.layer.kind != "operation" or shape is None or call.error is not None:
        return None
    if not set(SPATIAL) <= {axis.role for axis in shape}:
        return None
    places = _places(call, shape)
    if len(places) != 1 or not -shape.rank <= places[0] < shape.rank:
        return None
    axis = shape[places[0]]
    # samples that are stacked once more are the frames of a clip
    return axis if axis.role not in COUNTS or places[0] % shape.rank == 0 else None


def _places(call: Call, shape: Shape) -> list[int]:
    layer = call.layer
    if layer.name in BY_NAME:
        return [BY_NAME[layer.name]]
    if layer.class_name == "flip":
        given = layer.config.get("axis")
        axes = given if isinstance(given, list | tuple) else (given,)
        return [axis for axis in axes if isinstance(axis, int)]
    if layer.class_name != "getitem":
        return []
    parts = by_axis(layer.config.get("key"), shape.rank)
    return [axis for axis, part in parts if isinstance(part, slice) and part == slice(None, None, -1)]


@TABLE.fact(
    Type.TEXT,
    "for an operation that takes the items of images in reverse order (`np.flip`, `x[::-1]`): the role of "
    "the axis, by the data; the empty text for others",
    of_class=lambda view: view.call.layer.kind == "operation",
)
def reversed_role(view: LayerView) -> Value:
    axis = _axis(view)
    return "" if axis is None else axis.role


@TABLE.fact(Type.TRUTH, "the axis that is reversed has one item, so nothing is reversed")
def reverses_one(view: LayerView) -> Value:
    axis = _axis(view)
    return axis is not None and axis.size == 1


@TABLE.fact(
    Type.TRUTH,
    "the function or the line around the call speaks of flipping, mirroring or augmenting, and not of "
    "colours",
)
def is_to_mirror(view: LayerView) -> Value:
    text = _around(view)
    return bool(MIRRORING.search(text)) and not COLOURS.search(text)


def _around(view: LayerView) -> str:
    """Return the line of a call and the name of the function around it."""
    origin = view.call.origin
    node = origin.node if isinstance(origin, SourceOrigin) else None
    if not isinstance(origin, SourceOrigin) or not isinstance(node, ast.expr):
        return ""
    tree = syntax_if_any(origin.file.text)
    if tree is None:
        return ""
    around = [
        part
        for part in nodes_of(tree)
        if isinstance(part, ast.FunctionDef)
        and part.lineno <= node.lineno <= (part.end_lineno or part.lineno)
    ]
    name = max(around, key=lambda part: part.lineno).name if around else ""
    return f"{name} {_without_operation(origin.file.lines[node.lineno - 1])}"


def _without_operation(line: str) -> str:
    """Return a line without the name of the function that reverses: ``np.flip`` says nothing of why."""
    return re.sub(r"\b(np|numpy|tf|ops|K)\.(flip|fliplr|flipud)\b", "", line)


@TABLE.fact(Type.TEXT, "for a reversal of images: the axis along which it would mirror them left and right")
def width_place(view: LayerView) -> Value:
    shape = view.shape
    if shape is None or _axis(view) is None:
        return UNKNOWN
    return f"axis={[axis.role for axis in shape].index('width')}"


@TABLE.fact(Type.TEXT, "for a reversal of images: what the axes are: `(height, width, channels)`")
def image_axes_are(view: LayerView) -> Value:
    shape = view.shape
    if shape is None or _axis(view) is None:
        return UNKNOWN
    return f"({', '.join(axis.role or '?' for axis in shape)})"
