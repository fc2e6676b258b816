"""``layoutlint check``."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

import click
from click.core import ParameterSource
from msgspec import Struct

from layoutlint.cli import exits, fixing, new_findings, options, output
from layoutlint.cli.progress import Progress
from layoutlint.reports.formats import CHECK, render
from layoutlint.run.configuration import ConfigurationError
from layoutlint.run.discovery import STANDARD_INPUT

if TYPE_CHECKING:
    from layoutlint.run.check import Checked
    from layoutlint.run.projects import Projects


class _Check(click.Command):
    """A command whose ``--add-ignore`` takes a reason only behind ``=``: the next word is a path."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        return super().parse_args(ctx, [f"{arg}=" if arg == "--add-ignore" else arg for arg in args])


class Search(Struct, frozen=True):
    """What is checked, and which of its findings are reported."""

    paths: tuple[str, ...]
    projects: Projects
    jobs: int | None
    cached: bool
    stdin_name: str
    baseline: str | None
    revision: str | None
    watched: bool

    def run(self, *, write_baseline: bool = False) -> tuple[Checked, list[str]]:
        """Return what was checked, and what to say of the baseline. Raises ConfigurationError."""
        from layoutlint.run.check import check

        progress = Progress(self.watched)
        try:
            checked = check(
                self.paths,
                self.projects,
                self.jobs,
                cached=self.cached,
                stdin_name=self.stdin_name,
                watch=progress,
            )
        finally:
            progress.end()
        remarks: list[str] = []
        if self.baseline is not None:
            if write_baseline:
                new_findings.write_baseline(checked.report, self.baseline)
            remarks += new_findings.by_baseline(checked.report, self.baseline, self.projects)
        if self.revision is not None:
            new_findings.by_changes(checked.report, self.revision)
        return checked, remarks


@click.command("check", cls=_Check)
@options.paths_or_here
@options.judgement
@options.reach
@options.output_format(CHECK)
@options.outputs
@click.option("--statistics", is_flag=True, help="Print how often each rule finds something instead.")
@click.option("--fix", is_flag=True, help="Apply the safe fixes, then report the remaining findings.")
@click.option("--unsafe-fixes", is_flag=True, help="Apply all fixes: they change what the program computes.")
@click.option("--diff", is_flag=True, help="Show what fixes would change; with --fix only the safe ones.")
@click.option("--baseline", metavar="FILE", help="Report only findings that are not in this file.")
@click.option("--write-baseline", is_flag=True, help="Write today's findings to the file of --baseline.")
@click.option(
    "--since", metavar="REF", help="Report only findings about lines that differ from a Git revision."
)
@click.option("--add-ignore", metavar="[=REASON]", help="Write a comment that ignores each finding.")
@click.option("--stdin-filename", metavar="PATH", help="The path of what comes through standard input.")
@options.exit_zero
@click.option("--allow-empty", is_flag=True, help="Exit with 0 if there is nothing to check (for hooks).")
@options.jobs
@click.option("--verbose", "-v", is_flag=True, help="Print the version of Keras of each input, and why.")
@click.option("--quiet", "-q", is_flag=True, help="Print findings and errors only.")
@options.color
@click.option("--no-cache", is_flag=True, help="Neither use nor write .layoutlint_cache.")
@click.pass_context
def command(
    ctx: click.Context,
    /,
    paths: tuple[str, ...],
    output_format: str,
    outputs: tuple[options.Output, ...],
    statistics: bool,
    fix: bool,
    unsafe_fixes: bool,
    diff: bool,
    baseline: str | None,
    write_baseline: bool,
    since: str | None,
    add_ignore: str | None,
    stdin_filename: str | None,
    exit_zero: bool,
    allow_empty: bool,
    jobs: int | None,
    verbose: bool,
    quiet: bool,
    no_cache: bool,
    **judgement: Any,
) -> None:
    """Report input-layout mistakes in source, notebooks and saved models.

    A PATH is a file, a folder (its .gitignore is respected), a glob pattern, or - for standard input; the
    default is the current folder.
    """
    document = CHECK[output_format].document
    if stdin_filename is not None:
        paths = _only_standard_input(paths)
    named = stdin_filename is not None and (fix or unsafe_fixes or diff)
    if named or (add_ignore is not None and STANDARD_INPUT in paths):
        raise click.UsageError("standard input cannot be changed")
    if write_baseline and (baseline is None or since is not None):
        raise click.UsageError("--write-baseline needs --baseline FILE, and all findings: no --since")
    if statistics and document:
        raise click.UsageError(f"--statistics is text, it has no form in {output_format}")
    wish = fixing.Wish.of(diff, fix, unsafe_fixes, output_format)
    search = Search(
        paths or (".",),
        options.projects(**judgement),
        jobs,
        not no_cache,
        stdin_filename or STANDARD_INPUT,
        baseline,
        since,
        not quiet,
    )
    try:
        checked, remarks = search.run(write_baseline=write_baseline)
        fixed = fixing.fix(checked.report, search.paths, search.projects, wish) if wish else None
        changed = fixed is not None and fixed.applied and wish.write
        if add_ignore is not None and not changed:
            from layoutlint.cli.add_ignore import add

            add(checked.report, search.paths, add_ignore)
            changed = True
        if changed:
            checked, remarks = search.run()
        if any(CHECK[name].holds_edits for name in (output_format, *(name for name, _ in outputs))):
            checked.scenes.proposals = fixing.propose(checked.report, search.projects, search.stdin_name)
    except ConfigurationError as error:
        raise output.failure(str(error)) from None
    output.unreadable(checked.report.inputs)
    for path, reason in fixed.failed if fixed is not None else ():
        output.problem(f"{path}: {reason}")
    _write(checked, outputs)
    if statistics:
        _statistics(checked)
    elif not wish.diff:
        _results(checked, output_format, quiet)
        if ctx.get_parameter_source("output_format") is ParameterSource.DEFAULT and not outputs:
            _annotate(checked)
    if not quiet:
        if wish.diff or statistics or not (document or CHECK[output_format].tells_coverage):
            _closing(checked)
        if verbose and not document:
            _versions(checked)
        _remark([*remarks, *(fixing.remarks(fixed, wish) if fixed is not None else ())])
    if fixed is not None and fixed.failed:
        ctx.exit(exits.ERROR)
    checked.report.allows_empty = allow_empty
    code = checked.report.exit_code
    ctx.exit(exits.CLEAN if exit_zero and code == exits.FINDINGS else code)


def _only_standard_input(paths: Sequence[str]) -> tuple[str, ...]:
    """Return the paths for ``--stdin-filename``: the file of that name is not read."""
    if any(path != STANDARD_INPUT for path in paths):
        raise click.UsageError("--stdin-filename is for standard input: the path is -")
    return (STANDARD_INPUT,)


def _remark(lines: Iterable[str]) -> None:
    for line in lines:
        output.remark(line)


def _results(checked: Checked, output_format: str, quiet: bool) -> None:
    style = output.style(sys.stdout, closing=not quiet)
    output.result(render(output_format, checked.report, checked.scenes, style))


def _statistics(checked: Checked) -> None:
    from layoutlint.reports import statistics

    output.result(statistics.render(checked.report, output.style(sys.stdout)))


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

    _remark(version_lines(checked.report, output.style(sys.stderr)))


def _closing(checked: Checked) -> None:
    """Print what was found and covered, beside results of another kind."""
    from layoutlint.reports.coverage import closing_lines

    _remark(closing_lines(checked.report, output.style(sys.stderr)))
