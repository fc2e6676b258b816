"""``python -m tests.crossings [--report FILE]``: the table of what is found."""

from __future__ import annotations

import argparse
from pathlib import Path

from tests.crossings.cases import CORRECT, MISTAKES
from tests.crossings.parts import STYLES
from tests.crossings.study import rows

HEAD = """\
# Every way to load, every style

<!-- Made by `python -m tests.crossings --report docs/research/crossings.md`; do not edit. -->

A mistake is to be found whatever file its data come from and however the program is written. {mistakes}
mistakes and {correct} correct programs are put together with each way to load such data and with {styles}
styles: {names}. The numbers say in how many of the {styles} programs the mistake is found; for a correct
program, in how many anything is found, which should be none. All were written for this purpose: what is
found in code that nobody here has seen stands in [evidence.md](evidence.md).
"""
TABLES = (
    (MISTAKES, "| mistake | found | by the way that the data are loaded |"),
    (CORRECT, "| correct program | something found | by the way that the data are loaded |"),
)


def main() -> None:
    """Print or write the page."""
    parser = argparse.ArgumentParser(prog="python -m tests.crossings", description=__doc__)
    parser.add_argument("--report", type=Path, help="write the page")
    options = parser.parse_args()
    text = HEAD.format(
        mistakes=len(MISTAKES), correct=len(CORRECT), styles=len(STYLES), names=", ".join(STYLES)
    )
    for cases, titles in TABLES:
        text += f"\n{titles}\n|---|---:|---|\n"
        by_case: dict[str, list[tuple[str, int]]] = {}
        for case, loader, count in rows(cases):
            by_case.setdefault(case.name, []).append((loader, count))
        total = sum(count for each in by_case.values() for _, count in each)
        programs = len(STYLES) * sum(map(len, by_case.values()))
        for name, each in by_case.items():
            told = ", ".join(f"{loader} {count}" for loader, count in each)
            text += f"| {name} | {sum(count for _, count in each)} of {len(STYLES) * len(each)} | {told} |\n"
        text += f"| all | {total} of {programs} | |\n"
    if options.report:
        options.report.write_text(text, encoding="utf-8")
    else:
        print(text, end="")


if __name__ == "__main__":
    main()
