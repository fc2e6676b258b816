from __future__ import annotations

import keras
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from layoutlint.inference import layer_call
from layoutlint.layers.registry import find
from layoutlint.layers.spec import LayerArguments
from layoutlint.model.axes import Axis, Evidence, Shape
from layoutlint.model.graph import Layer
from layoutlint.model.origins import FileOrigin
from layoutlint.model.sizes import Expression, symbol
from tests.oracle.layers import assert_agrees, assert_agrees_symbolically, inferred, sizes_of
from tests.oracle.pairs import assert_pair_agrees, ours, theirs

SIZES = st.none() | st.integers(1, 9)
SWITCHES = ("return_sequences", "return_state", "go_backwards", "stateful", "unroll", "use_bias")


@st.composite
def sequences(draw, low: int = 1, high: int = 4):
    batch = draw(st.sampled_from([None, None, 3]))
    return (batch, *draw(st.lists(SIZES, min_size=low, max_size=high)))


@pytest.mark.parametrize("class_name", ["LSTM", "GRU", "SimpleRNN"])
def test_sequence_to_features_as_in_keras(class_name):
    @settings(max_examples=40, deadline=None)
    @given(sequences(), st.integers(0, 6), st.sets(st.sampled_from(SWITCHES)))
    def agrees(shape, units, switches):
        if units == 0 and len(shape) != 3:
            units = 1  # one defect at most
        arguments = {"units": units, **dict.fromkeys(switches, True)}
        assert_agrees(class_name, arguments, shape)
        assert_agrees_symbolically(class_name, arguments, shape)

    agrees()


@st.composite
def convolutional(draw, rank: int):
    def per_axis(low, high):
        return draw(st.integers(low, high) | st.tuples(*[st.integers(low, high)] * rank))

    arguments = {
        "filters": draw(st.integers(1, 4)),
        "kernel_size": per_axis(1, 3),
        "padding": draw(st.sampled_from(["valid", "same"])),
        "data_format": draw(st.sampled_from(["channels_last", "channels_first"])),
        "return_sequences": draw(st.booleans()),
        "return_state": draw(st.booleans()),
    }
    arguments[draw(st.sampled_from(["strides", "dilation_rate"]))] = per_axis(1, 3)
    sizes = st.integers(1, 9) | st.sampled_from([None] + [8] * 8)
    shape = (None, draw(SIZES), *draw(st.lists(sizes, min_size=rank, max_size=rank + 2)))
    return arguments, shape


@pytest.mark.parametrize("rank", [1, 2, 3])
def test_convolutional_lstm_as_in_keras(rank):
    @settings(max_examples=40, deadline=None)
    @given(convolutional(rank))
    def agrees(drawn):
        arguments, shape = drawn
        assert_agrees(f"ConvLSTM{rank}D", arguments, shape)
        assert_agrees_symbolically(f"ConvLSTM{rank}D", arguments, shape)

    agrees()


def test_convolutional_lstm_refuses_strides_with_dilation():
    assert_agrees(
        "ConvLSTM2D", {"filters": 2, "kernel_size": 2, "strides": 2, "dilation_rate": 2}, (None, 3, 8, 8, 1)
    )


CELLS = st.tuples(st.sampled_from(["LSTMCell", "GRUCell", "SimpleRNNCell"]), st.integers(1, 5))


@st.composite
def cells(draw):
    """A description of what RNN walks with: one cell, a list of cells, or a stack."""
    form = draw(st.sampled_from(["one", "list", "stack"]))
    if form == "one":
        name, units = draw(CELLS)
        return (name, {"units": units})
    several = [(name, {"units": units}) for name, units in draw(st.lists(CELLS, min_size=1, max_size=3))]
    return several if form == "list" else ("StackedRNNCells", {"cells": several})


@settings(max_examples=24, deadline=None)
@given(cells(), sequences(2, 4), st.sets(st.sampled_from(["return_sequences", "return_state", "stateful"])))
def test_rnn_over_cells_as_in_keras(cell, shape, switches):
    assert_pair_agrees(("RNN", {"cell": cell, **dict.fromkeys(switches, True)}), shape)


def test_rnn_refuses_a_cell_without_states():
    assert_pair_agrees(("RNN", {"cell": ("Dense", {"units": 3})}), (None, 5, 4))


@pytest.mark.parametrize(
    ("class_name", "states"),
    [
        ("LSTMCell", [(None, 3), (None, 3)]),
        ("GRUCell", (None, 3)),
        ("GRUCell", [(None, 3)]),
        ("SimpleRNNCell", [(None, 3)]),
        ("SimpleRNNCell", (None, 3)),
        ("LSTMCell", [(None, 5), (None, 5)]),
    ],
)
def test_cell_called_by_hand(class_name, states):
    made = getattr(keras.layers, class_name)(3)
    try:
        truth = made(
            keras.Input((4,)), keras.tree.map_shape_structure(lambda s: keras.Input(batch_shape=s), states)
        )
    except ValueError:
        truth = None
    given_states = Shape.of(*states) if isinstance(states, tuple) else [Shape.of(*state) for state in states]
    result = layer_call.infer(ours((class_name, {"units": 3})), [Shape.of(None, 4), given_states])
    if truth is None:
        assert result.error is not None
        return
    expected = keras.tree.map_structure(lambda tensor: tuple(tensor.shape), truth)
    output, new = sizes_of(result.outputs)
    assert output == expected[0]
    assert new == expected[1]


def test_stack_called_by_hand():
    description = ("StackedRNNCells", {"cells": [("LSTMCell", {"units": 3}), ("GRUCell", {"units": 2})]})
    states = [[(None, 3), (None, 3)], (None, 2)]
    inputs = keras.tree.map_shape_structure(lambda s: keras.Input(batch_shape=s), states)
    truth = theirs(description)(keras.Input((4,)), inputs)
    shapes = [[Shape.of(None, 3), Shape.of(None, 3)], Shape.of(None, 2)]
    result = layer_call.infer(ours(description), [Shape.of(None, 4), shapes])
    assert list(sizes_of(result.outputs)) == list(
        keras.tree.map_structure(lambda tensor: tuple(tensor.shape), truth)
    )


WEIGHTED = [
    ("LSTM", {"units": 3}, (None, 5, 4)),
    ("LSTM", {"units": 3, "use_bias": False}, (None, 5, 4)),
    ("GRU", {"units": 3}, (None, 5, 4)),
    ("GRU", {"units": 3, "reset_after": False}, (None, 5, 4)),
    ("SimpleRNN", {"units": 3}, (None, 5, 4)),
    ("ConvLSTM1D", {"filters": 3, "kernel_size": 2}, (None, 5, 8, 4)),
    (
        "ConvLSTM2D",
        {"filters": 3, "kernel_size": (2, 3), "data_format": "channels_first"},
        (None, 5, 4, 8, 9),
    ),
    ("ConvLSTM3D", {"filters": 3, "kernel_size": 2, "use_bias": False}, (None, 5, 8, 8, 8, 4)),
    ("RNN", {"cell": ("LSTMCell", {"units": 3})}, (None, 5, 4)),
    ("RNN", {"cell": [("LSTMCell", {"units": 3}), ("GRUCell", {"units": 2})]}, (None, 5, 4)),
    ("LSTMCell", {"units": 3}, (None, 4)),
]


@pytest.mark.parametrize(("class_name", "arguments", "shape"), WEIGHTED)
def test_weights_are_keras_weights(class_name, arguments, shape):
    built = theirs((class_name, arguments))
    built.build(shape)
    expected = [(weight.name, tuple(weight.shape)) for weight in built.weights if weight.trainable]
    made = ours((class_name, arguments))
    spec = find(class_name)
    assert spec is not None
    assert spec.weights is not None
    found = spec.weights(LayerArguments(class_name, made.config), Shape.of(*shape))
    assert [(name.split("/")[-1], sizes) for name, sizes in found.items()] == expected


def test_initial_states_do_not_change_the_output():
    states = [Shape.of(None, 3), Shape.of(None, 3)]
    layer = ours(("LSTM", {"units": 3}))
    sequence = Shape.of(None, 5, 4)
    real = keras.layers.LSTM(3)(keras.Input((5, 4)), initial_state=[keras.Input((3,)), keras.Input((3,))])
    for result in (
        layer_call.infer(layer, sequence, {"initial_state": states}),
        layer_call.infer(layer, [sequence, states]),
        layer_call.infer(layer, [sequence, *states]),  # as Keras 2 wrote it into its models
    ):
        assert sizes_of(result.outputs) == tuple(real.shape)


def test_steps_keep_their_meaning_and_features_are_new():
    evidence = (Evidence("frames of a recording", FileOrigin("test")),)
    shape = Shape([Axis(None), Axis(symbol("n"), "frames", evidence), Axis(4, "channels")])
    layer = ours(("LSTM", {"units": 3, "return_sequences": True}))
    result = layer_call.infer(layer, shape)
    assert result.outputs[1] == shape[1]
    assert result.outputs[2].role == "features"
    assert str(result.interpretation) == "LSTM: (batch, steps=n, input_dim=4)"


def test_a_stateful_layer_on_an_unknown_input_is_no_error():
    result = layer_call.infer(ours(("LSTM", {"units": 3, "stateful": True})), None)
    assert result.error is None
    batch, units = sizes_of(result.outputs)
    # a layer behind it may be stateful too: the batch that nobody knows is not one of any size
    assert isinstance(batch, Expression)
    assert units == 3


def test_an_unknown_cell_is_unknown():
    custom = Layer("MinimalCell", {"units": 3}, FileOrigin("test"))
    result = layer_call.infer(Layer("RNN", {"cell": custom}, FileOrigin("test")), Shape.of(None, 5, 4))
    assert result.error is None
    assert result.outputs is None
    assert "MinimalCell" in str(result.reason)


def test_unknown_switches_give_unknown_outputs():
    found = inferred("LSTM", {"units": 3, "return_sequences": symbol("flag")}, (None, 5, 4))
    assert found.error is None
    assert found.outputs is None
