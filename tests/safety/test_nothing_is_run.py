"""The folder under test runs nothing: modules in it that are called like others are never imported."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from layoutlint.system.safe_path import child_command
from tests.cli.helpers import WRONG

ROOT = Path(__file__).parents[2]
SCRIPT = Path(sys.executable).parent / "layoutlint"
POISON = (
    *("json", "yaml", "click", "libcst", "msgspec", "rich", "pathspec", "hashlib", "tomllib", "tokenize"),
    *("multiprocessing", "difflib", "tempfile", "subprocess", "keras", "tensorflow", "numpy", "pyfive"),
    *("typing", "dataclasses", "ast", "fnmatch", "pathlib"),
)
MODULE = [sys.executable, "-m", "layoutlint"]
WAYS = {
    "module": MODULE,
    "console script": [str(SCRIPT)],
    "isolated": [sys.executable, "-P", "-m", "layoutlint"],
}


@pytest.fixture
def poisoned(tmp_path: Path) -> Path:
    """A folder with a program to check, whose other modules leave a mark when they are run."""
    for name in POISON:
        mark = tmp_path / f"{name}.was-run"
        (tmp_path / f"{name}.py").write_text(f"open({str(mark)!r}, 'w').close()\n")
    # in a folder of its own: a keras.py beside the program would be the program's keras
    (tmp_path / "code").mkdir()
    (tmp_path / "code" / "train.py").write_text(WRONG)
    (tmp_path / "second.ipynb").write_text('{"cells": [], "nbformat": 4}')
    (tmp_path / "pyproject.toml").write_text('[tool.layoutlint]\nignore = ["rnn-single-step"]\n')
    return tmp_path


def run(
    folder: Path, command: list[str], *arguments: str, path: str = str(ROOT)
) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": path}
    environment.pop("PYTHONSAFEPATH", None)
    return subprocess.run(
        [*command, *arguments], cwd=folder, capture_output=True, text=True, check=False, env=environment
    )


def marks(folder: Path) -> list[str]:
    return sorted(path.stem for path in folder.rglob("*.was-run"))


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["check", ".", "-j4"], 1),
        (["check", ".", "--output-format", "json"], 1),
        (["check", ".", "--diff"], 1),
        (["check", ".", "--unsafe-fixes"], 0),
        (["show", "code/train.py"], 0),
        (["explain", "code/train.py:4"], 0),
        (["rules"], 0),
        (["rule", "test"], 0),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_no_module_of_the_folder_is_imported(poisoned, way, arguments, code):
    if way == "console script" and not SCRIPT.exists():
        pytest.skip("layoutlint is not installed in this environment")
    done = run(poisoned, WAYS[way], *arguments)
    assert done.returncode == code, done.stderr
    assert marks(poisoned) == []


@pytest.mark.parametrize("relative", ["", "."])
def test_an_import_path_that_names_the_current_folder(poisoned, relative):
    """``export PYTHONPATH=$PYTHONPATH:.`` is in the start-up file of many."""
    done = run(poisoned, MODULE, "check", ".", path=f"{ROOT}{os.pathsep}{relative}")
    # Python looks into PYTHONPATH before the standard library, and itself needs these to run a module
    assert set(marks(poisoned)) <= {"typing", "pathlib"}, done.stderr
    if marks(poisoned) == []:
        assert done.returncode == 1, done.stderr


def test_workers(poisoned):
    """Enough work for a pool of processes."""
    for number in range(40):
        (poisoned / "code" / f"train_{number}.py").write_text(WRONG + "model.summary()\n" * 200)
    done = run(poisoned, MODULE, "check", ".", "-j3", "--no-cache")
    assert done.returncode == 1, done.stderr
    assert marks(poisoned) == []


def test_workers_that_are_started_anew(poisoned):
    """As on macOS and Windows: a child process without the memory of this one."""
    code = (
        "import sys, multiprocessing\n"
        "from layoutlint.system.safe_path import leave_current_folder_out\n"
        "leave_current_folder_out()\n"
        "import json\n"
        "if __name__ == '__main__':\n"
        "    with multiprocessing.get_context('spawn').Pool(2) as pool:\n"
        "        print(pool.map(json.dumps, [1, 2]))\n"
    )
    script = poisoned.parent / "start.py"
    script.write_text(code)
    done = run(poisoned, [sys.executable, str(script)])
    assert done.stdout == "['1', '2']\n", done.stderr
    assert marks(poisoned) == []


def test_a_child_finds_the_package_where_it_is(tmp_path):
    """Without any path from outside: in the folder above the package, not in the package itself."""
    executable, *options, code = child_command("layoutlint.system.safe_path")
    path, _, _ = code.partition("; from ")
    command = [executable, "-S", *options, f"{path}; import layoutlint.system.safe_path, layoutlint.cli"]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_the_proof(poisoned):
    """It needs the real TensorFlow, and none that lies beside the program."""
    done = run(poisoned, MODULE, "explain", "code/train.py:4", "--prove")
    assert marks(poisoned) == [], done.stderr
    assert done.returncode == 0, done.stderr
    assert "largest difference 0" in done.stdout


def test_installed_packages_stay_on_the_path(tmp_path):
    """Whoever works inside of ``site-packages`` runs the same tool."""
    import click

    folder = Path(click.__file__).parents[1]
    done = run(folder, MODULE, "--version")
    assert done.returncode == 0, done.stderr
