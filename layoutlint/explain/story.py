"""The story of one layer in words: what each axis is taken for, what the kernel's shape therefore is, and
where the input dimension goes.

A story is a list of paragraphs and tables as plain lines; the numbers in it are those of the graph.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from layoutlint.explain.overview import use
from layoutlint.explain.weights import weights
from layoutlint.model.axes import Axis, Interpretation, Shape
from layoutlint.model.graph import Call
from layoutlint.model.sizes import Expression, Size, equal, multiply, product, render

_SLIDES = "the kernel slides along it"
_SUMMED = "summed over at every position of the kernel; the output has the filters instead"
_POOLED = "the window slides along it"
_KEPT = "kept unchanged"

_CONVOLUTION = {
    "steps": _SLIDES,
    "height": _SLIDES,
    "width": _SLIDES,
    "depth": _SLIDES,
    "input_dim": _SUMMED,
    "channels": _SUMMED,
}
_POOLING = dict.fromkeys(["steps", "height", "width", "depth"], _POOLED) | dict.fromkeys(
    ["channels", "input_dim", "features"], _KEPT
)
_RECURRENT = {
    "steps": "walked along, one step after the other",
    "timesteps": "walked along, one step after the other",
    "features": "the input of the cell at each step; the output has the units instead",
    "input_dim": "the input of the cell at each step; the output has the units instead",
}
_DENSE = {
    "features": "multiplied with the kernel and summed; the output has the units instead",
    "input_dim": "multiplied with the kernel and summed; the output has the units instead",
}

_TREATMENTS = (
    # part of the class name, what the layer does with each axis that it names
    ("Pool", _POOLING),
    ("LSTM", _RECURRENT),
    ("GRU", _RECURRENT),
    ("RNN", _RECURRENT),
    ("Conv", _CONVOLUTION),
    ("Dense", _DENSE),
)


def story(call: Call) -> list[str]:
    """Return what one use of a layer does with its input, as lines of text."""
    return [line for part in _parts(call) for line in (*part, "")][:-1]


def _parts(call: Call) -> Iterator[list[str]]:
    seen = use(call)
    reading = call.interpretation
    if reading is not None:
        yield [f"{call.layer.class_name} reads its input {reading.shape} as {reading.axes}:", *_axes(reading)]
    elif call.input_tensors:
        yield [f"{call.layer.class_name} is given {', '.join(map(_shape_text, seen.inputs))}."]
    kernel = _kernel(call)
    if kernel:
        yield kernel
    if call.error is not None:
        yield [f"Keras refuses this input: {call.error}"]
        return
    why = f": {call.reason}" if call.reason and None in seen.outputs else ""
    yield [f"Its output is {', '.join(map(_shape_text, seen.outputs)) or 'unknown'}{why}."]
    yield from _single_step(call)
    equivalent = equivalent_conv2d(call)
    if equivalent is not None:
        yield _conv2d(equivalent)


def _shape_text(shape: Shape | None) -> str:
    return "unknown" if shape is None else str(shape)


def _axes(reading: Interpretation) -> list[str]:
    treatment = next((table for part, table in _TREATMENTS if part in reading.layer), {})
    rows = [
        (f"axis {index}", _own(name, index), _size_text(axis.size), _meaning(name, axis, treatment))
        for index, (name, axis) in enumerate(zip(reading.names, reading.shape, strict=True))
    ]
    return _table(rows)


def _own(name: str, index: int) -> str:
    """Return the name of an axis, unless it is only its number."""
    return "" if name == f"axis {index}" else name


def _size_text(size: Size) -> str:
    return "any size" if size is None else render(size)


def _meaning(name: str, axis: Axis, treatment: dict[str, str]) -> str:
    if name == "batch":
        return "the samples, each on its own"
    parts = [treatment.get(name, "")]
    if axis.role and axis.role != name:
        parts.append(f"it contains {axis.role}")
    parts += [witness.message for witness in axis.evidence]
    return "; ".join(part for part in parts if part)


def _table(rows: Sequence[tuple[str, ...]]) -> list[str]:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return [
        ("  " + "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True))).rstrip()
        for row in rows
    ]


def _kernel(call: Call) -> list[str]:
    shapes = weights(call) or {}
    if "kernel" not in shapes:
        return []
    kernel = shapes["kernel"]
    text = "(" + ", ".join(map(render, kernel)) + ")"
    count = product(kernel)
    weight_count = f", {count:,} weights" if isinstance(count, int) else ""
    if call.layer.class_name != "Conv1D":
        return [f"Its kernel therefore has the shape {text}{weight_count}."]
    size, depth, filters = map(render, kernel)
    return [
        f"Its kernel therefore has the shape (kernel_size, input_dim, filters) = {text}{weight_count}.",
        "",
        f"Where the input dimension goes: at each step, every one of the {filters} filters multiplies",
        f"a window of {size} by {depth} numbers (steps, input_dim) with its own kernel and adds them to one",
        f"number. The axis of {depth} is summed away, and the {filters} filters replace it.",
    ]


def _single_step(call: Call) -> Iterator[list[str]]:
    reading = call.interpretation
    if reading is None or call.layer.class_name != "Conv1D" or "steps" not in reading.names:
        return
    if equal(reading["steps"], 1):
        given = render(reading["input_dim"])
        yield [
            "There is only one step, so the kernel has one position and never slides: it is a Dense layer",
            f"in disguise. If the {given} numbers are the samples of a signal, put them on the steps:",
            f"an input of shape ({given}, 1) instead of (1, {given}).",
        ]


@dataclass(frozen=True, slots=True)
class Equivalent:
    """A Conv1D with all that is needed to build the Conv2D that computes the same."""

    steps: Size
    input_dim: int | Expression
    filters: int | Expression
    kernel_size: int
    strides: int
    dilation_rate: int
    padding: str

    @property
    def reach(self) -> int:
        """The number of steps that the kernel spans, dilation included."""
        return (self.kernel_size - 1) * self.dilation_rate + 1


def equivalent_conv2d(call: Call) -> Equivalent | None:
    """Return the facts to build the Conv2D that equals a Conv1D; None for other layers and
    unknown arguments.
    """
    reading, config = call.interpretation, call.layer.config
    shapes = weights(call) or {}
    if (
        call.layer.class_name != "Conv1D"
        or reading is None
        or "kernel" not in shapes
        or call.error is not None
    ):
        return None
    numbers = [_one(config.get(name)) for name in ("kernel_size", "strides", "dilation_rate", "groups")]
    padding = config.get("padding")
    if any(number is None for number in numbers) or numbers[3] != 1 or not isinstance(padding, str):
        return None
    if config.get("data_format") not in (None, "channels_last"):
        return None
    _, depth, filters = shapes["kernel"]
    if depth is None or filters is None:
        return None
    kernel_size, strides, dilation_rate, _ = (number or 1 for number in numbers)
    return Equivalent(reading["steps"], depth, filters, kernel_size, strides, dilation_rate, padding.lower())


def _one(value: object) -> int | None:
    if isinstance(value, list | tuple) and len(value) == 1:
        value = value[0]
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _conv2d(layer: Equivalent) -> list[str]:
    size, depth, filters = layer.kernel_size, render(layer.input_dim), render(layer.filters)
    settings = (("strides", layer.strides), ("dilation_rate", layer.dilation_rate))
    along = "".join(f", {name}=({value}, 1)" for name, value in settings if value != 1)
    across = "".join(f", {name}=(1, {value})" for name, value in settings if value != 1)
    pad = "" if layer.padding == "valid" else f", after the zeros of padding={layer.padding!r}"
    weight_count = render(multiply(multiply(size, layer.input_dim), layer.filters))
    return [
        "A Conv2D can compute the same in two ways:",
        f"  a trailing axis of 1:  x[..., None] is (batch, steps, {depth}, 1) and goes through",
        f"                         Conv2D({filters}, ({size}, {depth}){along}){pad}",
        "                         (its kernel spans the whole input dimension and slides along the steps)",
        f"  a leading axis of 1:   x[:, None] is (batch, 1, steps, {depth}) and goes through",
        f"                         Conv2D({filters}, (1, {size}){across}){pad}",
        f"Both have the same {weight_count} weights in the same order.",
    ]
