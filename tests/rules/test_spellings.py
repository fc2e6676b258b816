"""One idea in every spelling that the libraries have for it: what is found, and the twin that is right.

Each file of ``spellings`` begins with what its programs share; a program begins with a line of ``###`` and
its name, and marks the lines on which a finding must stand.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from layoutlint.engine.examples import Example, check
from layoutlint.engine.rules import builtin

RULES = builtin()
FOLDER = Path(__file__).parent / "spellings"


def programs():
    for path in sorted(FOLDER.glob("*.txt")):
        shared, *parts = path.read_text(encoding="utf-8").split("### ")
        for part in parts:
            name, _, text = part.partition("\n")
            yield pytest.param(shared + text, id=f"{path.stem}:{name}")


@pytest.mark.parametrize("text", programs())
def test_the_spelling_is_known(text):
    example = Example("spelling", "spelling.py", 1, "python", "", text)
    assert [str(failure) for failure in check(example, RULES)] == []
