"""The overview of a graph: every layer with what it reads, its weights and what it makes of each input."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from layoutlint.explain.gaps import gaps
from layoutlint.explain.parameters import WeightCount, of_calls, of_layer
from layoutlint.explain.weights import weights
from layoutlint.layers.spec import Weights
from layoutlint.model.axes import Shape
from layoutlint.model.graph import Call, Graph, Layer, Network, Tensor, flatten
from layoutlint.model.origins import Location, Origin
from layoutlint.model.wrapped import wrappers
from layoutlint.run.display_paths import shown


@dataclass(frozen=True, slots=True)
class Use:
    """One use of a layer: the shapes of its inputs and outputs, in Keras's order with the batch first.

    ``number`` counts the uses of a file, ``sources`` are the uses whose outputs it gets.
    """

    number: int
    sources: tuple[int, ...]
    location: Location
    inputs: tuple[Shape | None, ...]
    outputs: tuple[Shape | None, ...]
    interpretation: str | None
    axes: str | None
    roles: tuple[str, ...]
    weights: Weights | None
    gaps: tuple[Gap, ...]
    error: str | None


@dataclass(frozen=True, slots=True)
class Gap:
    """Why a shape, or a size of it, is not known, and where it was lost."""

    reason: str
    location: Location | None


@dataclass(frozen=True, slots=True)
class LayerSummary:
    """A layer, where it was written, and its uses in order; ``inside`` is the class of its wrapper."""

    class_name: str
    name: str | None
    location: Location
    kind: str
    parameters: WeightCount
    uses: tuple[Use, ...]
    inside: str | None = None


@dataclass(frozen=True, slots=True)
class ModelSummary:
    """A model from its inputs to its outputs: the uses of layers in between, by number, and their weights."""

    class_name: str
    name: str | None
    location: Location
    inputs: tuple[Shape | None, ...]
    outputs: tuple[Shape | None, ...]
    uses: tuple[int, ...]
    ends: tuple[int, ...]
    """The uses that make the outputs."""
    parameters: WeightCount


@dataclass(frozen=True, slots=True)
class Overview:
    """The layers and the models of a file."""

    layers: tuple[LayerSummary, ...]
    models: tuple[ModelSummary, ...]


def overview(graph: Graph) -> Overview:
    """Return every layer of a graph in the order in which it was made, inputs included and operations left
    out, and every model.

    The input that ``input_shape=`` implies is part of the layer that was written, not one of its own.
    """
    calls: dict[int, list[Call]] = {}
    for call in graph.calls:
        for layer in call.layer.possible:
            calls.setdefault(id(layer), []).append(call)
    inside = wrappers(graph)
    listed = {id(layer) for layer in written(graph)}
    uses = (call for call in graph.calls if id(call.layer.possible[0]) in listed)
    numbers = Numbers({id(call): number for number, call in enumerate(uses, start=1)})
    layers = (
        _summary(layer, calls.get(id(layer), []), graph.path, numbers, inside.get(id(layer)))
        for layer in written(graph)
    )
    return Overview(tuple(layers), tuple(_model(network, graph.path, numbers) for network in graph.models))


@dataclass(frozen=True, slots=True)
class Numbers:
    """The numbers of uses, by the identity of their calls."""

    by_call: dict[int, int]

    def of(self, call: Call) -> int:
        """Return the number of a use; 0 for an operation and for an input that nobody wrote."""
        return self.by_call.get(id(call), 0)

    def makers(self, tensors: Iterable[Tensor]) -> tuple[int, ...]:
        """Return the uses of layers that make some tensors, those before operations included."""
        found: dict[int, None] = {}
        seen: set[int] = set()
        waiting = [*tensors][::-1]
        while waiting:
            producer = getattr(waiting.pop(), "producer", None)
            if producer is None or id(producer) in seen:
                continue
            seen.add(id(producer))
            number = self.of(producer)
            if number:
                found[number] = None
            else:
                waiting += reversed(producer.input_tensors)
        return tuple(found)


NO_NUMBERS = Numbers({})


def _gap(what: str, origin: Origin | None, path: str) -> Gap:
    return Gap(what, None if origin is None else shown(origin.locate(), path))


def _model(network: Network, path: str, numbers: Numbers) -> ModelSummary:
    outputs = [*flatten(network.outputs)]
    return ModelSummary(
        class_name=network.class_name,
        name=network.name if isinstance(network.name, str) else None,
        location=shown(network.origin.locate(), path),
        inputs=_shapes(flatten(network.inputs)),
        outputs=_shapes(outputs),
        uses=tuple(number for number in map(numbers.of, network.calls) if number),
        ends=numbers.makers(outputs),
        parameters=of_calls(network.calls),
    )


def _shapes(tensors: Iterable[object]) -> tuple[Shape | None, ...]:
    return tuple(getattr(tensor, "shape", None) for tensor in tensors)


def written(graph: Graph) -> Iterator[Layer]:
    """Yield the layers that somebody wrote down, then the models that are used as layers."""
    declared = {id(declaration.tensor): declaration for declaration in graph.declarations}
    implied = {
        id(call.layer)
        for call in graph.calls
        if call.layer.kind == "input"
        for tensor in call.output_tensors
        if id(tensor) in declared and declared[id(tensor)].layer is not call.layer
    }
    for layer in graph.layers:
        if layer.kind not in ("operation", "model") and id(layer) not in implied:
            yield layer
    used = (call.layer for call in graph.calls if call.layer.kind == "model")
    yield from {id(layer): layer for layer in used}.values()


def _summary(
    layer: Layer, calls: list[Call], path: str, numbers: Numbers, wrapper: Layer | None = None
) -> LayerSummary:
    """Return one layer with its uses."""
    return LayerSummary(
        class_name=layer.class_name,
        name=layer.name if isinstance(layer.name, str) else None,
        location=shown(layer.origin.locate(), path),
        kind=layer.kind,
        parameters=of_layer(layer, calls),
        uses=tuple(use(call, numbers, path) for call in calls),
        inside=wrapper.class_name if wrapper is not None else None,
    )


def use(call: Call, numbers: Numbers = NO_NUMBERS, path: str = "") -> Use:
    """Return one use of a layer, as a person sees it."""
    return Use(
        number=numbers.of(call),
        sources=numbers.makers(call.input_tensors),
        location=call.origin.locate(),
        inputs=_shapes(call.input_tensors),
        outputs=_shapes(flatten(call.outputs)),
        interpretation=None if call.interpretation is None else str(call.interpretation),
        axes=None if call.interpretation is None else call.interpretation.axes,
        roles=() if call.interpretation is None else call.interpretation.names,
        weights=weights(call),
        gaps=tuple(_gap(what, origin, path) for what, origin in gaps(call)),
        error=None if call.error is None else str(call.error),
    )
