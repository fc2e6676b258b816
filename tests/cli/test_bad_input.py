"""Bad input: one clear line that names the file, the others still checked, and an exit code that says so."""

from __future__ import annotations

import json
import os

import pytest

from tests.cli.helpers import WRONG, notebook

BAD = [
    # name, content, words of the reason
    ("syntax.py", "import keras\nx = (1,\ny = 2 3\n", "line"),
    ("dedent.py", "import keras\nif True:\n        x = 1\n    y = 2\n", "line 4"),
    ("indent.py", "import keras\n  x = 1\n", "line 2"),
    ("latin.py", b"import keras\nname = '\xe9'\n", "text"),
    ("coding.py", b"# coding: no-such-encoding\nimport keras\n", "text"),
    ("binary.py", b"import keras\0\x01\x02", "binary"),
    ("deep.py", "import keras\nx = " + "(" * 3000 + ")" * 3000 + "\n", ""),
    ("text.keras", "import keras\n", "not a Keras archive"),
    ("empty.keras", "", "empty"),
    ("empty.h5", "", "empty"),
    ("half.keras", b"PK\x03\x04" + bytes(range(256)), ""),
    ("half.h5", b"\x89HDF\r\n\x1a\n" + bytes(range(256)), ""),
    ("noise.h5", bytes(reversed(range(256))) * 8, "not an HDF5 file"),
    ("broken.ipynb", '{"cells": [{"cell_type": "code", "source": "import keras', "JSON"),
    ("list.ipynb", "[1, 2]", "notebook"),
    ("huge.py", "import keras\n" + "x = 1\n" * 800_000, "too large"),
    (
        "huge.ipynb",
        json.dumps({"cells": [{"cell_type": "code", "source": "keras\n" * 800_000}]}),
        "too large",
    ),
    (
        "bad_cell.ipynb",
        notebook(("markdown", "x"), ("code", "import keras\n"), ("code", "x = 1\ny = )\n")),
        "cell 3, line 2",
    ),
]


@pytest.mark.parametrize(("name", "content", "words"), BAD, ids=[name for name, *_ in BAD])
def test_one_clear_line_and_the_others_go_on(run, name, content, words):
    run.write(name, content)
    run.write("zoo.py", WRONG)
    result = run("check", name, "zoo.py", "--output-format", "concise")
    assert result.code == 2
    assert "zoo.py:4:11: warning[conv-single-step]" in result.out
    (line,) = [line for line in result.err.splitlines() if line.startswith("error")]
    assert line.startswith(f"error: {name}: ")
    assert words in line
    assert "internal error" not in line
    assert len(line) < 300


SKIPPED = [
    ("empty.py", "", "empty file"),
    ("blank.py", "\n\n", "empty file"),
    (
        "pointer.keras",
        "version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n",
        "Git LFS pointer",
    ),
    ("pointer.h5", "version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n", "Git LFS pointer"),
    ("plain.py", "print(1)\n", "no Keras code"),
    ("only_import.py", "import keras\n", "calls no Keras layer"),
    (
        "model_of_a_module_that_is_missing.py",
        "from keras.layers import Conv2D\nfrom nets.detector import Detector\n"
        "print([isinstance(layer, Conv2D) for layer in Detector(20).layers])\n",
        "calls no Keras layer",
    ),
    ("r.ipynb", '{"cells": [], "metadata": {"kernelspec": {"language": "R"}}}', "notebook in r"),
]


@pytest.mark.parametrize(("name", "content", "reason"), SKIPPED, ids=[name for name, *_ in SKIPPED])
def test_what_is_skipped_is_said(run, name, content, reason):
    run.write(name, content)
    result = run("check", name)
    assert result.code == 3
    assert reason in result.out
    assert "no findings" not in result.out
    document = run("check", name, "--output-format", "json").json
    assert [(item["status"], reason in item["reason"]) for item in document["inputs"]] == [("skipped", True)]


def test_a_loop_of_links(run):
    run.write("a.py", WRONG)
    (run.folder / "loop").symlink_to(".")
    (run.folder / "self.py").symlink_to("self.py")
    result = run("check", ".", "--output-format", "concise")
    assert result.out.count("conv-single-step") == 1
    assert "symbolic link to a folder above it" in result.err
    assert run("check", "self.py").code == 2


def test_a_file_that_may_not_be_read(run):
    path = run.write("secret.py", WRONG)
    path.chmod(0)
    if os.access(path, os.R_OK):
        pytest.skip("this user may read everything")
    result = run("check", "secret.py")
    assert result.code == 2
    assert "permission denied" in result.err.lower()


def test_a_mistake_of_ours_costs_one_file(run, monkeypatch):
    from layoutlint.readers import source

    real = source.read

    def read(text, path, *further):
        if path == "bad.py":
            raise KeyError("x")
        return real(text, path, *further)

    monkeypatch.setattr(source, "read", read)
    run.write("bad.py", WRONG)
    run.write("zoo.py", WRONG)
    result = run("check", ".", "--output-format", "concise")
    assert result.code == 2
    assert "zoo.py:4:11" in result.out
    assert "error: bad.py: internal error, please report it: KeyError: 'x'" in result.err


def test_names_that_could_steer_a_terminal(run):
    run.write("a\x1b[31m.py", WRONG)
    result = run("check", ".", "--output-format", "concise")
    assert "\x1b" not in result.out + result.err
    assert "a\\x1b[31m.py:4:11" in result.out
