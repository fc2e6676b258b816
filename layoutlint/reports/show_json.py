"""``show`` for machines; described in ``docs/json.md``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from layoutlint.explain.overview import LayerSummary, Use
from layoutlint.model.axes import Shape
from layoutlint.model.sizes import Expression, render
from layoutlint.reports.json_format import VERSION, dumps


def document(layers: Sequence[Mapping[str, Any]]) -> str:
    """The document of ``show`` as text that ends with a newline."""
    return dumps({"version": VERSION, "layers": layers})


def layers(views: Sequence[LayerSummary]) -> tuple[Mapping[str, Any], ...]:
    """The layers of an input, as the document holds them."""
    return tuple(_layer(view) for view in views)


def _layer(view: LayerSummary) -> dict[str, Any]:
    place = view.location
    return {
        "path": place.path,
        "line": place.line,
        "column": place.column,
        "end_line": place.end_line,
        "end_column": place.end_column,
        "cell": place.cell,
        "class": view.class_name,
        "name": view.name,
        "layer": place.layer,
        "calls": [_call(use) for use in view.uses],
    }


def _call(use: Use) -> dict[str, Any]:
    outputs = [shape(output) for output in use.outputs]
    return {
        "line": use.location.line,
        "inputs": [shape(given) for given in use.inputs],
        "output": outputs[0] if len(outputs) == 1 else outputs or None,
        "interpretation": use.interpretation,
    }


def shape(given: Shape | None) -> list[int | str | None] | None:
    """A shape as a list, the batch first: numbers, null for a free size, strings for symbols."""
    if given is None:
        return None
    return [render(size) if isinstance(size, Expression) else size for size in given.sizes]
