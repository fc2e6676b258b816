"""From what a run has found to its exit code."""

from __future__ import annotations

from collections.abc import Sequence

from layoutlint.model.findings import Coverage, Report


def of_inputs(inputs: Sequence[Coverage]) -> int:
    """Return the exit code that the inputs alone give."""
    return Report(inputs=list(inputs)).exit_code
