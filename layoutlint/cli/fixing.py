"""``layoutlint check --diff``, ``--fix`` and ``--unsafe-fixes``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click
from msgspec import Struct

from layoutlint.cli import output
from layoutlint.model.findings import Finding, Report
from layoutlint.reports.style import clean
from layoutlint.run.configuration import Configuration

if TYPE_CHECKING:
    from layoutlint.fixes.session import Applied, Refused
    from layoutlint.model.graph import Graph


class Wish(Struct, frozen=True):
    """What is asked for: to show the changes, to write them, and unsafe ones too."""

    diff: bool = False
    write: bool = False
    unsafe: bool = False

    @classmethod
    def of(cls, diff: bool, fix: bool, unsafe_fixes: bool, output_format: str) -> Wish:
        """The options as they were given. ``--diff`` shows all fixes unless ``--fix`` asks for safe ones."""
        if diff and output_format == "json":
            raise click.UsageError("--diff writes a diff, it has no JSON form")
        return cls(diff, (fix or unsafe_fixes) and not diff, unsafe_fixes or (diff and not fix))

    def __bool__(self) -> bool:
        return self.diff or self.write


class Fixed(Struct):
    """What became of the findings that have a fix."""

    applied: list[Applied] = []
    refused: list[Refused] = []


def fix(report: Report, configuration: Configuration, wish: Wish) -> Fixed:
    """Make the fixes of a report's findings, file by file: shown as a diff, or written."""
    fixed = Fixed()
    by_file: dict[str, list[Finding]] = {}
    for finding in report.findings:
        if finding.fix is not None and finding.location.line is not None:
            by_file.setdefault(finding.location.path, []).append(finding)
    for path, findings in by_file.items():
        _fix_file(path, findings, configuration, wish, fixed)
    return fixed


def _fix_file(
    path: str, findings: Sequence[Finding], configuration: Configuration, wish: Wish, fixed: Fixed
) -> None:
    from layoutlint.engine.judge import Options, judge
    from layoutlint.fixes import writing
    from layoutlint.fixes.session import Refused, Session
    from layoutlint.run.check import chosen_rules

    rules = chosen_rules(configuration)
    options = Options(min_confidence=configuration.min_confidence)

    def judged(graph: Graph) -> list[Finding]:
        return judge(graph, rules, options)

    try:
        if path == "-":
            raise writing.NotWritableError("standard input has no place to write to")
        file = writing.read(path)
        outcome = Session(path, file.cells, judged, wish.unsafe).run(file.text, findings)
        data = file.with_text(outcome.text)
    except writing.NotWritableError as error:
        fixed.refused += [Refused(finding, str(error)) for finding in findings]
        return
    fixed.applied += outcome.applied
    fixed.refused += outcome.refused
    if data == file.data:
        return
    if wish.write:
        Path(path).write_bytes(data)
    else:
        output.result("".join(_diff(path, file.data.decode(file.encoding), data.decode(file.encoding))))


def _diff(path: str, before: str, after: str) -> Iterator[str]:
    import difflib

    old, new = (text.splitlines(keepends=True) for text in (before, after))
    for line in difflib.unified_diff(old, new, f"a/{path}", f"b/{path}"):
        yield line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"


def remarks(fixed: Fixed, wish: Wish) -> Iterator[str]:
    """What to say of the fixes: what was done, what the author must see to, and what was left alone."""
    done = "fixed" if wish.write else "would fix"
    for item in fixed.applied:
        place = f"{clean(str(item.finding.location))} {item.finding.rule}"
        kind = "safe" if item.safe else "unsafe: it changes what the program computes"
        note = f"; {item.note}" if item.note else ""
        yield f"{done} {place} ({kind}{note})"
    for left in fixed.refused:
        if not left.unsafe:
            yield f"not fixed: {clean(str(left.finding.location))} {left.finding.rule}: {clean(left.reason)}"
    unsafe = sum(left.unsafe for left in fixed.refused)
    if unsafe:
        yield f"{unsafe} more can be fixed with --unsafe-fixes (--diff shows how)"
    if not fixed.applied and not fixed.refused:
        yield "nothing that was found has a fix"
