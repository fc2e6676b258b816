"""Runs layoutlint on the programs."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

import layoutlint
from tests.crossings.parts import STYLES, Case, program


def found(case: Case, loader: str, style: str, folder: Path) -> bool:
    """Tell whether the mistake of a program is found; of a correct one, whether anything is.

    AssertionError for a program that cannot be read.
    """
    for name, text in program(case, loader, style).items():
        (folder / name).write_text(text, encoding="utf-8")
    report = layoutlint.check_path(folder)
    assert all(each.status in ("checked", "skipped") for each in report.inputs), report.inputs
    rules = {finding.rule for finding in report.findings}
    return bool(rules & case.rules if case.rules else rules)


def rows(cases: Iterable[Case]) -> Iterator[tuple[Case, str, int]]:
    """Yield each case with each way to load its data, and in how many styles something is found."""
    for case in cases:
        for loader in case.loaders:
            count = 0
            for style in STYLES:
                with tempfile.TemporaryDirectory() as folder:
                    count += found(case, loader, style, Path(folder))
            yield case, loader, count
