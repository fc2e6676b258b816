"""What the command line imports: what it costs to start is in ``docs/research/benchmarks.md``."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
EXAMPLES = ROOT / "examples"


def modules(*arguments: str) -> set[str]:
    """The modules that a run imports."""
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "layoutlint", *arguments],
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | {"LAYOUTLINT_DEBUG": "1"},  # workers keep their standard error, too
    )
    lines = [line for line in done.stderr.splitlines() if line.startswith("import time:")]
    return {line.split("|")[-1].strip() for line in lines}


def imported(*arguments: str) -> set[str]:
    """The top-level packages that a run imports."""
    return {name.split(".")[0] for name in modules(*arguments)}


@pytest.mark.parametrize(
    ("arguments", "unwanted"),
    [
        (
            ["--version"],
            {"tensorflow", "keras", "numpy", "libcst", "rich", "pyfive", "yaml", "json"},
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


def test_the_version_needs_no_room_but_the_command_line():
    own = {name for name in modules("--version") if name.startswith("layoutlint.")}
    assert {name.split(".")[1] for name in own} <= {"cli", "system"}


def test_files_without_keras_are_not_evaluated(tmp_path):
    for number in range(3):
        (tmp_path / f"module_{number}.py").write_text("def f(a, b):\n    return [a] * b\n")
    assert not any(
        name.startswith("layoutlint.interpreter.language") for name in modules("check", str(tmp_path))
    )


def test_what_judges_is_not_loaded_for_nothing(tmp_path):
    """Findings from the cache need neither the rules nor the facts that these ask for."""
    empty, wrong = tmp_path / "empty.py", tmp_path / "wrong.py"
    empty.touch()
    wrong.write_text((EXAMPLES / "signal_wrong.py").read_text())
    assert "layoutlint.engine.rules" in modules("check", str(wrong))
    for known in (empty, wrong):
        loaded = {name for name in modules("check", str(known)) if name.startswith("layoutlint.")}
        assert {name for name in loaded if name.split(".")[1] in ("facts", "layers", "operations")} == set()
        assert "layoutlint.engine.rules" not in loaded


def test_a_scan_loads_neither_a_cluster_nor_parquet(tmp_path):
    arguments = ["scan", f"{EXAMPLES}/signal_wrong.py", "--results", str(tmp_path / "r.jsonl")]
    assert imported(*arguments) & {"distributed", "dask", "pyarrow", "fsspec", "tensorflow", "keras"} == set()


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
