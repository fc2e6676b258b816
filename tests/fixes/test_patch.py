"""``--diff`` is a patch that the real ``patch`` takes, whatever the file holds and is called."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from layoutlint.fixes.patch import patch
from tests.cli.helpers import RIGHT, WRONG, Runner

ROOT = Path(__file__).parents[2]
OLD, NEW = b"(1, 8000)", b"(8000, 1)"

needs_patch = pytest.mark.skipif(shutil.which("patch") is None, reason="patch is not installed")


@pytest.fixture
def run(tmp_path, monkeypatch, capsysbinary):
    return Runner(tmp_path, monkeypatch, capsysbinary)


CONTENTS = {
    "plain": WRONG,
    "form feed": WRONG.replace("\nmodel =", "\n\x0c\nmodel ="),
    **{
        f"U+{ord(sign):04X} in a comment": WRONG.replace("8000)))", f"8000)))  # a{sign}b")
        for sign in "\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"
    },
    **{
        f"U+{ord(sign):04X} in a string before": WRONG.replace("\nmodel =", f"\nnote = 'a{sign}b'\nmodel =")
        for sign in "\x0b\x1c\x1d\x1e\x85\u2028\u2029"
    },
    "CRLF": WRONG.replace("\n", "\r\n"),
    "CRLF, no end": WRONG.replace("\n", "\r\n").removesuffix("\r\n"),
    "no newline at the end": WRONG.removesuffix("\n"),
    "no newline after the changed line": "\n".join(WRONG.split("\n")[:4]),
    "the first line changes": "import keras; keras.Sequential([keras.layers.Conv1D(32, 3, padding='same', "
    "input_shape=(1, 8000))])\n",
    "mixed ends": WRONG.replace("models\n", "models\r\n"),
    "byte order mark": "\ufeff" + WRONG,
    "many lines": "x = 1\n" * 300 + WRONG + "y = 2\n" * 300,
    "lines that look like a diff": WRONG + "'''\n--- a/b\n+++ c/d\n@@ -1 +1 @@\n'''\n",
    "escape sequences": WRONG.replace("8000)))", "8000)))  # \x1b[31m red \x07"),
}


def applied(run: Runner, name: str, content: bytes, expected: bytes) -> None:
    """The diff of a check, applied by the real ``patch`` in a folder of the same files."""
    path = run.write(name, content)
    diff = diff_of(run.folder)
    assert path.read_bytes() == content
    apply(diff, run.folder)
    assert path.read_bytes() == expected


def apply(diff: bytes, folder: Path) -> None:
    """Let the real ``patch`` apply a diff in a folder."""
    done = subprocess.run(
        ["patch", "-p1", "--no-backup-if-mismatch", "--fuzz=0"],
        input=diff,
        cwd=folder,
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, (done.stdout, done.stderr, diff)


def diff_of(folder: Path) -> bytes:
    """The bytes that a real process writes."""
    done = subprocess.run(
        [sys.executable, "-m", "layoutlint", "check", ".", "--diff", "--no-cache"],
        cwd=folder,
        capture_output=True,
        check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert done.returncode == 1, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def patched(tmp_path_factory) -> dict[str, bytes]:
    """What one diff of files of all contents makes of each of them."""
    folder = tmp_path_factory.mktemp("patched")
    paths = {name: folder / f"{number}.py" for number, name in enumerate(CONTENTS)}
    for name, path in paths.items():
        path.write_bytes(CONTENTS[name].encode())
    diff = diff_of(folder)
    assert all(path.read_bytes() == CONTENTS[name].encode() for name, path in paths.items())
    apply(diff, folder)
    return {name: path.read_bytes() for name, path in paths.items()}


@needs_patch
@pytest.mark.parametrize("name", CONTENTS)
def test_the_real_patch_takes_it(patched, name):
    assert patched[name] == CONTENTS[name].encode().replace(OLD, NEW)


@needs_patch
def test_an_encoding_of_its_own(run):
    content = ("# coding: latin-1\n" + WRONG.replace("8000)))", "8000)))  # größe")).encode("latin-1")
    applied(run, "a.py", content, content.replace(OLD, NEW))


@needs_patch
@pytest.mark.parametrize(
    "name",
    [
        "with space.py",
        "größe.py",
        "sub folder/x.py",
        'quote".py',
        "back\\slash.py",
        "tab\there.py",
        "new\nline.py",
        "esc\x1b[31m.py",
        "-dash.py",
        "a' b.py",
    ],
)
def test_the_real_patch_finds_the_file(run, name):
    applied(run, name, WRONG.encode(), RIGHT.encode())


@needs_patch
@pytest.mark.parametrize(
    ("before", "after"),
    [
        (b"", b"a\n"),
        (b"a\n", b""),
        (b"a", b"a\n"),
        (b"a\n", b"a"),
        (b"a\rb\rc", b"a\rX\rc"),
        (b"a\x0cb\n\x85\nc", b"a\x0cX\n\x85\nc"),
        (b"\n\n\n", b"\n\n"),
        (b"a\r\nb\r\n", b"a\r\nc\r\n"),
        (b"1\n2\n3\n4\n5\n6\n7\n8\n9\n", b"1\n2\n3\n4\n5\n6\n7\n8\nX\n"),
    ],
)
def test_contents_of_all_kinds(tmp_path, monkeypatch, before, after):
    monkeypatch.chdir(tmp_path)
    Path("f").write_bytes(before)
    done = subprocess.run(["patch", "-p1"], input=patch("f", before, after), capture_output=True, check=False)
    assert done.returncode == 0, done
    assert (Path("f").read_bytes() if Path("f").exists() else b"") == after


def test_a_form_feed_before_a_statement_is_left_alone(run):
    """libcst drops it, so nothing is changed, and that is said."""
    text = WRONG.replace("model.add(", "\x0cmodel.add(", 1)
    path = run.write("a.py", text)
    result = run("check", "a.py", "--unsafe-fixes")
    assert "not fixed: a.py:4:12 conv-single-step: a fix would change other bytes of the file" in result.err
    assert path.read_bytes() == text.encode()


def test_nothing_on_a_terminal_steers_it(run, monkeypatch):
    """A terminal gets the changes in a form that is safe to look at."""
    run.write("a.py", CONTENTS["escape sequences"])
    monkeypatch.setattr("sys.stdout.isatty", lambda: True, raising=False)
    monkeypatch.setenv("NO_COLOR", "1")
    result = run("check", "a.py", "--diff")
    assert "\x1b" not in result.out + result.err
    assert "\\x1b[31m red" in result.out
