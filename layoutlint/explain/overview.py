"""The overview of a graph: every layer with what it reads, its weights and what it makes of each input."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from layoutlint.layers.registry import spec_of
from layoutlint.layers.spec import LayerArguments
from layoutlint.model.axes import Shape
from layoutlint.model.errors import ShapeError, UndeterminedError
from layoutlint.model.graph import Call, Graph, Layer, flatten
from layoutlint.model.origins import Location
from layoutlint.model.sizes import Size
from layoutlint.model.wrapped import wrappers
from layoutlint.run.display_paths import shown

Weights = dict[str, tuple[Size, ...]]


@dataclass(frozen=True, slots=True)
class Use:
    """One use of a layer: the shapes that it gets and gives, in Keras's order with the batch first."""

    location: Location
    inputs: tuple[Shape | None, ...]
    outputs: tuple[Shape | None, ...]
    interpretation: str | None
    axes: str | None
    weights: Weights
    reason: str | None
    error: str | None


@dataclass(frozen=True, slots=True)
class LayerSummary:
    """A layer, where it was written, and its uses in order; ``inside`` is the class of its wrapper."""

    class_name: str
    name: str | None
    location: Location
    uses: tuple[Use, ...]
    inside: str | None = None


def overview(graph: Graph) -> list[LayerSummary]:
    """Every layer of a graph in the order in which it was made; inputs included, operations left out.

    The input that ``input_shape=`` implies is part of the layer that was written, not one of its own.
    """
    calls: dict[int, list[Call]] = {}
    for call in graph.calls:
        calls.setdefault(id(call.layer), []).append(call)
    inside = wrappers(graph)
    return [
        view(layer, calls.get(id(layer), []), graph.path, inside.get(id(layer))) for layer in written(graph)
    ]


def written(graph: Graph) -> Iterator[Layer]:
    """The layers that somebody wrote down."""
    declared = {id(declaration.tensor): declaration for declaration in graph.declarations}
    implied = {
        id(call.layer)
        for call in graph.calls
        if call.layer.kind == "input"
        for tensor in call.output_tensors
        if id(tensor) in declared and declared[id(tensor)].layer is not call.layer
    }
    for layer in graph.layers:
        if layer.kind != "operation" and id(layer) not in implied:
            yield layer


def view(layer: Layer, calls: list[Call], path: str, wrapper: Layer | None = None) -> LayerSummary:
    """One layer with its uses."""
    name = layer.name if isinstance(layer.name, str) else None
    place = shown(layer.origin.locate(), path)
    inside = wrapper.class_name if wrapper is not None else None
    return LayerSummary(layer.class_name, name, place, tuple(map(use, calls)), inside)


def use(call: Call) -> Use:
    """One use of a layer, as a person sees it."""
    return Use(
        location=call.origin.locate(),
        inputs=tuple(getattr(tensor, "shape", None) for tensor in call.input_tensors),
        outputs=tuple(getattr(tensor, "shape", None) for tensor in flatten(call.outputs)),
        interpretation=None if call.interpretation is None else str(call.interpretation),
        axes=None if call.interpretation is None else call.interpretation.axes,
        weights=weights(call),
        reason=call.reason,
        error=None if call.error is None else str(call.error),
    )


def weights(call: Call) -> Weights:
    """The shapes of a layer's weights by name, the kernel's axes in Keras's order; empty where unknown."""
    spec = spec_of(call.layer) if call.layer.kind == "layer" else None
    shapes = [getattr(tensor, "shape", None) for tensor in call.input_tensors]
    if spec is None or spec.weights is None or call.error is not None or any(s is None for s in shapes):
        return {}
    arguments = LayerArguments(call.layer.class_name, call.layer.config)
    try:
        return dict(spec.weights(arguments, shapes if spec.many else shapes[0]))
    except (ShapeError, UndeterminedError):
        return {}
