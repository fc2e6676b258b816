"""How long the command line takes to start: ``python benchmarks/start_up.py``. Processes, best of ten."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

EXAMPLES = Path(__file__).parents[1] / "examples"

COMMANDS = {
    "python -c pass": ["-c", "pass"],
    "layoutlint --version": ["-m", "layoutlint", "--version"],
    "layoutlint --help": ["-m", "layoutlint", "--help"],
    "import layoutlint": ["-c", "import layoutlint"],
    "layoutlint rules": ["-m", "layoutlint", "rules"],
    "layoutlint check signal_wrong.keras": [
        "-m",
        "layoutlint",
        "check",
        str(EXAMPLES / "signal_wrong.keras"),
    ],
    "layoutlint check signal_wrong.py": ["-m", "layoutlint", "check", f"{EXAMPLES}/signal_wrong.py"],
}


def best(arguments: list[str], runs: int = 10) -> float:
    """Return the shortest of some runs, in seconds."""
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        subprocess.run([sys.executable, *arguments], capture_output=True, check=False)
        times.append(time.perf_counter() - start)
    return min(times)


if __name__ == "__main__":
    for title, arguments in COMMANDS.items():
        print(f"{title:<36} {best(arguments):6.3f} s")
