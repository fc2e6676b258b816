"""Numbers that a program looks up under names or stores beside its images, against numpy."""

from __future__ import annotations

from typing import Any

import pytest

from tests.interpreter.snippets import UNKNOWN, sizes_of_x

GIVEN = """
import os
import random
def words():
    return "to be or not to be".split()
names = ["cat", "dog"]
"""
ROWS = """
rows = []
for name in names:
    number = names.index(name)
    for file in files:
        rows.append([np.zeros((4, 4)), number])
random.shuffle(rows)
"""
OUTSIDE = "from elsewhere import words, files\n"
CASES = [
    ("place = {w: i for i, w in enumerate(words())}\nx = np.array([place[w] for w in words()])", (UNKNOWN,)),
    ("count = {w: 0 for w in words()}\nx = np.array([count[w] for w in words()])", (UNKNOWN,)),
    (f"{ROWS}y = []\nfor image, number in rows:\n    y.append(number)\nx = np.array(y)", (UNKNOWN,)),
    (f"{ROWS}x = np.array([row[1] for row in rows])", (UNKNOWN,)),
    (f"{ROWS}x = np.array([row[0] for row in rows])", (UNKNOWN, 4, 4)),
    ("x = np.array([1 if len(w) > 2 else 0 for w in words()])", (UNKNOWN,)),
]


@pytest.mark.parametrize(("code", "expected"), CASES)
def test_known(code: str, expected: tuple[Any, ...]) -> None:
    assert sizes_of_x(f"{GIVEN}{OUTSIDE}{code}") == expected
    scope: dict[str, Any] = {"files": ["a", "b", "c"]}
    exec(f"import numpy as np\n{GIVEN}{code}", scope)
    real = tuple(scope["x"].shape)
    assert len(real) == len(expected)
    assert all(size in (UNKNOWN, other) for size, other in zip(expected, real, strict=True))


@pytest.mark.parametrize(
    "code",
    [
        "place = {w: other(w) for w in words()}\nx = np.array([place[w] for w in words()])",
        "place = {w: other(w) + 1 for w in words()}\nx = np.array([place[w] for w in words()])",
        "place = {w: 0 for w in words()}\nplace[other] = other(1)\nx = np.array([place[w] for w in words()])",
        "x = np.array([other(w) if len(w) > 2 else 0 for w in words()])",
    ],
)
def test_not_known(code: str) -> None:
    assert sizes_of_x(f"{GIVEN}{OUTSIDE}from elsewhere import other\n{code}") == UNKNOWN


def test_two_words_have_two_numbers() -> None:
    """Nobody knows that they are equal."""
    code = """
place = {w: i for i, w in enumerate(words())}
x = np.zeros((3, 4)) if place["to"] == place["be"] else np.zeros((2, 4))
"""
    assert sizes_of_x(f"{OUTSIDE}{code}") == (UNKNOWN, 4)
