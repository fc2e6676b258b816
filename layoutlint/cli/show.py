"""``layoutlint show``."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

import click
from msgspec import Struct

from layoutlint.cli import options, output
from layoutlint.model.findings import Coverage, Report
from layoutlint.reports.formats import SHOW
from layoutlint.reports.style import Style
from layoutlint.run.configuration import ConfigurationError
from layoutlint.run.discovery import Candidate
from layoutlint.run.projects import Projects

if TYPE_CHECKING:
    from layoutlint.reports.show_json import Entries


class Shown(Struct, frozen=True):
    """What there is to show of an input: text, or its entries in JSON."""

    coverage: Coverage
    text: str = ""
    entries: Entries | None = None


class Viewer(Struct, frozen=True):
    """Works out what there is to show of an input."""

    projects: Projects
    output_format: str
    style: Style

    def __call__(self, candidate: Candidate) -> Shown:
        """Return the layers of an input, in the form that is asked for."""
        from layoutlint.explain.overview import overview
        from layoutlint.reports import show_json, show_text
        from layoutlint.run.inputs import open_input

        opened = open_input(candidate, self.projects.of(candidate.path).reach)
        if opened.graph is None:
            return Shown(opened.coverage)
        found = overview(opened.graph)
        if self.output_format == "json":
            return Shown(opened.coverage, entries=show_json.entries(opened.coverage.path, found))
        if self.output_format == "concise":
            return Shown(opened.coverage, show_text.render_lines(found, self.style))
        path = opened.coverage.path
        return Shown(opened.coverage, show_text.render_views(path, found, self.style) + "\n")


@click.command("show")
@options.paths
@options.reach
@options.output_format(SHOW)
@options.configuration
@options.color
@click.pass_context
def command(
    ctx: click.Context,
    paths: tuple[str, ...],
    follow: tuple[str, ...],
    budget: float | None,
    keras: str | None,
    with_tensorflow: bool,
    output_format: str,
    config: str | None,
    no_config: bool,
) -> None:
    """Show every layer: what it reads axis by axis, its kernel and its output.

    A static model.summary() with the axes named, for source, notebooks and saved models.
    """
    from layoutlint.reports import show_json
    from layoutlint.reports.coverage import coverage_lines
    from layoutlint.system.hard_limits import HardLimits
    from layoutlint.system.pool import Pool
    from layoutlint.system.worker import Ended

    report = Report()
    entries: list[Entries] = []
    projects = options.projects(
        config, no_config, follow=follow, budget=budget, keras=keras, with_tensorflow=with_tensorflow
    )
    viewer = Viewer(projects, output_format, output.style(sys.stdout))
    inputs, seconds = _inputs(paths, projects)
    pool: Pool[Candidate, Shown]
    with Pool(viewer, HardLimits.of(seconds)) as pool:
        for found in inputs:
            shown = Shown(found) if isinstance(found, Coverage) else pool.one(found)
            if isinstance(shown, Ended):
                shown = Shown(Coverage(found.path, "unknown", "error", shown.reason))
            report.inputs.append(shown.coverage)
            if shown.entries is not None:
                entries.append(shown.entries)
            if shown.text:
                output.result(shown.text)
    if output_format == "json":
        output.result(show_json.document(entries, report.inputs))
    else:
        for line in coverage_lines(report, output.style(sys.stderr)):
            output.remark(line)
    output.unreadable(report.inputs)
    ctx.exit(report.exit_code)


def _inputs(paths: Sequence[str], projects: Projects) -> tuple[list[Candidate | Coverage], float]:
    """Return every input, and the largest budget of one; each configuration is looked through before."""
    from layoutlint.run.discovery import discover

    try:
        found = list(discover(paths, projects.exclusion))
        named = [*projects.of_named(paths)]
        named += [projects.of(each.path) for each in found if isinstance(each, Candidate)]
        for configuration in {each.file: each for each in named}.values():
            _ = configuration.reach
    except ConfigurationError as error:
        raise output.failure(str(error)) from None
    return found, max(configuration.budget for configuration in named)
