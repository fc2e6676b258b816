"""A Dense layer that makes a prediction at every pixel where one for the whole image was wanted.

Part of the facts about a layer; ``layoutlint.facts.registry`` puts them beside the others.
"""

from __future__ import annotations

from typing import Final, TypeAlias

from layoutlint.facts.activations import activation_name
from layoutlint.facts.fact_values import UNKNOWN, Type, Value
from layoutlint.facts.index import keeps_axes
from layoutlint.facts.layer_errors import shaping_call
from layoutlint.facts.layer_view import TABLE, LayerView
from layoutlint.facts.target import TargetView
from layoutlint.facts.trace import MOVING, upstream
from layoutlint.model.graph import Call, Tensor, flatten
from layoutlint.model.sizes import Expression

GROWING: Final = ("UpSampling", "Conv2DTranspose", "Conv3DTranspose", "resize", "Resizing")
AROUND: Final = ("ZeroPadding", "Cropping")
POOLING: Final = ("MaxPooling", "AveragePooling")
ANSWERS: Final = frozenset(["softmax", "sigmoid"])
MAX_CALLS: Final = 4096

Spatial: TypeAlias = tuple[int | None, ...]


def _spatial(view: LayerView) -> Spatial | None:
    """Return the sizes of the axes between the batch and the features, where these are several positions."""
    shape = view.shape
    if shape is None or shape.rank < 4 or view.layer is not view.call.layer:
        return None
    sizes = tuple(axis.size for axis in shape[1:-1])
    if any(isinstance(size, Expression) for size in sizes) or all(size == 1 for size in sizes):
        return None
    return tuple(size if isinstance(size, int) else None for size in sizes)


def _output(view: LayerView) -> Tensor | None:
    """Return the output of a model that this layer and nothing but Dense layers, activations and the like
    behind it make. Of a model that is part of another one only what classifies by its form: a discriminator
    of patches has one unit.
    """
    found: Tensor | None = None
    index = view.index
    queue: list[tuple[Tensor, Call]] = [
        (tensor, view.call) for tensor in view.call.output_tensors if isinstance(tensor, Tensor)
    ]
    for tensor, last in queue:
        if id(tensor) in index.final_outputs or (id(tensor) in index.part_outputs and _classifies(last)):
            found = tensor
        for call in index.consumers.get(id(tensor), ()):
            if not _keeps_positions(call):
                return None
            is_dense = call.layer.class_name == "Dense"
            queue.extend((after, call if is_dense else last) for after in call.output_tensors)
    return found


def _classifies(call: Call) -> bool:
    activation = call.layer.config.get("activation")
    return call.layer.config.get("units") != 1 and activation_name(activation) in ANSWERS


def _before(call: Call) -> list[Call]:
    return list(upstream(call, MAX_CALLS))


def _is_taught_by_position(view: LayerView, output: Tensor) -> bool:
    """Tell whether the model is given a target for each position: a discriminator of patches."""
    for feed in view.index.feeds:
        for position in range(sum(1 for _ in flatten(feed.targets))):
            given = TargetView(view.index, feed, position)
            if given.model_side is output and given.target is not None and output.shape is not None:
                return given.target.sizes[1:-1] == output.shape.sizes[1:-1]
    return False


@TABLE.fact(
    Type.LIST,
    "for the first of the Dense layers that end a model: the height and width of the model's output: one "
    "prediction per pixel",
)
def answers_at(view: LayerView) -> Value:
    spatial = _spatial(view)
    output = _output(view) if spatial is not None and view.layer.class_name == "Dense" else None
    if output is None or _is_taught_by_position(view, output):
        return UNKNOWN
    before = shaping_call(view)
    return UNKNOWN if before is not None and before.layer.class_name == "Dense" else spatial


@TABLE.fact(Type.TEXT, "for the first of the Dense layers that end a model: the shape of the model's output")
def answer_shape(view: LayerView) -> Value:
    output = _output(view)
    return UNKNOWN if output is None or output.shape is None else output.shape.words


@TABLE.fact(
    Type.TRUTH,
    "the layers before reduced the height or width of the model's input, and none enlarged them or moved "
    "the axes",
)
def positions_shrank(view: LayerView) -> Value:
    spatial = _spatial(view)
    if spatial is None:
        return UNKNOWN
    before = _before(view.call)
    if any(_moves(call) for call in before):
        return False
    if None in spatial:
        return any(_is_strided(call) for call in before)
    wide = [_input_spatial(call, len(spatial)) for call in before if call.layer.kind == "input"]
    images = [at for at in wide if at is not None]
    return bool(images) and all(
        all(small < large for small, large in zip(spatial, at, strict=True) if small and large != 1)
        for at in images
    )


def _input_spatial(call: Call, count: int) -> tuple[int, ...] | None:
    shape = call.output_tensors[0].shape if call.output_tensors else None
    if shape is None or shape.rank < count + 2:
        return None
    sizes = [axis.size for axis in shape[-count - 1 : -1]]
    known = [size for size in sizes if isinstance(size, int)]
    return tuple(known) if len(known) == count else None


def _moves(call: Call) -> bool:
    name = call.layer.class_name
    shapes = [tensor.shape for tensor in call.input_tensors if isinstance(tensor, Tensor)]
    # a reshape of a vector makes a map of a branch and moves none
    is_map = any(shape is None or shape.rank > 3 for shape in shapes)
    return (is_map and name in MOVING and not name.startswith(AROUND)) or name.startswith(GROWING)


def _is_strided(call: Call) -> bool:
    if call.layer.network is not None:
        return any(_is_strided(inner) for inner in call.layer.network.calls)
    strides = call.layer.config.get("strides")
    numbers = strides if isinstance(strides, tuple | list) else [strides]
    is_wide = any(isinstance(number, int) and number > 1 for number in numbers)
    return is_wide or call.layer.class_name.startswith(POOLING)


@TABLE.fact(Type.TRUTH, "no layer before looks at more than one pixel")
def positions_stay_alone(view: LayerView) -> Value:
    before = _before(view.call)
    return bool(before) and all(call.layer.kind == "input" or _keeps_positions(call) for call in before)


def _keeps_positions(call: Call) -> bool:
    one = call.layer.kind == "layer" and len(call.input_tensors) == 1
    return one and (call.layer.class_name == "Dense" or keeps_axes(call.layer))
