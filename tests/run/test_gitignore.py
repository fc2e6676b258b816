"""Patterns of ``.gitignore`` against Git itself, and that no pattern takes long."""

from __future__ import annotations

import random
import subprocess
from pathlib import Path

import pytest

from layoutlint.run import gitignore

NAMES = ["a", "b", "ab", "ba", "aab", "a.py", "-", "a b", "[a]", "!a", "#a", "a\\", "é", "A1"]
PATHS = [*NAMES, *(f"{folder}/{name}" for folder in ("d", "ab.d") for name in NAMES), "d/e/a", "d/e/f/ab"]
TOKENS = ["a", "b", "*", "*", "?", "/", "/", "**/", "/**", "[ab]", "[!a]", "[a-c]", "[]a]", "[[:alpha:]]"]
TOKENS += [
    "[^a-b]",
    "[[:digit:]-]",
    "\\*",
    "\\[",
    "!",
    "#",
    " ",
    "\\ ",
    ".py",
    ".d",
    "d",
    "e",
    "]",
    "[c-a]",
    "é",
]
"""Without a slash that is escaped or inside of brackets: there Git has a mind of its own."""


def ignored(text: str, path: str) -> bool:
    """Whether a path is ignored, or a folder that it lies in."""
    patterns = gitignore.read(text.encode())
    names = gitignore.names(path)
    return any(
        gitignore.verdict(patterns, names[:count], count < len(names)) for count in range(1, len(names) + 1)
    )


def git_says(folder: Path, files: list[str]) -> list[set[str]]:
    """Which of PATHS Git ignores with each ``.gitignore``."""
    subprocess.run(["git", "init", "-q"], cwd=folder, check=True)
    asked = []
    for number, text in enumerate(files):
        place = folder / str(number)
        for path in PATHS:
            (place / path).parent.mkdir(parents=True, exist_ok=True)
            (place / path).touch()
            asked.append(f"{number}/{path}")
        (place / ".gitignore").write_text(text)
    done = subprocess.run(
        ["git", "check-ignore", "--no-index", "--stdin", "-z"],
        cwd=folder,
        input="\0".join(asked).encode(),
        capture_output=True,
        check=False,
    )
    found: list[set[str]] = [set() for _ in files]
    for line in filter(None, done.stdout.decode().split("\0")):
        number, _, path = line.partition("/")
        found[int(number)].add(path)
    return found


@pytest.mark.parametrize("seed", range(4))
def test_as_git_reads_it(tmp_path, seed):
    chance = random.Random(seed)
    files = [
        "\n".join(
            "".join(chance.choices(TOKENS, k=chance.randint(1, 5))) for _ in range(chance.randint(1, 3))
        )
        for _ in range(100)
    ]
    for text, expected in zip(files, git_says(tmp_path, files), strict=True):
        assert {path for path in PATHS if ignored(text, path)} == expected, text


@pytest.mark.parametrize(
    "text", ["\\", "a\\", "!", "/", "//", "[a", "[]", "[!]", "[[:none:]]", "\0", "", "#a"]
)
def test_what_git_cannot_use_matches_nothing(tmp_path, text):
    assert git_says(tmp_path, [text]) == [set()]
    assert not any(ignored(text, path) for path in PATHS)


HOSTILE = [
    ("*a" * 60 + "*b", "a" * 250),
    ("*?" * 60 + "*b", "a" * 250),
    ("**/a/" * 60 + "b", "a/" * 200 + "c"),
    ("**/*a*a*/" * 60 + "b", ("a" * 50 + "/") * 60 + "c"),
    ("[" * 10_000, "a"),
    ("*" * 10_000 + "b", "a" * 250),
]


@pytest.mark.parametrize(("pattern", "path"), HOSTILE)
def test_no_pattern_takes_long(pattern, path):
    # any of them would go on for years if a star could be gone back to from behind the next one
    assert not ignored(pattern, path)
