"""``python -m tests.fuzz``: see the package."""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from pathlib import Path

from tests.fuzz.cases import KINDS, Case, write
from tests.fuzz.study import cases, study


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description="Check damaged inputs.")
    parser.add_argument("--count", type=int, default=1000, help="number of cases")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--jobs", type=int, help="number of processes")
    parser.add_argument("--kind", action="append", choices=list(KINDS), default=[])
    parser.add_argument("--write", metavar="NUMBER", type=int, help="write this case of a kind here")
    given = parser.parse_args()
    if given.write is not None:
        (kind,) = given.kind
        write(Case(kind, given.write, given.seed), Path(Path(KINDS[kind].name).name))
        return 0
    wrong: Counter[str] = Counter()
    for case, problem in study(cases(given.count, given.seed, given.kind), given.jobs):
        wrong[case.kind] += 1
        print(f"{case.kind} {case.number}: {problem}", flush=True)
    print(f"{given.count} cases, {wrong.total()} wrong {dict(wrong) if wrong else ''}".rstrip())
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
