"""``layoutlint check --diff``, ``--fix`` and ``--unsafe-fixes``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import click
from msgspec import Struct

from layoutlint.cli import output
from layoutlint.fixes.session import Applied, Refused
from layoutlint.model.findings import Finding, Report
from layoutlint.reports.formats import CHECK
from layoutlint.reports.style import brief, clean
from layoutlint.run.discovery import STANDARD_INPUT
from layoutlint.run.projects import Projects

if TYPE_CHECKING:
    from layoutlint.fixes.proposals import Wanted
    from layoutlint.fixes.replacing import Trees
    from layoutlint.model.findings import Proposal
    from layoutlint.model.origins import Location


class Wish(Struct, frozen=True):
    """What is asked for: to show the changes, to write them, and unsafe ones too."""

    diff: bool = False
    write: bool = False
    unsafe: bool = False

    @classmethod
    def of(cls, diff: bool, fix: bool, unsafe_fixes: bool, output_format: str) -> Wish:
        """Return the options as they were given. ``--diff`` shows all fixes unless ``--fix`` asks for safe
        ones.
        """
        if diff and CHECK[output_format].document:
            raise click.UsageError(f"--diff writes a diff, it has no form in {output_format}")
        return cls(diff, (fix or unsafe_fixes) and not diff, unsafe_fixes or (diff and not fix))

    def __bool__(self) -> bool:
        return self.diff or self.write


class Fixed(Struct):
    """What became of the findings that have a fix."""

    applied: list[Applied] = []
    refused: list[Refused] = []
    failed: list[tuple[str, str]] = []
    """Files that could not be written, and why."""


def fix(report: Report, paths: Sequence[str], projects: Projects, wish: Wish) -> Fixed:
    """Make the fixes of a report's findings, file by file: shown as a diff, or written.

    ``paths`` are those that a person has named: links that lead out of them are never written through.
    """
    from layoutlint.system.hard_limits import HardLimits
    from layoutlint.system.pool import Pool
    from layoutlint.system.worker import Ended

    fixed = Fixed()
    by_file = _fixable(report)
    if not by_file:
        return fixed
    from layoutlint.fixes.replacing import Trees

    trees = Trees(path for path in paths if path != STANDARD_INPUT)
    seconds = FIXES * max(projects.of(path).budget for path in by_file)
    pool: Pool[Task, Done]
    with Pool(Fixer(projects, wish.unsafe), HardLimits.of(seconds)) as pool:
        for path, findings in by_file.items():
            reason = _untouchable(path, trees)
            done = Ended(reason) if reason else pool.one(Task(path, findings))
            if isinstance(done, Ended):
                done = Done(refused=[Refused(finding, done.reason) for finding in findings])
            _finish(path, done, trees, wish, fixed)
    return fixed


def _fixable(report: Report) -> dict[str, list[Finding]]:
    """Return the findings that have a fix, by file."""
    by_file: dict[str, list[Finding]] = {}
    for finding in report.findings:
        if finding.fix is not None and finding.location.line is not None:
            by_file.setdefault(finding.location.path, []).append(finding)
    return by_file


def propose(report: Report, projects: Projects, stdin_name: str) -> dict[tuple[str, Location], Proposal]:
    """Work out what the fix of each finding would change, by rule and place."""
    from layoutlint.fixes.proposals import Proposer, Wanted
    from layoutlint.model.findings import Proposal
    from layoutlint.system.hard_limits import HardLimits
    from layoutlint.system.pool import Pool
    from layoutlint.system.worker import Ended

    by_file = _fixable(report)
    if not by_file:
        return {}
    proposals: dict[tuple[str, Location], Proposal] = {}
    seconds = FIXES * max(projects.of(path).budget for path in by_file)
    pool: Pool[Wanted, list[Proposal]]
    with Pool(Proposer(projects), HardLimits.of(seconds)) as pool:
        for path, findings in by_file.items():
            made = pool.one(Wanted(path, findings)) if path != stdin_name else Ended(NO_PLACE)
            if isinstance(made, Ended):
                made = [Proposal(reason=made.reason) for _ in findings]
            proposals |= {(f.rule, f.location): p for f, p in zip(findings, made, strict=True)}
    return proposals


NO_PLACE = "standard input has no place to write to"


def _finish(path: str, done: Done, trees: Trees, wish: Wish, fixed: Fixed) -> None:
    """Write or show a file with its fixes."""
    from layoutlint.fixes import patch, replacing

    if done.before != done.after and not wish.write:
        output.verbatim(patch.patch(path, done.before, done.after), done.encoding)
    elif done.before != done.after:
        try:
            replacing.replace(trees.target(path), done.before, done.after)
        except replacing.NotWrittenError as error:
            fixed.failed.append((path, f"the fix could not be written: {error}"))
            return
    fixed.applied += done.applied
    fixed.refused += done.refused


FIXES = 10
"""For every fix of a file it is evaluated again: so many budgets are granted together."""


class Task(Struct, frozen=True):
    """A file to fix, and its findings."""

    path: str
    findings: Sequence[Finding]


class Done(Struct, frozen=True):
    """What became of it: the file's bytes before and after, and the findings."""

    before: bytes = b""
    after: bytes = b""
    encoding: str = ""
    applied: list[Applied] = []
    refused: list[Refused] = []


class Fixer(Struct, frozen=True):
    """Works out the fixes of files; writes nothing."""

    projects: Projects
    unsafe: bool

    def __call__(self, task: Task) -> Done:
        """Return the file with the fixes of its findings."""
        from layoutlint.fixes import writing
        from layoutlint.fixes.session import Session

        try:
            file = writing.read(task.path)
            session = Session.of(self.projects, task.path, file.cells, self.unsafe)
            outcome = session.run(file.text, task.findings)
            data = file.with_text(outcome.text)
        except writing.NotWritableError as error:
            return Done(refused=[Refused(finding, str(error)) for finding in task.findings])
        return Done(file.data, data, file.encoding, outcome.applied, outcome.refused)


def _untouchable(path: str, trees: Trees) -> str | None:
    """Why a file is not for us to write, if it is not."""
    from layoutlint.fixes.writing import NotWritableError

    if path == STANDARD_INPUT:
        return NO_PLACE
    try:
        trees.target(path)
    except NotWritableError as error:
        return str(error)
    return None


def remarks(fixed: Fixed, wish: Wish) -> Iterator[str]:
    """Yield what to say of the fixes: what was done, what the author must see to, and what was left alone."""
    done = "fixed" if wish.write else "would fix"
    for item in fixed.applied:
        place = f"{clean(str(item.finding.location))} {item.finding.rule}"
        kind = "safe" if item.safe else "unsafe: it changes what the program computes"
        note = f"; {item.note}" if item.note else ""
        yield f"{done} {place} ({kind}{note})"
    for left in fixed.refused:
        if not left.unsafe:
            yield f"not fixed: {clean(str(left.finding.location))} {left.finding.rule}: {brief(left.reason)}"
    unsafe = sum(left.unsafe for left in fixed.refused)
    if unsafe:
        yield f"{unsafe} more can be fixed with --unsafe-fixes (--diff shows how)"
    if not (fixed.applied or fixed.refused or fixed.failed):
        yield "nothing that was found has a fix"
