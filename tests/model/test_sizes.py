"""Symbolic sizes: what is long is given up, so that no program costs more than its own length."""

from __future__ import annotations

import pytest

from layoutlint.model import sizes


def test_an_operation_over_shared_operands_does_not_double_for_ever():
    """``x = max(x // 3, x % 7)`` two hundred times, written out, would have 2**200 symbols."""
    size = sizes.symbol("n")
    for _ in range(200):
        size = sizes.maximum(sizes.floor_divide(size, 3), sizes.modulo(size, 7))
    assert len(str(size)) < 20 * sizes.MAX_WEIGHT


def test_what_is_given_up_is_equal_to_itself_alone():
    size = sizes.symbol("n")
    for _ in range(200):
        size = sizes.maximum(sizes.floor_divide(size, 3), sizes.modulo(size, 7))
    assert sizes.equal(size, size) is True
    assert sizes.equal(size, sizes.unknown_size()) is None


N, M = sizes.symbol("n"), sizes.symbol("m")
HALVES = [sizes.floor_divide(sizes.symbol("n"), 2) for _ in range(2)]
"""Two sizes that read alike and are not the same."""


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        (7, 4, 3),
        (None, 4, None),
        (N, 4, None),
        (4, N, None),
        (N, N, 0),
        (N, M, None),
        (sizes.add(N, 3), N, 3),
        (N, sizes.add(N, 3), -3),
        (sizes.add(N, 3), sizes.add(1, N), 2),
        (sizes.add(sizes.add(N, 3), -3), N, 0),
        (sizes.multiply(N, 2), N, None),
        (sizes.add(N, M), sizes.add(sizes.add(M, 1), N), -1),
        (sizes.add(*HALVES), sizes.add(*reversed(HALVES)), 0),
        (HALVES[0], HALVES[1], None),
    ],
)
def test_a_difference_is_a_number_where_what_is_unknown_cancels_out(left, right, expected):
    assert sizes.difference(left, right) == expected


def test_a_sum_is_bounded():
    many = sizes.symbol("n")
    for _ in range(sizes.MAX_TERMS - 1):
        many = sizes.add(many, sizes.symbol("n"))
    assert sizes.difference(sizes.add(sizes.add(many, 0), 0), many) == 0
    assert sizes.difference(sizes.add(many, 1), many) is None
    assert sizes.difference(sizes.add(N, sizes.MAX_NUMBER), N) == sizes.MAX_NUMBER
    assert sizes.difference(sizes.add(N, sizes.MAX_NUMBER + 1), N) is None
