"""Facts about norms of gradients that are held to a number, as in the gradient penalty of a WGAN: each sample
has one norm, over all of its axes.

Part of the facts about a layer; ``layoutlint.facts.registry`` puts them beside the others. Source: Gulrajani
et al., Improved Training of Wasserstein GANs, https://arxiv.org/abs/1704.00028.
"""

from __future__ import annotations

from typing import Final

from layoutlint.facts.axis_operations import folded_axes
from layoutlint.facts.fact_values import UNKNOWN, Type, Value, shown
from layoutlint.facts.index import Index
from layoutlint.facts.layer_view import TABLE, LayerView
from layoutlint.model.axes import Axis, Shape
from layoutlint.model.graph import Call, Tensor

GRADIENT: Final = "gradient"
NORMS: Final = frozenset(["sum", "norm"])
SQUARES: Final = frozenset(["square", "power", "multiply"])
KEPT: Final = frozenset(["array", "stack", "cast", "identity", "reshape", "flatten"])
"""What a gradient may go through before its norm is taken."""
ROOTS: Final = frozenset(["sqrt", "power", "add", "maximum"])
"""What may become of a sum of squares before it is held to a number."""
SCALED: Final = KEPT | SQUARES | {"abs", "divide"}
"""What a gradient may go through before it is scaled by a statistic of itself."""
MAX_WAY: Final = 8


def _may_measure(view: LayerView) -> bool:
    return view.layer.class_name in NORMS


def _source(tensor: Tensor) -> Tensor | None:
    """Return the array with respect to which an array is a gradient, perhaps in another form."""
    for _ in range(MAX_WAY):
        made = tensor.producer
        if made is None or made.layer.kind != "operation" or len(made.input_tensors) != 1:
            return None
        tensor = made.input_tensors[0]
        if made.layer.class_name == GRADIENT:
            return tensor
        if made.layer.class_name not in KEPT:
            return None
    return None


@TABLE.fact(
    Type.TRUTH,
    "the input is a gradient, or the squares or the absolute values of one: in front of an ascent it is "
    "scaled as a whole, mostly that of one image",
)
def of_gradient(view: LayerView) -> Value:
    tensor = view.tensor
    for _ in range(MAX_WAY):
        made = None if tensor is None else tensor.producer
        if made is None or made.layer.class_name not in SCALED:
            break
        tensor = made.input_tensors[0] if made.input_tensors else None
    return made is not None and made.layer.class_name == GRADIENT


def _measured(call: Call) -> Tensor | None:
    """Return the array of whose gradient a reduction folds the squares, or takes the norm."""
    if len(call.input_tensors) != 1:
        return None
    tensor = call.input_tensors[0]
    if call.layer.class_name == "sum":
        made = tensor.producer
        if made is None or made.layer.class_name not in SQUARES or not made.input_tensors:
            return None
        tensor = made.input_tensors[0]
    return _source(tensor)


def _is_batch(index: Index, tensor: Tensor) -> bool:
    """Tell whether a model, or a layer, is called on an array: its first axis is the batch."""
    return any(reader.layer.kind != "operation" for reader in index.consumers.get(id(tensor), []))


def _is_held_to_a_number(index: Index, call: Call) -> bool:
    """Tell whether a number is subtracted from a norm, or it from a number."""
    return any(
        reader.layer.class_name == "subtract"
        and any(isinstance(value, int | float) and value for value in reader.layer.config.values())
        for reader, _ in index.onward(call.output_tensors, _roots, MAX_WAY)
    )


def _roots(call: Call, tensor: Tensor) -> list[Tensor]:
    return call.output_tensors if call.layer.class_name in ROOTS else []


def _of_samples(view: LayerView) -> tuple[Shape, int, tuple[int, ...]] | None:
    """Return the shape of a gradient whose norm is held to a number, the place of the batch in it, and the
    axes that the norm folds.
    """
    source = _measured(view.call) if _may_measure(view) else None
    folded, shape = folded_axes(view.call), view.shape
    if source is None or folded is None or not shape or not source.shape or not _is_batch(view.index, source):
        return None
    if not _is_held_to_a_number(view.index, view.call):
        return None
    return shape, max(0, shape.rank - source.shape.rank), folded


@TABLE.fact(
    Type.TEXT,
    "for a norm of a gradient from which a number is subtracted (a gradient penalty): the axes of a sample "
    "that the norm does not run over, counted from 0 with the batch (`axes 1, 2`); the empty text for all "
    "else",
    of_class=_may_measure,
)
def norm_leaves_out(view: LayerView) -> Value:
    found = _of_samples(view)
    if found is None:
        return ""
    shape, batch, folded = found
    left = [place for place in range(batch + 1, shape.rank) if place not in folded and shape[place].size != 1]
    return "" if not left else f"{'axis' if len(left) == 1 else 'axes'} {', '.join(map(str, left))}"


@TABLE.fact(
    Type.TRUTH,
    "a norm of a gradient from which a number is subtracted (a gradient penalty) runs over the samples too",
    of_class=_may_measure,
)
def norm_of_all_samples(view: LayerView) -> Value:
    found = _of_samples(view)
    return found is not None and found[1] in found[2] and found[0][found[1]].size != 1


@TABLE.fact(Type.TEXT, "all axes behind the batch, as an `axis` names them: `[1, 2, 3]`")
def axes_of_sample(view: LayerView) -> Value:
    found = _of_samples(view)
    return UNKNOWN if found is None else shown(list(range(found[1] + 1, found[0].rank)))


def _may_mix(view: LayerView) -> bool:
    return view.layer.class_name == "random"


def _products_with(index: Index, weight: Tensor) -> list[tuple[Tensor, Tensor]]:
    """Return what a weight is multiplied with, where that is as large as it, each with the product."""
    return [
        (other, reader.output_tensors[0])
        for reader in index.consumers.get(id(weight), [])
        if reader.layer.class_name == "multiply" and len(reader.input_tensors) == 2
        for other in reader.input_tensors
        if other is not weight and _as_large(other, weight)
    ]


def _as_large(one: Tensor, other: Tensor) -> bool:
    return one.shape is not None and other.shape is not None and one.shape.sizes == other.shape.sizes


def _rests(index: Index, weight: Tensor) -> list[Tensor]:
    """Return what is left of 1 beside a weight: ``1 - weight``."""
    return [
        made
        for reader in index.consumers.get(id(weight), [])
        if reader.layer.class_name == "subtract" and reader.input_tensors == [weight]
        for made in reader.output_tensors
    ]


def _is_penalised(index: Index, points: Tensor) -> bool:
    """Tell whether the norm of a gradient at some points is held to a number."""
    return any(
        reader.layer.class_name in NORMS
        and _measured(reader) is points
        and _is_held_to_a_number(index, reader)
        for reader, _ in index.onward([points], _gradients, MAX_WAY)
    )


def _gradients(call: Call, tensor: Tensor) -> list[Tensor]:
    is_of_gradient = call.layer.class_name in KEPT | SQUARES | {GRADIENT}
    return call.output_tensors if is_of_gradient else []


def _mixtures(index: Index, weight: Tensor) -> list[Tensor]:
    """Return the arrays that lie between two others as far as a weight says: ``a + weight * (b - a)``, and
    ``weight * a + (1 - weight) * b``.
    """
    beside = {id(product) for rest in _rests(index, weight) for _, product in _products_with(index, rest)}
    found = []
    for other, product in _products_with(index, weight):
        made = other.producer
        if made is not None and made.layer.class_name == "subtract":
            ends = beside | {id(end) for end in made.input_tensors}
        else:
            ends = beside
        found += [
            reader.output_tensors[0]
            for reader in index.consumers.get(id(product), [])
            if reader.layer.class_name in ("add", "subtract")
            and any(id(end) in ends for end in reader.input_tensors)
        ]
    return found


@TABLE.fact(
    Type.TRUTH,
    "random numbers, one for every value of the samples, say how far between two arrays the points lie, "
    "`a + weight * (b - a)`, at which the norm of a gradient is held to a number (a gradient penalty)",
    of_class=_may_mix,
)
def weighs_every_value(view: LayerView) -> Value:
    made = view.call.output_tensors[0] if _may_mix(view) and view.call.output_tensors else None
    if made is None or made.shape is None or all(size == 1 for size in made.shape.sizes[1:]):
        return False
    return any(_is_penalised(view.index, mixture) for mixture in _mixtures(view.index, made))


@TABLE.fact(
    Type.TEXT, "for random numbers: a shape of one for each sample, `(8, 1, 1, 1)`", of_class=_may_mix
)
def one_for_each_sample(view: LayerView) -> Value:
    outputs = view.call.output_tensors if _may_mix(view) else []
    shape = outputs[0].shape if outputs else None
    return UNKNOWN if not shape else Shape((shape[0], *(Axis(1) for _ in shape[1:]))).words


@TABLE.fact(Type.TEXT, "for random numbers: the shape that they have", of_class=_may_mix)
def random_shape(view: LayerView) -> Value:
    outputs = view.call.output_tensors if _may_mix(view) else []
    return UNKNOWN if not outputs or outputs[0].shape is None else outputs[0].shape.words
