"""A sample of the damaged inputs; ``-m slow`` takes more of them."""

from __future__ import annotations

import pytest

from tests.fuzz.cases import KINDS
from tests.fuzz.study import cases, study


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("count", [12, pytest.param(1000, marks=pytest.mark.slow)])
def test_damaged(kind, count):
    assert list(study(cases(count, count, [kind]), 1)) == []
