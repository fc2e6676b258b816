"""Fixes are written whole or not at all, and one file that cannot be written does not stop the others."""

from __future__ import annotations

import contextlib
import os
import random
import resource
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest

from layoutlint.fixes.replacing import ENDING, NotWrittenError, replace
from tests.cli.helpers import RIGHT, WRONG, Runner

ROOT = Path(__file__).parents[2]
FIX = [sys.executable, "-m", "layoutlint", "check", ".", "--unsafe-fixes", "--no-cache"]
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT)}
COUNT = 6
PADDING = "".join(f"name_{number} = {number}\n" for number in range(400))


@pytest.fixture
def run(tmp_path, monkeypatch, capsysbinary):
    return Runner(tmp_path, monkeypatch, capsysbinary)


def leftovers(folder: Path) -> list[Path]:
    return list(folder.rglob(f"*{ENDING}"))


def write_all(folder: Path) -> list[Path]:
    files = [folder / f"train_{number}.py" for number in range(COUNT)]
    for path in files:
        path.write_text(WRONG + PADDING)
    return files


@pytest.mark.sweep
@pytest.mark.parametrize("kills", [8, pytest.param(200, marks=pytest.mark.slow)])
def test_killed_at_any_moment(tmp_path, kills):
    """A file is its old text or its new one, whenever the process is killed."""
    old, new = WRONG + PADDING, RIGHT + PADDING
    files = write_all(tmp_path)
    started = time.monotonic()
    subprocess.run(FIX, env=ENVIRONMENT, cwd=tmp_path, capture_output=True, check=False)
    whole = time.monotonic() - started
    assert {path.read_text() for path in files} == {new}
    moments = random.Random(0)
    hit = in_part = left = 0
    for _ in range(kills):
        if all(path.read_text() == new for path in files):
            write_all(tmp_path)
        with subprocess.Popen(
            FIX, env=ENVIRONMENT, cwd=tmp_path, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        ) as child:
            time.sleep(moments.uniform(0.3, 1.0) * whole)
            child.kill()
            hit += child.wait() == -signal.SIGKILL
        texts = {path.read_text() for path in files}
        assert texts <= {old, new}
        in_part += len(texts) == 2
        left += leftovers(tmp_path) != []
        # what lies around is none of a check's inputs
        assert sum(1 for _ in tmp_path.glob("*.py")) == COUNT
    assert hit
    print(f"{kills} runs: {hit} did not end, {in_part} fixed some files, {left} left a temporary file")
    write_all(tmp_path)
    done = subprocess.run(FIX, env=ENVIRONMENT, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert f"checked {COUNT} of {COUNT} files" in done.stdout
    assert {path.read_text() for path in files} == {new}
    assert leftovers(tmp_path) == []


def test_a_full_disk(tmp_path):
    """No byte more can be written: the old text stays, and each file has its line."""
    files = write_all(tmp_path)
    done = subprocess.run(
        FIX,
        env=ENVIRONMENT,
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096)),
    )
    assert done.returncode == 2, done.stderr
    assert {path.read_text() for path in files} == {WRONG + PADDING}
    errors = [line for line in done.stderr.splitlines() if line.startswith("error:")]
    assert len(errors) == COUNT
    assert errors[0] == "error: train_0.py: the fix could not be written: file too large"
    assert leftovers(tmp_path) == []


def test_a_full_file_system(tmp_path):
    """The same on a real file system without space."""
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=128k", "tmpfs", str(tmp_path)], capture_output=True, check=False
    )
    if mounted.returncode != 0:
        pytest.skip("a file system cannot be mounted here")
    try:
        (tmp_path / "train.py").write_text(WRONG + PADDING[:40_000])
        with (tmp_path / "ballast").open("wb", buffering=0) as ballast, contextlib.suppress(OSError):
            while True:
                ballast.write(bytes(4096))
        done = subprocess.run(FIX, env=ENVIRONMENT, cwd=tmp_path, capture_output=True, text=True, check=False)
        assert done.returncode == 2
        assert "error: train.py: the fix could not be written: no space left on device" in done.stderr
        assert (tmp_path / "train.py").read_text() == WRONG + PADDING[:40_000]
        assert leftovers(tmp_path) == []
    finally:
        subprocess.run(["umount", str(tmp_path)], check=True)


def test_a_file_that_cannot_be_written_does_not_stop_the_others(run):
    """It has its line, the others are fixed, and the exit code says that something went wrong."""
    locked, free = run.write("a.py", WRONG), run.write("b.py", WRONG)
    locked.chmod(0o444)
    result = run("check", ".", "--unsafe-fixes")
    assert result.code == 2
    assert "error: a.py: the fix could not be written: it is read-only\n" in result.err
    assert "fixed a.py" not in result.err
    assert locked.read_text() == WRONG
    assert free.read_text() == RIGHT


@pytest.mark.parametrize("mode", [0o600, 0o644, 0o755, 0o664, 0o4711])
def test_the_mode_stays(run, mode):
    path = run.write("a.py", WRONG)
    path.chmod(mode)
    assert run("check", "a.py", "--unsafe-fixes").code == 0
    assert path.read_text() == RIGHT
    assert stat.S_IMODE(path.stat().st_mode) == mode


def test_the_owner_stays(run):
    path = run.write("a.py", WRONG)
    try:
        os.chown(path, 4711, 4712)
    except PermissionError:
        pytest.skip("only root gives files away")
    assert run("check", "a.py", "--unsafe-fixes").code == 0
    assert path.read_text() == RIGHT
    assert (path.stat().st_uid, path.stat().st_gid) == (4711, 4712)


def test_extended_attributes_stay(run):
    path = run.write("a.py", WRONG)
    try:
        os.setxattr(path, "user.note", b"mine")
    except (OSError, AttributeError):
        pytest.skip("this file system has no extended attributes")
    assert run("check", "a.py", "--unsafe-fixes").code == 0
    assert os.getxattr(path, "user.note") == b"mine"


def test_what_somebody_else_has_written_in_the_meantime_stays(tmp_path):
    path = tmp_path / "a.py"
    path.write_bytes(b"theirs")
    with pytest.raises(NotWrittenError, match="changed by another program"):
        replace(str(path), b"what was read", b"ours")
    assert path.read_bytes() == b"theirs"
    assert leftovers(tmp_path) == []


def test_what_a_killed_process_left_behind_is_taken_away(run):
    path = run.write("a.py", WRONG)
    stray = run.write(f".a.py.k3x{ENDING}", "half of a te")
    other = run.write(f".b.py.k3x{ENDING}", "not ours")
    assert run("check", ".", "--unsafe-fixes").code == 0
    assert path.read_text() == RIGHT
    assert not stray.exists()
    assert other.exists()


def test_a_link_inside_of_the_folder_stays_a_link(run):
    target = run.write("real/a.py", WRONG)
    link = run.folder / "a.py"
    link.symlink_to("real/a.py")
    assert run("check", ".", "--unsafe-fixes").code == 0
    assert link.is_symlink()
    assert target.read_text() == RIGHT


@pytest.mark.parametrize(("named", "code"), [("project", 3), ("project/a.py", 1)])
def test_a_link_out_of_the_folder_is_never_fixed(run, named, code):
    """A link in a folder is passed over; one that is named is checked, as it was asked for."""
    target = run.write("elsewhere/a.py", WRONG)
    (run.folder / "project").mkdir()
    (run.folder / "project/a.py").symlink_to(target)
    result = run("check", named, "--unsafe-fixes")
    assert result.code == code
    assert "symbolic link to outside of the folder" in result.out + result.err
    assert target.read_text() == WRONG
    assert (run.folder / "project/a.py").is_symlink()


def test_a_linked_folder_outside_is_never_fixed(run):
    target = run.write("elsewhere/a.py", WRONG)
    (run.folder / "project").mkdir()
    (run.folder / "project/sub").symlink_to(target.parent)
    assert run("check", "project", "--unsafe-fixes").code == 3
    assert target.read_text() == WRONG
