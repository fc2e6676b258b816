"""``show`` for machines; described in ``docs/json.md`` and ``schemas/show.json``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from msgspec import Struct

from layoutlint.explain.overview import Gap, LayerSummary, ModelSummary, Overview, Use
from layoutlint.explain.parameters import WeightCount
from layoutlint.model.axes import Shape
from layoutlint.model.findings import Coverage
from layoutlint.model.sizes import Expression, Size, render
from layoutlint.reports.json_format import VERSION, dumps, input_entry, placed


class Entries(Struct, frozen=True):
    """The layers and the models of an input, as the document holds them."""

    layers: tuple[Mapping[str, Any], ...] = ()
    models: tuple[Mapping[str, Any], ...] = ()


def document(entries: Sequence[Entries], inputs: Sequence[Coverage]) -> str:
    """Return the document of ``show`` as text that ends with a newline."""
    return dumps(
        {
            "version": VERSION,
            "layers": [layer for each in entries for layer in each.layers],
            "models": [model for each in entries for model in each.models],
            "inputs": [input_entry(coverage) for coverage in inputs],
        }
    )


def entries(path: str, found: Overview) -> Entries:
    """Return the layers and models of an input. Uses are called ``PATH#NUMBER``, unique in a document."""
    return Entries(
        tuple(_layer(path, view) for view in found.layers),
        tuple(_model(path, view) for view in found.models),
    )


def _identifiers(path: str, numbers: Sequence[int]) -> list[str]:
    return [f"{path}#{number}" for number in numbers]


def _layer(path: str, view: LayerSummary) -> dict[str, Any]:
    return {
        **placed(view.location),
        "class": view.class_name,
        "name": view.name,
        "layer": view.location.layer,
        "kind": view.kind,
        "inside": view.inside,
        "parameters": _parameters(view.parameters),
        "calls": [_call(path, use) for use in view.uses],
    }


def _call(path: str, use: Use) -> dict[str, Any]:
    outputs = [shape(output) for output in use.outputs]
    weights: dict[str, Any] | None = None
    if use.weights is not None:
        weights = {name: list(map(size, sizes)) for name, sizes in use.weights.items()}
    return {
        "id": f"{path}#{use.number}",
        "from": _identifiers(path, use.sources),
        "line": use.location.line,
        "inputs": [shape(given) for given in use.inputs],
        "output": outputs[0] if len(outputs) == 1 else outputs or None,
        "interpretation": use.interpretation,
        "axes": _axes(use),
        "weights": weights,
        "error": use.error,
        "unknown": [_gap(gap) for gap in use.gaps],
    }


def _axes(use: Use) -> list[dict[str, Any]]:
    """Return the reading axis by axis; of several inputs, of the first."""
    first = use.inputs[0] if use.inputs else None
    sizes = first.sizes if first is not None and len(first) == len(use.roles) else ()
    return [{"role": role, "size": size(found)} for role, found in zip(use.roles, sizes, strict=False)]


def _gap(gap: Gap) -> dict[str, Any]:
    place = gap.location
    where: dict[str, Any] = dict.fromkeys(("path", "line", "column"))
    if place is not None:
        where = {name: getattr(place, name) for name in where}
    return {"reason": gap.reason, **where}


def _model(path: str, view: ModelSummary) -> dict[str, Any]:
    return {
        **placed(view.location),
        "class": view.class_name,
        "name": view.name,
        "inputs": [shape(given) for given in view.inputs],
        "outputs": [shape(made) for made in view.outputs],
        "calls": _identifiers(path, view.uses),
        "ends": _identifiers(path, view.ends),
        "parameters": _parameters(view.parameters),
    }


def _parameters(found: WeightCount) -> dict[str, Any]:
    """Return all counted weights, those of them that are trained, and the layers that were not counted."""
    return {
        "total": found.total,
        "trainable": found.total - found.fixed,
        "uncounted": list(found.uncounted),
    }


def shape(given: Shape | None) -> list[int | str | None] | None:
    """Return a shape as a list, the batch first: numbers, null for a free size, strings for symbols."""
    return None if given is None else [size(found) for found in given.sizes]


def size(given: Size) -> int | str | None:
    """Return a size as JSON holds it."""
    return render(given) if isinstance(given, Expression) else given
