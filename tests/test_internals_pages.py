"""The pages for people who carry on the work speak of files that there are."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PAGES = sorted((ROOT / "docs" / "internals").glob("*.md"))
FOLDERS = ("layoutlint", "tests", "rules", "docs", "benchmarks")
MADE_UP = {"rules/NAME.md", "layoutlint/knowledge/LIBRARY.yaml", "rules/wide-dense.md"}


@pytest.mark.parametrize("page", PAGES, ids=[page.stem for page in PAGES])
def test_every_file_that_is_named_is_there(page: Path) -> None:
    named = set(re.findall(r"`((?:" + "|".join(FOLDERS) + r")/[\w./-]+)`", page.read_text(encoding="utf-8")))
    missing = {name for name in named - MADE_UP if "NAME" not in name and not (ROOT / name).exists()}
    assert named
    assert missing == set()


@pytest.mark.parametrize("page", PAGES, ids=[page.stem for page in PAGES])
def test_modules_of_the_interpreter_are_there(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    named = re.findall(r"`((?:core|language|libraries|keras)/\w+\.py)`", text)
    assert {name for name in named if not (ROOT / "layoutlint" / "interpreter" / name).is_file()} == set()
