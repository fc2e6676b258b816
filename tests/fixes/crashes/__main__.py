"""The figures of ``docs/fixes.md``: how many programs stop, are found, are changed, and run afterwards."""

from __future__ import annotations

from tests.fixes.crashes.programs import FOLDERS, programs, run
from tests.fixes.helpers import findings_of, fixed


def figures(folder: str) -> str:
    stop = found = changed = work = 0
    for path in programs(folder):
        text = path.read_text(encoding="utf-8")
        outcome = fixed(text)
        stop += run(text) is not None
        found += bool(findings_of(text))
        changed += bool(outcome.applied)
        work += bool(outcome.applied) and run(outcome.text) is None
    count = len(programs(folder))
    return f"{folder}: {count} programs, {stop} stop, {found} found, {changed} changed, {work} run afterwards"


if __name__ == "__main__":
    for name in FOLDERS:
        print(figures(name))
