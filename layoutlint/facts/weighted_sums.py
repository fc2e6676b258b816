"""Facts about attention by hand: along which axis the weights add up to 1, and along which they are summed.

Part of the facts about a layer; ``layoutlint.facts.registry`` puts them beside the others.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from layoutlint.facts.fact_values import UNKNOWN, Type, Value
from layoutlint.facts.index import Index
from layoutlint.facts.layer_view import TABLE, LayerView
from layoutlint.facts.softmax import SOFTMAXES, Softmax, may_be_softmax, softmax_of
from layoutlint.facts.trace import upstream
from layoutlint.model.graph import Call, Tensor

PRODUCTS: Final = frozenset(["matmul", "einsum", "Dot"])
PASSED: Final = frozenset(
    ["cast", "where", "identity", "stop_gradient", "dropout", "multiply", "add", "subtract"]
)
SCALED: Final = PASSED | {"divide"}
"""What may become of scores before the softmax, with the masks that are added to them."""
PASSED_LAYERS: Final = frozenset(["Dropout", "Activation"])
MAX_WAY: Final = 24


def _scores(softmax: Call) -> Call | None:
    """Return the product of two tensors whose values the softmax makes weights of."""
    queue = list(softmax.input_tensors[:1])
    for tensor in queue:
        made = tensor.producer
        if made is None or len(queue) > MAX_WAY:
            return None
        if made.layer.class_name in PRODUCTS and len(made.input_tensors) == 2:
            return made
        if made.layer.class_name == "Lambda" and isinstance(made.computed, Tensor):
            queue.append(made.computed)
        elif made.layer.class_name in SCALED and made.layer.kind == "operation":
            queue.extend(other for other in made.input_tensors if other.shape == tensor.shape)
    return None


def _products(view: LayerView) -> Iterator[tuple[Call, int]]:
    """Yield the products that the weights go into, each with the place of the weights among its operands."""
    outside = view.index.once(_given_out)
    made = [outside.get(id(tensor), tensor) for tensor in view.call.output_tensors]
    for reader, weights in view.index.onward(made, _weights_behind, MAX_WAY):
        if _is_product(reader):
            yield reader, 0 if reader.input_tensors[0] is weights else 1


def _given_out(index: Index) -> dict[int, Tensor]:
    """Return what a Lambda or an activation outputs, by the id of what its function returns."""
    return {
        id(call.computed): call.outputs
        for call in index.graph.calls
        if isinstance(call.computed, Tensor) and isinstance(call.outputs, Tensor)
    }


def _is_product(call: Call) -> bool:
    return call.layer.class_name in PRODUCTS and len(call.input_tensors) == 2


def _weights_behind(call: Call, weights: Tensor) -> list[Tensor]:
    known = PASSED if call.layer.kind == "operation" else PASSED_LAYERS
    if _is_product(call) or call.layer.class_name not in known:
        return []
    return [made for made in call.output_tensors if made.shape == weights.shape]


def _summed_axes(call: Call, place: int) -> tuple[int, ...] | None:
    """Return the axes of one operand that a product sums along, counted from 0; None where nobody knows."""
    shape = call.input_tensors[place].shape
    if shape is None or shape.rank < 2:
        return None
    config = call.layer.config
    if call.layer.class_name == "Dot":
        axes = config.get("axes")
        axis = axes[place] if isinstance(axes, list | tuple) and len(axes) == 2 else axes
        return (axis % shape.rank,) if type(axis) is int else None
    if call.layer.class_name == "matmul":
        side = "b" if place else "a"
        flags = [config.get(f"{flag}_{side}") or False for flag in ("transpose", "adjoint")]
        if not all(isinstance(flag, bool) for flag in flags):
            return None
        turned = any(flags)
        return (shape.rank - (2 if bool(place) is not turned else 1),)
    inputs, arrow, output = str(config.get("subscripts", "")).replace(" ", "").partition("->")
    terms = inputs.split(",")
    if not arrow or len(terms) != 2 or "." in inputs or len(terms[place]) != shape.rank:
        return None
    return tuple(axis for axis, letter in enumerate(terms[place]) if letter not in output)


def _is_weighed(tensor: Tensor) -> bool:
    """Tell whether another softmax had a part in a tensor."""
    made = tensor.producer
    return made is not None and any(
        call.layer.class_name in SOFTMAXES for call in (made, *upstream(made, MAX_WAY))
    )


def _other_sum(view: LayerView) -> tuple[Softmax, int] | None:
    """Return the softmax, and the axis along which its weights are summed, if once and along another axis."""
    found = softmax_of(view)
    scores = None if found is None or len(found.axes) != 1 else _scores(view.call)
    if found is None or scores is None or any(map(_is_weighed, scores.input_tensors)):
        return None  # capsules agree with the sum of their votes: there the outputs compete
    sums = list(_products(view))
    if len(sums) != 1:
        return None
    product, place = sums[0]
    axes = _summed_axes(product, place)
    if axes is None or len(axes) != 1 or axes == found.axes or axes[0] == 0:
        return None
    return None if _is_weighed(product.input_tensors[1 - place]) else (found, axes[0])


@TABLE.fact(
    Type.NUMBER,
    "for a softmax over the products of two tensors (scores of attention): the axis that its weights are "
    "summed along afterwards, where that is another than the one it runs along",
    of_class=may_be_softmax,
)
def weights_summed_along(view: LayerView) -> Value:
    found = _other_sum(view)
    return UNKNOWN if found is None else found[1]
