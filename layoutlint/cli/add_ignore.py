"""``layoutlint check --add-ignore``: silence the findings of today with comments."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from layoutlint.cli import output
from layoutlint.model.findings import Finding, Report
from layoutlint.model.origins import SourceFile
from layoutlint.reports.coverage import plural
from layoutlint.reports.style import clean
from layoutlint.run.discovery import STANDARD_INPUT
from layoutlint.run.suppressions import UNUSED

if TYPE_CHECKING:
    from layoutlint.fixes.replacing import Trees


def add(report: Report, paths: Sequence[str], reason: str) -> int:
    """Write the comments, tell what was written, and return the number of findings that are left."""
    from layoutlint.fixes.replacing import Trees

    trees = Trees(path for path in paths if path != STANDARD_INPUT)
    by_file: dict[str, list[Finding]] = {}
    left: list[tuple[Finding, str]] = []
    for finding in report.findings:
        if finding.location.line is None:
            left.append((finding, "a saved model has no comments: use per-layer-ignores or a baseline"))
        elif finding.rule != UNUSED:
            by_file.setdefault(finding.location.path, []).append(finding)
    written = 0
    for path, findings in by_file.items():
        remaining = list(_written(path, findings, trees, reason))
        written += len(findings) - len(remaining)
        left += remaining
    output.remark(f"added comments for {plural(written, 'finding')}")
    for finding, why in left:
        output.remark(f"not ignored: {clean(str(finding.location))} {finding.rule}: {why}")
    return len(left)


def _written(
    path: str, findings: Sequence[Finding], trees: Trees, reason: str
) -> Iterator[tuple[Finding, str]]:
    """Write the comments of one file; yield the findings that got none, and why."""
    from layoutlint.fixes import ignoring, replacing, writing

    try:
        target = trees.target(path)
        file = writing.read(path)
        made = ignoring.with_comments(SourceFile(path, file.text, file.cells), findings, reason)
        replacing.replace(target, file.data, file.with_text(made.text))
    except (writing.NotWritableError, replacing.NotWrittenError) as error:
        for finding in findings:
            yield finding, str(error)
        return
    for finding in made.left:
        yield finding, "no line of it can hold a comment"
