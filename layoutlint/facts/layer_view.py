"""A call of a layer as the facts about it see it: its inputs, what it reads of them, the way behind them."""

from __future__ import annotations

from functools import cached_property
from typing import Final

from layoutlint.facts.data_formats import format_of, formats_of, other_format
from layoutlint.facts.fact_values import UNKNOWN, Value
from layoutlint.facts.index import Index, unwrapped
from layoutlint.facts.registry import Subject, Table
from layoutlint.facts.trace import Trace, traced
from layoutlint.layers.registry import spec_of
from layoutlint.layers.spec import LayerArguments, LayerSpec
from layoutlint.model import sizes
from layoutlint.model.axes import Interpretation, Shape, named
from layoutlint.model.errors import ShapeError, UndeterminedError
from layoutlint.model.graph import Call, Declaration, Layer, Tensor
from layoutlint.model.sizes import Expression

TABLE = Table(Subject.LAYER)

OF_CLASS: Final = frozenset(["class_name", "kind"])
"""Facts that are the same for all uses of layers of one class and kind."""

SPOKEN: Final = {"getitem": "indexing", "refill": "np.resize"}
"""Operations that are not spoken of by the name that they have in the graph."""

SPATIAL: Final = ("steps", "depth", "height", "width")
CHANNELS: Final = ("input_dim", "channels", "features")


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
        read = self.call.interpretation
        if read is not None and read.shape is shape and read.layer == self.layer.class_name:
            return read.names
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
        # a ConvLSTM walks along the steps, and slides its kernel along the axes behind them
        first = 2 if self.layer.class_name.startswith("ConvLSTM") else 0
        read = zip(self.names[first:], self.shape[first:], strict=False)
        return tuple((name, axis.size) for name, axis in read if name in SPATIAL)

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


def spoken(call: Call) -> str:
    """Return a call's layer as it is spoken of."""
    names = [SPOKEN.get(call.layer.class_name, call.layer.class_name)]
    inner = call.layer.config.get("layer")
    while isinstance(inner, Layer) and call.layer.kind == "layer":
        names.append(inner.class_name)
        inner = inner.config.get("layer")
    return "(".join(names) + ")" * (len(names) - 1)
