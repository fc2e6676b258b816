"""Activations and regularization: layers that change no shape."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from layoutlint.inference.layer_call import infer
from layoutlint.layers.registry import find
from layoutlint.model.axes import Axis, Shape
from layoutlint.model.graph import Layer
from layoutlint.model.origins import FileOrigin
from tests.oracle.layers import assert_agrees, assert_agrees_symbolically, inferred
from tests.oracle.parameters import assert_agrees_for_unknown_arguments, assert_weights_agree

SIZES = st.none() | st.integers(1, 9)
SHAPES = st.lists(SIZES, min_size=1, max_size=5).map(tuple)

LAYERS = [
    ("Activation", {"activation": "relu"}),
    ("ELU", {"alpha": 0.5}),
    ("LeakyReLU", {}),
    ("ReLU", {"max_value": 6}),
    ("Softmax", {}),
    ("Softmax", {"axis": [1, 2]}),
    ("Dropout", {"rate": 0.5, "noise_shape": (None, 1)}),
    ("AlphaDropout", {"rate": 0.5}),
    ("GaussianDropout", {"rate": 0.5}),
    ("GaussianNoise", {"stddev": 0.5}),
    ("ActivityRegularization", {"l1": 0.1}),
]


@pytest.mark.parametrize(("class_name", "arguments"), LAYERS)
def test_no_shape_changes(class_name, arguments):
    @settings(max_examples=15, deadline=None)
    @given(SHAPES)
    def agrees(shape):
        assert_agrees(class_name, arguments, shape)
        assert_agrees_symbolically(class_name, arguments, shape)
        assert_agrees_for_unknown_arguments(class_name, arguments, shape)

    agrees()


@pytest.mark.parametrize("inputs", [[(None, 3)], [(None, 3), (2, 4, 5)], {"b": (None, 3), "a": (2, 1)}])
@pytest.mark.parametrize(("class_name", "arguments"), LAYERS)
def test_any_structure_comes_out_as_it_went_in(class_name, arguments, inputs):
    assert_agrees(class_name, arguments, inputs)


@pytest.mark.parametrize("rank", [1, 2, 3])
def test_spatial_dropout(rank):
    formats = (
        st.just({})
        if rank == 1
        else st.sampled_from([{}, {"data_format": "channels_last"}, {"data_format": "channels_first"}])
    )

    @settings(max_examples=25, deadline=None)
    @given(formats, SHAPES)
    def agrees(arguments, shape):
        assert_agrees(f"SpatialDropout{rank}D", {"rate": 0.5, **arguments}, shape)
        assert_agrees_symbolically(f"SpatialDropout{rank}D", {"rate": 0.5, **arguments}, shape)

    agrees()


def test_spatial_dropout_reads_the_data_format():
    arguments = {"rate": 0.5, "data_format": "channels_first"}
    reading = inferred("SpatialDropout2D", arguments, (None, 3, 8, 9)).interpretation
    assert reading.axes == "(batch, channels=3, height=8, width=9)"


@st.composite
def prelus(draw):
    """A PReLU and an input, with a free axis or a shared axis outside the input, never both."""
    defect = draw(st.sampled_from([None, None, "free", "outside"]))
    rank = draw(st.integers(2, 5))
    sizes = draw(st.lists(st.integers(1, 9), min_size=rank - 1, max_size=rank - 1))
    shared = draw(st.sets(st.integers(2 - rank, rank - 1), max_size=3))
    if defect == "free":
        sizes[draw(st.integers(0, rank - 2))] = None
    if defect == "outside":
        shared.add(draw(st.sampled_from([rank, rank + 3, 1 - rank, -rank - 2])))
    form = draw(st.sampled_from([list, tuple]))
    arguments = {
        "shared_axes": form(sorted(shared)) if shared else draw(st.none() | st.integers(1, rank - 1))
    }
    return arguments, (None, *sizes)


@settings(max_examples=80, deadline=None)
@given(prelus())
def test_prelu(drawn):
    arguments, shape = drawn
    assert_agrees("PReLU", arguments, shape)
    assert_agrees_symbolically("PReLU", arguments, shape)
    assert_agrees_for_unknown_arguments("PReLU", arguments, shape)


@pytest.mark.parametrize("shared", [None, 1, [1, 2], (-1,), [3]])
def test_prelu_weights(shared):
    assert_weights_agree("PReLU", {"shared_axes": shared}, (None, 4, 5, 6))


@pytest.mark.parametrize(
    ("class_name", "arguments"),
    [
        ("Activation", {}),
        ("LeakyReLU", {"negative_slope": -1}),
        ("LeakyReLU", {"negative_slope": None}),
        ("ReLU", {"max_value": -1.0}),
        ("ReLU", {"negative_slope": None}),
        ("ReLU", {"threshold": -0.1}),
        ("Dropout", {"rate": 1.5}),
        ("Dropout", {"rate": -0.1}),
        ("Dropout", {"rate": None}),
        ("Dropout", {"rate": 0.5, "noise_shape": "ab"}),
        ("Dropout", {"rate": 0.5, "noise_shape": 3}),
        ("Dropout", {"rate": 0.5, "noise_shape": (1, 0)}),
        ("AlphaDropout", {"rate": 2}),
        ("GaussianDropout", {"rate": 2}),
        ("GaussianNoise", {"stddev": 2}),
        ("SpatialDropout1D", {"rate": 2}),
        ("SpatialDropout1D", {"rate": 0.5, "data_format": "channels_last"}),
        ("SpatialDropout2D", {"rate": 0.5, "data_format": "NHWC"}),
    ],
)
def test_arguments_that_keras_refuses(class_name, arguments):
    assert_agrees(class_name, arguments, (None, 4, 3))


def test_every_axis_is_the_one_that_went_in():
    shape = Shape((Axis(None, "batch"), Axis(8, "steps"), Axis(3, "features")))
    for class_name, arguments in [*LAYERS, ("SpatialDropout1D", {"rate": 0.5}), ("PReLU", {})]:
        spec = find(class_name)
        assert spec.keeps_axes
        outputs = infer(Layer(class_name, spec.bind((), arguments), FileOrigin("test")), shape).outputs
        assert all(before is after for before, after in zip(shape, outputs, strict=True))
