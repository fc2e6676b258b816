from __future__ import annotations

import keras
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from layoutlint.inference import layer_call
from layoutlint.layers.registry import find
from layoutlint.layers.spec import LayerArguments
from layoutlint.model.axes import Axis, Shape
from layoutlint.model.graph import Layer, Network, Tensor
from layoutlint.model.origins import FileOrigin
from layoutlint.model.sizes import symbol
from tests.oracle.pairs import assert_pair_agrees, ours, theirs

SIZES = st.none() | st.integers(2, 9)
HERE = FileOrigin("test")


@st.composite
def recurrent(draw, **fixed):
    arguments = {
        "return_sequences": draw(st.booleans()),
        "return_state": draw(st.booleans()),
        **fixed,
    }
    name = draw(st.sampled_from(["LSTM", "GRU", "SimpleRNN", "RNN", "ConvLSTM1D"]))
    if name == "RNN":
        cell = draw(st.sampled_from(["LSTMCell", "GRUCell"]))
        return (name, {"cell": (cell, {"units": draw(st.integers(1, 5))}), **arguments})
    if name == "ConvLSTM1D":
        return (name, {"filters": 2, "kernel_size": 2, **arguments})
    return (name, {"units": draw(st.integers(1, 5)), **arguments})


@settings(max_examples=20, deadline=None)
@given(
    recurrent(),
    st.sampled_from(["concat", "concat", "sum", "mul", "ave", None]),
    st.sampled_from([(None, 5, 4), (None, None, 4), (None, 5, 8, 4), (3, 5), (None, 5, None)]),
)
def test_bidirectional_as_in_keras(layer, merge_mode, shape):
    assert_pair_agrees(("Bidirectional", {"layer": layer, "merge_mode": merge_mode}), shape)


@pytest.mark.parametrize(
    "arguments",
    [
        {"layer": ("LSTM", {"units": 3}), "merge_mode": "max"},
        {"layer": ("LSTM", {"units": 3, "go_backwards": True})},
        {"layer": ("Dense", {"units": 3})},
        {"layer": ("LSTM", {"units": 3}), "backward_layer": ("LSTM", {"units": 3})},
        {
            "layer": ("LSTM", {"units": 3}),
            "backward_layer": ("LSTM", {"units": 3, "go_backwards": True, "return_sequences": True}),
        },
        {
            "layer": ("LSTM", {"units": 3}),
            "backward_layer": ("GRU", {"units": 3, "go_backwards": True}),
        },
        {"layer": ("LSTM", {"units": 3}), "backward_layer": ("Dense", {"units": 3})},
    ],
)
def test_bidirectional_pairs_as_in_keras(arguments):
    assert_pair_agrees(("Bidirectional", arguments), (None, 5, 4))


def test_directions_of_different_width_are_unknown():
    backward = ("LSTM", {"units": 4, "go_backwards": True})
    layer = ours(("Bidirectional", {"layer": ("LSTM", {"units": 3}), "backward_layer": backward}))
    result = layer_call.infer(layer, Shape.of(None, 5, 4))
    assert (result.error, result.outputs) == (None, None)


INSIDE = [
    ("Dense", {"units": 3}),
    ("Conv1D", {"filters": 3, "kernel_size": 2}),
    ("Conv2D", {"filters": 3, "kernel_size": 2}),
    ("DepthwiseConv2D", {"kernel_size": 2}),
    ("MaxPooling1D", {}),
    ("MaxPooling2D", {}),
    ("GlobalAveragePooling1D", {}),
    ("GlobalMaxPooling2D", {}),
    ("Flatten", {}),
    ("Dropout", {"rate": 0.5}),
    ("BatchNormalization", {}),
    ("LSTM", {"units": 3}),
    ("Bidirectional", {"layer": ("GRU", {"units": 3})}),
    ("TimeDistributed", {"layer": ("Dense", {"units": 3})}),
    ("LSTM", {"units": 3, "return_state": True}),
]


@settings(max_examples=20, deadline=None)
@given(
    st.sampled_from([description for description in INSIDE if find(description[0])]),
    st.tuples(st.sampled_from([None, 2]), SIZES),
    st.lists(st.integers(2, 9), max_size=4),
)
def test_time_distributed_as_in_keras(inside, outer, inner):
    assert_pair_agrees(("TimeDistributed", {"layer": inside}), (*outer, *inner), unknown_is_fine=True)


@pytest.mark.parametrize(
    ("inside", "shape"),
    [
        (("Dense", {"units": 3}), (None, 7, 4)),
        (("Conv1D", {"filters": 3, "kernel_size": 2}), (None, 7, 5, 4)),
        (("Conv2D", {"filters": 3, "kernel_size": 2}), (None, None, 8, 8, 4)),
        (("Conv2D", {"filters": 3, "kernel_size": 2}), (None, 8, 8, 4)),
        (("LSTM", {"units": 3}), (None, 7, 5, 4)),
        (("Dense", {"units": 3}), (None, 4)),
    ],
)
def test_time_distributed_is_exact_where_it_matters(inside, shape):
    if find(inside[0]) is None:
        pytest.skip(f"{inside[0]} is not in the registry")
    assert_pair_agrees(("TimeDistributed", {"layer": inside}), shape)


def test_a_model_inside():
    entry = Tensor(Shape.of(None, 5, 2))
    made = layer_call.call(ours(("Conv1D", {"filters": 3, "kernel_size": 2})), entry, HERE)
    network = Network("Sequential", entry, made.outputs, (made,), HERE)
    model = Layer("Sequential", {}, HERE, kind="model", network=network)
    wrapper = Layer("TimeDistributed", {"layer": model}, HERE)
    truth = keras.layers.TimeDistributed(keras.Sequential([keras.layers.Conv1D(3, 2)]))(
        keras.Input((4, 5, 2))
    )
    assert layer_call.infer(wrapper, Shape.of(None, 4, 5, 2)).outputs.sizes == tuple(truth.shape)


@pytest.mark.parametrize(
    ("description", "shape"),
    [
        (("Bidirectional", {"layer": ("LSTM", {"units": 3})}), (None, 5, 4)),
        (("Bidirectional", {"layer": ("GRU", {"units": 3, "use_bias": False})}), (None, 5, 4)),
        (("TimeDistributed", {"layer": ("Conv1D", {"filters": 3, "kernel_size": 2})}), (None, 7, 5, 4)),
    ],
)
def test_weights_are_keras_weights(description, shape):
    built = theirs(description)
    built.build(shape)
    expected = [(weight.name, tuple(weight.shape)) for weight in built.weights]
    spec = find(description[0])
    assert spec is not None
    assert spec.weights is not None
    found = spec.weights(LayerArguments(description[0], ours(description).config), Shape.of(*shape))
    assert [(name.split("/")[-1], sizes) for name, sizes in found.items()] == expected


SLIDING = ("Conv1D", {"filters": 3, "kernel_size": 1})


@pytest.mark.parametrize(
    ("class_name", "inside", "shape", "reading"),
    [
        ("Bidirectional", ("LSTM", {"units": 3}), (None, 1, 40), "(batch, steps=1, input_dim=40)"),
        ("TimeDistributed", SLIDING, (None, 7, 1, 40), "(batch, time=7, steps=1, input_dim=40)"),
        ("TimeDistributed", SLIDING, (None, 7), "(batch, axis 1=7)"),
    ],
)
def test_readings(class_name, inside, shape, reading):
    found = layer_call.infer(ours((class_name, {"layer": inside})), Shape.of(*shape)).interpretation
    assert found is not None
    assert found.axes == reading


def test_an_unknown_input_still_has_its_features():
    layer = ours(("Bidirectional", {"layer": ("LSTM", {"units": 3})}))
    assert layer_call.infer(layer, None).outputs.sizes == (None, 6)


@pytest.mark.parametrize("class_name", ["Bidirectional", "TimeDistributed", "Wrapper"])
@pytest.mark.parametrize("inside", [symbol("layer"), Layer("Attention2D", {}, HERE)])
def test_an_unknown_layer_inside_is_unknown(class_name, inside):
    spec = find(class_name)
    assert spec is not None
    layer = Layer(class_name, spec.bind((), {"layer": inside}), HERE)
    result = layer_call.infer(layer, Shape.of(None, 5, 4, 2))
    assert (result.error, result.outputs) == (None, None)
    assert result.reason


def test_axes_keep_their_roles():
    shape = Shape([Axis(None), Axis(7, "frames"), Axis(5, "words"), Axis(4, "channels")])
    layer = ours(("TimeDistributed", {"layer": ("Bidirectional", {"layer": ("LSTM", {"units": 3})})}))
    outputs = layer_call.infer(layer, shape).outputs
    assert outputs[1] == shape[1]
    assert outputs[2] == Axis(6, "features")
