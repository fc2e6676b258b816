"""Facts about what reads the output of a layer, directly or after other calls.

Part of the facts about a layer; ``layoutlint.facts.registry`` puts them beside the others.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from layoutlint.facts.data_formats import keeps_order
from layoutlint.facts.fact_values import UNKNOWN, Type, Value
from layoutlint.facts.index import Index, activated_by, keeps_axes
from layoutlint.facts.layer_view import TABLE, LayerView
from layoutlint.facts.permutations import TRANSPOSES
from layoutlint.facts.trace import upstream
from layoutlint.model.graph import Call, Tensor

MAX_SEARCH: Final = 64


@TABLE.fact(Type.TRUTH, "a transpose or permutation reads what this call makes")
def transposed_after(view: LayerView) -> Value:
    return any(
        call.layer.class_name in TRANSPOSES
        for tensor in view.call.output_tensors
        for call in _readers(view, tensor)
    )


def _readers(view: LayerView, tensor: Tensor) -> Sequence[Call]:
    """Return the calls that read a tensor; for what a layer's function (of a Lambda, of an activation) makes
    last, those that read the layer.
    """
    found = view.index.consumers.get(id(tensor), [])
    if found or tensor.producer is None or not view.index.has_functions_of_layers:
        return found
    known = view.index.behind_functions
    if id(tensor.producer) not in known:
        known[id(tensor.producer)] = _behind_function(view.index, tensor.producer)
    return known[id(tensor.producer)]


def _behind_function(index: Index, last: Call) -> list[Call]:
    """Return the calls that read the layer whose function ends with a call; none for any other call."""
    for call in (last, *upstream(last, MAX_SEARCH)):
        for source in call.input_tensors if call.layer.kind == "operation" else ():
            if (layer := activated_by(source)) is not None:
                return [c for t in layer.output_tensors for c in index.consumers.get(id(t), [])]
            if (reader := index.lambdas.get(id(source))) is not None:
                outputs = [t for t in reader.output_tensors if isinstance(t, Tensor)]
                return [c for t in outputs for c in index.consumers.get(id(t), [])]
    return []


def readers_after(view: LayerView) -> Iterator[Call]:
    seen: set[int] = set()
    queue = [tensor for tensor in view.call.output_tensors if isinstance(tensor, Tensor)]
    for tensor in queue:
        for call in _readers(view, tensor):
            if id(call) in seen or len(seen) > MAX_SEARCH:
                continue
            seen.add(id(call))
            yield call
            if keeps_order(call):
                queue.extend(t for t in call.output_tensors if isinstance(t, Tensor))


@TABLE.fact(Type.TRUTH, "no layer reads the output, so it is the model's prediction")
def is_last(view: LayerView) -> Value:
    return not any(True for tensor in view.call.output_tensors for _ in _readers(view, tensor))


LOSS_VALUE: Final = "loss_value"
"""The operation that stands in the graph for Keras taking what a loss of the program returns."""


@TABLE.fact(
    Type.TRUTH,
    "what this call makes goes to a layer or out of a model, directly or after operations that keep the "
    "order of the axes: it is not only a statistic of a batch",
)
def goes_on(view: LayerView) -> Value:
    made = [tensor for tensor in view.call.output_tensors if isinstance(tensor, Tensor)]
    readers = [call for tensor in made for call in _readers(view, tensor)]
    ends = view.index.final_outputs | view.index.part_outputs
    return (bool(readers) and all(call.layer.kind == "layer" for call in readers)) or any(
        id(tensor) in ends for tensor in _standing_for(view, made)
    )


@TABLE.fact(
    Type.TRUTH,
    "what this call makes is what a loss of the program returns, with nothing between but operations that "
    "keep the axes: Keras wants one value for each sample, or one for all",
)
def ends_loss(view: LayerView) -> Value:
    behind = view.index.onward(view.call.output_tensors, _in_order, MAX_SEARCH)
    end = next((call for call, _ in behind if call.layer.class_name == LOSS_VALUE), None)
    return end is not None and bool(end.input_tensors[0].shape)


def _in_order(call: Call, tensor: Tensor) -> list[Tensor]:
    return call.output_tensors if keeps_order(call) else []


def _standing_for(view: LayerView, made: list[Tensor]) -> Iterator[Tensor]:
    """Yield the tensors, and the outputs of the Lambdas whose functions make them last."""
    yield from made
    for tensor in view.call.input_tensors:
        for reader in view.index.consumers.get(id(tensor), []):
            if reader.layer.class_name == "Lambda":
                yield from (output for output in reader.output_tensors if isinstance(output, Tensor))


@TABLE.fact(
    Type.TRUTH, "a layer reads what this operation makes, directly or after layers that keep the axes"
)
def read_by_layer(view: LayerView) -> Value:
    return any(call.layer.kind == "layer" for call in readers_after(view))


@TABLE.fact(
    Type.NUMBER,
    "the units of a Dense layer that reads what this call makes, directly or after layers that keep the "
    "axes; unknown where there is none",
)
def units_of_next_dense(view: LayerView) -> Value:
    for call, _ in view.index.onward(view.call.output_tensors, _along_one_way, MAX_SEARCH):
        units = call.layer.config.get("units")
        if call.layer.class_name == "Dense" and isinstance(units, int):
            return units
    return UNKNOWN


def _along_one_way(call: Call, tensor: Tensor) -> list[Tensor]:
    return call.output_tensors if keeps_axes(call.layer) and len(call.input_tensors) == 1 else []


@TABLE.fact(
    Type.TRUTH,
    "what this operation makes goes on in the model: a layer reads it, whatever is between, or it becomes an "
    "output; what only a loss reads does not",
)
def goes_on_in_model(view: LayerView) -> Value:
    reached = list(downstream(view))
    if any(call.layer.kind in ("layer", "model") for call in reached):
        return True
    ends = (view.index.final_outputs, view.index.part_outputs, view.index.returned)
    made = (tensor for call in (view.call, *reached) for tensor in call.output_tensors)
    return any(id(tensor) in end for tensor in made for end in ends)


def downstream(view: LayerView) -> Iterator[Call]:
    """Yield the calls that read what this one makes, directly or after others."""
    seen: set[int] = set()
    queue = list(view.call.output_tensors)
    for tensor in queue:
        for call in _readers(view, tensor):
            if id(call) not in seen and len(seen) < MAX_SEARCH:
                seen.add(id(call))
                queue.extend(call.output_tensors)
                yield call
