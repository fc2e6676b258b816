"""Exit codes, the same in every output format."""

from __future__ import annotations

from collections.abc import Sequence

from layoutlint.findings import Coverage, Report, Severity

CLEAN = 0
FINDINGS = 1
ERROR = 2
NOTHING = 3
INTERRUPTED = 130
BROKEN_PIPE = 141


def of_report(report: Report, fail_on: Severity, *, allow_empty: bool = False) -> int:
    """The exit code of a check.

    An input that could not be read outweighs findings: what was not read may hide more. ``allow_empty``
    calls it clean where there was nothing to check.
    """
    code = of_inputs(report.inputs, allow_empty=allow_empty)
    failing = any(finding.severity >= fail_on for finding in report.findings)
    return FINDINGS if failing and code == CLEAN else code


def of_inputs(inputs: Sequence[Coverage], *, allow_empty: bool = False) -> int:
    """The exit code that the inputs alone give."""
    statuses = {coverage.status for coverage in inputs}
    if "error" in statuses:
        return ERROR
    return CLEAN if "checked" in statuses or allow_empty else NOTHING
