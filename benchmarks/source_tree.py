"""How long a tree of model-building code takes: ``python benchmarks/source_tree.py [FOLDER]``.

``layoutlint check`` on the folder (by default the applications of the installed Keras) against a bare
``libcst.parse_module`` over the same files on one core, and against other checkers if they are installed:
TorchFix and pylint's errors. Whole processes in turn, medians of five runs; the ratios are what counts.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

RUNS = 5

PARSE = """
import pathlib, sys, libcst
for path in sorted(pathlib.Path(sys.argv[1]).rglob("*.py")):
    try:
        libcst.parse_module(path.read_bytes())
    except libcst.ParserSyntaxError:
        pass
"""


def seconds(command: Sequence[str], folder: str, *, one_core: bool = False) -> float:
    """Return the time of one run of a command in ``folder``; what it finds does not matter, only that it ends
    by itself.
    """
    pinned = ["taskset", "-c", "0"] if one_core and shutil.which("taskset") else []
    started = time.perf_counter()
    done = subprocess.run([*pinned, *command], capture_output=True, check=False, cwd=folder)
    assert done.returncode >= 0, done.stderr.decode()
    return time.perf_counter() - started


def applications() -> Path:
    """Return the folder of keras.applications, found without importing Keras."""
    keras = importlib.util.find_spec("keras")
    assert keras is not None
    assert keras.origin is not None
    return Path(keras.origin).parent / "src" / "applications"


def main(folder: Path) -> None:
    """Print the median times and their ratios to the bare parse."""
    files = sorted(folder.rglob("*.py"))
    lines = sum(path.read_bytes().count(b"\n") for path in files)
    check = [sys.executable, "-m", "layoutlint", "check", "--output-format", "concise", str(folder)]
    rows: dict[str, tuple[list[str], bool]] = {
        "libcst.parse_module, one core": ([sys.executable, "-c", PARSE, str(folder)], True),
        "layoutlint check": ([*check, "--no-cache"], False),
        "layoutlint check, one core": ([*check, "--no-cache", "--jobs", "1"], True),
        "layoutlint check, second run": (check, False),
    }
    if shutil.which("torchfix"):
        rows["torchfix --select=ALL"] = (["torchfix", "--select=ALL", str(folder)], False)
    if shutil.which("pylint"):
        rows["pylint -E"] = (["pylint", "--disable=all", "--enable=E", *map(str, files)], False)
    times: dict[str, list[float]] = {name: [] for name in rows}
    with tempfile.TemporaryDirectory() as scratch:
        for number in range(RUNS + 1):
            for name, (command, one_core) in rows.items():
                taken = seconds(command, scratch, one_core=one_core)
                if number:  # the first round warms up
                    times[name].append(taken)
    print(f"{folder.name}: {len(files)} files, {lines} lines, {os.cpu_count()} cores")
    base = statistics.median(next(iter(times.values())))
    for name, found in times.items():
        median = statistics.median(found)
        print(f"  {name:32} {median:6.2f} s   {median / base:5.2f} times")


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve() if len(sys.argv) > 1 else applications())
