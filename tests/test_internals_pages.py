"""The pages for people who carry on the work speak of files that there are."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from layoutlint.engine.rules import KEYS

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


EXTENDING = (ROOT / "docs" / "internals" / "extending.md").read_text(encoding="utf-8")


def blocks(language: str, beginning: str = "") -> list[str]:
    """Return the code blocks of the page of recipes in a language that begin with a text."""
    found = re.findall(rf"^```{language}\n(.*?)^```$", EXTENDING, re.S | re.M)
    return [block for block in found if block.startswith(beginning)]


def apply(diff: str, folder: Path) -> None:
    """Apply a diff of the page, whose hunks say what they are in and not on which line."""
    head, *hunks = re.split(r"^@@.*\n", diff, flags=re.M)
    file = folder / re.findall(r"^\+\+\+ b/(\S+)$", head, re.M)[0]
    text = file.read_text(encoding="utf-8")
    for hunk in hunks:
        lines = hunk.splitlines(keepends=True)
        old, new = ("".join(line[1:] for line in lines if line[0] in kept) for kept in (" -", " +"))
        assert text.count(old) == 1, f"{file.name} no longer has\n{old}"
        text = text.replace(old, new)
    file.write_text(text, encoding="utf-8")


PROGRAM = """\
import imgaug.augmenters as iaa
import noisereduce
import numpy as np
from keras import Input, layers

Input(batch_shape=np.isreal(np.zeros((7, 5))).shape)
Input(batch_shape=iaa.Sequential([]).augment_images(np.zeros((16, 32, 32, 3))).shape)
Input(batch_shape=noisereduce.reduce_noise(np.zeros((2, 9)), 8000).shape)
layers.NoiseGate(0.5)(Input((8,)))
layers.Conv1D(8, 1)(Input((1, 8000)))
"""
SHAPES = """\
import sys
from layoutlint.readers import source
for call in source.read(open(sys.argv[1]).read(), sys.argv[1]).calls:
    print(call.layer.class_name, call.output_tensors[0].shape)
"""


def test_the_recipes_work(tmp_path: Path) -> None:
    for name in ("layoutlint", "rules"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    for diff in blocks("diff"):
        apply(diff, tmp_path)
    package = tmp_path / "layoutlint"
    (package / "interpreter/libraries/imgaug.py").write_text(
        *blocks("python", '"""imgaug:'), encoding="utf-8"
    )
    (package / "reports/tab_separated.py").write_text(*blocks("python", '"""One line a'), encoding="utf-8")
    (package / "knowledge/noisereduce.yaml").write_text(*blocks("yaml"), encoding="utf-8")
    (tmp_path / "program.py").write_text(PROGRAM, encoding="utf-8")

    def run(*arguments: str) -> str:
        environment = {**os.environ, "PYTHONPATH": str(tmp_path)}
        done = subprocess.run(
            [sys.executable, *arguments], cwd=tmp_path, env=environment, text=True, capture_output=True
        )
        assert "Traceback" not in done.stderr, done.stderr
        return done.stdout

    shapes = run("-c", SHAPES, "program.py")
    for expected in (
        *("InputLayer (7, 5)", "InputLayer (16, 32, 32, 3)", "InputLayer (2, 9)"),
        "NoiseGate (None, 8)",
    ):
        assert expected in shapes
    found = run("-m", "layoutlint", "check", "--no-config", "--output-format", "tsv", "program.py")
    assert found.startswith("program.py:10:1\tconv-single-step\t")


def test_every_key_of_a_rule_is_in_the_table() -> None:
    assert [key for key in KEYS if f"`{key}`" not in EXTENDING] == []
