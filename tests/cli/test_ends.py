"""Every input ends, whatever it holds and whatever the budget is, and costs the others nothing."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.helpers import WRONG, notebook

HEAD = "from keras import layers, Sequential\n"
HOSTILE = {
    "sum_of_a_range": "x = sum(range(10**10))\n",
    "sum_of_lists": "x = sum([[0] * 9000] * 4000, [])\n",
    "rounded": "x = round(5, -10**9)\n",
    "pair_of_itself": "x = [1]\nfor i in range(60):\n    x = [x, x]\ny = str(x)\n",
    "pair_of_itself_compared": "x = [1]\nfor i in range(60):\n    x = [x, x]\nif x == x:\n    pass\n",
    "key_of_itself": "x = (1,)\nfor i in range(60):\n    x = (x, x)\nd = {x: 1}\n",
    "doubled": "x = [0]\nfor i in range(60):\n    x += x\n",
    "doubled_by_slices": "x = [0]\nfor i in range(60):\n    x[0:0] = x\n",
    "doubled_arguments": "def f(*a):\n    return a\nx = (0,)\nfor i in range(60):\n    x = f(*x, *x)\n",
    "power": "x = 10 ** (10 ** 8)\ny = 2 ** 10 ** 9\n",
    "long_text": "x = 'a' * 10**10\ny = [0] * 10**10\n",
    "regular_expression": "import re\nx = re.match('(a+)+$', 'a' * 5000 + 'b')\n",
    "high_rank": "x = layers.Input((1,) * 10**6)\ny = layers.Dense(2)(x)\n",
    "comprehensions": "x = [[[j for j in range(10**4)] for k in range(10**4)] for l in range(10**4)]\n",
    "deep_text": "x = " + "[" * 150 + "]" * 150 + "\ny = " + "-" * 80 + "1\n",
}


@pytest.fixture
def short(monkeypatch):
    """Hard limits that a test can wait for."""
    monkeypatch.setattr("layoutlint.system.hard_limits.CONSTANT", 0.6)


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_program_ends(run, short, name):
    run.write("hostile.py", HEAD + HOSTILE[name])
    run.write("zoo.py", WRONG)
    result = run("check", ".", "--output-format", "concise", "--budget", "0.1", "--no-cache")
    assert "zoo.py:4:11: warning[conv-single-step]" in result.out
    assert "internal error" not in result.err
    errors = [line for line in result.err.splitlines() if line.startswith("error")]
    assert result.code == (2 if errors else 1)
    assert all(line.startswith("error: hostile.py: was cut short: it ") for line in errors)
    assert len(errors) <= 1


CUT_SHORT = "was cut short: it takes more than 0.8 s of processor time"


@pytest.fixture
def endless(monkeypatch, short):
    """A reader that does not come back from some files, as a damaged one may make it."""
    from layoutlint.run import inputs

    real = inputs._recognise

    def recognise(candidate):
        if "endless" in candidate.path:
            sum(range(10**12))
        return real(candidate)

    monkeypatch.setattr(inputs, "_recognise", recognise)


FORMS = [
    ("endless.py", WRONG),
    ("endless.ipynb", notebook(("code", WRONG))),
    ("endless.keras", b"PK\x03\x04"),
    ("endless.h5", b"\x89HDF\r\n\x1a\n"),
]


@pytest.mark.parametrize(("name", "content"), FORMS, ids=[name for name, _ in FORMS])
def test_every_kind_of_input_ends(run, endless, name, content):
    run.write(name, content)
    run.write("zoo.py", WRONG)
    for command in ("check", "show"):
        result = run(command, name, "zoo.py", "--output-format", "concise", "--budget", "0.1")
        assert result.code == 2
        assert f"error: {name}: {CUT_SHORT}" in result.err.splitlines()
        assert "zoo.py:4" in result.out
    result = run("explain", name, "--budget", "0.1")
    assert (result.code, result.out) == (2, "")
    assert result.err.splitlines() == [f"error: {name}: {CUT_SHORT}"]


def test_many_that_end_among_many(run, endless):
    for number in range(8):
        run.write(f"zoo_{number}.py", WRONG)
    for number in range(3):
        run.write(f"endless_{number}.py", WRONG)
    result = run("check", ".", "--output-format", "json", "--budget", "0.1", "--jobs", "2", "--no-cache")
    assert result.code == 2
    assert len(result.json["findings"]) == 8
    cut = [item for item in result.json["inputs"] if item["status"] == "error"]
    assert [(item["path"], item["reason"]) for item in cut] == [
        (f"endless_{number}.py", CUT_SHORT) for number in range(3)
    ]


def test_fixes_end(run, short, monkeypatch):
    monkeypatch.setattr("layoutlint.fixes.session.Session.run", lambda *_: sum(range(10**12)))
    path = run.write("zoo.py", WRONG)
    result = run("check", "zoo.py", "--unsafe-fixes", "--output-format", "concise", "--budget", "0.01")
    assert "not fixed: zoo.py:4:11 conv-single-step: was cut short: it takes more than" in result.err
    assert path.read_text() == WRONG


def measured(folder: Path, *arguments: str) -> tuple[int, str, int]:
    """The exit code of a run, what it writes, and the largest of its processes in MiB."""
    script = (
        "import resource, subprocess, sys\n"
        "done = subprocess.run([sys.executable, '-m', 'layoutlint', *sys.argv[1:]], capture_output=True)\n"
        "print(done.returncode, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)\n"
        "print((done.stdout + done.stderr).decode())\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, *arguments],
        cwd=folder,
        capture_output=True,
        text=True,
        check=True,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
    )
    first, _, rest = done.stdout.partition("\n")
    code, size = first.split()
    return int(code), rest, int(size) // 1024


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have no limit of memory")
@pytest.mark.parametrize("name", ["doubled", "long_text", "doubled_arguments"])
def test_no_budget_buys_memory(tmp_path, name):
    (tmp_path / "hostile.py").write_text(HEAD + HOSTILE[name])
    (tmp_path / "zoo.py").write_text(WRONG)
    code, text, size = measured(tmp_path, "check", ".", "--no-cache", "--budget", "1000")
    assert code in (1, 2)
    assert "conv-single-step" in text
    assert size < 1000


def test_without_shared_memory(tmp_path):
    # a semaphore of Python lies in /dev/shm, which some containers do not have
    for number in range(6):
        (tmp_path / f"zoo_{number}.py").write_text(WRONG)
    script = (
        "import _multiprocessing, sys\n"
        "def refuse(*_, **__): raise FileNotFoundError(2, 'no /dev/shm')\n"
        "_multiprocessing.SemLock = refuse\n"
        "from layoutlint.run import parallel\n"
        "parallel.ALONE = 0.0\n"
        "from layoutlint.cli import run\n"
        "run()\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, "check", ".", "--jobs", "2", "--output-format", "json", "--no-cache"],
        cwd=tmp_path,
        capture_output=True,
        check=False,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
    )
    assert done.returncode == 1
    assert len(json.loads(done.stdout)["findings"]) == 6
