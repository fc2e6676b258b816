"""A mistake is found however its data are loaded and however the program is written; correct programs are
quiet.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.crossings.cases import CORRECT, MISTAKES
from tests.crossings.parts import STYLES, Case
from tests.crossings.study import found

CROSSINGS = [(case, loader) for case in (*MISTAKES, *CORRECT) for loader in case.loaders]
NAMES = [f"{case.name}-{loader}" for case, loader in CROSSINGS]


@pytest.mark.parametrize(
    ("case", "loader", "style"),
    [(*crossing, list(STYLES)[place % len(STYLES)]) for place, crossing in enumerate(CROSSINGS)],
    ids=NAMES,
)
def test_in_one_style(case: Case, loader: str, style: str, tmp_path: Path) -> None:
    assert found(case, loader, style, tmp_path) == _expected(case, loader)


@pytest.mark.slow
@pytest.mark.parametrize(("case", "loader"), CROSSINGS, ids=NAMES)
@pytest.mark.parametrize("style", STYLES)
def test_in_every_style(case: Case, loader: str, style: str, tmp_path: Path) -> None:
    assert found(case, loader, style, tmp_path) == _expected(case, loader)


def _expected(case: Case, loader: str) -> bool:
    return bool(case.rules) and loader not in case.missed


def test_few_are_missed() -> None:
    missed = sum(len(case.missed) for case in MISTAKES)
    assert missed <= 0.2 * sum(len(case.loaders) for case in MISTAKES)
