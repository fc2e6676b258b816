"""Which reshapes look like transposes: numpy says whether the values end where a transpose puts them."""

from __future__ import annotations

from itertools import permutations

import numpy as np
import pytest

from layoutlint.facts.rearrangement import move, named_move
from layoutlint.model.sizes import FREE_BATCH, multiply, symbol

SHAPES = [
    (2, 3),
    (4, 1),
    (2, 3, 5),
    (6, 1, 4),
    (1, 1, 3),
    (2, 3, 4, 5),
    (7, 1, 2, 3),
    (3, 1, 1, 2),
    (4, 4, 3),
]


@pytest.mark.parametrize("source", SHAPES, ids=str)
def test_a_permutation_is_a_move_exactly_if_it_moves_values(source):
    values = np.arange(np.prod(source)).reshape(source)
    for order in permutations(range(len(source))):
        moved = values.transpose(order)
        found = move(source, moved.shape)
        if found is None:
            # some order of the axes gives this shape and needs no values moved
            same = [values.transpose(other) for other in permutations(range(len(source)))]
            there = [other for other in same if other.shape == moved.shape]
            assert any(np.array_equal(other, values.reshape(moved.shape)) for other in there)
        else:
            assert found.order is not None
            assert values.transpose(found.order).shape == moved.shape
            assert not np.array_equal(values.transpose(found.order), values.reshape(moved.shape))


@pytest.mark.parametrize(
    ("source", "target", "kind"),
    [
        ((None, 64, 3), (None, 3, 64), "permutation"),
        ((None, 32, 32, 3), (None, 3, 1024), "moved axis"),
        ((10, 3, 1024), (10, 32, 32, 3), "moved axis"),
        ((10, 128, 6), (10, 2, 64, 6), None),
        ((10, 2, 8, 4), (10, 4, 16), None),
        ((None, 100, 9), (None, 50, 18), None),
        ((None, 7, 7, 8), (None, 392), None),
        ((None, None, 3), (None, 3, None), None),
        ((28, 28), (28, 28), None),
        ((0, 2, 3), (0, 3, 2), "permutation"),
        ((None, 10, 32), (multiply(FREE_BATCH, 2), 10, 16), "moved axis"),
        ((multiply(FREE_BATCH, 2), 10, 16), (None, 10, 32), "moved axis"),
        ((8, 10, 32), (16, 10, 16), "moved axis"),
        ((None, 1, 32), (multiply(FREE_BATCH, 2), 1, 16), None),
        ((None, 10, 32), (multiply(FREE_BATCH, 2), 5, 32), None),
        ((None, 3, 10, 16, 16), (multiply(FREE_BATCH, 10), 3, 16, 16), "moved axis"),
        ((multiply(FREE_BATCH, 10), 3, 16, 16), (None, 3, 10, 16, 16), "moved axis"),
        ((None, 10, 3, 16, 16), (multiply(FREE_BATCH, 10), 3, 16, 16), None),
        ((None, 10, 10, 16, 16), (multiply(FREE_BATCH, 10), 10, 16, 16), None),
        ((None, 1, 10, 16), (multiply(FREE_BATCH, 10), 1, 16), None),
        ((None, 32, 32, 3), (None, 16, 192), "patches"),
        ((4, 5, 64, 64), (256, 320), "tiles"),
        ((None, 4, 5, 64, 64, 3), (None, 256, 320, 3), "tiles"),
        ((256, 320), (4, 5, 64, 64), "tiles"),
        ((4, 64, 5, 64), (256, 320), None),
        ((256, 320, 3), (4, 64, 5, 64, 3), None),
        ((8, 8, 8, 8), (64, 64), None),
        ((None, 32, 32, 3), (None, 16, 8, 8, 3), "patches"),
        ((None, 48, 32, 3), (None, 6, 4, 8, 8, 3), "patches"),
        ((None, 48, 32, 3), (None, 6, 8, 4, 8, 3), None),
        ((None, 32, 32, 3), (None, 32, 96), None),
        ((None, 64, 64, 3), (None, 8, 8, 8, 8, 3), None),
        ((None, 64, 64, 3), (None, 64, 64, 3), None),
    ],
)
def test_moves(source, target, kind):
    found = move(source, target)
    assert (None if found is None else found.kind) == kind


N, STEPS, FEATURES = symbol("X.shape[0]"), symbol("X.shape[1]"), symbol("X.shape[2]")


@pytest.mark.parametrize(
    ("array", "target", "own"),
    [
        ("X", (N, FEATURES, STEPS), True),
        ("X", (symbol("len(X)"), FEATURES, STEPS), True),
        (
            "X_test",
            (symbol("X_test.shape[0]"), symbol("X_train.shape[2]"), symbol("X_train.shape[1]")),
            False,
        ),
        ("d['test']", (N, symbol("d['train'].shape[2]"), symbol("d['train'].shape[1]")), False),
        ("X", (-1, FEATURES, STEPS), True),
        ("X", (-1, STEPS, FEATURES), None),
        ("X", (-1, FEATURES), None),
        ("X", (N, STEPS, FEATURES), None),
        ("X", (N, 1, STEPS), None),
        ("X", (N, FEATURES, 1), None),
        ("X", (N, FEATURES, -1), None),
        ("X", (N, FEATURES, 4), None),
        ("Y", (N, FEATURES, STEPS), None),
        (None, (N, FEATURES, STEPS), None),
    ],
)
def test_moves_by_name(array, target, own):
    found = named_move(array, target)
    assert (None if found is None else found.is_own) == own
