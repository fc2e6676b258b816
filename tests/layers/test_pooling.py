from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from layoutlint.inference.layer_call import infer
from layoutlint.layers.registry import find
from layoutlint.model.axes import Axis, Evidence, Shape
from layoutlint.model.graph import Layer
from layoutlint.model.origins import FileOrigin
from layoutlint.model.sizes import symbol
from tests.layers.drawing import FORMATS, per_axis, spatial_input, wrong_rank
from tests.oracle.layers import assert_agrees, assert_agrees_symbolically
from tests.oracle.parameters import assert_agrees_for_unknown_arguments

RANKS = (1, 2, 3)
WINDOWED = [(f"{kind}Pooling{rank}D", rank) for kind in ("Max", "Average") for rank in RANKS]
GLOBAL = [(f"Global{kind}Pooling{rank}D", rank) for kind in ("Max", "Average") for rank in RANKS]
ADAPTIVE = [(f"Adaptive{kind}Pooling{rank}D", rank) for kind in ("Max", "Average") for rank in RANKS]


def agree(name, arguments, shape):
    assert_agrees(name, arguments, shape)
    assert_agrees_symbolically(name, arguments, shape)
    assert_agrees_for_unknown_arguments(name, arguments, shape)


@st.composite
def poolings(draw, rank: int):
    arguments = {
        "pool_size": per_axis(draw, rank, 1, 4),
        "padding": draw(st.sampled_from(["valid", "same"])),
        "data_format": draw(st.sampled_from(FORMATS)),
    }
    if draw(st.booleans()):
        arguments["strides"] = per_axis(draw, rank, 1, 3)
    return arguments, spatial_input(draw, rank)


@pytest.mark.parametrize(("name", "rank"), WINDOWED)
def test_windows_as_in_keras(name, rank):
    @settings(max_examples=50, deadline=None)
    @given(poolings(rank))
    def agrees(drawn):
        agree(name, *drawn)

    agrees()


@pytest.mark.parametrize(("name", "rank"), GLOBAL)
def test_whole_axes_as_in_keras(name, rank):
    @settings(max_examples=25, deadline=None)
    @given(st.data())
    def agrees(data):
        arguments = {
            "data_format": data.draw(st.sampled_from(FORMATS)),
            "keepdims": data.draw(st.booleans()),
        }
        agree(name, arguments, spatial_input(data.draw, rank))

    agrees()


@pytest.mark.parametrize(("name", "rank"), ADAPTIVE)
def test_wanted_sizes_as_in_keras(name, rank):
    @settings(max_examples=25, deadline=None)
    @given(st.data())
    def agrees(data):
        arguments = {
            "output_size": per_axis(data.draw, rank, 0, 9),
            "data_format": data.draw(st.sampled_from(FORMATS)),
        }
        agree(name, arguments, spatial_input(data.draw, rank))

    agrees()


@pytest.mark.parametrize(("name", "rank"), WINDOWED + GLOBAL + ADAPTIVE)
def test_wrong_ranks_as_in_keras(name, rank):
    @settings(max_examples=8, deadline=None)
    @given(st.data())
    def agrees(data):
        arguments = {"data_format": data.draw(st.sampled_from(FORMATS[:3]))}
        if "Adaptive" in name:
            arguments["output_size"] = 2
        elif "Global" not in name:
            arguments["pool_size"] = 2
        assert_agrees(name, arguments, wrong_rank(data.draw, rank))

    agrees()


SIGNAL, IMAGE = (None, 9, 2), (None, 9, 9, 2)


@pytest.mark.parametrize(
    ("name", "arguments", "shape"),
    [
        ("MaxPooling1D", {}, SIGNAL),
        ("MaxPooling2D", {}, IMAGE),
        ("AveragePooling2D", {}, IMAGE),
        ("MaxPooling1D", {"pool_size": 2.0}, SIGNAL),
        ("MaxPooling1D", {"pool_size": (2.0,)}, SIGNAL),
        ("MaxPooling1D", {"pool_size": True}, SIGNAL),
        ("MaxPooling1D", {"pool_size": "2"}, SIGNAL),
        ("MaxPooling1D", {"pool_size": None}, SIGNAL),
        ("MaxPooling1D", {"pool_size": 0}, SIGNAL),
        ("MaxPooling2D", {"pool_size": (2,)}, IMAGE),
        ("MaxPooling2D", {"pool_size": [2, 3]}, IMAGE),
        ("MaxPooling1D", {"pool_size": 2, "strides": 0}, SIGNAL),
        ("MaxPooling1D", {"pool_size": 2, "strides": 0}, (None, None, 2)),
        ("MaxPooling1D", {"pool_size": 2, "strides": -1}, SIGNAL),
        ("MaxPooling1D", {"pool_size": 2, "strides": 1.0}, SIGNAL),
        ("MaxPooling1D", {"pool_size": 2, "strides": (2.0,)}, SIGNAL),
        ("MaxPooling1D", {"pool_size": 2, "padding": "SAME"}, SIGNAL),
        ("MaxPooling1D", {"pool_size": 2, "padding": "causal"}, SIGNAL),
        ("MaxPooling1D", {"pool_size": 2, "padding": None}, SIGNAL),
        ("MaxPooling1D", {"pool_size": 2, "data_format": "ncw"}, SIGNAL),
        ("MaxPooling1D", {"pool_size": 2, "pool_length": 2}, SIGNAL),
        ("MaxPooling1D", {"pool_size": 3}, (None, 2, None)),
        ("MaxPooling1D", {"pool_size": 3, "padding": "same"}, (None, 2, None)),
        ("GlobalMaxPooling1D", {"keepdims": 2}, SIGNAL),
        ("GlobalMaxPooling2D", {"data_format": "nchw"}, IMAGE),
        ("AdaptiveMaxPooling2D", {"output_size": -1}, IMAGE),
        ("AdaptiveMaxPooling2D", {"output_size": True}, IMAGE),
        ("AdaptiveMaxPooling2D", {"output_size": (2.0, 2)}, IMAGE),
        ("AdaptiveMaxPooling2D", {"output_size": (None, 2)}, IMAGE),
        ("AdaptiveMaxPooling2D", {"output_size": ("2", 2)}, IMAGE),
        ("AdaptiveMaxPooling2D", {"output_size": (2,)}, IMAGE),
        ("AdaptiveMaxPooling2D", {"output_size": 2.0}, IMAGE),
        ("AdaptiveMaxPooling1D", {"output_size": None}, SIGNAL),
        ("AdaptiveMaxPooling2D", {}, IMAGE),
        ("AdaptiveMaxPooling2D", {"output_size": 2, "data_format": "nchw"}, IMAGE),
    ],
)
def test_odd_arguments_as_in_keras(name, arguments, shape):
    assert_agrees(name, arguments, shape)


def inferred(name, arguments, shape):
    spec = find(name)
    return infer(Layer(spec.name, spec.bind((), arguments), FileOrigin("test")), shape)


def test_axes_keep_their_meaning():
    why = Evidence("cv2.imread returns (height, width, channels)", FileOrigin("test"))
    channels = Axis(3, "channels", (why,))
    image = Shape((Axis(None, "batch"), Axis(32, "height"), Axis(48, "width"), channels))
    made = inferred("MaxPooling2D", {}, image).outputs
    assert made == (Axis(None, "batch"), Axis(16, "height"), Axis(24, "width"), channels)
    assert inferred("GlobalAveragePooling2D", {}, image).outputs == (Axis(None, "batch"), channels)
    kept = inferred("GlobalAveragePooling2D", {"keepdims": True}, image).outputs
    assert kept == (Axis(None, "batch"), Axis(1, "height"), Axis(1, "width"), channels)
    wanted = inferred("AdaptiveMaxPooling2D", {"output_size": 7}, image).outputs
    assert wanted[1] == Axis(7, "height")


def test_reading():
    read = inferred("MaxPooling1D", {}, Shape.of(None, 100, 6)).interpretation
    assert str(read) == "MaxPooling1D: (batch, steps=100, features=6)"
    wrong = inferred("AdaptiveMaxPooling2D", {"output_size": 2}, Shape.of(None, 100, 6)).interpretation
    assert wrong.names == ("batch", "axis 1", "axis 2")


def test_an_unknown_input_leaves_the_rank_known():
    assert inferred("MaxPooling2D", {}, None).outputs.rank == 4
    assert inferred("GlobalMaxPooling2D", {}, None).outputs.rank == 2
    assert inferred("AdaptiveMaxPooling2D", {"output_size": 7}, None).outputs.sizes[1:3] == (7, 7)


def test_strides_that_may_be_none_leave_the_length_unknown():
    made = inferred("MaxPooling1D", {"pool_size": 2, "strides": symbol("s")}, Shape.of(None, 9, 2)).outputs
    assert made.rank == 3
    assert not made[1].is_known
    assert made.sizes[2] == 2
    assert inferred("GlobalMaxPooling1D", {"keepdims": symbol("k")}, Shape.of(None, 9, 2)).outputs is None
