from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from layoutlint.inference.layer_call import infer
from layoutlint.layers.registry import find
from layoutlint.model.axes import Axis, Evidence, Shape
from layoutlint.model.graph import Layer
from layoutlint.model.origins import FileOrigin
from layoutlint.model.sizes import multiply, symbol
from tests.layers.drawing import FORMATS, SIZES, per_axis, spatial_input, wrong_rank
from tests.oracle.layers import assert_agrees, assert_agrees_symbolically
from tests.oracle.parameters import assert_agrees_for_unknown_arguments

SMALL = st.none() | st.sampled_from([0, 1, 1, 2, 3, 4, 6])


def agree(name, arguments, shape):
    assert_agrees(name, arguments, shape)
    assert_agrees_symbolically(name, arguments, shape)
    assert_agrees_for_unknown_arguments(name, arguments, shape)


@settings(max_examples=50, deadline=None)
@given(st.lists(SIZES, max_size=5), st.sampled_from(FORMATS))
def test_flatten_as_in_keras(sizes, data_format):
    agree("Flatten", {"data_format": data_format}, tuple(sizes))


@settings(max_examples=300, deadline=None)
@given(st.lists(SMALL, max_size=4), st.lists(st.sampled_from([None, -1, -1, 0, 1, 2, 3, 4, 6]), max_size=4))
def test_reshape_as_in_keras(sizes, target):
    assert_agrees("Reshape", {"target_shape": target}, (None, *sizes))
    assert_agrees_symbolically("Reshape", {"target_shape": target}, (None, *sizes))


@settings(max_examples=100, deadline=None)
@given(st.lists(st.integers(1, 4), min_size=1, max_size=3), st.data())
def test_reshape_that_fits_as_in_keras(sizes, data):
    """A target made from the input: axes in another order, one of them left to be found out."""
    target = data.draw(st.permutations(sizes))
    if data.draw(st.booleans()):
        target[data.draw(st.integers(0, len(target) - 1))] = -1
    assert_agrees("Reshape", {"target_shape": tuple(target)}, (None, *sizes))
    assert_agrees_symbolically("Reshape", {"target_shape": tuple(target)}, (None, *sizes))
    if -1 not in target:  # an argument that nobody knows is taken for a size
        assert_agrees_for_unknown_arguments("Reshape", {"target_shape": tuple(target)}, (None, *sizes))


@settings(max_examples=50, deadline=None)
@given(st.lists(SIZES, min_size=1, max_size=5), st.permutations([1, 2, 3]), st.integers(0, 3))
def test_permute_as_in_keras(sizes, order, count):
    dims = tuple(dim for dim in order if dim <= count)
    agree("Permute", {"dims": dims}, tuple(sizes))


@settings(max_examples=25, deadline=None)
@given(st.integers(-1, 5), st.lists(SIZES, min_size=1, max_size=3))
def test_repeat_vector_as_in_keras(count, sizes):
    agree("RepeatVector", {"n": count}, (None, *sizes) if count > 0 else (None, 3))


@settings(max_examples=25, deadline=None)
@given(st.data())
def test_upsampling_1d_as_in_keras(data):
    agree("UpSampling1D", {"size": data.draw(st.integers(1, 4))}, spatial_input(data.draw, 1))


@pytest.mark.parametrize("rank", [2, 3])
def test_upsampling_as_in_keras(rank):
    @settings(max_examples=25, deadline=None)
    @given(st.data())
    def agrees(data):
        arguments = {
            "size": per_axis(data.draw, rank, 1, 4),
            "data_format": data.draw(st.sampled_from(FORMATS)),
        }
        agree(f"UpSampling{rank}D", arguments, spatial_input(data.draw, rank))

    agrees()


def margins(draw, rank: int):
    """A number, a number or a pair for each axis; for one axis a number or a pair."""
    number = st.integers(0, 3)
    pair = st.tuples(number, number)
    return draw(number | pair if rank == 1 else number | st.tuples(*[number | pair] * rank))


@pytest.mark.parametrize("rank", [1, 2, 3])
@pytest.mark.parametrize(("kind", "argument"), [("ZeroPadding", "padding"), ("Cropping", "cropping")])
def test_margins_as_in_keras(kind, argument, rank):
    @settings(max_examples=50, deadline=None)
    @given(st.data())
    def agrees(data):
        arguments = {argument: margins(data.draw, rank)}
        if (kind, rank) != ("Cropping", 1):
            arguments["data_format"] = data.draw(st.sampled_from(FORMATS))
        agree(f"{kind}{rank}D", arguments, spatial_input(data.draw, rank))

    agrees()


@pytest.mark.parametrize("rank", [1, 2, 3])
@pytest.mark.parametrize("kind", ["ZeroPadding", "Cropping", "UpSampling"])
def test_wrong_ranks_as_in_keras(kind, rank):
    @settings(max_examples=8, deadline=None)
    @given(st.data())
    def agrees(data):
        assert_agrees(f"{kind}{rank}D", {}, wrong_rank(data.draw, rank))

    agrees()


VECTOR, SIGNAL, IMAGE = (None, 6), (None, 3, 4), (None, 2, 3, 3)


@pytest.mark.parametrize(
    ("name", "arguments", "shape"),
    [
        ("Flatten", {"data_format": "nchw"}, SIGNAL),
        ("Flatten", {}, (3,)),
        ("Reshape", {"target_shape": 6}, VECTOR),
        ("Reshape", {"target_shape": None}, VECTOR),
        ("Reshape", {"target_shape": [2, 3]}, VECTOR),
        ("Reshape", {"target_shape": (2.0, 3)}, VECTOR),
        ("Reshape", {"target_shape": (True, 6)}, VECTOR),
        ("Reshape", {"target_shape": (-2, 3)}, VECTOR),
        ("Reshape", {"target_shape": (2, 3)}, ()),
        ("Reshape", {}, VECTOR),
        ("Permute", {"dims": (1.0, 2)}, SIGNAL),
        ("Permute", {"dims": (True, 2)}, SIGNAL),
        ("Permute", {"dims": [2, 1]}, SIGNAL),
        ("Permute", {"dims": 1}, SIGNAL),
        ("Permute", {"dims": (0, 1)}, SIGNAL),
        ("Permute", {"dims": (1, 3)}, SIGNAL),
        ("Permute", {"dims": (1, 1)}, SIGNAL),
        ("Permute", {"dims": ("a", 1)}, SIGNAL),
        ("RepeatVector", {"n": 2.0}, VECTOR),
        ("RepeatVector", {"n": True}, VECTOR),
        ("RepeatVector", {"n": None}, VECTOR),
        ("UpSampling1D", {"size": 2.0}, SIGNAL),
        ("UpSampling1D", {"size": (2,)}, SIGNAL),
        ("UpSampling1D", {"size": 0}, SIGNAL),
        ("UpSampling1D", {"size": True}, SIGNAL),
        ("UpSampling1D", {"data_format": None}, SIGNAL),
        ("UpSampling2D", {"size": (2.0, 2)}, IMAGE),
        ("UpSampling2D", {"size": 2.0}, IMAGE),
        ("UpSampling2D", {"size": 0}, IMAGE),
        ("UpSampling2D", {"size": (2, 2, 2)}, IMAGE),
        ("UpSampling2D", {"interpolation": "bilinear"}, IMAGE),
        ("UpSampling2D", {"interpolation": "foo"}, IMAGE),
        ("UpSampling2D", {"interpolation": None}, IMAGE),
        ("UpSampling2D", {"data_format": "nchw"}, IMAGE),
        ("UpSampling3D", {"interpolation": "nearest"}, (None, 2, 2, 2, 2)),
        ("ZeroPadding1D", {"padding": (1.0, 1)}, SIGNAL),
        ("ZeroPadding1D", {"padding": 1.0}, SIGNAL),
        ("ZeroPadding1D", {"padding": -1}, SIGNAL),
        ("ZeroPadding1D", {"padding": (1, 2, 3)}, SIGNAL),
        ("ZeroPadding1D", {"padding": ((1, 2),)}, SIGNAL),
        ("ZeroPadding2D", {"padding": -1}, (None, 3, 3, 3)),
        ("ZeroPadding2D", {"padding": -1}, (None, 1, 3, 3)),
        ("ZeroPadding2D", {"padding": True}, IMAGE),
        ("ZeroPadding2D", {"padding": 1.0}, IMAGE),
        ("ZeroPadding2D", {"padding": None}, IMAGE),
        ("ZeroPadding2D", {"padding": [[1, 2], [0, 3]]}, IMAGE),
        ("ZeroPadding2D", {"padding": ((1.0, 1), (2, 3))}, IMAGE),
        ("ZeroPadding2D", {"padding": (1, 2, 3)}, IMAGE),
        ("ZeroPadding2D", {"padding": (1, -2)}, IMAGE),
        ("ZeroPadding2D", {"padding": ((1, 2, 3), 1)}, IMAGE),
        ("ZeroPadding3D", {"padding": (1, 2)}, (None, 2, 2, 2, 2)),
        ("Cropping1D", {"cropping": (1.0, 1)}, SIGNAL),
        ("Cropping1D", {"cropping": -1}, SIGNAL),
        ("Cropping1D", {"cropping": 1, "data_format": "channels_first"}, SIGNAL),
        ("Cropping2D", {"cropping": -1}, IMAGE),
        ("Cropping2D", {}, IMAGE),
        ("Cropping2D", {"cropping": ((0.5, 0.5), 0)}, IMAGE),
        ("Cropping3D", {"cropping": 0}, (None, 0, 3, 3, 3)),
        ("Cropping3D", {}, (None, 3, 3, 3, 3)),
    ],
)
def test_odd_arguments_as_in_keras(name, arguments, shape):
    assert_agrees(name, arguments, shape)


def inferred(name, arguments, shape):
    spec = find(name)
    return infer(Layer(spec.name, spec.bind((), arguments), FileOrigin("test")), shape)


def test_products_and_quotients_of_symbols():
    steps = symbol("X.shape[1]")
    shape = Shape.of(None, steps, 12)
    (_, flat) = inferred("Flatten", {}, shape).outputs.sizes
    assert flat == multiply(steps, 12)
    assert inferred("Reshape", {"target_shape": (-1, 3)}, shape).outputs.sizes == (
        None,
        multiply(steps, 4),
        3,
    )
    assert inferred("Reshape", {"target_shape": (steps, 3, 4)}, shape).error is None
    misfit = inferred("Reshape", {"target_shape": (steps, 3, 5)}, shape)
    assert misfit.error is None  # 12 n and 15 n are equal for n = 0, so only the program can tell


WHY = Evidence("X_train, 8000 samples of a signal", FileOrigin("test"))
SAMPLES = Axis(8000, "samples", (WHY,))


@pytest.mark.parametrize(
    ("axes", "target", "survivors"),
    [
        # (input axes without the batch, target, index of each input axis in the output or None)
        ((SAMPLES,), (8000, 1), {0: 0}),
        ((SAMPLES,), (1, -1), {0: 1}),
        ((SAMPLES, Axis(1, "leads")), (1, 8000), {0: 1}),
        ((Axis(1, "leads"), SAMPLES), (1, 8000, 1), {0: 0, 1: 1}),
        ((Axis(12, "leads"), SAMPLES), (12, 100, 80), {0: 0}),
        ((Axis(12, "leads"), SAMPLES), (8000, 12), {}),
        ((Axis(12, "leads"), SAMPLES), (3, 4, 8000), {1: 2}),
        ((Axis(None, "frames"), Axis(40, "mels")), (-1, 40, 1), {0: 0, 1: 1}),
        ((Axis(None, "frames"), Axis(40, "mels")), (40, -1), {}),
        ((Axis(28, "height"), Axis(28, "width")), (784,), {}),
        ((Axis(0, "windows"), Axis(40, "mels")), (0, 13), {}),
        ((Axis(symbol("n"), "frames"), Axis(40, "mels")), (-1, 8, 5), {0: 0}),
    ],
)
def test_axes_that_survive_a_reshape(axes, target, survivors):
    made = inferred("Reshape", {"target_shape": target}, Shape((Axis(None, "batch"), *axes))).outputs[1:]
    expected = {after: axes[before].role for before, after in survivors.items()}
    assert {index: axis.role for index, axis in enumerate(made) if axis.role} == expected
    for before, after in survivors.items():
        assert made[after].evidence == axes[before].evidence


def test_axes_keep_their_meaning():
    shape = Shape((Axis(None, "batch"), SAMPLES, Axis(2, "leads")))
    swapped = inferred("Permute", {"dims": (2, 1)}, shape).outputs
    assert swapped == (Axis(None, "batch"), Axis(2, "leads"), SAMPLES)
    assert inferred("ZeroPadding1D", {"padding": 2}, shape).outputs[1] == SAMPLES.sized(8004)
    assert inferred("Cropping1D", {"cropping": 2}, shape).outputs[1] == SAMPLES.sized(7996)
    assert inferred("UpSampling1D", {}, shape).outputs[1] == SAMPLES.sized(16000)
    repeated = inferred("RepeatVector", {"n": 3}, Shape((Axis(None, "batch"), SAMPLES))).outputs
    assert repeated == (Axis(None, "batch"), Axis(3, "steps"), SAMPLES)


def test_what_is_known_of_an_unknown_input():
    assert inferred("Reshape", {"target_shape": (28, 28, 1)}, None).outputs.sizes == (None, 28, 28, 1)
    rest = inferred("Reshape", {"target_shape": (-1, 3)}, None).outputs
    assert rest.rank == 3
    assert not rest[1].is_known
    assert inferred("Flatten", {}, None).outputs.rank == 2
    assert inferred("Permute", {"dims": (2, 1)}, None).outputs.rank == 3
    assert inferred("RepeatVector", {"n": 5}, None).outputs.sizes[1] == 5
    assert inferred("Reshape", {"target_shape": symbol("shape")}, None).outputs is None


def test_margins_that_nobody_knows():
    made = inferred("ZeroPadding2D", {"padding": symbol("p")}, Shape.of(None, 32, None, 3)).outputs
    assert made.sizes[2:] == (None, 3)
    assert not made[1].is_known
