"""An attribute from a base class that is not known is one value, until something may change it."""

from __future__ import annotations

import pytest

from tests.interpreter.snippets import UNKNOWN, sizes_of_x

START = "from elsewhere import Base, helper\nclass Part(Base):\n    pass\np = Part()\n"
READ = "x = np.zeros((p.width - {}.width + 1, 3))"


@pytest.mark.parametrize(
    ("between", "other", "expected"),
    [
        ("", "p", 1),
        ("q = p", "q", 1),
        ("np.zeros(3)", "p", 1),
        ("p.height = 3", "p", 1),
        ("q = Part()", "q", UNKNOWN),
    ],
)
def test_of_two_reads(between: str, other: str, expected: object) -> None:
    assert sizes_of_x(f"{START}{between}\n{READ.format(other)}") == (expected, 3)


@pytest.mark.parametrize("changed", ["p.grow()", "helper(p)", "Base.grow(p)", "p.width = unknown"])
def test_of_a_change_between(changed: str) -> None:
    code = f"{START}before = p.width + 0\n{changed}\nx = np.zeros((before - p.width + 1, 3))"
    assert sizes_of_x(code) == (UNKNOWN, 3)


def test_a_method_of_the_base_changes_its_object() -> None:
    body = "before = self.width + 0; super().grow(); return before - self.width"
    of_class = f"class Part(Base):\n    def grow(self):\n        {body}\n"
    code = f"from elsewhere import Base\n{of_class}x = np.zeros((Part().grow() + 1, 3))"
    assert sizes_of_x(code) == (UNKNOWN, 3)
