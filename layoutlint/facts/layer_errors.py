"""Facts about what Keras refuses: the kind of the error, the ranks, what is missing.

Part of the facts about a layer; ``layoutlint.facts.registry`` puts them beside the others.
"""

from __future__ import annotations

from typing import Any

from layoutlint.facts.fact_values import UNKNOWN, Type, Value, shown
from layoutlint.facts.index import keeps_axes
from layoutlint.facts.layer import PLACES_ENDING, SEQUENCE_ENDING
from layoutlint.facts.layer_view import CHANNELS, SPATIAL, TABLE, LayerView, spoken
from layoutlint.facts.order_choices import is_for_an_order
from layoutlint.facts.purpose import (
    is_guarded,
    stops_on_purpose,
)
from layoutlint.model.errors import ErrorKind
from layoutlint.model.graph import Call, Scenario, Tensor


def _is_other_round(view: LayerView) -> bool:
    """Tell whether something is refused in one round of a loop, or one call of a function, alone, under a
    condition that is not decided and may choose the rounds.
    """
    call, error = view.call, view.call.error
    if error is None or all(isinstance(condition, Scenario) for condition in call.conditions):
        return False
    if error.kind is ErrorKind.ARGUMENT:
        return any(other.error is None for other in view.index.calls_made_with(call.layer))
    return error.kind is ErrorKind.RANK and any(
        other.conditions == call.conditions and all(t.shape is not None for t in other.output_tensors)
        for other in view.index.calls_written_as(call)
    )


def _is_other_model(view: LayerView) -> bool:
    """Tell whether the expression may stand for several models or layers, and the number of axes says that
    another of them is meant: that one takes the same tensors.
    """
    call, error = view.call, view.call.error
    if error is None or error.kind is not ErrorKind.RANK or not call.conditions:
        return False
    return any(
        other.error is None and other.layer is not call.layer and _takes_the_same(other, call)
        for other in view.index.calls_written_as(call)
    )


def _takes_the_same(other: Call, call: Call) -> bool:
    return [id(tensor) for tensor in other.input_tensors] == [id(tensor) for tensor in call.input_tensors]


@TABLE.fact(
    Type.TEXT,
    "why Keras raises an error here; `none` where it does not, or where that is not known",
    ("none", *map(str, ErrorKind)),
)
def error_kind(view: LayerView) -> Value:
    error = view.call.error
    if error is None or stops_on_purpose(view.call) or is_guarded(view.call):
        return "none"
    if _is_other_round(view) or _is_other_model(view) or is_for_an_order(view.call):
        return "none"
    return str(error.kind)


@TABLE.fact(Type.TEXT, "Keras's error message")
def error(view: LayerView) -> Value:
    return UNKNOWN if view.call.error is None else str(view.call.error)


def _error_fact(view: LayerView, name: str) -> Any:
    return UNKNOWN if view.call.error is None else view.call.error.facts.get(name, UNKNOWN)


@TABLE.fact(Type.NUMBER, "for an error of rank: the number of axes that the layer needs, the batch counted")
def expected_rank(view: LayerView) -> Value:
    return _error_fact(view, "expected")


@TABLE.fact(Type.NUMBER, "for an error of rank: the number of axes that it got, the batch counted")
def found_rank(view: LayerView) -> Value:
    return _error_fact(view, "found")


@TABLE.fact(Type.TEXT, "the reading that the layer needs: `(batch, steps, input_dim)`, `at least 2 axes`")
def needs(view: LayerView) -> Value:
    if view.expected is None and view.spec is not None and view.spec.min_rank is not None:
        return f"at least {view.spec.min_rank} axes"
    wanted = _error_fact(view, "expected")
    if view.expected is None and isinstance(wanted, int):
        return f"{wanted} axes"
    return view.expected or UNKNOWN


def shaping_call(view: LayerView) -> Call | None:
    """Return the nearest earlier call that does not just keep the axes: the LSTM before a Dropout.

    A model used as a layer is looked into, from its end.
    """
    tensor = view.tensor
    while tensor is not None and tensor.producer is not None:
        call = tensor.producer
        network = call.layer.network
        if network is not None and isinstance(network.outputs, Tensor) and network.outputs.producer:
            tensor = network.outputs
            continue
        if call.layer.kind != "layer" or not keeps_axes(call.layer) or len(call.input_tensors) != 1:
            return None if call.layer.kind == "input" else call
        tensor = call.input_tensors[0]
    return None


def _class(call: Call | None) -> str:
    return "" if call is None else call.layer.class_name


@TABLE.fact(
    Type.NUMBER,
    "for a TimeDistributed: how many axes the layer in it lacks of those that it needs, where Keras does not "
    "look",
    of_class=lambda view: view.hidden > 0,
)
def lacks_axes(view: LayerView) -> Value:
    spec, shape = view.spec, view.shape
    if view.hidden == 0 or spec is None or spec.rank is None or shape is None:
        return UNKNOWN
    return spec.rank - shape.rank


@TABLE.fact(
    Type.TEXT,
    "for an error of rank, in words: the axis that is missing or too many, as far as the layers before tell",
)
def missing_axis(view: LayerView) -> Value:
    wanted, found = _error_fact(view, "expected"), _error_fact(view, "found")
    if not isinstance(wanted, int) or not isinstance(found, int):
        return UNKNOWN
    missing = wanted - found
    if missing < 0:
        return "one axis too many" if missing == -1 else f"{-missing} axes too many"
    names = (view.expected or "").strip("()").split(", ")
    lost = [name for name in names if name in SPATIAL]
    previous = _class(shaping_call(view))
    if missing == 1 and previous in SEQUENCE_ENDING and "steps" in names:
        return "the steps are missing"
    if previous.startswith(PLACES_ENDING) and lost and missing == len(lost):
        return f"the {' and '.join(lost)} {'axis is' if missing == 1 else 'axes are'} missing"
    if missing > 1:
        return f"{missing} axes are missing"
    channels = next((name for name in CHANNELS if name in names), "")
    return f"the {channels.removesuffix('s')} axis is missing" if channels else "one axis is missing"


@TABLE.fact(Type.TEXT, "for an error of rank, in words: what to do about it")
def rank_advice(view: LayerView) -> Value:
    wanted, found = _error_fact(view, "expected"), _error_fact(view, "found")
    if not isinstance(wanted, int) or not isinstance(found, int):
        return UNKNOWN
    previous = shaping_call(view)
    if found > wanted:
        if view.declaration is not None and view.declaration.argument in ("shape", "input_shape"):
            return "write the shape of one sample, without the batch"
        return "reduce the axes before this layer, or wrap it in TimeDistributed to run it on every step"
    if previous is not None and _class(previous) in SEQUENCE_ENDING:
        return f"write return_sequences=True in the {spoken(previous)} before it"
    if previous is not None and _class(previous).startswith(PLACES_ENDING):
        return f"remove the {spoken(previous)} before it, or move it after this layer"
    if view.declaration is not None and wanted - found == 1 and view.shape is not None:
        longer = shown((*view.shape.sizes[1:], 1))
        axis = "channel" if "channels" in (view.expected or "") else "features"
        return f"add a {axis} axis: shape {longer}, and x[..., None] for the data"
    return "add the axis to the data: x[..., None] or np.expand_dims(x, -1)"
