"""Programs in which everything is right, or nobody can say: a default run finds nothing, without an error.

A line with ``# expect: rule-name`` has exactly that one finding.
"""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

import layoutlint

FOLDER = Path(__file__).parent.parent / "quiet"
PROGRAMS = sorted(FOLDER.glob("*.py"))
EXPECTED = re.compile(r"# expect: ([a-z-]+)")


@pytest.mark.parametrize("path", PROGRAMS, ids=lambda path: path.stem)
def test_nothing_is_found_but_what_is_expected(path: Path) -> None:
    report = layoutlint.check_path(path)
    wanted = Counter(
        (match[1], line)
        for line, text in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if (match := EXPECTED.search(text))
    )
    assert [(each.status, each.reason) for each in report.inputs] == [("checked", None)]
    assert Counter((finding.rule, finding.location.line) for finding in report.findings) == wanted


@pytest.mark.parametrize("name", ["attribute_on_a_module", "class_from_a_branch"])
def test_every_layer_is_of_known_shape(name: str) -> None:
    (read,) = layoutlint.check_path(FOLDER / f"{name}.py").inputs
    assert read.known == read.layers > 0
