"""``python -m tests.oracle PROGRAM …``: real Keras and layoutlint on the same programs, every difference."""

from __future__ import annotations

import sys
from pathlib import Path

from tests.oracle.comparison import compare, summary
from tests.oracle.recorder import record


def main(paths: list[str]) -> int:
    """Print every verdict that is not exact and a line of counts for each program; 1 if any is wrong."""
    wrong = 0
    for path in paths:
        program = Path(path).resolve()
        recording = record(program)
        verdicts = compare(program, recording)
        for verdict in verdicts:
            if verdict.status != "exact":
                print(f"  {verdict}")
        if recording.error:
            print(f"  raised at line {recording.error_line}: {recording.error.splitlines()[0]}")
        counts = summary(verdicts)
        wrong += counts["wrong"]
        print(f"{path}: {', '.join(f'{counts[s]} {s}' for s in ('exact', 'partial', 'missing', 'wrong'))}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
