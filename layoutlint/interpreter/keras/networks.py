"""A model of the program as the graph holds it: its calls from the inputs to the outputs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from layoutlint.inference import layer_call
from layoutlint.interpreter.core.evaluator import Evaluator
from layoutlint.interpreter.core.tensor_values import is_tensors, to_tensors
from layoutlint.interpreter.core.values import Instance, LayerValue, ModelValue, Value
from layoutlint.model.graph import Call, Layer, Nested, Network, Tensor, flatten


def tensors_of(value: Value) -> Nested[Tensor]:
    """Return what a model holds for its inputs or outputs: the tensors themselves where there are some."""
    return value if is_tensors(value) else to_tensors(value)


def network_of(ev: Evaluator, model: ModelValue) -> Network | None:
    """Return the model from its inputs to its outputs, traced back through what made them; None for a
    Sequential without a layer, which nobody has written yet, and for one that merges models that are not
    known.
    """
    if model.class_name == "Sequential" and (_is_empty(model) or _merges_unknown(ev, model)):
        return None
    if model.state.get("inputs") is None or model.state.get("outputs") is None:
        return _chain(model) if model.class_name == "Sequential" else None
    inputs, outputs = tensors_of(model.state["inputs"]), tensors_of(model.state["outputs"])
    calls = tuple(trace(inputs, outputs))
    made_later = model.state.get("built") is True
    return Network(
        model.class_name, inputs, outputs, calls, model.origin, model.name, declares_no_input=made_later
    )


def _is_empty(model: ModelValue) -> bool:
    return all(isinstance(member, Tensor) for member in model.members)


def _merges_unknown(ev: Evaluator, model: ModelValue) -> bool:
    first = model.members[0]
    merges = isinstance(first, LayerValue) and first.layer in ev.merged
    return merges and not isinstance(model.state.get("inputs"), list)


def _chain(model: ModelValue) -> Network | None:
    """Return a Sequential that was never built, as a model with an input of unknown shape; None where not all
    its members are layers.
    """
    layers = _last_layers(model)
    return _chained(model, layers) if len(layers) == len(model.members) else None


def _last_layers(model: ModelValue) -> list[LayerValue]:
    """Return the members behind the last one that is not a layer, or not known."""
    last: list[LayerValue] = []
    for member in reversed(model.members):
        if not isinstance(member, LayerValue):
            break
        last.insert(0, member)
    return last


def end_of(model: ModelValue) -> Network | None:
    """Return the layers at the end of a Sequential that begins with what is not known: ``Sequential([body,
    Dense(3)])``; None where there are none.

    What is not known may have several inputs: this serves what asks for the outputs alone.
    """
    layers = _last_layers(model) if model.class_name == "Sequential" else []
    return _chained(model, layers) if layers else None


def _chained(model: ModelValue, layers: Sequence[LayerValue]) -> Network:
    start = Tensor(None)
    calls: list[Call] = []
    outputs: Nested[Tensor] = start
    for member in layers:
        made = layer_call.call(member.layer, outputs, member.layer.origin)
        calls.append(made)
        outputs = made.outputs
    return Network(model.class_name, start, outputs, tuple(calls), model.origin, model.name)


def trace(inputs: Nested[Tensor], outputs: Nested[Tensor]) -> Iterable[Call]:
    """Return the calls between inputs and outputs, each after those that it needs."""
    stop = {id(tensor) for tensor in flatten(inputs) if isinstance(tensor, Tensor)}
    found: dict[int, Call] = {}
    entered: set[int] = set()
    waiting: list[tuple[Call, bool]] = [
        (t.producer, False)
        for t in flatten(outputs)
        if isinstance(t, Tensor) and t.producer and id(t) not in stop
    ]
    while waiting:
        current, done = waiting.pop()
        if done:
            found.setdefault(id(current), current)
            continue
        if id(current) in entered:
            continue
        entered.add(id(current))
        waiting.append((current, True))
        for tensor in [*flatten(current.inputs), *flatten(list(current.keywords.values()))]:
            if isinstance(tensor, Tensor) and tensor.producer is not None and id(tensor) not in stop:
                waiting.append((tensor.producer, False))
    return found.values()


def layer_of(ev: Evaluator, value: Value) -> Layer | None:
    """Return the graph's layer for a layer or model of the program."""
    match value:
        case LayerValue():
            return value.layer
        case Instance():
            return layer_of(ev, value.native)
        case ModelValue():
            return _as_layer(ev, value)
        case _:
            return None


def _as_layer(ev: Evaluator, model: ModelValue) -> Layer:
    """Return a model as a layer: one and the same for every use, until its inputs or outputs change."""
    known = model.layer
    if known is not None and known.network is not None:
        ends = (known.network.inputs, known.network.outputs)
        if ends[0] is model.state.get("inputs") and ends[1] is model.state.get("outputs"):
            return known
    network, keras = network_of(ev, model), ev.keras.number
    made = Layer(model.class_name, {}, model.origin, model.name, kind="model", network=network, keras=keras)
    ev.journal.touch(model)
    model.layer = made
    return made
