"""What hypothesis draws for layers over spatial axes."""

from __future__ import annotations

from hypothesis import strategies as st

SIZES = st.none() | st.integers(0, 9)
FORMATS = [None, "channels_last", "channels_first", "CHANNELS_FIRST"]


def per_axis(draw, rank: int, low: int, high: int):
    """One number for all axes, or a tuple with a number for each."""
    number = st.integers(low, high)
    return draw(number | st.tuples(*[number] * rank))


def spatial_input(draw, rank: int, channels=SIZES) -> tuple[int | None, ...]:
    """An input shape with ``rank`` spatial axes; ``channels`` draws both ends, wherever the channels are."""
    inner = [draw(SIZES) for _ in range(rank - 1)]
    return (draw(st.sampled_from([None, 2])), draw(channels), *inner, draw(channels))


def wrong_rank(draw, rank: int) -> tuple[int | None, ...]:
    """A sound shape with any number of axes but ``rank + 2``; sizes that divide and have room for windows."""
    count = draw(st.integers(0, 5).filter(lambda axes: axes != rank + 2))
    return (None, *[12] * (count - 1)) if count else ()
