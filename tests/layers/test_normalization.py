from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.oracle.layers import Inner, assert_agrees, assert_agrees_symbolically, inferred, keras
from tests.oracle.parameters import assert_agrees_for_unknown_arguments, assert_weights_agree

FLAGS = st.fixed_dictionaries({"scale": st.booleans(), "center": st.booleans()})


def agrees(class_name, arguments, shape):
    assert_agrees(class_name, arguments, shape)
    assert_agrees_symbolically(class_name, arguments, shape)
    assert_agrees_for_unknown_arguments(class_name, arguments, shape)


@st.composite
def shaped(draw, several: bool):
    """An input with the axes to work along, of which one may be free or lie outside, never both."""
    rank = draw(st.integers(2, 5))
    sizes = [draw(st.none() | st.integers(1, 9)) for _ in range(rank)]
    axis = draw(st.integers(-rank, rank - 1))
    if sizes[axis] is None and draw(st.booleans()):
        sizes[axis] = draw(st.integers(1, 9))
    if sizes[axis] is not None and draw(st.integers(0, 4)) == 0:
        axis = draw(st.sampled_from([rank, rank + 2, -rank - 1]))
    if several and draw(st.booleans()):
        others = draw(
            st.lists(st.integers(-rank, rank - 1).filter(lambda at: sizes[at] is not None), max_size=2)
        )
        return draw(st.sampled_from([list, tuple]))([axis, *others]), tuple(sizes)
    return axis, tuple(sizes)


@settings(max_examples=60, deadline=None)
@given(shaped(several=False), FLAGS)
def test_batch_normalization(drawn, flags):
    axis, shape = drawn
    agrees("BatchNormalization", {"axis": axis, **flags}, shape)


@settings(max_examples=80, deadline=None)
@given(shaped(several=True), FLAGS)
def test_layer_normalization(drawn, flags):
    axis, shape = drawn
    agrees("LayerNormalization", {"axis": axis, **flags}, shape)


@settings(max_examples=60, deadline=None)
@given(shaped(several=True))
def test_rms_normalization(drawn):
    axis, shape = drawn
    agrees("RMSNormalization", {"axis": axis}, shape)


@settings(max_examples=60, deadline=None)
@given(shaped(several=True))
def test_unit_normalization(drawn):
    axis, shape = drawn
    agrees("UnitNormalization", {"axis": axis}, shape)


@settings(max_examples=100, deadline=None)
@given(shaped(several=False), st.sampled_from([-1, 1, 2, 3, 4, 32]), FLAGS)
def test_group_normalization(drawn, groups, flags):
    axis, shape = drawn
    agrees("GroupNormalization", {"groups": groups, "axis": axis, **flags}, shape)


@pytest.mark.parametrize(
    ("class_name", "arguments"),
    [
        ("BatchNormalization", {"axis": [1]}),
        ("BatchNormalization", {"axis": None}),
        ("LayerNormalization", {"axis": 1.0}),
        ("LayerNormalization", {"axis": None}),
        ("UnitNormalization", {"axis": None}),
        ("UnitNormalization", {"axis": "channels"}),
        ("GroupNormalization", {"groups": 0}),
        ("GroupNormalization", {"groups": -2}),
        ("GroupNormalization", {"groups": 2.0}),
        ("SpectralNormalization", {"layer": Inner("Dense", {"units": 3}), "power_iterations": 0}),
    ],
)
def test_arguments_that_keras_refuses(class_name, arguments):
    assert_agrees(class_name, arguments, (None, 4, 2))


def test_layer_normalization_takes_what_saved_models_hold():
    real = keras.layers.LayerNormalization(axis=[1, 2])
    saved = {name: value for name, value in real.get_config().items() if name != "dtype"}
    assert saved["rms_scaling"] is False
    assert inferred("LayerNormalization", saved, (None, 4, 2)).outputs.sizes == (None, 4, 2)


WRAPPED = [
    ("Dense", {"units": 3}, (None, 4, 5)),
    ("Dense", {"units": 3}, (None, None)),
    ("Conv1D", {"filters": 3, "kernel_size": 2}, (None, 4, 5)),
    ("Conv1D", {"filters": 3, "kernel_size": 2}, (2, None, 5)),
    ("Conv1D", {"filters": 3, "kernel_size": 2}, (None, 5)),
    ("Conv1D", {"filters": 3, "kernel_size": 5}, (None, 4, 5)),
    ("Conv2D", {"filters": 3, "kernel_size": 2, "data_format": "channels_first"}, (None, 4, 5, 6)),
    ("Embedding", {"input_dim": 9, "output_dim": 2}, (None, 5)),
    ("EinsumDense", {"equation": "abc,cd->abd", "output_shape": (None, 7)}, (None, 5, 4)),
    ("BatchNormalization", {}, (None, 5, 4)),
    ("ReLU", {}, (None, 5, 4)),
    ("PReLU", {}, (None, 5, 4)),
]


@pytest.mark.parametrize(("class_name", "arguments", "shape"), WRAPPED)
def test_spectral_normalization(class_name, arguments, shape):
    wrapper = {"layer": Inner(class_name, arguments)}
    assert_agrees("SpectralNormalization", wrapper, shape)
    assert_agrees_symbolically("SpectralNormalization", wrapper, shape)


def test_spectral_normalization_reads_as_the_layer_inside():
    wrapper = {"layer": Inner("Conv1D", {"filters": 3, "kernel_size": 2})}
    reading = inferred("SpectralNormalization", wrapper, (None, 1, 8000)).interpretation
    assert str(reading) == "SpectralNormalization: (batch, steps=1, input_dim=8000)"


@pytest.mark.parametrize(
    ("class_name", "arguments"),
    [
        ("BatchNormalization", {}),
        ("BatchNormalization", {"axis": 1, "scale": False, "center": False}),
        ("BatchNormalization", {"renorm": True}),
        ("LayerNormalization", {}),
        ("LayerNormalization", {"axis": [2, 1]}),
        ("LayerNormalization", {"axis": [-1, 1], "center": False}),
        ("LayerNormalization", {"rms_scaling": True}),
        ("GroupNormalization", {"groups": 2}),
        ("GroupNormalization", {"groups": -1, "axis": 1, "scale": False}),
        ("RMSNormalization", {}),
        ("RMSNormalization", {"axis": (-1, 1)}),
    ],
)
def test_weights(class_name, arguments):
    assert_weights_agree(class_name, arguments, (None, 8, 5, 6))


def test_readings():
    def reading(class_name, arguments):
        return inferred(class_name, arguments, (None, 3, 8, 9)).interpretation.axes

    assert reading("BatchNormalization", {}) == "(batch, axis 1=3, axis 2=8, features=9)"
    assert reading("BatchNormalization", {"axis": 1}) == "(batch, features=3, axis 2=8, axis 3=9)"
    assert reading("LayerNormalization", {"axis": [-1, 1]}) == "(batch, features 1=3, axis 2=8, features 3=9)"
