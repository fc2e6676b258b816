"""``layoutlint check``."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click
from click.core import ParameterSource

from layoutlint.cli import exits, fixing, options, outcome, output
from layoutlint.reports.formats import CHECK, render
from layoutlint.run.configuration import ConfigurationError

if TYPE_CHECKING:
    from layoutlint.run.check import Checked


@click.command("check")
@options.paths
@options.judgement
@options.reach
@options.output_format(CHECK)
@options.outputs
@click.option("--fix", is_flag=True, help="Apply the safe fixes, then report the remaining findings.")
@click.option("--unsafe-fixes", is_flag=True, help="Apply all fixes: they change what the program computes.")
@click.option("--diff", is_flag=True, help="Show what fixes would change; with --fix only the safe ones.")
@click.option("--allow-empty", is_flag=True, help="Exit with 0 if there is nothing to check (for hooks).")
@click.option("--jobs", "-j", type=click.IntRange(1), help="Number of processes.  [default: one a processor]")
@click.option("--verbose", "-v", is_flag=True, help="Print the version of Keras of each input, and why.")
@click.option("--no-cache", is_flag=True, help="Neither use nor write .layoutlint_cache.")
@click.pass_context
def command(
    ctx: click.Context,
    /,
    paths: tuple[str, ...],
    output_format: str,
    outputs: tuple[options.Output, ...],
    fix: bool,
    unsafe_fixes: bool,
    diff: bool,
    allow_empty: bool,
    jobs: int | None,
    verbose: bool,
    no_cache: bool,
    **judgement: Any,
) -> None:
    """Report input-layout mistakes in source, notebooks and saved models.

    A PATH is a file, a folder (its .gitignore is respected), a glob pattern, or - for standard input.
    """
    from layoutlint.run.check import check

    wish = fixing.Wish.of(diff, fix, unsafe_fixes, output_format)
    projects = options.projects(**judgement)
    try:
        checked = check(paths, projects, jobs, cached=not no_cache)
        fixed = fixing.fix(checked.report, paths, projects, wish) if wish else None
        if fixed is not None and fixed.applied and wish.write:
            checked = check(paths, projects, jobs, cached=not no_cache)
        if any(CHECK[name].holds_edits for name in (output_format, *(name for name, _ in outputs))):
            checked.scenes.proposals = fixing.propose(checked.report, projects)
    except ConfigurationError as error:
        raise output.failure(str(error)) from None
    output.unreadable(checked.report.inputs)
    for path, reason in fixed.failed if fixed is not None else ():
        output.problem(f"{path}: {reason}")
    _write(checked, outputs)
    if wish.diff:
        _closing(checked)
    else:
        _results(checked, output_format)
        if ctx.get_parameter_source("output_format") is ParameterSource.DEFAULT and not outputs:
            _annotate(checked)
    if verbose and not CHECK[output_format].document:
        _versions(checked)
    for line in fixing.remarks(fixed, wish) if fixed is not None else ():
        output.remark(line)
    if fixed is not None and fixed.failed:
        ctx.exit(exits.ERROR)
    ctx.exit(outcome.of_report(checked.report, checked.failing, allow_empty=allow_empty))


def _results(checked: Checked, output_format: str) -> None:
    from layoutlint.reports.style import for_stream

    chosen = CHECK[output_format]
    output.result(render(output_format, checked.report, checked.scenes, for_stream(sys.stdout)))
    if not chosen.tells_coverage and not chosen.document:
        _closing(checked)


def _write(checked: Checked, outputs: Sequence[options.Output]) -> None:
    """Write the report to the files that ``--output`` names."""
    from layoutlint.reports.style import PLAIN

    for name, file in outputs:
        output.to_file(file, render(name, checked.report, checked.scenes, PLAIN))


def _annotate(checked: Checked) -> None:
    """Where GitHub runs this, show findings in the changed lines too."""
    if os.environ.get("GITHUB_ACTIONS") == "true":
        from layoutlint.reports.github import beside_the_text

        output.result(beside_the_text(checked.report))


def _versions(checked: Checked) -> None:
    from layoutlint.reports.coverage import version_lines
    from layoutlint.reports.style import for_stream

    for line in version_lines(checked.report, for_stream(sys.stderr)):
        output.remark(line)


def _closing(checked: Checked) -> None:
    """What was found and covered, beside results of another kind."""
    from layoutlint.reports.coverage import closing_lines
    from layoutlint.reports.style import for_stream

    for line in closing_lines(checked.report, for_stream(sys.stderr)):
        output.remark(line)
