"""One bad file, name or setting is one line that names it; what can be done without it is done."""

from __future__ import annotations

import json
import lzma
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.cli.helpers import WRONG

FINDING = "zoo.py:4:11: warning[conv-single-step]"


def errors(result):
    return [line for line in result.err.splitlines() if line.startswith(("error", "Error"))]


def pipe(path: Path) -> None:
    os.mkfifo(path)


def folder(path: Path) -> None:
    path.mkdir()


def huge(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(10 * 2**30)


KINDS = [
    (pipe, "is not a regular file"),
    (folder, "is a directory"),
    (huge, "is too large"),
    (lambda path: path.symlink_to("/dev/zero"), "is not a regular file"),
]
IDS = ["pipe", "folder", "huge", "device"]


@pytest.mark.parametrize(("make", "words"), KINDS, ids=IDS)
class TestOneLine:
    def test_for_a_gitignore(self, run, make, words):
        run.write("zoo.py", WRONG)
        make(run.folder / ".gitignore")
        result = run("check", ".", "--output-format", "concise")
        assert FINDING in result.out
        (line,) = errors(result)
        assert line.startswith("error: ./.gitignore: ")
        assert words in line
        assert result.code == 2

    def test_for_a_configuration(self, run, make, words):
        run.write("zoo.py", WRONG)
        make(run.folder / "pyproject.toml")
        result = run("check", ".")
        assert (result.code, result.out) == (2, "")
        assert f"pyproject.toml: {words}" in result.err
        assert len(result.err.splitlines()) == 1

    def test_for_a_rule(self, run, make, words):
        run.write("zoo.py", WRONG)
        (run.folder / "house").mkdir()
        make(run.folder / "house" / "my-rule.md")
        run.write("pyproject.toml", '[tool.layoutlint]\nrules = ["house"]\n')
        result = run("check", ".")
        assert result.code == 2
        assert "my-rule.md:1:1: " in result.err
        assert words in result.err
        assert len(result.err.splitlines()) == 1

    def test_for_knowledge(self, run, make, words):
        run.write("zoo.py", WRONG)
        make(run.folder / "mine.yaml")
        run.write("pyproject.toml", '[tool.layoutlint]\nknowledge = ["mine.yaml"]\n')
        result = run("check", ".")
        if make is folder:
            assert FINDING.partition(":")[0] in result.out  # a folder of knowledge, with nothing in it
            return
        assert result.code == 2
        assert "mine.yaml: " in result.err
        assert words in result.err
        assert len(result.err.splitlines()) == 1

    @pytest.mark.parametrize("name", ["bad.py", "bad.ipynb", "bad.keras", "bad.h5"])
    def test_for_an_input(self, run, make, words, name):
        run.write("zoo.py", WRONG)
        make(run.folder / name)
        result = run("check", name, "zoo.py", "--output-format", "concise")
        assert FINDING in result.out
        if make is not folder:
            (line,) = errors(result)
            assert line.startswith(f"error: {name}: ")
            assert result.code == 2

    def test_for_a_cache_entry(self, run, make, words):
        run.write("zoo.py", WRONG)
        assert run("check", "zoo.py").code == 1
        (entry,) = (run.folder / ".layoutlint_cache").glob("[0-9a-f]*")
        entry.unlink()
        make(entry)
        result = run("check", "zoo.py", "--output-format", "concise")
        assert FINDING in result.out
        assert result.code == 1

    def test_for_a_part_of_a_saved_model(self, run, make, words):
        run.write("zoo.py", WRONG)
        run.write("model/saved_model.pb", b"")
        make(run.folder / "model" / "keras_metadata.pb")
        result = run("check", "model", "zoo.py", "--output-format", "concise")
        assert FINDING in result.out
        (line,) = errors(result)
        assert line.startswith("error: model: its keras_metadata.pb ")
        assert words in line


def test_links_that_lead_out_are_not_followed(run, tmp_path):
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "secret.py").write_text(WRONG)
    run.write("project/zoo.py", WRONG)
    (run.folder / "project" / "linked.py").symlink_to(outside / "secret.py")
    (run.folder / "project" / "folder").symlink_to(outside)
    (run.folder / "project" / "inside.py").symlink_to("zoo.py")
    result = run("check", "project", "--output-format", "json")
    reasons = {item["path"]: item["reason"] for item in result.json["inputs"] if item["status"] == "skipped"}
    assert reasons == dict.fromkeys(
        ["project/linked.py", "project/folder"], "symbolic link to outside of the folder"
    )
    assert len(result.json["findings"]) == 1
    run("check", "project", "--unsafe-fixes")
    assert (outside / "secret.py").read_text() == WRONG


def test_a_link_that_leads_elsewhere_is_never_fixed(run, tmp_path):
    run.write("outside/secret.py", WRONG)
    (tmp_path / "project").mkdir()
    (tmp_path / "project" / "linked.py").symlink_to(tmp_path / "outside" / "secret.py")
    result = run("check", "project/linked.py", "--unsafe-fixes", "--output-format", "concise")
    assert "not fixed: project/linked.py:4:11" in result.err
    assert "symbolic link" in result.err
    assert (tmp_path / "outside" / "secret.py").read_text() == WRONG


BUDGETS = ["inf", "nan", "-1", "0", "-inf", "1e400", "1e300", "x", "", "0x10"]


@pytest.mark.parametrize("budget", BUDGETS)
def test_a_budget_that_is_none(run, budget):
    run.write("zoo.py", WRONG)
    result = run("check", "zoo.py", f"--budget={budget}")
    assert (result.code, result.out) == (2, "")
    assert result.err.splitlines()[-1].endswith("is not a number of seconds above 0 and up to 86400")
    assert "internal error" not in result.err


@pytest.mark.parametrize("budget", ["inf", "nan", "-1", "0", "1e300", "true", '"2"', "9" * 400])
def test_a_configured_budget_that_is_none(run, budget):
    run.write("zoo.py", WRONG)
    run.write("pyproject.toml", f"[tool.layoutlint]\nbudget = {budget}\n")
    result = run("check", "zoo.py")
    assert (result.code, result.out) == (2, "")
    (line,) = result.err.splitlines()
    assert line.endswith("budget must be a number of seconds above 0 and up to 86400")


CONFIGURATIONS = [
    "[tool.layoutlint]\nbudget = " + "9" * 5000,
    "[tool.layoutlint]\nselect = " + "[" * 5000 + "]" * 5000,
    "[tool.layoutlint]\nselect = [" + "{a=" * 3000,
    "[tool.layoutlint" + ".a" * 20_000 + "]",
    "[tool.layoutlint]\n\xff",
    "[tool.layoutlint]\na = 1979-99-99",
    "layoutlint = '\\ud800'",
]


@pytest.mark.parametrize("text", CONFIGURATIONS, ids=range(len(CONFIGURATIONS)))
def test_a_configuration_that_is_none(run, text):
    run.write("zoo.py", WRONG)
    run.write("pyproject.toml", text.encode("latin-1"))
    result = run("check", "zoo.py", "--output-format", "concise")
    assert "internal error" not in result.err
    assert result.code in (1, 2)
    if result.code == 2:
        (line,) = result.err.splitlines()
        assert "pyproject.toml:" in line
        assert len(line) < 300 + len(str(run.folder))


NAMES = ["a" * 300 + ".py", "b" * 5000, "a\0b.py", "zoo.py/inside.py", "", "\udcff.py"]


@pytest.mark.parametrize("name", NAMES, ids=range(len(NAMES)))
@pytest.mark.parametrize("command", ["check", "show", "explain"])
def test_a_name_that_cannot_be(run, command, name):
    run.write("zoo.py", WRONG)
    others = ["zoo.py"] if command != "explain" else []
    result = run(command, name, *others)
    assert result.code == 2
    assert "internal error" not in result.err
    assert len(errors(result)) == 1
    if others:
        assert "zoo.py" in result.out


def test_names_that_are_no_text(run):
    for name in (b"caf\xe9.py", b"\xed\xa0\x80.py"):
        (run.folder / os.fsdecode(name)).write_text(WRONG)
    run.write("surrogate.py", WRONG.replace('"same"', '"same", name="\\ud800"'))
    for fresh in (True, False):
        del fresh  # the second time from the cache
        result = run("check", ".", "--output-format", "json")
        assert "internal error" not in result.err
        result.out.encode("ascii")
        strict(result.out)
        assert len(result.json["findings"]) == 3
    assert run("check", ".").code == 1
    shown = run("show", ".", "--output-format", "json")
    strict(shown.out)
    assert run("show", ".").code == 0


def strict(text):
    """No lone surrogate, which is valid JSON for Python alone."""
    import msgspec

    msgspec.json.decode(text.encode())


def test_a_gitignore_line_that_git_cannot_use(run):
    run.write("zoo.py", WRONG)
    run.write(".gitignore", b"[z-a]\n\\\n!\n[[:alpha:]\n\xff\n" + b"*a" * 500 + b"\n" + b"[" * 5000)
    result = run("check", ".", "--output-format", "concise")
    assert FINDING in result.out
    assert result.code == 1


def test_a_place_that_is_no_number(run):
    run.write("zoo.py", WRONG)
    for place in ("²", "٣", "9" * 5000, "1:2:3", "-1", "1.5", "½"):
        result = run("explain", f"zoo.py:{place}")
        assert result.code == 2
        assert "has no layer at" in result.err
        assert len(result.err.splitlines()) == 1


def test_a_damaged_member_packed_with_lzma(run):
    run.write("zoo.py", WRONG)
    path = run.folder / "damaged.keras"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr("config.json", json.dumps({"class_name": "Sequential", "config": {}}) * 50)
    data = bytearray(path.read_bytes())
    at = data.index(b"config.json") + len("config.json") + 12
    data[at : at + 8] = b"\xff" * 8
    path.write_bytes(data)
    with pytest.raises((lzma.LZMAError, EOFError)), zipfile.ZipFile(path) as archive:
        archive.read("config.json")
    result = run("check", ".", "--output-format", "concise")
    assert FINDING in result.out
    (line,) = errors(result)
    assert line.startswith("error: damaged.keras: its config.json is damaged: ")
    assert result.code == 2


def test_folders_of_any_depth(run):
    depth = 1200
    for _ in range(depth):
        os.mkdir("a")  # noqa: PTH102
        os.chdir("a")
    Path("zoo.py").write_text(WRONG)
    os.chdir(run.folder)
    try:
        result = run("check", ".", "--output-format", "concise")
    finally:
        subprocess.run(["rm", "-r", "a"], check=True)  # shutil would nest too deeply
    assert "internal error" not in result.err
    assert "conv-single-step" in result.out


def shell(folder: Path, command: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        ["sh", "-c", f'exec "$0" -m layoutlint {command}', sys.executable],
        cwd=folder,
        capture_output=True,
        check=False,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
    )


STREAMS = [
    ("check zoo.py > /dev/full", 2, "Error: standard output cannot be written: no space left on device"),
    ("show zoo.py > /dev/full", 2, "Error: standard output cannot be written: no space left on device"),
    ("explain zoo.py > /dev/full", 2, "Error: standard output cannot be written: no space left on device"),
    ("rules > /dev/full", 2, "Error: standard output cannot be written: no space left on device"),
    ("check zoo.py >&-", 2, "layoutlint: standard output is closed"),
    ("check - <&-", 2, "error: -: standard input is closed"),
    ("check zoo.py 2>&-", 1, ""),
    ("check zoo.py <&- 2>&-", 1, ""),
]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
@pytest.mark.parametrize(("command", "code", "said"), STREAMS, ids=[command for command, *_ in STREAMS])
def test_streams_that_are_full_or_closed(tmp_path, command, code, said):
    (tmp_path / "zoo.py").write_text(WRONG)
    done = shell(tmp_path, command)
    assert done.returncode == code
    assert done.stderr.decode().split("\n")[0] == said
    assert b"Traceback" not in done.stderr
