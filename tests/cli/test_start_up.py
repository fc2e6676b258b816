"""What the command line imports, and how fast it starts."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
EXAMPLES = ROOT / "examples"


def imported(*arguments: str) -> set[str]:
    """The top-level packages that a run imports."""
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "layoutlint", *arguments],
        capture_output=True,
        text=True,
        check=False,
    )
    lines = [line for line in done.stderr.splitlines() if line.startswith("import time:")]
    return {line.split("|")[-1].strip().split(".")[0] for line in lines}


@pytest.mark.parametrize(
    ("arguments", "unwanted"),
    [
        (
            ["--version"],
            {"tensorflow", "keras", "numpy", "libcst", "rich", "pyfive", "yaml", "pathspec", "json"},
        ),
        (
            ["check", f"{EXAMPLES}/signal_wrong.py"],
            {"tensorflow", "keras", "numpy", "libcst", "rich", "pyfive"},
        ),
        (["check", f"{EXAMPLES}/signal_wrong.keras"], {"tensorflow", "keras", "libcst", "rich"}),
        (["show", f"{EXAMPLES}/signal_wrong.py"], {"tensorflow", "keras", "numpy", "libcst", "rich", "yaml"}),
        (["explain", f"{EXAMPLES}/signal_wrong.py:24"], {"tensorflow", "keras", "numpy", "libcst", "rich"}),
    ],
)
def test_heavy_imports_only_where_needed(arguments, unwanted):
    assert imported(*arguments) & unwanted == set()


def best(*arguments: str) -> float:
    times = []
    for _ in range(5):
        start = time.perf_counter()
        subprocess.run([sys.executable, "-m", "layoutlint", *arguments], capture_output=True, check=False)
        times.append(time.perf_counter() - start)
    return min(times)


def test_the_version_comes_at_once():
    assert best("--version") < 0.15


def test_a_folder_of_500_files_without_keras(tmp_path):
    for number in range(500):
        (tmp_path / f"module_{number}.py").write_text("def f(a, b):\n    return [a] * b\n" * 100)
    assert best("check", str(tmp_path)) < 1.0


@pytest.mark.parametrize("command", ["rules", f"check {EXAMPLES} --output-format json", f"show {EXAMPLES}"])
def test_a_reader_that_has_had_enough(command):
    """The exit code is none that means something else, and nothing is complained about."""
    with subprocess.Popen(
        [sys.executable, "-m", "layoutlint", *command.split()], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as child:
        child.stdout.close()
        errors = child.stderr.read()
        assert child.wait() == 141
    assert b"Traceback" not in errors
    assert b"Exception ignored" not in errors
