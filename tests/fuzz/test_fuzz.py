"""A sample of the damaged inputs; ``-m slow`` takes more of them."""

from __future__ import annotations

import pytest

from tests.fuzz.cases import KINDS, Case, run
from tests.fuzz.study import cases, study


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("count", [12, pytest.param(1000, marks=pytest.mark.slow)])
def test_damaged(kind, count):
    assert list(study(cases(count, count, [kind]), 1)) == []


@pytest.mark.parametrize(
    "case",
    [
        Case("exported", 314, 210),  # a kernel of two axes for a convolution
        Case("program", 420, 1000),  # a dict of outputs, one of them an empty list
        Case("settings", 26, 206),  # the name of a rule of thousands of characters
        Case("settings", 114, 213),  # a file of knowledge under a name that no system bears
        Case("settings", 167, 215),  # a folder of rules under such a name
        Case("rule", 163, 202),  # a condition at which Python's parser warns
    ],
    ids=str,
)
def test_what_was_wrong_once(case):
    assert run(case) == []
