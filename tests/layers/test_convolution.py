from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from layoutlint.inference.layer_call import infer
from layoutlint.layers.registry import find
from layoutlint.model.axes import Axis, Evidence, Shape
from layoutlint.model.graph import Layer
from layoutlint.model.origins import FileOrigin
from layoutlint.model.sizes import add, symbol
from tests.layers.drawing import FORMATS, SIZES, per_axis, spatial_input, wrong_rank
from tests.oracle.layers import assert_agrees, assert_agrees_symbolically, observe
from tests.oracle.parameters import assert_agrees_for_unknown_arguments, assert_weights_agree

CLASSES = [
    *[(f"Conv{rank}D", rank) for rank in (1, 2, 3)],
    *[(f"Conv{rank}DTranspose", rank) for rank in (1, 2, 3)],
    *[(f"DepthwiseConv{rank}D", rank) for rank in (1, 2)],
    *[(f"SeparableConv{rank}D", rank) for rank in (1, 2)],
]


@st.composite
def convolutions(draw, name: str, rank: int, channels=SIZES):
    """Arguments and an input shape. What is wrong about them Keras and we look for in the same order."""
    arguments = {
        "kernel_size": per_axis(draw, rank, 1, 4),
        "strides": per_axis(draw, rank, 1, 3),
        "padding": draw(st.sampled_from(["valid", "same", "SAME", "causal"])),
        "data_format": draw(st.sampled_from(FORMATS)),
        "use_bias": draw(st.booleans()),
    }
    if draw(st.sampled_from([False, False, True])):
        arguments["dilation_rate"] = per_axis(draw, rank, 1, 3)
        if draw(st.sampled_from([False, True, True])):
            del arguments["strides"]
    if "Depthwise" not in name:
        arguments["filters"] = draw(st.integers(1, 6))
    if "Transpose" in name:
        arguments["output_padding"] = draw(st.sampled_from([None, per_axis(draw, rank, 0, 2)]))
    elif name.startswith("Conv"):
        arguments["groups"] = draw(st.sampled_from([1, 1, 1, 2, 3]))
    else:
        arguments["depth_multiplier"] = draw(st.integers(1, 3))
    return arguments, spatial_input(draw, rank, channels)


@pytest.mark.parametrize(("name", "rank"), CLASSES)
def test_shapes_as_in_keras(name, rank):
    @settings(max_examples=50, deadline=None)
    @given(convolutions(name, rank))
    def agrees(drawn):
        arguments, shape = drawn
        assert_agrees(name, arguments, shape)
        assert_agrees_symbolically(name, arguments, shape)
        assert_agrees_for_unknown_arguments(name, arguments, shape)

    agrees()


@pytest.mark.parametrize("padding", ["valid", "same"])
@pytest.mark.parametrize("kernel_size", [1, 2, 3])
def test_every_small_transposed_convolution_as_in_keras(kernel_size, padding):
    for strides, output_padding, dilation_rate, steps in product(
        (1, 2, 4), (None, 0, 1, 2), (1, 2), (0, 1, 5, None)
    ):
        arguments = {
            "filters": 2,
            "kernel_size": kernel_size,
            "padding": padding,
            "strides": strides,
            "output_padding": output_padding,
            "dilation_rate": dilation_rate,
        }
        assert_agrees("Conv1DTranspose", arguments, (None, steps, 3))


@pytest.mark.parametrize(("name", "rank"), CLASSES)
def test_wrong_ranks_as_in_keras(name, rank):
    @settings(max_examples=8, deadline=None)
    @given(st.data())
    def agrees(data):
        arguments = {"kernel_size": 2, "data_format": data.draw(st.sampled_from(FORMATS))}
        if "Depthwise" not in name:
            arguments["filters"] = 4
        assert_agrees(name, arguments, wrong_rank(data.draw, rank))

    agrees()


@pytest.mark.parametrize(("name", "rank"), CLASSES)
def test_weights_as_in_keras(name, rank):
    @settings(max_examples=15, deadline=None)
    @given(st.data())
    def agrees(data):
        groups = data.draw(st.sampled_from([1, 2, 3]))
        arguments = {
            "kernel_size": per_axis(data.draw, rank, 1, 4),
            "use_bias": data.draw(st.booleans()),
            "data_format": data.draw(st.sampled_from(FORMATS)),
        }
        if "Depthwise" not in name:
            arguments["filters"] = groups * data.draw(st.integers(1, 3))
        if name.startswith(("Depthwise", "Separable")):
            arguments["depth_multiplier"] = data.draw(st.integers(1, 3))
        elif "Transpose" not in name:
            arguments["groups"] = groups
            if data.draw(st.booleans()):
                arguments["lora_rank"] = 2
        assert_weights_agree(name, arguments, (None, *[6] * (rank + 1)))

    agrees()


SIGNAL, IMAGE = (None, 9, 2), (None, 9, 9, 2)


@pytest.mark.parametrize(
    ("name", "arguments", "shape"),
    [
        # numbers that are none
        ("Conv1D", {"filters": 4.0, "kernel_size": 3}, SIGNAL),
        ("Conv1D", {"filters": True, "kernel_size": 3}, SIGNAL),
        ("Conv1D", {"filters": "4", "kernel_size": 3}, SIGNAL),
        ("Conv1D", {"filters": (4,), "kernel_size": 3}, SIGNAL),
        ("Conv1D", {"filters": 0, "kernel_size": 3}, SIGNAL),
        ("Conv1D", {"filters": -4, "kernel_size": 3}, SIGNAL),
        ("Conv1D", {"filters": 4, "kernel_size": 3.0}, SIGNAL),
        ("Conv1D", {"filters": 4, "kernel_size": (3.0,)}, SIGNAL),
        ("Conv1D", {"filters": 4, "kernel_size": [3]}, SIGNAL),
        ("Conv1D", {"filters": 4, "kernel_size": True}, SIGNAL),
        ("Conv1D", {"filters": 4, "kernel_size": "3"}, SIGNAL),
        ("Conv1D", {"filters": 4, "kernel_size": None}, SIGNAL),
        ("Conv1D", {"filters": 4, "kernel_size": 0}, SIGNAL),
        ("Conv1D", {"filters": 4, "kernel_size": (3, 3)}, SIGNAL),
        ("Conv2D", {"filters": 4, "kernel_size": (3,)}, IMAGE),
        ("Conv2D", {"filters": 4, "kernel_size": (3, None)}, IMAGE),
        ("Conv1D", {"filters": 4, "kernel_size": 3, "strides": 0}, SIGNAL),
        ("Conv1D", {"filters": 4, "kernel_size": 3, "strides": None}, SIGNAL),
        ("Conv1D", {"filters": 4, "kernel_size": 3, "strides": (2.0,)}, SIGNAL),
        ("Conv1D", {"filters": 4, "kernel_size": 3, "dilation_rate": (2.0,)}, SIGNAL),
        ("Conv1D", {"filters": 4, "kernel_size": 3, "groups": 2.0}, SIGNAL),
        ("Conv1D", {"filters": 4, "kernel_size": 3, "groups": True}, SIGNAL),
        ("Conv1D", {"filters": 4, "kernel_size": 3, "groups": None}, SIGNAL),
        ("Conv1D", {"filters": 4, "kernel_size": 3, "groups": 0}, SIGNAL),
        ("Conv1D", {"filters": 4, "kernel_size": 3, "groups": 4}, SIGNAL),
        ("DepthwiseConv1D", {"kernel_size": 3, "depth_multiplier": 2.0}, SIGNAL),
        ("DepthwiseConv1D", {"kernel_size": 3, "depth_multiplier": None}, SIGNAL),
        ("DepthwiseConv1D", {"kernel_size": 3, "depth_multiplier": 0}, SIGNAL),
        ("SeparableConv1D", {"filters": 4.0, "kernel_size": 3}, SIGNAL),
        ("SeparableConv1D", {"filters": 4, "kernel_size": 3, "depth_multiplier": 2.0}, SIGNAL),
        ("Conv1DTranspose", {"filters": 4.0, "kernel_size": 3}, SIGNAL),
        ("Conv1DTranspose", {"filters": 4, "kernel_size": 2, "strides": (3.0,)}, SIGNAL),
        ("Conv1DTranspose", {"filters": 4, "kernel_size": 2, "dilation_rate": (2.0,)}, SIGNAL),
        ("Conv1DTranspose", {"filters": 4, "kernel_size": 2, "strides": 3, "output_padding": 1.0}, SIGNAL),
        ("Conv1DTranspose", {"filters": 4, "kernel_size": 2, "strides": 3, "output_padding": (1.0,)}, SIGNAL),
        ("Conv1DTranspose", {"filters": 4, "kernel_size": 2, "strides": 3, "output_padding": -1}, SIGNAL),
        ("Conv1DTranspose", {"filters": 4, "kernel_size": 2, "strides": 3, "output_padding": 3}, SIGNAL),
        # words that are none
        ("Conv1D", {"filters": 4, "kernel_size": 3, "padding": None}, SIGNAL),
        ("Conv1D", {"filters": 4, "kernel_size": 3, "padding": (1, 1)}, SIGNAL),
        ("Conv1D", {"filters": 4, "kernel_size": 3, "padding": "full"}, SIGNAL),
        ("Conv1DTranspose", {"filters": 4, "kernel_size": 3, "padding": (1, 1)}, SIGNAL),
        ("Conv1D", {"filters": 4, "kernel_size": 3, "data_format": "ncw"}, SIGNAL),
        ("Conv1D", {"filters": 4, "kernel_size": 3, "data_format": 3}, SIGNAL),
        # strides and dilation at once
        ("Conv1D", {"filters": 4, "kernel_size": 3, "strides": 2, "dilation_rate": 2}, SIGNAL),
        ("Conv2D", {"filters": 4, "kernel_size": 3, "strides": (2, 1), "dilation_rate": (1, 2)}, IMAGE),
        ("Conv2DTranspose", {"filters": 4, "kernel_size": 3, "strides": 2, "dilation_rate": 2}, IMAGE),
        ("DepthwiseConv1D", {"kernel_size": 3, "strides": 2, "dilation_rate": 2}, SIGNAL),
        ("SeparableConv2D", {"filters": 4, "kernel_size": 3, "strides": 2, "dilation_rate": 2}, IMAGE),
        # arguments that are missing, too many or unheard of
        ("Conv1D", {"filters": 4}, SIGNAL),
        ("Conv1D", {"filters": 4, "kernel_size": 3, "kernal_regularizer": None}, SIGNAL),
        ("DepthwiseConv1D", {"filters": 4, "kernel_size": 3}, SIGNAL),
        ("Conv1DTranspose", {"filters": 4, "kernel_size": 3, "groups": 1}, SIGNAL),
        # lengths that come out as nothing, or less
        (
            "Conv1DTranspose",
            {"filters": 4, "kernel_size": 1, "strides": 3, "output_padding": 0},
            (None, 0, 3),
        ),
        (
            "Conv1DTranspose",
            {"filters": 4, "kernel_size": 2, "strides": 3, "output_padding": 0, "padding": "same"},
            (None, 1, 3),
        ),
    ],
)
def test_odd_arguments_as_in_keras(name, arguments, shape):
    assert_agrees(name, arguments, shape)


@pytest.mark.parametrize("name", ["Conv1D", "Conv1DTranspose", "SeparableConv1D"])
def test_filters_are_needed(name):
    # Keras says so only when it makes the kernel; to us it is the argument that is wrong.
    arguments = {"filters": None, "kernel_size": 3}
    assert observe(name, arguments, SIGNAL).error is not None
    assert inferred(name, arguments, Shape.of(*SIGNAL)).error.kind == "argument"


def inferred(name, arguments, shape):
    spec = find(name)
    return infer(Layer(spec.name, spec.bind((), arguments), FileOrigin("test")), shape)


def test_reading_follows_the_data_format():
    signal = Shape.of(None, 1, 8000)
    read = inferred("Conv1D", {"filters": 4, "kernel_size": 3, "padding": "same"}, signal).interpretation
    assert str(read) == "Conv1D: (batch, steps=1, input_dim=8000)"
    first = {"filters": 4, "kernel_size": 3, "data_format": "channels_first"}
    image = inferred("Conv2D", first, Shape.of(None, 3, 32, 64)).interpretation
    assert image.names == ("batch", "channels", "height", "width")
    assert image["height"] == 32


def test_spatial_axes_keep_their_meaning():
    why = Evidence("librosa.feature.mfcc returns (n_mfcc, frames)", FileOrigin("test"))
    shape = Shape((Axis(None, "batch"), Axis(13, "coefficients", (why,)), Axis(400, "frames")))
    made = inferred("Conv1D", {"filters": 4, "kernel_size": 3}, shape).outputs
    assert made[:2] == (Axis(None, "batch"), Axis(11, "coefficients", (why,)))
    assert made[2] == Axis(4, "channels")


def test_what_is_unknown_leaves_the_rest_known():
    arguments = {"filters": 4, "kernel_size": 3, "padding": symbol("padding")}
    made = inferred("Conv2D", arguments, Shape.of(None, 32, None, 3)).outputs
    assert made.rank == 4
    assert made.sizes[0] is None
    assert made.sizes[2:] == (None, 4)
    assert not made[1].is_known

    arguments = {"filters": 4, "kernel_size": 3, "data_format": symbol("data_format")}
    result = inferred("Conv2D", arguments, Shape.of(None, 32, 32, 3))
    assert result.outputs.rank == 4
    assert result.interpretation.names == ("batch", "axis 1", "axis 2", "axis 3")

    made = inferred("Conv1D", {"filters": 4, "kernel_size": 3}, None).outputs
    assert made.rank == 3
    assert made.sizes[2] == 4


def test_symbols_that_cancel_show_a_kernel_wider_than_its_axis():
    steps = symbol("n")
    result = inferred("Conv1D", {"filters": 4, "kernel_size": add(steps, 1)}, Shape.of(None, steps, 1))
    assert result.error is not None
    assert result.error.kind == "window"
