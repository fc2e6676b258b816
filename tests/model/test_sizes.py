"""Symbolic sizes: what is long is given up, so that no program costs more than its own length."""

from __future__ import annotations

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
