"""``--baseline`` and ``--since``: the findings that are new."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from layoutlint.cli import output
from layoutlint.reports.coverage import plural
from layoutlint.reports.style import clean
from layoutlint.run.suppressions import UNUSED

if TYPE_CHECKING:
    from layoutlint.model.findings import Report
    from layoutlint.run.baseline import Entry
    from layoutlint.run.projects import Projects

NAMED_AT_MOST = 5
"""At most this many stale entries are named; the rest are counted."""


def by_baseline(report: Report, file: str, projects: Projects) -> Iterator[str]:
    """Take the findings of a baseline out of a report; yield what to say of its stale entries. Raises
    ClickException.
    """
    from layoutlint.run import baseline

    try:
        known = baseline.load(Path(file))
    except baseline.BaselineError as error:
        raise output.failure(str(error)) from None
    stale = [*_of_run_rules(baseline.apply(known, report), known.root, projects)]
    if stale:
        count = plural(len(stale), "stale entry", "stale entries")
        yield f"{count} in {clean(file)}, which --write-baseline removes:"
        yield from _named(stale)


def _named(stale: Sequence[Entry]) -> Iterator[str]:
    for entry in stale[:NAMED_AT_MOST]:
        yield f"  {clean(entry.path)}: {clean(entry.rule)}: {clean(entry.message)}"
    if len(stale) > NAMED_AT_MOST:
        yield f"  and {len(stale) - NAMED_AT_MOST} more"


def _of_run_rules(entries: Sequence[Entry], root: str, projects: Projects) -> Iterator[Entry]:
    """Yield the entries that this run would have found: of a rule that is not run nothing is known."""
    from layoutlint.run.rule_choice import RuleChoice

    left_out: dict[Path | None, frozenset[str]] = {}
    for entry in entries:
        configuration = projects.of(str(Path(root) / entry.path))
        if configuration.file not in left_out:
            left_out[configuration.file] = RuleChoice(configuration).left_out
        # a comment is judged by the rules that it names
        named = {entry.rule, *(entry.message.split() if entry.rule == UNUSED else ())}
        if left_out[configuration.file].isdisjoint(named):
            yield entry


def write_baseline(report: Report, file: str) -> None:
    """Write the findings of a report as a baseline. Raises ClickException."""
    from layoutlint.run import baseline

    try:
        baseline.save(baseline.of_findings(Path(file), report.findings))
    except baseline.BaselineError as error:
        raise output.failure(str(error)) from None
    output.remark(f"wrote {plural(len(report.findings), 'finding')} to {clean(file)}")


def by_changes(report: Report, revision: str) -> None:
    """Keep the findings about lines that differ from a revision. Raises ClickException."""
    from layoutlint.run import changes

    try:
        changes.keep(changes.since(revision), report)
    except changes.ChangesError as error:
        raise output.failure(f"--since {revision}: {error}") from None
