"""``layoutlint scan``: what comes in, which row it has, and what a later run takes from an earlier one."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import fsspec
import pytest

from layoutlint import __version__
from tests.cli.helpers import RIGHT, WRONG
from tests.fleet.fleets import archive, models
from tests.fleet.scans import PROGRAM, known_from_earlier, rows, rows_of, timeless


def test_a_row_says_all_of_its_input(run):
    file = run.write("zoo.py", WRONG)
    (row,) = rows_of(run, "zoo.py")
    assert row["path"] == "zoo.py"
    assert row["content"] == f"sha256:{hashlib.sha256(file.read_bytes()).hexdigest()}"
    assert row["imports"].startswith("sha256:")
    assert row["layoutlint"] == __version__
    assert (row["kind"], row["status"], row["reason"]) == ("source", "checked", None)
    assert (row["models"], row["layers"], row["known"], row["severe"]) == (1, 2, 2, 1)
    (finding,) = row["findings"]
    assert (finding["rule"], finding["severity"], finding["confidence"]) == (
        "conv-single-step",
        "warning",
        "high",
    )
    assert (finding["line"], finding["column"], finding["file"]) == (4, 11, None)


def test_a_finding_in_another_file_says_which(run):
    run.write("lib/build.py", WRONG)
    run.write(
        "whole.py", "from keras import layers\nfrom lib.build import model\nmodel.add(layers.Dense(1))\n"
    )
    found = {row["path"]: row["findings"] for row in rows_of(run, "whole.py")}
    assert [finding["file"] for finding in found["whole.py"]] == ["lib/build.py"]


@pytest.mark.parametrize(
    ("arguments", "paths"),
    [
        (["a"], ["a/x.keras", "a/y.keras"]),
        (["*/x.keras"], ["a/x.keras", "b/x.keras"]),
        (["a", "a/x.keras"], ["a/x.keras", "a/y.keras"]),
        (["b/x.keras", "a"], ["b/x.keras", "a/x.keras", "a/y.keras"]),
    ],
)
def test_inputs_come_once_and_in_order(run, arguments, paths):
    for name in ("a/x.keras", "a/y.keras", "b/x.keras"):
        archive(run.folder / name, 1)
    assert [row["path"] for row in rows_of(run, *arguments)] == paths


@pytest.mark.parametrize("text", ["a.keras\n\nb.keras", "a.keras\r\nb.keras\r\n", "a.keras\0b.keras\0"])
def test_a_list_of_paths(run, text):
    for name in ("a.keras", "b.keras", "c.keras"):
        archive(run.folder / name, 1)
    run.write("list", text)
    expected = ["a.keras", "b.keras"]
    assert [row["path"] for row in rows_of(run, "--from", "list")] == expected
    assert [row["path"] for row in rows_of(run, "--from", "-", stdin=text, name="b.jsonl")] == expected
    assert [row["path"] for row in rows_of(run, "c.keras", "--from", "list", name="c.jsonl")] == [
        "c.keras",
        *expected,
    ]


def test_a_list_that_is_none(run):
    assert "no such file" in run("scan", "--from", "list").err
    run.write("list", b"x" * (3 * 2**20))
    assert "a line of more than 1 MiB" in run("scan", "--from", "list").err


def test_addresses(run):
    system = fsspec.filesystem("memory")
    system.pipe({"/fleet/a.keras": archive(run.folder / "a.keras", 5).read_bytes()})
    try:
        (row,) = rows_of(run, "memory://fleet", "--jobs", "1")
    finally:
        system.rm("/fleet", recursive=True)
    assert row["path"] == "memory:///fleet/a.keras"
    assert [finding["rule"] for finding in row["findings"]] == ["conv-single-step"]
    assert row["content"] is None  # memory has no name for a content


def test_what_was_listed_and_has_gone_is_a_row(run):
    archive(run.folder / "a.keras", 1)
    found = rows_of(run, "a.keras", "gone.keras", "memory://nowhere/b.keras")
    assert [(row["path"], row["status"]) for row in found] == [
        ("a.keras", "checked"),
        ("gone.keras", "error"),
        ("memory://nowhere/b.keras", "error"),
    ]
    assert all("no such file" in row["reason"] for row in found[1:])


def test_of_a_list_some_models_have_gone(run):
    """They are rows with the reason, in their places, and all others are there."""
    models(run.folder / "zoo", 60)
    listed = sorted(str(path.relative_to(run.folder)) for path in (run.folder / "zoo").rglob("*.keras"))
    victims = listed[40:50]
    run.write("list", "\n".join(listed))
    for name in victims:
        (run.folder / name).unlink()
    found = rows_of(run, "--from", "list")
    assert [row["path"] for row in found] == listed
    gone = {row["path"] for row in found if row["reason"] and "no such file" in row["reason"]}
    assert gone == set(victims)


@pytest.mark.parametrize("name", ["results.jsonl", "results.parquet"])
class TestRerun:
    def scan(self, run, name: str, *arguments: str) -> str:
        if name.endswith(".parquet"):
            pytest.importorskip("pyarrow")
        return run("scan", *(arguments or (".",)), "--results", name).out

    def test_only_what_is_new(self, run, name):
        models(run.folder / "zoo", 30)
        assert known_from_earlier(self.scan(run, name)) == 0
        archive(run.folder / "zoo/000/model_00001.keras", 101)
        archive(run.folder / "zoo/new.keras", 102)
        # of the damaged ones nothing is known
        assert known_from_earlier(self.scan(run, name)) == 30 - 3 - 1

    def test_a_changed_import_is_seen(self, run, name):
        run.write("train.py", PROGRAM)
        run.write("helpers/sizes.py", "STEPS = 1\n")
        assert "1 finding" in self.scan(run, name, "train.py")
        assert known_from_earlier(self.scan(run, name, "train.py")) == 1
        run.write("helpers/sizes.py", "STEPS = 100\n")
        assert "no findings" in self.scan(run, name, "train.py")

    def test_a_copy_elsewhere_is_known(self, run, name):
        run.write("a/train.py", PROGRAM)
        run.write("a/helpers/sizes.py", "STEPS = 1\n")
        archive(run.folder / "a/model.keras", 5)
        self.scan(run, name, "a")
        for copy in ("b", "deep/b"):
            shutil.copytree(run.folder / "a", run.folder / copy)
        assert known_from_earlier(self.scan(run, name, "b")) == 3
        # there a folder more may hold requirements
        assert known_from_earlier(self.scan(run, name, "deep")) == 2
        run.write("b/helpers/sizes.py", "STEPS = 100\n")
        assert known_from_earlier(self.scan(run, name, "b")) == 1

    def test_another_configuration_asks_again(self, run, name):
        archive(run.folder / "model.keras", 5)
        run.write("pyproject.toml", "[tool.layoutlint]\n")
        assert "conv-single-step" in self.scan(run, name)
        run.write("pyproject.toml", "[tool.layoutlint]\nignore = ['conv-single-step']\n")
        assert "no findings" in self.scan(run, name)
        rule = "[tool.layoutlint]\nrules = ['lint']\n"
        run.write("lint/wide.md", run("rule", "new", "wide").out)
        run.write("pyproject.toml", rule)
        self.scan(run, name)
        assert known_from_earlier(self.scan(run, name)) == 1
        run.write("lint/wide.md", (run.folder / "lint/wide.md").read_text() + "\n")
        assert known_from_earlier(self.scan(run, name)) == 0

    def test_rules_that_are_ignored_by_file(self, run, name):
        run.write(
            "pyproject.toml", "[tool.layoutlint]\nper-file-ignores = {'old/*' = ['conv-single-step']}\n"
        )
        archive(run.folder / "old/model.keras", 5)
        archive(run.folder / "new/model.keras", 5)
        assert "1 finding in 1 input" in self.scan(run, name)
        assert "1 finding in 1 input" in self.scan(run, name)


def test_a_mistake_in_one_configuration_is_a_row_each(run):
    run.write("broken/pyproject.toml", "[tool.layoutlint]\nselekt = []\n")
    archive(run.folder / "broken/a.keras", 5)
    archive(run.folder / "good/b.keras", 5)
    found = rows_of(run, ".")
    assert [row["status"] for row in found] == ["error", "checked"]
    assert "unknown key 'selekt'" in found[0]["reason"]
    result = run("scan", ".", "--select", "no-such-rule")
    assert (result.code, "unknown rule no-such-rule" in result.err) == (2, True)


def test_shards_add_up(run):
    models(run.folder / "zoo", 60)
    whole = timeless(rows_of(run, "zoo"))
    parts = [rows_of(run, "zoo", "--shard", f"{i}/4", name=f"{i}.jsonl") for i in range(1, 5)]
    assert all(parts)
    joined = sorted((row for part in parts for row in part), key=lambda row: row["path"])
    assert timeless(joined) == whole


@pytest.mark.parametrize("shard", ["0/4", "5/4", "x", "1/0", "1"])
def test_an_impossible_shard(run, shard):
    result = run("scan", ".", "--shard", shard)
    assert (result.code, "is not I/N" in result.err) == (2, True)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "name a PATH"),
        (["-"], "--from -"),
        (["--resume", "."], "--results"),
    ],
)
def test_what_cannot_be_meant(run, arguments, said):
    result = run("scan", *arguments)
    assert (result.code, said in result.err) == (2, True)


def test_a_name_that_is_no_text(run):
    name = os.fsdecode(b"caf\xe9.keras")
    archive(run.folder / "a.keras", 5).rename(run.folder / name)
    (row,) = rows_of(run, ".")
    assert row["path"] == "caf\\udce9.keras"
    assert "conv-single-step" in run("report", "results.jsonl").out


def test_exit_codes(run):
    archive(run.folder / "right.keras", 1)
    archive(run.folder / "wrong.keras", 5)
    archive(run.folder / "damaged.keras", 13)
    run.write("plain.py", "print(1)\n")
    names = ["right.keras", "wrong.keras", "damaged.keras", "plain.py"]
    assert [run("scan", name).code for name in names] == [0, 1, 2, 3]
    assert run("scan", "wrong.keras", "--exit-zero").code == 0


def test_a_full_disk_is_one_line(run):
    models(run.folder / "zoo", 20)
    result = run("scan", "zoo", "--results", "/dev/full")
    assert result.code == 2
    assert result.err == "Error: /dev/full cannot be written: no space left on device\n"
    assert not Path("/dev/full.part").exists()


def test_a_run_without_rows_leaves_nothing(run):
    result = run("scan", "--from", "nowhere", "--results", "r.jsonl")
    assert (result.code, "--resume" in result.err) == (2, False)
    assert list(run.folder.iterdir()) == []


def test_results_into_a_pipe(run):
    archive(run.folder / "a.keras", 5)
    command = [
        sys.executable,
        "-m",
        "layoutlint",
        "scan",
        "a.keras",
        "gone.keras",
        "--results",
        "/dev/stdout",
    ]
    done = subprocess.run([*command, "--quiet"], cwd=run.folder, capture_output=True, text=True, check=False)
    assert [json.loads(line)["path"] for line in done.stdout.splitlines()] == ["gone.keras", "a.keras"]
    assert done.stderr == "error: 1 of 2 inputs could not be read\n"


def test_a_disk_that_fills_up_loses_nothing(run):
    """A file system of 64 KiB: the rows that fit are kept, and the next run goes on after them."""
    if os.name == "nt" or os.geteuid() != 0:
        pytest.skip("mounts a small file system")
    small = run.folder / "small"
    small.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", small], check=False)
    if mounted.returncode != 0:
        pytest.skip("cannot mount here")
    try:
        models(run.folder / "zoo", 150)
        result = run("scan", "zoo", "--results", "small/r.jsonl")
        assert result.code == 2
        (line,) = result.err.splitlines()
        assert "no space left on device" in line
        assert "--resume goes on" in line
        subprocess.run(["mount", "-o", "remount,size=4m", small], check=True)
        said = run("scan", "zoo", "--results", "small/r.jsonl", "--resume").out
        assert known_from_earlier(said) > 20
        assert timeless(rows(small / "r.jsonl")) == timeless(rows_of(run, "zoo", name="again.jsonl"))
    finally:
        subprocess.run(["umount", small], check=True)


def child(folder: Path, *arguments: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-m", "layoutlint", "scan", *arguments], cwd=folder)


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGINT])
def test_a_run_that_is_ended_goes_on_later(run, number):
    models(run.folder / "zoo", 400)
    part = run.folder / "r.jsonl.part"
    with child(run.folder, "zoo", "--results", "r.jsonl", "--quiet", "-j", "1") as started:
        deadline = time.monotonic() + 60
        while not (part.exists() and part.stat().st_size > 20_000) and time.monotonic() < deadline:
            time.sleep(0.01)
        started.send_signal(number)
    assert not (run.folder / "r.jsonl").exists()
    with part.open("ab") as file:
        file.write(b'{"path": "torn')
    for path in (run.folder / "zoo/000").iterdir():
        os.utime(path)
    result = run("scan", "zoo", "--results", "r.jsonl", "--resume")
    assert known_from_earlier(result.out) > 10
    assert not part.exists()
    assert timeless(rows(run.folder / "r.jsonl")) == timeless(rows_of(run, "zoo", name="again.jsonl"))


HOLD = """\
import fcntl, sys
with open(sys.argv[1], "ab") as held:
    fcntl.lockf(held, fcntl.LOCK_EX)
    print(flush=True)
    sys.stdin.read()
"""


def test_two_runs_into_one_file(run):
    archive(run.folder / "a.keras", 1)
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, run.folder / "r.jsonl.part"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as other:
        other.stdout.readline()
        result = run("scan", "a.keras", "--results", "r.jsonl")
        other.stdin.close()
    assert (result.code, "another run writes to it" in result.err) == (2, True)


def test_what_check_finds_scan_finds(run):
    for number in range(30):
        archive(run.folder / f"m{number}.keras", number)
    run.write("zoo.py", WRONG)
    run.write("good.py", RIGHT)
    run.write("ignored.py", WRONG.replace("8000)))", "8000)))  # layoutlint: ignore[conv-single-step]"))
    checked = run("check", ".", "--no-cache", "--output-format", "json").json
    expected = sorted((each["rule"], each["path"], each["message"]) for each in checked["findings"])
    found = [
        (each["rule"], row["path"], each["message"]) for row in rows_of(run, ".") for each in row["findings"]
    ]
    assert sorted(found) == expected
