"""Facts about one use of a layer.

A wrapper is looked into: the facts of ``TimeDistributed(Conv2D(…))`` are those of the Conv2D and of the shape
that it sees, without the axis that the wrapper walks along.
"""

from __future__ import annotations

from functools import cached_property
from typing import Any, Final

from layoutlint.facts.data_formats import FORMATS, format_of, formats_of, other_format
from layoutlint.facts.fact_values import UNKNOWN, Type, Value, shown
from layoutlint.facts.index import Index, unwrapped
from layoutlint.facts.order_choices import is_for_an_order
from layoutlint.facts.purpose import (
    is_chosen_by_data_format,
)
from layoutlint.facts.registry import Subject, Table
from layoutlint.facts.trace import Trace, is_array, traced, upstream
from layoutlint.layers.registry import find, spec_of
from layoutlint.layers.spec import LayerArguments, LayerSpec
from layoutlint.model import sizes
from layoutlint.model.axes import Interpretation, Shape, named
from layoutlint.model.errors import ShapeError, UndeterminedError
from layoutlint.model.graph import Call, Declaration, Layer, Scenario, Tensor, flatten
from layoutlint.model.sizes import Expression

TABLE = Table(Subject.LAYER)

OF_CLASS: Final = frozenset(["class_name", "kind"])
"""Facts that are the same for all uses of layers of one class and kind."""

SPOKEN: Final = {"getitem": "indexing", "refill": "np.resize"}
"""Operations that are not spoken of by the name that they have in the graph."""

SPATIAL: Final = ("steps", "depth", "height", "width")
CHANNELS: Final = ("input_dim", "channels", "features")
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


class LayerView:
    """What facts about one use of a layer are computed from."""

    def __init__(self, index: Index, call: Call) -> None:
        self.index = index
        self.call = call
        self.layer, self.hidden = unwrapped(call.layer)
        # what nearly every rule asks for is looked up at once
        stacked = index.stacked.get(id(call))
        self.inputs: list[Tensor] = call.input_tensors if stacked is None else [stacked]
        """The tensors that the call takes; several in a list, where one array is taken, are that array."""
        first = self.inputs[0] if self.inputs else None
        self.tensor = first if isinstance(first, Tensor) else None
        """The first input."""
        self.shape = self._seen()
        """The shape that the innermost layer sees, the batch first."""

    def _seen(self) -> Shape | None:
        shape = None if self.tensor is None else self.tensor.shape
        if shape is None or self.hidden == 0:
            return shape
        return Shape((shape[0], *shape[1 + self.hidden :])) if shape.rank > self.hidden else None

    @cached_property
    def spec(self) -> LayerSpec | None:
        """The registry's entry for the innermost layer."""
        return spec_of(self.layer) if self.layer.network is None else None

    @cached_property
    def arguments(self) -> LayerArguments:
        """The innermost layer's arguments."""
        return LayerArguments(self.layer.class_name, self.layer.config)

    @cached_property
    def trace(self) -> Trace | None:
        """The way back from the first input."""
        return None if self.tensor is None else traced(self.index, self.tensor)

    @cached_property
    def names(self) -> tuple[str, ...]:
        """What the innermost layer calls the axes of its input; empty where its rank does not fit."""
        spec, shape = self.spec, self.shape
        if spec is None or shape is None or not _fits(spec, shape.rank):
            return ()
        try:
            found = named(spec.reads(self.arguments, shape) if callable(spec.reads) else spec.reads, shape)
        except (ShapeError, UndeterminedError):
            return ()
        return found if len(found) == shape.rank else ()

    @cached_property
    def interpretation(self) -> Interpretation | None:
        """How the layer reads its input, wrappers included."""
        if self.call.interpretation is not None:
            return self.call.interpretation
        if self.shape is None or not self.names or self.hidden:
            return None
        return Interpretation(self.layer.class_name, self.names, self.shape)

    @cached_property
    def expected(self) -> str | None:
        """The reading of a shape of the rank that the layer needs: ``(batch, steps, input_dim)``."""
        spec = self.spec
        if spec is None or spec.rank is None:
            return None
        try:
            shape = Shape.unknown(spec.rank)
            names = named(spec.reads(self.arguments, shape) if callable(spec.reads) else spec.reads, shape)
        except (ShapeError, UndeterminedError):
            return None
        return f"({', '.join(names)})"

    @property
    def reading(self) -> str | None:
        """How the layer reads its input; if the rank does not fit: what it needs, and what it got."""
        if self.interpretation is not None:
            return f"{spoken(self.call)}: {self.interpretation.axes}"
        if self.expected is not None and self.tensor is not None and self.tensor.shape is not None:
            return f"{spoken(self.call)}: {self.expected}, given {self.tensor.shape.words}"
        return None

    @cached_property
    def declaration(self) -> Declaration | None:
        """The shape that the author wrote down for the input that reaches this layer."""
        return None if self.trace is None else self.index.declaration(self.trace.root)

    def axis(self, *names: str) -> Value:
        """Return the size of the first axis that the layer reads under one of the names."""
        for name in names:
            if name in self.names and self.shape is not None:
                return self.shape[self.names.index(name)].size
        return UNKNOWN

    def argument(self, name: str) -> Value:
        """Return an argument as it is; UNKNOWN for one that the class has not."""
        return self.layer.config.get(name, UNKNOWN)

    def size_argument(self, name: str) -> Value:
        """Return an argument that is a number or a size."""
        value = self.argument(name)
        if isinstance(value, bool) or not isinstance(value, int | Expression):
            return UNKNOWN
        return value

    def truth_argument(self, name: str) -> Value:
        """Return an argument that is a truth value."""
        value = self.argument(name)
        return value if isinstance(value, bool) else UNKNOWN

    def window(self, *names: str, count: int | None = None) -> Value:
        """Return a number an axis, in the axes' order, of the first of these arguments that the class has."""
        count = len(self.spatial) if count is None else count
        for name in names:
            if self.layer.config.get(name) is None:
                continue
            try:
                return self.arguments.sizes(name, count) if count else UNKNOWN
            except (ShapeError, UndeterminedError, ValueError, OverflowError):
                return UNKNOWN
        return UNKNOWN

    @cached_property
    def spatial(self) -> tuple[tuple[str, Value], ...]:
        """The axes that a window slides along: name and size, in order."""
        if self.shape is None:
            return ()
        return tuple(
            (name, axis.size) for name, axis in zip(self.names, self.shape, strict=False) if name in SPATIAL
        )

    @cached_property
    def spans(self) -> Value:
        """How far the kernel or pool reaches along each spatial axis."""
        windows = self.window("kernel_size", "pool_size")
        if windows is UNKNOWN:
            return UNKNOWN
        dilations = self.window("dilation_rate")
        if dilations is UNKNOWN:
            if "dilation_rate" in self.layer.config:
                return UNKNOWN
            dilations = (1,) * len(windows)
        return tuple(
            sizes.add(sizes.multiply(dilation, sizes.subtract(window, 1)), 1)
            for window, dilation in zip(windows, dilations, strict=True)
        )

    @cached_property
    def narrow(self) -> tuple[str, Value, Value] | None:
        """The axis that the window overhangs most: name, size, the window's span.

        An axis of one place counts only beside a longer one. A transposed convolution writes through its
        kernel: all of it counts on the shortest axis.
        """
        if self.spans is UNKNOWN or self.layer.class_name.endswith("Transpose"):
            return None
        found: tuple[str, Value, Value] | None = None
        worst = 0
        has_longer = any(isinstance(size, int) and size > 1 for _, size in self.spatial)
        for (name, size), span in zip(self.spatial, self.spans, strict=True):
            if not isinstance(size, int) or not isinstance(span, int) or not has_longer:
                continue
            if span - size > worst:
                found, worst = (name, size, span), span - size
        return found

    @cached_property
    def earlier(self) -> tuple[Call, str] | None:
        """The nearest layer before this one, on any branch, that works in the other data format.

        None behind a single layer in the other format: what there is to say was said of that one.
        """
        mine = format_of(self.index, self.call)
        if mine is UNKNOWN or len(self.index.once(formats_of)) < 2:
            return None
        found = other_format(self.index, self.call, mine)
        if found is not None and other_format(self.index, found[0], found[1]) is not None:
            return None
        return found


def _fits(spec: LayerSpec, rank: int) -> bool:
    return (spec.rank is None or spec.rank == rank) and (spec.min_rank is None or rank >= spec.min_rank)


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


def spoken(call: Call) -> str:
    """Return a call's layer as it is spoken of."""
    names = [SPOKEN.get(call.layer.class_name, call.layer.class_name)]
    inner = call.layer.config.get("layer")
    while isinstance(inner, Layer) and call.layer.kind == "layer":
        names.append(inner.class_name)
        inner = inner.config.get("layer")
    return "(".join(names) + ")" * (len(names) - 1)


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
    return " and ".join("?" if shape is None else shape.words for shape in shapes) or UNKNOWN


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
