"""Writing: results to standard output, everything else to standard error."""

from __future__ import annotations

import sys
from collections.abc import Iterable

from layoutlint.findings import Coverage
from layoutlint.reports.style import clean, for_stream


def result(text: str) -> None:
    """Part of what was asked for."""
    sys.stdout.write(text)


def remark(text: str) -> None:
    """A line beside the results."""
    sys.stdout.flush()
    sys.stderr.write(text + "\n")


def problem(text: str) -> None:
    """A line that says what went wrong."""
    style = for_stream(sys.stderr)
    remark(f"{style('error', 'error')}: {clean(text)}")


def unreadable(inputs: Iterable[Coverage]) -> None:
    """A line for each input that could not be read."""
    for coverage in inputs:
        if coverage.status == "error":
            problem(f"{coverage.path}: {coverage.reason}")
