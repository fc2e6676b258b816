"""How much faster is `layoutlint check model.keras` than loading the model, and how much of the file does
it read?

    python benchmarks/saved_model.py [--runs 5] [--model ResNet50] [MODEL_FILE]

Whole processes in turn on one machine: `layoutlint check` of a saved keras.applications model against
`keras.models.load_model(...).summary()`. The figures are the medians of the runs and their ratio. What is
read is counted where it happens: a hook on every `open` of the model's file in the checking process wraps
the file object. Without MODEL_FILE the model is built and saved first (random weights).
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

CHECK = "from layoutlint.cli import run; run()"

LOAD = "import sys, keras; keras.models.load_model(sys.argv[1]).summary()"

SAVE = "import sys, keras; getattr(keras.applications, sys.argv[1])(weights=None).save(sys.argv[2])"

COUNT = """
import builtins, io, json, pathlib, sys

target, counter = sys.argv[1], {"bytes": 0}

class Counted(io.FileIO):
    def read(self, size=-1):
        data = super().read(size)
        counter["bytes"] += len(data)
        return data
    def readall(self):
        data = super().readall()
        counter["bytes"] += len(data)
        return data
    def readinto(self, buffer):
        count = super().readinto(buffer)
        counter["bytes"] += count
        return count

opened = io.open

def open_counted(file, mode="r", buffering=-1, *rest, **named):
    if str(file) == target and mode == "rb":
        return Counted(file) if buffering == 0 else io.BufferedReader(Counted(file))
    return opened(file, mode, buffering, *rest, **named)

builtins.open = io.open = open_counted
sys.argv = ["layoutlint", "check", target]
from layoutlint.cli import main
try:
    main()
except SystemExit:
    pass
print(json.dumps(counter), file=sys.stderr)
"""


def run(arguments: list[str], accepted: tuple[int, ...] = (0,)) -> tuple[float, str]:
    """Run a process; the seconds it took, and its standard error."""
    environment = os.environ | {"TF_CPP_MIN_LOG_LEVEL": "3", "CUDA_VISIBLE_DEVICES": ""}
    # an installed package has its bytecode
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    start = time.perf_counter()
    done = subprocess.run(
        [sys.executable, *arguments], capture_output=True, text=True, env=environment, check=False
    )
    seconds = time.perf_counter() - start
    if done.returncode not in accepted:
        sys.exit(f"{arguments[:2]} failed with {done.returncode}:\n{done.stderr[-2000:]}")
    return seconds, done.stderr


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("file", nargs="?", type=Path)
    parser.add_argument("--model", default="ResNet50")
    parser.add_argument("--runs", type=int, default=5)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        file = options.file or Path(folder) / f"{options.model.lower()}.keras"
        if options.file is None:
            run(["-c", SAVE, options.model, str(file)])
        run(["-c", CHECK, "check", str(file)], (0, 1))  # writes the bytecode
        checks, loads = [], []
        for _ in range(options.runs):
            # 0: clean, 1: findings
            checks.append(run(["-c", CHECK, "check", str(file)], (0, 1))[0])
            loads.append(run(["-c", LOAD, str(file)])[0])
        counted = json.loads(run(["-c", COUNT, str(file)])[1].strip().splitlines()[-1])["bytes"]
        size = file.stat().st_size
    check, load = statistics.median(checks), statistics.median(loads)
    print(f"file                      {file.name}, {size / 2**20:.1f} MiB")
    print(f"layoutlint check          {check:.3f} s   (median of {options.runs})")
    print(f"load_model().summary()    {load:.3f} s")
    print(f"ratio                     {load / check:.1f}")
    print(f"bytes read                {counted} ({100 * counted / size:.3f} % of the file)")


if __name__ == "__main__":
    main()
