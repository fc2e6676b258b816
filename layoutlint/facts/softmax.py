"""Facts about softmaxes, however they are written: along which axes one runs.

Part of the facts about a layer; ``layoutlint.facts.registry`` puts them beside the others.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from msgspec import Struct

from layoutlint.facts.activations import activation_name
from layoutlint.facts.axis_operations import axes_of
from layoutlint.facts.broadcasts import COUNTS
from layoutlint.facts.consumers import is_last
from layoutlint.facts.fact_values import UNKNOWN, Type, Value, shown
from layoutlint.facts.layer_view import TABLE, LayerView
from layoutlint.layers.registry import find
from layoutlint.model import sizes
from layoutlint.model.axes import Shape
from layoutlint.model.graph import Call, Layer, Tensor

SOFTMAXES: Final = frozenset(["Softmax", "LogSoftmax", "softmax", "log_softmax"])
QUOTIENTS: Final = frozenset(["divide", "divide_no_nan"])
TOTALS: Final = frozenset(["sum"])
POWERS: Final = frozenset(["exp"])
WEIGHED: Final = frozenset(["multiply", "where", "cast", "clip", "identity", "stop_gradient"])
"""What may become of the powers before they are divided: a mask leaves some of them out."""
GUARDED: Final = frozenset(
    ["add", "cast", "clip", "maximum", "where", "identity", "expand_dims", "stop_gradient"]
)
"""What may become of their sum before it divides: nothing is divided by zero."""
MAX_WAY: Final = 16


class Softmax(Struct, frozen=True):
    """One softmax: the shape of its input, the axes that it runs along, what was written for them, and the
    division that ends one by hand.
    """

    shape: Shape
    axes: tuple[int, ...]
    written: str
    quotient: Call | None = None


def may_be_softmax(view: LayerView) -> bool:
    """Tell whether layers of a class can be a softmax, or end with one."""
    spec = find(view.layer.class_name)
    return (
        view.layer.class_name in SOFTMAXES | TOTALS or spec is None or "activation" in spec.parameters.names
    )


def softmax_of(view: LayerView) -> Softmax | None:
    """Return the softmax that a call is or ends with: a layer, operation, activation, or one by hand."""
    layer = view.layer
    if layer.class_name in SOFTMAXES:
        return _along(view.shape, layer)
    if layer.class_name in TOTALS and view.call.layer.kind == "operation":
        return _by_hand(view)
    activation = layer.config.get("activation")
    shape = _output(view)
    if isinstance(activation, Layer):
        return _along(shape, activation) if activation.class_name in SOFTMAXES else None
    if shape is None or not shape.rank or activation_name(activation) not in SOFTMAXES:
        return None
    return Softmax(shape, (shape.rank - 1,), "")


def _output(view: LayerView) -> Shape | None:
    """Return the shape of the innermost layer's output, the batch first."""
    outputs = view.call.output_tensors
    shape = outputs[0].shape if outputs and isinstance(outputs[0], Tensor) else None
    if shape is None or shape.rank <= view.hidden:
        return None
    return Shape((shape[0], *shape[1 + view.hidden :])) if view.hidden else shape


def _along(shape: Shape | None, layer: Layer) -> Softmax | None:
    given = layer.config.get("axis", -1)
    axes = axes_of(shape, -1 if given is None else given)
    if shape is None or axes is None:
        return None
    return Softmax(shape, axes, "" if given in (None, -1) else f"axis={shown(given)}")


def _by_hand(view: LayerView) -> Softmax | None:
    """``exp(x) / sum(exp(x), axis)``, told by the sum, whose axis it is, with masks before and a guard
    against division by zero between.
    """
    total = view.call
    summed = _back(total.input_tensors[0], WEIGHED, _is_power) if total.input_tensors else None
    if summed is None:
        return None
    shape, given = total.input_tensors[0].shape, total.layer.config.get("axis")
    axes = axes_of(shape, given)
    quotient = _divided(view, summed)
    if shape is None or axes is None or quotient is None:
        return None
    return Softmax(shape, axes, f"axis={shown(given)}", quotient)


def _divided(view: LayerView, summed: Call) -> Call | None:
    """Return the division of the same powers by their sum, behind the sum."""
    queue = list(view.call.output_tensors)
    for tensor in queue:
        for reader in view.index.consumers.get(id(tensor), []):
            name = reader.layer.class_name
            if name in QUOTIENTS and len(reader.input_tensors) == 2 and reader.input_tensors[1] is tensor:
                powers = _back(reader.input_tensors[0], WEIGHED, _is_power)
                if powers is summed or (powers is not None and _takes_the_same(powers, summed)):
                    return reader
            elif name in GUARDED and len(queue) < MAX_WAY:
                queue.extend(reader.output_tensors)
    return None


def _takes_the_same(call: Call, other: Call) -> bool:
    """Tell whether the first inputs of two calls are one tensor; a number that is written out is not one."""
    first, second = call.input_tensors[:1], other.input_tensors[:1]
    return bool(first and second) and first[0] is second[0]


def _is_power(call: Call) -> bool:
    return call.layer.class_name in POWERS


def _back(tensor: Any, through: frozenset[str], found: Callable[[Call], bool]) -> Call | None:
    """Return the nearest call before a tensor that ``found`` accepts, with nothing but
    ``through`` between.
    """
    queue = [tensor]
    for current in queue:
        made = current.producer if isinstance(current, Tensor) else None
        if made is None or made.layer.kind != "operation":
            continue
        if found(made):
            return made
        if made.layer.class_name in through and len(queue) < MAX_WAY:
            queue.extend(made.input_tensors)
    return None


@TABLE.fact(
    Type.SIZE,
    "the size of the axis that a softmax runs along: of the layer, of the operation, of the layer's "
    "activation (there the last axis of its output), or of exp(x) / sum(exp(x))",
    of_class=may_be_softmax,
)
def softmax_size(view: LayerView) -> Value:
    found = softmax_of(view)
    return UNKNOWN if found is None else sizes.product([found.shape[axis].size for axis in found.axes])


@TABLE.fact(
    Type.LIST,
    "the axes that a softmax runs along, counted from 0 with the batch, however it is written",
    of_class=may_be_softmax,
)
def softmax_axes(view: LayerView) -> Value:
    found = softmax_of(view)
    return UNKNOWN if found is None else found.axes


@TABLE.fact(
    Type.NUMBER,
    "the number of axes of what the softmax is computed of, the batch counted: of a recurrent layer that is "
    "its last step",
    of_class=may_be_softmax,
)
def softmax_rank(view: LayerView) -> Value:
    found = softmax_of(view)
    return UNKNOWN if found is None else found.shape.rank


@TABLE.fact(
    Type.TRUTH,
    "a softmax runs along the samples of targets or predictions, and no further axis may count samples too",
)
def softmax_over_samples(view: LayerView) -> Value:
    found = softmax_of(view)
    if found is None or 0 not in found.axes or found.shape.rank < 2:
        return False
    samples, *further = found.shape
    return samples.role in COUNTS and all(
        axis.role not in COUNTS and isinstance(axis.size, int) for axis in further
    )


@TABLE.fact(
    Type.TRUTH,
    "another softmax of the same array runs along other axes, as those of a co-attention do",
    of_class=may_be_softmax,
)
def softmax_both_ways(view: LayerView) -> Value:
    found = softmax_of(view)
    if found is None or view.tensor is None:
        return False
    others = (softmax_of(LayerView(view.index, call)) for call in view.index.consumers[id(view.tensor)])
    return any(other is not None and other.axes != found.axes for other in others)


@TABLE.fact(Type.TEXT, "the argument that says along which axis a softmax runs; `the last axis` by default")
def softmax_written(view: LayerView) -> Value:
    found = softmax_of(view)
    return UNKNOWN if found is None else found.written or "the last axis"


@TABLE.fact(Type.TRUTH, "the softmax is written by hand, as exp(x) / sum(exp(x)); found by its sum")
def softmax_by_hand(view: LayerView) -> Value:
    found = softmax_of(view)
    return found is not None and found.quotient is not None


@TABLE.fact(Type.TRUTH, "no layer reads the output of the softmax, so it is the prediction")
def softmax_is_last(view: LayerView) -> Value:
    found = softmax_of(view)
    if found is None or found.quotient is None:
        return is_last(view)
    return is_last(LayerView(view.index, found.quotient))


@TABLE.fact(
    Type.TRUTH,
    "the softmax runs along the last axis because nothing else was written",
    of_class=may_be_softmax,
)
def softmax_by_default(view: LayerView) -> Value:
    found = softmax_of(view)
    return UNKNOWN if found is None else not found.written


@TABLE.fact(Type.TRUTH, "the softmax's input has another axis longer than 1 besides the batch and the last")
def has_positions(view: LayerView) -> Value:
    found = softmax_of(view)
    if found is not None:
        return any(size != 1 for size in found.shape.sizes[1:-1])
    shape = _output(view)
    return UNKNOWN if shape is None else any(size != 1 for size in shape.sizes[1:-1])
