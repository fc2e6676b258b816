"""The groups of rules, as the documentation lists them."""

from __future__ import annotations

from pathlib import Path

from layoutlint.engine.groups import GROUPS

PAGE = Path(__file__).parents[2] / "docs" / "configuration.md"


def test_the_documentation_lists_every_group() -> None:
    text = PAGE.read_text(encoding="utf-8")
    for group, about in GROUPS.items():
        assert f"| `{group}` | {about[0].lower()}{about[1:]} |" in text
