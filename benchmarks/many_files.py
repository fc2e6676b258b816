"""How long a folder of Python files without Keras code takes: ``python benchmarks/many_files.py [COUNT]``.

Whole processes, best of five, beside the time that Python needs to start and to read the same files.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from pathlib import Path

FILE = "\n".join(
    f'def function_{n}(first, second={n}):\n    """Some words."""\n    return [first] * second + [{n}]\n'
    for n in range(60)
)
READ = "import sys, pathlib; [p.read_bytes() for p in pathlib.Path(sys.argv[1]).rglob('*.py')]"


def best(command: list[str], expected: int) -> float:
    """Return the shortest of five runs, in seconds."""
    times = []
    for _ in range(5):
        start = time.perf_counter()
        done = subprocess.run(command, capture_output=True, check=False)
        times.append(time.perf_counter() - start)
        assert done.returncode == expected, done.stderr.decode()
    return min(times)


def main(count: int) -> None:
    """Print the two times."""
    with tempfile.TemporaryDirectory() as folder:
        for n in range(count):
            path = Path(folder, f"package_{n // 25}", f"module_{n}.py")
            path.parent.mkdir(exist_ok=True)
            path.write_text(FILE)
        bare = best([sys.executable, "-c", READ, folder], 0)
        checked = best([sys.executable, "-m", "layoutlint", "check", folder], 3)
    print(f"{count} files of {len(FILE.splitlines())} lines without Keras code")
    print(f"  start Python and read them  {bare:6.3f} s")
    print(f"  layoutlint check            {checked:6.3f} s")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 500)
