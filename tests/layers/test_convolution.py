from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.oracle.layers import assert_agrees, assert_agrees_symbolically

SIZES = st.none() | st.integers(1, 9)


@st.composite
def convolutions(draw, rank: int):
    def per_axis(low, high):
        return draw(st.integers(low, high) | st.tuples(*[st.integers(low, high)] * rank))

    arguments = {
        "filters": draw(st.integers(1, 6)),
        "kernel_size": per_axis(1, 4),
        "padding": draw(st.sampled_from(["valid", "same"] + (["causal"] if rank == 1 else []))),
        "groups": draw(st.sampled_from([1, 1, 1, 2, 3])),
        "data_format": draw(st.sampled_from(["channels_last", "channels_first"])),
    }
    arguments[draw(st.sampled_from(["strides", "dilation_rate"]))] = per_axis(1, 3)
    shape = (None, *draw(st.lists(SIZES, min_size=rank, max_size=rank + 2)))
    return arguments, shape


@pytest.mark.parametrize("rank", [1, 2, 3])
def test_convolution_as_in_keras(rank):
    @settings(max_examples=100, deadline=None)
    @given(convolutions(rank))
    def agrees(drawn):
        arguments, shape = drawn
        assert_agrees(f"Conv{rank}D", arguments, shape)
        assert_agrees_symbolically(f"Conv{rank}D", arguments, shape)

    agrees()
