"""How long a tree of model-building code takes: ``python benchmarks/source_tree.py [FOLDER]``.

``layoutlint check`` on the folder (by default the applications of the installed Keras) against a bare
``libcst.parse_module`` over the same files, whole processes on one core, best of three.
"""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
import time
from pathlib import Path

PARSE = """
import pathlib, sys, libcst
for path in sorted(pathlib.Path(sys.argv[1]).rglob("*.py")):
    libcst.parse_module(path.read_bytes())
"""


def best(command: list[str]) -> float:
    """The shortest of three runs on one core, in seconds."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    times = []
    for _ in range(3):
        start = time.perf_counter()
        done = subprocess.run(command, capture_output=True, check=False)
        times.append(time.perf_counter() - start)
        assert done.returncode in (0, 1), done.stderr.decode()
    return min(times)


def applications() -> Path:
    """The folder of keras.applications, found without importing Keras."""
    keras = importlib.util.find_spec("keras")
    assert keras is not None
    assert keras.origin is not None
    return Path(keras.origin).parent / "src" / "applications"


def main(folder: Path) -> None:
    """Print both times and their ratio."""
    files = sorted(folder.rglob("*.py"))
    lines = sum(path.read_bytes().count(b"\n") for path in files)
    parse = best([sys.executable, "-c", PARSE, str(folder)])
    check = best([sys.executable, "-m", "layoutlint", "check", str(folder)])
    print(f"{folder.name}: {len(files)} files, {lines} lines, one core")
    print(f"  libcst.parse_module  {parse:6.2f} s")
    print(f"  layoutlint check     {check:6.2f} s   ({check / parse:.2f} times)")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else applications())
