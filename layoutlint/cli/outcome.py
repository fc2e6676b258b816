"""From what a run has found to its exit code."""

from __future__ import annotations

from collections.abc import Sequence

from layoutlint.cli import exits
from layoutlint.model.findings import Coverage, Report


def of_report(report: Report, failing: bool, *, allow_empty: bool = False) -> int:
    """The exit code of a check.

    ``failing`` says whether a finding is severe enough. An input that could not be read outweighs findings:
    what was not read may hide more. ``allow_empty`` calls it clean where there was nothing to check.
    """
    code = of_inputs(report.inputs, allow_empty=allow_empty)
    return exits.FINDINGS if failing and code == exits.CLEAN else code


def of_inputs(inputs: Sequence[Coverage], *, allow_empty: bool = False) -> int:
    """The exit code that the inputs alone give."""
    statuses = {coverage.status for coverage in inputs}
    if "error" in statuses or any(coverage.unread for coverage in inputs):
        return exits.ERROR
    return exits.CLEAN if "checked" in statuses or allow_empty else exits.NOTHING
