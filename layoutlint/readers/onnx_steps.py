"""Operators of ONNX that are several steps: those that put the batch elsewhere, recurrent ones, and
transposed convolutions.

ONNX's recurrent operators read (steps, batch, features) by default, ``layout`` 1 is (batch, steps, features);
they return the whole sequence as (steps, directions, batch, units), and the last state as (directions, batch,
units). Source: ``Operators.md`` of onnx.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from msgspec import Struct

from layoutlint.architecture.steps import KERAS, Step, Value

if TYPE_CHECKING:
    from layoutlint.readers.onnx_model import OnnxModel, OnnxNode

MAX_GROUPS: Final = 65_536
SAME: Final = ("SAME_UPPER", "SAME_LOWER")
FIRST: Final = {"data_format": "channels_first"}


class Spread(Struct, frozen=True):
    """What an operator is: its steps, and for each tensor that it makes the value and the number of axes."""

    steps: Sequence[Step]
    values: Mapping[str, Value]
    ranks: Mapping[str, int]


Spreader: TypeAlias = "Callable[[OnnxNode, OnnxModel, str, Value], Spread | None]"
"""From an operator, its model, its name and the tensor that it takes first."""


def _one(each: OnnxNode, step: Step, rank: int) -> Spread:
    return Spread([step], {each.outputs[0]: Value(step.name)}, {each.outputs[0]: rank})


def _transpose(each: OnnxNode, model: OnnxModel, name: str, fed: Value) -> Spread | None:
    """Return a transposition that moves the batch: any other is a layer."""
    order = list(each.attributes.get("perm") or ())
    if not order or order[0] == 0 or sorted(order) != list(range(len(order))):
        return None
    return _one(each, Step(name, "Transpose", [fed], {"axes": order}, is_operation=True), len(order))


def _squeeze(each: OnnxNode, model: OnnxModel, name: str, fed: Value) -> Spread | None:
    held = model.constants.get(each.inputs[1]) if len(each.inputs) > 1 else None
    axes = list(each.attributes.get("axes") or (held.numbers if held is not None else None) or ())
    rank = model.ranks.get(each.inputs[0], 0)
    if not axes or rank <= len(axes):
        return None
    return _one(each, Step(name, "Squeeze", [fed], {"axis": axes}, is_operation=True), rank - len(axes))


def _recurrent(class_name: str, gates: int) -> Spreader:
    def recurrent(each: OnnxNode, model: OnnxModel, name: str, fed: Value) -> Spread | None:
        kernel, inner = model.weights(each, 1), model.weights(each, 2)
        if len(kernel) != 3 or len(inner) != 3 or each.inputs[0] not in model.made:
            return None
        directions, wide, units = inner
        direction = each.attributes.get("direction", "forward")
        layout = each.attributes.get("layout", 0)
        fits = wide == gates * units and directions == (2 if direction == "bidirectional" else 1)
        if not fits or kernel[:2] != (directions, wide) or layout not in (0, 1):
            return None
        bias = model.weights(each, 3) != ()
        config = {"units": units, "use_bias": bias, "return_sequences": True, "return_state": True}
        config["go_backwards"] = direction == "reverse"
        return _Recurrent(each, name, class_name, config, directions, batch_first=layout == 1).spread(fed)

    return recurrent


class _Recurrent(Struct):
    """The steps of a recurrent operator, made one after the other."""

    each: OnnxNode
    name: str
    class_name: str
    config: dict[str, Any]
    directions: int
    batch_first: bool
    steps: list[Step] = []

    def spread(self, fed: Value) -> Spread:
        if not self.batch_first:
            fed = self.moved("batch_first", fed, [1, 0, 2])
        self.steps.append(self.layer(fed))
        whole, *states = [Value(self.name, index) for index in range(1 + self.directions * self.kept)]
        values: dict[str, Value] = {}
        for place, output in enumerate(self.each.outputs):
            if not output:
                continue
            last = f"{self.name}/{('sequence', 'state', 'cell')[place]}"
            if place == 0:
                made = self.reshaped(last, whole, [-1, self.directions, self.config["units"]])
                values[output] = self.as_read(f"{last}/steps_first", made, [1, 2, 0, 3])
            else:
                # forward hidden, forward cell, backward hidden, backward cell
                own = self.joined(f"{last}/directions", states[place - 1 :: self.kept])
                made = self.reshaped(last, own, [self.directions, self.config["units"]])
                values[output] = self.as_read(f"{last}/batch_second", made, [1, 0, 2])
        return Spread(self.steps, values, {output: 4 - (output != self.each.outputs[0]) for output in values})

    @property
    def kept(self) -> int:
        """How many states a direction has."""
        return 2 if self.class_name == "LSTM" else 1

    def layer(self, fed: Value) -> Step:
        if self.directions == 1:
            return Step(self.name, self.class_name, [fed], self.config)
        inner = {"module": KERAS, "class_name": self.class_name, "config": self.config}
        return Step(self.name, "Bidirectional", [fed], {"layer": inner, "merge_mode": "concat"})

    def moved(self, name: str, fed: Value, order: list[int]) -> Value:
        """Return a tensor with its axes in another order."""
        return self.add(Step(name, "Transpose", [fed], {"axes": order}, is_operation=True))

    def as_read(self, name: str, fed: Value, order: list[int]) -> Value:
        """Return a result of the layer with the batch where the operator has it."""
        return fed if self.batch_first else self.moved(name, fed, order)

    def reshaped(self, name: str, fed: Value, target: list[int]) -> Value:
        return self.add(Step(name, "Reshape", [fed], {"target_shape": target}))

    def joined(self, name: str, parts: list[Value]) -> Value:
        return parts[0] if len(parts) == 1 else self.add(Step(name, "Concatenate", parts, {"axis": -1}))

    def add(self, step: Step) -> Value:
        self.steps.append(step)
        return Value(step.name)


def _transposed_convolution(each: OnnxNode, model: OnnxModel, name: str, fed: Value) -> Spread | None:
    """Return a transposed convolution, and the crop behind it where its padding has no name in Keras."""
    sizes = model.weights(each, 1)
    if not 3 <= len(sizes) <= 5:
        return None
    _, filters, *kernel = sizes
    count, said, output = len(kernel), each.attributes, each.outputs[0]
    groups, stated = said.get("group", 1), said.get("output_shape")
    if stated and len(stated) == count:
        wide = (None, filters * groups, *stated)
        step = Step(name, each.op, [fed], is_layer=False)
        return Spread([step], {output: Value(name, 0, wide)}, {output: count + 2})
    if stated or not 1 <= groups <= MAX_GROUPS:
        return None
    strides, rates = list(said.get("strides") or [1] * count), list(said.get("dilations") or [1] * count)
    pads, added = list(said.get("pads") or [0] * 2 * count), list(said.get("output_padding") or [0] * count)
    automatic = said.get("auto_pad", "NOTSET")
    if not len(strides) == len(rates) == len(added) == count or len(pads) != 2 * count:
        return None
    spans = [rate * (size - 1) + 1 for rate, size in zip(rates, kernel, strict=True)]
    sides = list(zip(pads[:count], pads[count:], strict=True))
    # Keras has no groups here; the shapes are those of one group with all filters
    config = {
        "filters": filters * groups,
        "kernel_size": kernel,
        "strides": strides,
        "dilation_rate": rates,
        **FIRST,
    }
    config |= {"use_bias": len(each.inputs) > 2, "padding": "valid", "output_padding": added}
    crops: list[tuple[int, int]] = []
    if automatic in SAME and any(span < stride for span, stride in zip(spans, strides, strict=True)):
        return None  # what a runtime makes of it is not what the specification says
    if automatic in SAME or [sum(side) for side in sides] == [
        span - stride + extra for span, stride, extra in zip(spans, strides, added, strict=True)
    ]:
        config |= {"padding": "same", "output_padding": None}
    elif automatic == "NOTSET" and any(pads):
        if count == 1 or min(pads) < 0:
            return None  # a Cropping1D reads its channels last
        crops = sides
    steps = [Step(name, f"Conv{count}DTranspose", [fed], config)]
    if crops:
        cropping = {"cropping": [list(side) for side in crops], **FIRST}
        steps.append(Step(f"{name}/pads", f"Cropping{count}D", [Value(name)], cropping))
    return Spread(steps, {output: Value(steps[-1].name)}, {output: count + 2})


SEVERAL: Final[Mapping[str, Spreader]] = {
    "Transpose": _transpose,
    "Squeeze": _squeeze,
    "LSTM": _recurrent("LSTM", 4),
    "GRU": _recurrent("GRU", 3),
    "RNN": _recurrent("SimpleRNN", 1),
    "ConvTranspose": _transposed_convolution,
}
