"""Files on disk: what a fix does not name stays byte for byte the same, in notebooks too."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

from tests.cli.helpers import RIGHT, WRONG, Runner

BATCH = WRONG.replace(
    'layers.Conv1D(32, 3, padding="same", input_shape=(1, 8000))',
    ("layers.Conv2D(32, 3, input_shape=(None, 28, 28, 1))"),
)


@pytest.fixture
def run(tmp_path, monkeypatch, capsysbinary):
    return Runner(tmp_path, monkeypatch, capsysbinary)


@pytest.mark.parametrize("end", [b"\n", b"\r\n"])
@pytest.mark.parametrize(
    ("start", "encoding"),
    [
        (b"", "utf-8"),
        (b"\xef\xbb\xbf", "utf-8"),
        (b"# -*- coding: latin-1 -*-\n", "latin-1"),
    ],
)
def test_bytes(run, start, encoding, end):
    data = start + (WRONG + "name = 'größe'  # ü\n\tif_not = ''\n".replace("\t", "")).encode(encoding)
    data = data.replace(b"\n", end)
    path = run.write("a.py", data)
    path.chmod(0o750)
    result = run("check", "a.py", "--unsafe-fixes")
    assert result.code == 0
    assert path.read_bytes() == data.replace(b"(1, 8000)", b"(8000, 1)")
    assert path.stat().st_mode & 0o777 == 0o750


def test_diff_shows_and_writes_nothing(run):
    path = run.write("sub/a.py", WRONG)
    result = run("check", "sub", "--diff")
    assert result.code == 1
    assert path.read_text() == WRONG
    changed = [line for line in result.out.splitlines() if line[:1] in "+-"]
    assert changed == [
        "--- a/sub/a.py",
        "+++ b/sub/a.py",
        '-model.add(layers.Conv1D(32, 3, padding="same", input_shape=(1, 8000)))',
        '+model.add(layers.Conv1D(32, 3, padding="same", input_shape=(8000, 1)))',
    ]
    assert "would fix sub/a.py:4:11 conv-single-step (unsafe" in result.err
    assert "checked 1 of 1 file" in result.err


def test_a_diff_can_be_applied(run):
    import shutil
    import subprocess

    if shutil.which("patch") is None:
        pytest.skip("there is no patch here")
    path = run.write("a.py", WRONG.rstrip("\n"))
    diff = run("check", "a.py", "--diff").out
    subprocess.run(
        ["patch", "-p1"], input=diff, text=True, check=True, cwd=run.folder, stdout=subprocess.DEVNULL
    )
    assert path.read_text() == RIGHT.rstrip("\n")


def test_fix_makes_the_safe_ones_alone(run):
    wrong, batch = run.write("a.py", WRONG), run.write("b.py", BATCH)
    result = run("check", ".", "--fix")
    assert result.code == 1
    assert wrong.read_text() == WRONG
    assert batch.read_text() == BATCH.replace("(None, 28", "(28")
    assert "fixed b.py:4:11" in result.err or "fixed b.py:4" in result.err
    assert "1 more can be fixed with --unsafe-fixes" in result.err
    assert "1 finding: 1 warning" in result.out
    assert run("check", ".", "--unsafe-fixes").code == 0
    assert wrong.read_text() == RIGHT


def test_diff_with_fix_shows_the_safe_ones_alone(run):
    run.write("a.py", WRONG)
    batch = run.write("b.py", BATCH)
    result = run("check", ".", "--fix", "--diff")
    assert "b.py" in result.out
    assert "a.py" not in result.out
    assert batch.read_text() == BATCH


def test_json_reports_what_is_left(run):
    run.write("a.py", WRONG)
    assert run("check", "a.py", "--unsafe-fixes", "--output-format", "json").json["findings"] == []
    assert run("check", "a.py", "--diff", "--output-format", "json").code == 2


def test_what_is_ignored_is_not_fixed(run):
    text = WRONG.replace("8000)))", "8000)))  # layoutlint: ignore[conv-single-step] meant")
    path = run.write("a.py", text)
    assert run("check", "a.py", "--unsafe-fixes").code == 0
    assert path.read_text() == text


def test_a_refusal_is_said(run):
    text = WRONG.replace("(1, 8000)", "tuple([1, 8000])")
    path = run.write("a.py", text)
    result = run("check", "a.py", "--unsafe-fixes")
    assert result.code == 1
    assert path.read_text() == text
    assert "not fixed: a.py:4:11 conv-single-step: the shape is written as tuple([1, 8000])" in result.err
    run.write("b.py", "import keras\nx = keras.layers.Dense(1)\n")
    assert "nothing that was found has a fix" in run("check", "b.py", "--fix").err


def test_standard_input_is_not_fixed(run):
    result = run("check", "-", "--unsafe-fixes", stdin=WRONG)
    assert result.code == 1
    assert "standard input" in result.err


def test_a_finding_in_an_imported_file_is_fixed_there(run):
    run.write("model.py", WRONG)
    run.write("a.py", "import keras\nimport model\nmodel.model.summary()\n")
    assert run("check", "a.py", "--unsafe-fixes").code == 0
    assert (run.folder / "model.py").read_text() == RIGHT


def test_brackets_that_libcst_could_not_bear(run):
    text = WRONG + "x = " + "[" * 150 + "]" * 150 + "\ny = " + " + ".join(["1"] * 1500) + "\n"
    path = run.write("a.py", text)
    result = run("check", "a.py", "--unsafe-fixes")
    assert result.code == 1
    assert path.read_text() == text
    assert "not fixed: a.py:4:11" in result.err
    path.write_text(WRONG + "x = " + "[" * 4000 + "]" * 4000 + "\n")
    assert run("check", "a.py", "--unsafe-fixes").code == 2


def test_libcst_is_loaded_for_fixes_alone(run):
    run.write("a.py", WRONG)
    command = [sys.executable, "-X", "importtime", "-m", "layoutlint", "check", "a.py"]
    # fixes are worked out in a worker, which keeps its standard error then
    environment = os.environ | {"LAYOUTLINT_DEBUG": "1"}
    for options, loaded in (([], False), (["--fix"], True)):
        done = subprocess.run(
            [*command, *options], cwd=run.folder, capture_output=True, text=True, check=False, env=environment
        )
        names = {line.split("|")[-1].strip() for line in done.stderr.splitlines()}
        assert ("libcst" in names) == loaded


LINES = WRONG.splitlines(keepends=True)


def notebook(source: object, **layout: object) -> str:
    cells = [
        {"cell_type": "markdown", "metadata": {}, "source": ["# größe {(1, 8000)}\n", '"cells": [1]']},
        {"cell_type": "code", "execution_count": 3, "metadata": {}, "outputs": [], "source": "%load_ext x"},
        {
            "cell_type": "code",
            "execution_count": None,
            "metadata": {"source": ["no (1, 8000)"]},
            "source": source,
            "outputs": [{"output_type": "stream", "name": "stdout", "text": ["(1, 8000)\n"]}],
        },
    ]
    document = {"nbformat": 4, "metadata": {"a": {"cells": []}}, "cells": cells, "nbformat_minor": 5}
    return json.dumps(document, **layout)


@pytest.mark.parametrize(
    "text",
    [
        notebook(LINES, indent=1) + "\n",
        notebook(LINES, indent=1, ensure_ascii=False),
        notebook(LINES, separators=(",", ":")),
        notebook(WRONG, indent="\t"),
        notebook(["%matplotlib inline\n", "x = 'ü'  # \\ \" \u2028\n", *LINES]),
        notebook(["x = 'ü'\n", *LINES], ensure_ascii=False),
        notebook([line.replace("\n", "\r\n") for line in LINES]),
        notebook(["".join(LINES[:2]), "".join(LINES[2:])]),
    ],
)
def test_notebooks(run, text):
    data = text.encode()
    path = run.write("a.ipynb", data)
    assert run("check", "a.ipynb", "--diff").code == 1
    assert path.read_bytes() == data
    assert run("check", "a.ipynb", "--unsafe-fixes").code == 0
    old, new = b"input_shape=(1, 8000)", b"input_shape=(8000, 1)"
    assert data.count(old) == 1
    assert path.read_bytes() == data.replace(old, new)


def test_a_line_in_two_strings_of_a_notebook_is_left_alone(run):
    text = notebook([*LINES[:3], LINES[3][:20], LINES[3][20:], *LINES[4:]])
    path = run.write("a.ipynb", text)
    result = run("check", "a.ipynb", "--unsafe-fixes")
    assert result.code == 1
    assert path.read_text() == text
    assert "not one string in the notebook" in result.err
