"""Recurrent layers: a cell that walks along the steps of a sequence and carries its states with it.

They read (batch, steps, input_dim); the convolutional ones (batch, steps, *spatial, channels), or
(batch, steps, channels, *spatial) for ``data_format="channels_first"``. There is no time-major order in
Keras 3. Shapes from ``keras/src/layers/rnn``; with ``return_state`` the output is (output, *states), and the
states of a stack of cells are nested: one entry for each cell.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

from msgspec import Struct

from layoutlint.layers.spatial import SPATIAL_NAMES, joined, slide, split
from layoutlint.layers.spec import LayerArguments, LayerSpec, Shapes, Weights, layer
from layoutlint.model.axes import Axis, Shape
from layoutlint.model.errors import ErrorKind, ShapeError, UndeterminedError
from layoutlint.model.graph import Layer, flatten
from layoutlint.model.sizes import Expression, Size, equal, multiply, unknown_size

_KERNELS = (
    "use_bias=True, kernel_initializer='glorot_uniform', "
    "recurrent_initializer='orthogonal', bias_initializer='zeros', "
)
_GUARDS = (
    "kernel_regularizer=None, recurrent_regularizer=None, bias_regularizer=None, {activity}"
    "kernel_constraint=None, recurrent_constraint=None, bias_constraint=None, dropout=0.0, "
    "recurrent_dropout=0.0"
)
_LAYER_GUARDS = _GUARDS.format(activity="activity_regularizer=None, ")
_CELL_GUARDS = _GUARDS.format(activity="")
_RETURNS = "return_sequences=False, return_state=False, go_backwards=False, stateful=False"

SizeTree: TypeAlias = "Size | list[SizeTree]"
"""The state sizes of a cell, nested as Keras nests the states: ``8``, ``[8, 8]``, ``[[8, 8], 4]``."""


class CellKind(Struct, frozen=True):
    """What tells one cell from another: its gates, its number of states, and whether the biases are two."""

    gates: int
    states: int
    double_bias: Callable[[LayerArguments], bool] = lambda arguments: False


CELLS: Mapping[str, CellKind] = {
    "LSTM": CellKind(gates=4, states=2),
    "GRU": CellKind(gates=3, states=1, double_bias=lambda arguments: arguments.flag("reset_after")),
    "SimpleRNN": CellKind(gates=1, states=1),
}


def _check_units(arguments: LayerArguments) -> None:
    units = arguments.size("units")
    if isinstance(units, int) and units <= 0:
        message = f"{arguments.class_name}: units must be a positive integer, got {units}"
        raise ShapeError(ErrorKind.ARGUMENT, message)


def _check_defined(arguments: LayerArguments, what: str, size: Size, shape: Shape) -> None:
    if size is None:
        message = f"{arguments.class_name}: the {what} of the input must be defined, got {shape}"
        raise ShapeError(ErrorKind.UNDEFINED, message)


def _batch(arguments: LayerArguments, shape: Shape) -> Axis:
    """Return the batch axis; refuse a stateful layer that does not know its batch size.

    Where every other size is symbolic too the input itself is unknown, and its batch size may well be known.
    """
    if not arguments.flag("stateful") or shape[0].size is not None:
        return shape[0]
    if all(isinstance(size, Expression) for size in shape.sizes[1:]):
        return Axis(unknown_size(), "batch")
    message = f"{arguments.class_name}: with stateful=True the batch size must be defined, got {shape}"
    raise ShapeError(ErrorKind.UNDEFINED, message)


def _returned(
    arguments: LayerArguments, batch: Axis, steps: Axis, last: tuple[Axis, ...], states: list[Shapes]
) -> Shapes:
    middle = (steps,) if arguments.flag("return_sequences") else ()
    output = Shape((batch, *middle, *last))
    return (output, *states) if arguments.flag("return_state") else output


# Weights of a cell --------------------------------------------------------------------------------


def _cell_weights(kind: CellKind, arguments: LayerArguments, input_dim: Size) -> Weights:
    units = arguments.size("units")
    gates = multiply(units, kind.gates)
    weights: Weights = {"kernel": (input_dim, gates), "recurrent_kernel": (units, gates)}
    if arguments.flag("use_bias"):
        weights["bias"] = (2, gates) if kind.double_bias(arguments) else (gates,)
    return weights


# Layers -------------------------------------------------------------------------------------------


def _recurrent(kind: CellKind, name: str, parameters: str) -> LayerSpec:
    def shape(arguments: LayerArguments, shape: Shape) -> Shapes:
        _, steps, input_dim = shape
        batch = _batch(arguments, shape)
        _check_defined(arguments, "last axis", input_dim.size, shape)
        units = Axis(arguments.size("units"), "features")
        states: list[Shapes] = [Shape((batch, units)) for _ in range(kind.states)]
        return _returned(arguments, batch, steps, (units,), states)

    def weights(arguments: LayerArguments, shape: Shape) -> Weights:
        return _cell_weights(kind, arguments, shape[-1].size)

    return layer(
        name,
        parameters,
        shape,
        reads=("batch", "steps", "input_dim"),
        rank=3,
        accepts=("zero_output_for_mask",),
        first=True,
        weights=weights,
        check=_check_units,
    )


# Cells --------------------------------------------------------------------------------------------


_ONE_STEP = "an input that is not (batch, input_dim), one step of a sequence"


def _cell(kind: CellKind, name: str, parameters: str) -> LayerSpec:
    def shape(arguments: LayerArguments, inputs: Shapes) -> Shapes:
        return _step(kind, arguments, *_input_and_states(arguments, inputs))

    def weights(arguments: LayerArguments, inputs: Shapes) -> Weights:
        taken, _ = _input_and_states(arguments, inputs)
        return _cell_weights(kind, arguments, taken[-1].size if taken else None)

    return layer(
        name,
        parameters,
        shape,
        reads=_cell_reads,
        many=True,
        why=_ONE_STEP,
        weights=weights,
        check=_check_units,
    )


def _cell_reads(arguments: LayerArguments, shape: Shape) -> tuple[str, ...]:
    return ("batch", "...", "input_dim") if shape.rank > 1 else ("...",)


def _input_and_states(arguments: LayerArguments, inputs: Shapes) -> tuple[Shape, Any]:
    """Return the two arguments of a cell's call, ``cell(x, states)``; the states are None if unknown."""
    states = arguments.keywords.get("states")
    if not isinstance(inputs, Shape):
        if not isinstance(inputs, list | tuple) or not inputs:
            raise UndeterminedError("its input is unknown")
        states = inputs[1] if len(inputs) == 2 else states
        inputs = inputs[0]
    if not isinstance(inputs, Shape):
        raise UndeterminedError("its input is unknown")
    return inputs, states


def _step(kind: CellKind, arguments: LayerArguments, shape: Shape, states: Any) -> Shapes:
    """Return one call of a cell by hand: ``output, states = cell(x, states)``."""
    if shape.rank != 2:
        raise UndeterminedError("a cell is meant for inputs of shape (batch, input_dim)")
    _check_defined(arguments, "last axis", shape[-1].size, shape)
    units = Axis(arguments.size("units"), "features")
    for state in flatten(states):
        if not isinstance(state, Shape):
            continue
        if state.rank != 2:
            raise UndeterminedError("a cell's states are meant to have shape (batch, units)")
        if equal(state[-1].size, units.size) is False:
            message = f"{arguments.class_name}: a state of shape {state} does not fit units={units.size}"
            raise ShapeError(ErrorKind.SIZE, message)
        if state[0].size != shape[0].size:
            raise UndeterminedError("the batch axes of the input and the states differ")
    output = Shape((shape[0], units))
    single = kind.states == 1 and isinstance(states, Shape)
    return output, output if single else [output] * kind.states


# RNN over any cell --------------------------------------------------------------------------------


def _cells(value: Any) -> list[Layer]:
    if not isinstance(value, list | tuple):
        raise UndeterminedError("the cells are unknown")
    for cell in value:
        if not isinstance(cell, Layer):
            raise UndeterminedError("a cell is unknown")
    if not value:
        raise UndeterminedError("there are no cells")
    return list(value)


def _cell_kind(cell: Any) -> CellKind:
    if not isinstance(cell, Layer):
        raise UndeterminedError("the cell is unknown")
    kind = CELLS.get(cell.class_name.removesuffix("Cell"))
    if kind is None or not cell.class_name.endswith("Cell"):
        raise UndeterminedError(f"the states of the cell {cell.class_name} are unknown")
    return kind


def _stack(value: Any) -> list[Layer] | None:
    """Return the cells of a stack, None for a cell that is no stack."""
    if isinstance(value, list | tuple):
        return _cells(value)
    if isinstance(value, Layer) and value.class_name == "StackedRNNCells":
        return _cells(value.config.get("cells"))
    return None


def state_sizes(cell: Any) -> SizeTree:
    """Return a cell's ``state_size`` as in Keras; raises UndeterminedError for a cell of unknown class."""
    stack = _stack(cell)
    if stack is not None:
        return [state_sizes(inner) for inner in stack]
    kind = _cell_kind(cell)
    units = LayerArguments(cell.class_name, cell.config).size("units")
    return units if kind.states == 1 else [units] * kind.states


def _output_size(cell: Any) -> Size:
    stack = _stack(cell)
    if stack is not None:
        return _output_size(stack[-1])
    _cell_kind(cell)
    return LayerArguments(cell.class_name, cell.config).size("units")


def _states_of(batch: Axis, sizes: SizeTree) -> list[Shapes]:
    def state(size: SizeTree) -> Shapes:
        if isinstance(size, list):
            if any(isinstance(inner, list) for inner in size):
                raise UndeterminedError("a stack of stacks of cells has no shape in Keras")
            return [state(inner) for inner in size]
        return Shape((batch, Axis(size, "features")))

    return [state(size) for size in sizes] if isinstance(sizes, list) else [state(sizes)]


def _rnn(arguments: LayerArguments, shape: Shape) -> Shapes:
    cell = arguments["cell"]
    # of two axes a free batch is left as what a cell sees of one step, which Keras refuses too
    if shape.rank < 2 or (shape.rank == 2 and shape[0].size is None):
        message = f"RNN: expected min_ndim=3, found ndim={shape.rank}. Full shape received: {shape}"
        raise ShapeError(ErrorKind.RANK, message, expected=3, found=shape.rank)
    sizes = state_sizes(cell)
    # what a cell sees of one step; a sequence of rank 2 leaves it the batch axis alone
    step = (shape[0], *shape[2:])
    _check_defined(arguments, "last axis", step[-1].size, shape)
    batch = _batch(arguments, shape)
    output = (Axis(_output_size(cell), "features"),)
    return _returned(arguments, batch, shape[1], output, _states_of(batch, sizes))


def _rnn_weights(arguments: LayerArguments, shape: Shape) -> Weights:
    return _weights_of_cell(arguments["cell"], shape[-1].size)


def _weights_of_cell(cell: Any, input_dim: Size) -> Weights:
    stack = _stack(cell)
    if stack is None:
        return _cell_weights(_cell_kind(cell), LayerArguments(cell.class_name, cell.config), input_dim)
    weights: Weights = {}
    for index, inner in enumerate(stack):
        found = _weights_of_cell(inner, input_dim)
        weights |= {f"cells/{index}/{name}": sizes for name, sizes in found.items()}
        input_dim = _output_size(inner)
    return weights


def _rnn_reads(arguments: LayerArguments, shape: Shape) -> tuple[str, ...]:
    return ("batch", "steps", "...", "input_dim") if shape.rank > 2 else ("batch", "...")


def _check_cell(arguments: LayerArguments) -> None:
    cell = arguments["cell"]
    if isinstance(cell, Layer) and cell.class_name in _CLASSES_WITHOUT_STATES:
        message = f"RNN: the cell {cell.class_name} has no state_size"
        raise ShapeError(ErrorKind.ARGUMENT, message)


_CLASSES_WITHOUT_STATES = frozenset(["Dense", "Conv1D", "Conv2D", "Dropout", "Embedding", "Flatten"])
"""Classes that people have put where a cell belongs."""


def _stacked_cells(arguments: LayerArguments, inputs: Shapes) -> Shapes:
    cells = _cells(arguments["cells"])
    shape, given = _input_and_states(arguments, inputs)
    if not isinstance(given, list | tuple) or isinstance(given, Shape) or len(given) != len(cells):
        given = [None] * len(cells)
    output: Shape = shape
    states: list[Shapes] = []
    for cell, state in zip(cells, given, strict=True):
        inner = LayerArguments(cell.class_name, cell.config)
        output, new = _step(_cell_kind(cell), inner, output, state)
        states.append(new)
    return output, states if len(states) > 1 else states[0]


# Convolutional LSTMs ------------------------------------------------------------------------------


def _step_shape(shape: Shape) -> Shape:
    """Return what the cell sees of one step: the shape without the steps."""
    return Shape((shape[0], *shape[2:]))


def _conv_lstm(arguments: LayerArguments, shape: Shape) -> Shapes:
    _, spatial, channels = split(arguments, _step_shape(shape))
    count = len(spatial)
    for axis in spatial:
        _check_defined(arguments, "spatial axes", axis.size, shape)
    _check_defined(arguments, "channel axis", channels.size, shape)
    batch = _batch(arguments, shape)
    padding = arguments.choice("padding", ("valid", "same"))
    windows = arguments.sizes("kernel_size", count)
    strides = arguments.sizes("strides", count)
    dilations = arguments.sizes("dilation_rate", count)
    placed = [
        axis.sized(slide(arguments.class_name, axis.size, window, stride, padding, dilation))
        for axis, window, stride, dilation in zip(spatial, windows, strides, dilations, strict=True)
    ]
    state = joined(arguments, batch, placed, Axis(arguments.size("filters"), "channels"))
    return _returned(arguments, batch, shape[1], tuple(state[1:]), [state, state])


def _conv_lstm_weights(arguments: LayerArguments, shape: Shape) -> Weights:
    _, spatial, channels = split(arguments, _step_shape(shape))
    window = arguments.sizes("kernel_size", len(spatial))
    filters = arguments.size("filters")
    gates = multiply(filters, 4)
    weights: Weights = {
        "kernel": (*window, channels.size, gates),
        "recurrent_kernel": (*window, filters, gates),
    }
    if arguments.flag("use_bias"):
        weights["bias"] = (gates,)
    return weights


def _check_conv_lstm(rank: int) -> Callable[[LayerArguments], None]:
    def check(arguments: LayerArguments) -> None:
        strides = arguments.sizes("strides", rank)
        dilations = arguments.sizes("dilation_rate", rank)
        arguments.sizes("kernel_size", rank)
        if _exceeds_one(strides) and _exceeds_one(dilations):
            message = f"{arguments.class_name}: strides > 1 is not compatible with dilation_rate > 1"
            raise ShapeError(ErrorKind.ARGUMENT, message)

    return check


def _exceeds_one(sizes: tuple[int | Expression, ...]) -> bool:
    return any(isinstance(size, int) and size > 1 for size in sizes)


def _conv_lstm_spec(rank: int) -> LayerSpec:
    spatial = SPATIAL_NAMES[rank] if rank > 1 else ("rows",)

    def reads(arguments: LayerArguments, shape: Shape) -> tuple[str, ...]:
        middle = ("channels", *spatial) if arguments.channels_first else (*spatial, "channels")
        return ("batch", "steps", *middle)

    return layer(
        f"ConvLSTM{rank}D",
        "filters, kernel_size, strides=1, padding='valid', data_format=None, dilation_rate=1, "
        f"activation='tanh', recurrent_activation='sigmoid', {_KERNELS}unit_forget_bias=True, "
        f"{_LAYER_GUARDS}, seed=None, {_RETURNS}",
        _conv_lstm,
        reads=reads,
        rank=rank + 3,
        accepts=("unroll", "zero_output_for_mask"),
        first=True,
        weights=_conv_lstm_weights,
        check=_check_conv_lstm(rank),
    )


_GATED = f"units, activation='tanh', recurrent_activation='sigmoid', {_KERNELS}"
_LSTM = f"{_GATED}unit_forget_bias=True, "
_SIMPLE = f"units, activation='tanh', {_KERNELS}"

LAYERS: tuple[LayerSpec, ...] = (
    _recurrent(
        CELLS["LSTM"],
        "LSTM",
        f"{_LSTM}{_LAYER_GUARDS}, seed=None, {_RETURNS}, unroll=False, use_cudnn='auto'",
    ),
    _recurrent(
        CELLS["GRU"],
        "GRU",
        f"{_GATED}{_LAYER_GUARDS}, seed=None, {_RETURNS}, unroll=False, reset_after=True, use_cudnn='auto'",
    ),
    _recurrent(
        CELLS["SimpleRNN"], "SimpleRNN", f"{_SIMPLE}{_LAYER_GUARDS}, {_RETURNS}, unroll=False, seed=None"
    ),
    _cell(CELLS["LSTM"], "LSTMCell", f"{_LSTM}{_CELL_GUARDS}, seed=None"),
    _cell(CELLS["GRU"], "GRUCell", f"{_GATED}{_CELL_GUARDS}, reset_after=True, seed=None"),
    _cell(CELLS["SimpleRNN"], "SimpleRNNCell", f"{_SIMPLE}{_CELL_GUARDS}, seed=None"),
    layer(
        "RNN",
        f"cell, {_RETURNS}, unroll=False, zero_output_for_mask=False",
        _rnn,
        reads=_rnn_reads,
        first=True,
        weights=_rnn_weights,
        why="a custom cell, whose states are unknown",
        check=_check_cell,
    ),
    layer("StackedRNNCells", "cells", _stacked_cells, reads=_cell_reads, many=True, why=_ONE_STEP),
    *(_conv_lstm_spec(rank) for rank in (1, 2, 3)),
)
