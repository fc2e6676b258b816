"""Facts about one use of a layer.

A wrapper is looked into: the facts of ``TimeDistributed(Conv2D(…))`` are those of the Conv2D and of the shape
that it sees, without the axis that the wrapper walks along.
"""

from __future__ import annotations

from typing import Any, Final

from layoutlint.facts.data_formats import FORMATS, format_of, formats_of
from layoutlint.facts.fact_values import UNKNOWN, Type, Value, shown
from layoutlint.facts.layer_view import CHANNELS, TABLE, LayerView, spoken
from layoutlint.facts.order_choices import is_for_an_order
from layoutlint.facts.purpose import (
    is_chosen_by_data_format,
)
from layoutlint.facts.trace import is_array, upstream
from layoutlint.layers.registry import find
from layoutlint.model.graph import Call, Scenario, Tensor, flatten
from layoutlint.model.sizes import Expression

POOLED: Final = (
    "Global",
    "mean",
    "reduce_mean",
    "reduce_max",
    "amax",
    "max",
    "AdaptiveAverage",
    "AdaptiveMax",
)
PLACES_ENDING: Final = ("Flatten", "Global")
SEQUENCE_ENDING: Final = frozenset(
    [
        "LSTM",
        "GRU",
        "SimpleRNN",
        "RNN",
        "Bidirectional",
        "CuDNNLSTM",
        "CuDNNGRU",
        "ConvLSTM1D",
        "ConvLSTM2D",
        "ConvLSTM3D",
    ]
)


# Identity ----------------------------------------------------------------


@TABLE.fact(Type.ARGUMENTS, "the innermost layer's arguments; `argument(name)` is one of them")
def arguments(view: LayerView) -> Value:
    return {name: _plain(value) for name, value in view.layer.config.items()}


def _plain(value: Any) -> Value:
    """Return an argument as rules compute with it."""
    if isinstance(value, tuple | list):
        return tuple(map(_plain, value))
    return value if isinstance(value, bool | int | float | str | Expression | None) else UNKNOWN


@TABLE.fact(Type.TEXT, "the layer as messages name it: its class, with its wrapper: `Bidirectional(LSTM)`")
def layer(view: LayerView) -> Value:
    return spoken(view.call)


@TABLE.fact(
    Type.TEXT, "the innermost layer's class, by its Keras 3 name: `LSTM` for `Bidirectional(LSTM(8))`"
)
def class_name(view: LayerView) -> Value:
    return view.layer.class_name


@TABLE.fact(Type.TEXT, "the wrapper's class, or the empty text")
def wrapper(view: LayerView) -> Value:
    return "" if view.layer is view.call.layer else view.call.layer.class_name


@TABLE.fact(Type.TEXT, "what it is in the graph", ("layer", "operation", "input", "model"))
def kind(view: LayerView) -> Value:
    return view.call.layer.kind


@TABLE.fact(Type.TEXT, "the name that the layer was given")
def layer_name(view: LayerView) -> Value:
    return view.call.layer.name or UNKNOWN


@TABLE.fact(
    Type.TRUTH,
    "the call happens under a condition of the source that is not known; choices whose values are all "
    "followed do not count",
)
def conditional(view: LayerView) -> Value:
    return not all(isinstance(condition, Scenario) for condition in view.call.conditions)


# What it reads ----------------------------------------------------------------


@TABLE.fact(Type.SIZE, "the axis that the layer reads as steps (time, position)")
def steps(view: LayerView) -> Value:
    return view.axis("steps")


@TABLE.fact(Type.SIZE, "the axis that the layer sums over or reads as features: `input_dim`, channels")
def input_dim(view: LayerView) -> Value:
    return view.axis(*CHANNELS)


@TABLE.fact(Type.SIZE, "the axis that the layer reads as channels (the same as `input_dim`)")
def channels(view: LayerView) -> Value:
    return view.axis(*CHANNELS)


@TABLE.fact(Type.SIZE, "the axis that the layer reads as height")
def height(view: LayerView) -> Value:
    return view.axis("height")


@TABLE.fact(Type.SIZE, "the axis that the layer reads as width")
def width(view: LayerView) -> Value:
    return view.axis("width")


@TABLE.fact(Type.SIZE, "the axis that the layer reads as depth")
def depth(view: LayerView) -> Value:
    return view.axis("depth")


@TABLE.fact(
    Type.LIST, "the spatial axes' sizes in order: (steps) or (height, width) or (depth, height, width)"
)
def spatial(view: LayerView) -> Value:
    return tuple(size for _, size in view.spatial) if view.names else UNKNOWN


@TABLE.fact(Type.SIZE, "the last axis of the input")
def last_axis(view: LayerView) -> Value:
    return view.shape[-1].size if view.shape else UNKNOWN


@TABLE.fact(Type.SIZE, "the first axis after the batch")
def first_axis(view: LayerView) -> Value:
    return view.shape[1].size if view.shape is not None and view.shape.rank > 1 else UNKNOWN


@TABLE.fact(Type.SIZE, "the second axis after the batch")
def second_axis(view: LayerView) -> Value:
    return view.shape[2].size if view.shape is not None and view.shape.rank > 2 else UNKNOWN


@TABLE.fact(Type.TEXT, "how the layer reads the first axis after the batch")
def first_axis_name(view: LayerView) -> Value:
    return view.names[1] if len(view.names) > 1 else UNKNOWN


@TABLE.fact(Type.TEXT, "the input's shape without the batch, its first axis moved to the end")
def first_axis_moved_last(view: LayerView) -> Value:
    if view.shape is None or view.shape.rank < 3:
        return UNKNOWN
    return shown((*view.shape.sizes[2:], view.shape.sizes[1]))


@TABLE.fact(Type.LIST, "all axes of the input, the batch first")
def input_sizes(view: LayerView) -> Value:
    return UNKNOWN if view.shape is None else view.shape.sizes


@TABLE.fact(Type.NUMBER, "the number of axes of the input, the batch counted")
def rank(view: LayerView) -> Value:
    return UNKNOWN if view.shape is None else view.shape.rank


@TABLE.fact(Type.NUMBER, "the number of inputs of the call")
def input_count(view: LayerView) -> Value:
    return len(view.inputs)


@TABLE.fact(Type.TEXT, "the reading of the input, axis by axis: `(batch, steps=1, input_dim=8000)`")
def reads(view: LayerView) -> Value:
    return UNKNOWN if view.interpretation is None else view.interpretation.axes


@TABLE.fact(Type.TEXT, "the input's shape; of several inputs, all shapes")
def input_shapes(view: LayerView) -> Value:
    shapes = [tensor.shape for tensor in view.inputs if isinstance(tensor, Tensor)]
    return " and ".join("an unknown shape" if shape is None else shape.words for shape in shapes) or UNKNOWN


# Its arguments ----------------------------------------------------------------


@TABLE.fact(Type.LIST, "the kernel's (or pool's) size along each spatial axis")
def kernel_size(view: LayerView) -> Value:
    return view.window("kernel_size", "pool_size")


@TABLE.fact(Type.LIST, "how far the kernel reaches along each spatial axis, dilation counted")
def kernel_span(view: LayerView) -> Value:
    return view.spans


@TABLE.fact(Type.LIST, "the strides along each spatial axis")
def strides(view: LayerView) -> Value:
    return view.window("strides")


@TABLE.fact(Type.LIST, "the dilation along each spatial axis")
def dilation(view: LayerView) -> Value:
    return view.window("dilation_rate")


@TABLE.fact(Type.TEXT, "the padding", ("valid", "same", "causal"))
def padding(view: LayerView) -> Value:
    value = view.argument("padding")
    return value.lower() if isinstance(value, str) else UNKNOWN


@TABLE.fact(Type.TEXT, "the data format of the layer", FORMATS)
def data_format(view: LayerView) -> Value:
    return format_of(view.index, view.call)


@TABLE.fact(Type.SIZE, "the number of filters")
def filters(view: LayerView) -> Value:
    return view.size_argument("filters")


@TABLE.fact(Type.SIZE, "the number of units")
def units(view: LayerView) -> Value:
    return view.size_argument("units")


@TABLE.fact(Type.SIZE, "the number of groups")
def groups(view: LayerView) -> Value:
    return view.size_argument("groups")


@TABLE.fact(Type.TRUTH, "a recurrent layer returns its output of every step")
def return_sequences(view: LayerView) -> Value:
    return view.truth_argument("return_sequences")


@TABLE.fact(Type.TRUTH, "a recurrent layer reads the steps before the batch (Keras 2)")
def time_major(view: LayerView) -> Value:
    return view.layer.config.get("time_major") not in (None, False)


@TABLE.fact(Type.TRUTH, "a recurrent layer carries its state from batch to batch")
def stateful(view: LayerView) -> Value:
    return view.truth_argument("stateful")


@TABLE.fact(Type.TRUTH, "the call passes initial states, as the decoder of a sequence model does")
def initial_state_given(view: LayerView) -> Value:
    given = view.call.keywords.get("initial_state")
    return given is not None or len(view.call.input_tensors) > 1


@TABLE.fact(Type.SIZE, "the number of values in the initial states that a recurrent layer is given by name")
def state_size(view: LayerView) -> Value:
    states = [
        state for state in flatten(view.call.keywords.get("initial_state")) if isinstance(state, Tensor)
    ]
    shapes = [state.shape for state in states if state.shape is not None and state.shape.rank == 2]
    return UNKNOWN if not shapes or shapes[0][-1].size is None else shapes[0][-1].size


# Where its input comes from ----------------------------------------------------------------


@TABLE.fact(
    Type.TRUTH,
    "the author's data reaches the layer directly, or through layers that keep the axes, or through "
    "reshapes, new axes, permutations and padding",
)
def feeds_from_input(view: LayerView) -> Value:
    way = view.trace
    return UNKNOWN if way is None or way.end == "unknown" else way.is_fed


@TABLE.fact(
    Type.TRUTH, "a model's tensors come in here; false for an operation on arrays, before any layer sees them"
)
def on_model_tensors(view: LayerView) -> Value:
    return view.call.layer.kind != "operation" or not is_array(view.call)


@TABLE.fact(Type.TRUTH, "there is nothing between the model's input and the layer")
def first_in_model(view: LayerView) -> Value:
    way = view.trace
    if way is None or way.end == "unknown":
        return UNKNOWN
    return way.is_fed and not any(call.layer.kind == "layer" for call in way.calls)


@TABLE.fact(Type.TRUTH, "a reshape, permutation or new axis is between the data and the layer")
def reshaped_on_the_way(view: LayerView) -> Value:
    way = view.trace
    return UNKNOWN if way is None else any(_moves(call) for call in way.calls)


def _moves(call: Call) -> bool:
    before, after = call.input_tensors[0].shape, call.output_tensors[0].shape
    return before is not None and after is not None and before.sizes != after.sizes


@TABLE.fact(
    Type.TRUTH,
    "the input was pooled over all its pixels or steps before (squeeze-and-excite, attention over "
    "channels), with reshapes, Dense layers and activations between",
)
def after_global_pooling(view: LayerView) -> Value:
    for call in upstream(view.call, 64):
        if call.layer.class_name.startswith(POOLED):
            return True
        if "kernel_size" in call.layer.config or call.layer.kind == "model":
            return False
    return False


@TABLE.fact(Type.TRUTH, "the author wrote down the shape of the input that reaches the layer")
def declared(view: LayerView) -> Value:
    return view.declaration is not None


@TABLE.fact(
    Type.TEXT,
    "the argument that declares the shape: `input_shape`, `shape`, `batch_shape`; or the empty text",
)
def declared_argument(view: LayerView) -> Value:
    return "" if view.declaration is None else view.declaration.argument


@TABLE.fact(
    Type.TEXT, "the class of the layer whose output this layer reads; the empty text for an input or data"
)
def previous_class(view: LayerView) -> Value:
    producer = None if view.tensor is None else view.tensor.producer
    if producer is None or producer.layer.kind == "input":
        return ""
    return producer.layer.class_name


def _may_have_format(view: LayerView) -> bool:
    """Tell whether layers of a class have a data format."""
    spec = find(view.layer.class_name)
    return spec is None or "data_format" in spec.parameters.names


@TABLE.fact(
    Type.TEXT,
    "the data format of the nearest layer before this one that works in the other format, with nothing "
    "between that moves axes; the empty text if there is none",
    ("", *FORMATS),
    of_class=_may_have_format,
    of_graph=lambda index: len(index.once(formats_of)) > 1,
)
def earlier_data_format(view: LayerView) -> Value:
    return "" if view.earlier is None else view.earlier[1]


@TABLE.fact(Type.TEXT, "the layer that `earlier_data_format` is about")
def earlier_layer(view: LayerView) -> Value:
    return "" if view.earlier is None else spoken(view.earlier[0])


@TABLE.fact(
    Type.TRUTH,
    "the layer is built, or an argument is set, under a condition that asks for the data format, so its "
    "author has thought of it",
)
def depends_on_data_format(view: LayerView) -> Value:
    return is_for_an_order(view.call) or is_chosen_by_data_format(view.call)


# Windows ----------------------------------------------------------------


@TABLE.fact(
    Type.TEXT, "the spatial axis that the kernel exceeds most, one of 1 only beside a longer one; or empty"
)
def narrow_axis(view: LayerView) -> Value:
    return "" if view.narrow is None else view.narrow[0]


@TABLE.fact(Type.SIZE, "the size of `narrow_axis`")
def narrow_size(view: LayerView) -> Value:
    return UNKNOWN if view.narrow is None else view.narrow[1]


@TABLE.fact(Type.SIZE, "how far the kernel reaches along `narrow_axis`")
def narrow_span(view: LayerView) -> Value:
    return UNKNOWN if view.narrow is None else view.narrow[2]


@TABLE.fact(
    Type.TRUTH,
    "the kernel or pool is 1 along the first spatial axis and wider along another: it slides along a row",
)
def slides_along_rows(view: LayerView) -> Value:
    windows = view.window("kernel_size", "pool_size")
    if windows is UNKNOWN:
        return UNKNOWN if view.spatial and {"kernel_size", "pool_size"} & view.layer.config.keys() else False
    if any(isinstance(window, Expression) for window in windows):
        return UNKNOWN
    return len(windows) > 1 and windows[0] == 1 and any(window != 1 for window in windows[1:])


@TABLE.fact(Type.TEXT, "the names of the spatial axes: `steps`, `height and width`")
def window_axes(view: LayerView) -> Value:
    return " and ".join(name for name, _ in view.spatial) or UNKNOWN
