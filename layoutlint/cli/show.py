"""``layoutlint show``."""

from __future__ import annotations

import sys

import click

from layoutlint.cli import options, outcome, output
from layoutlint.model.findings import Report
from layoutlint.reports.formats import SHOW


@click.command("show")
@options.paths
@options.reach
@options.output_format(SHOW)
@options.no_config
@click.pass_context
def command(
    ctx: click.Context,
    paths: tuple[str, ...],
    follow: tuple[str, ...],
    budget: float | None,
    output_format: str,
    no_config: bool,
) -> None:
    """Show every layer: what it reads axis by axis, its kernel and its output.

    A static model.summary() with the axes named, for source, notebooks and saved models.
    """
    from layoutlint.explain.overview import overview
    from layoutlint.reports import show_json, show_text
    from layoutlint.reports.coverage import coverage_lines
    from layoutlint.reports.style import for_stream
    from layoutlint.run.discovery import discover
    from layoutlint.run.inputs import open_all

    report = Report()
    views = []
    style = for_stream(sys.stdout)
    configuration = options.reaching(options.configured(paths, no_config), follow, budget)
    for opened in open_all(discover(paths), configuration.reach):
        report.inputs.append(opened.coverage)
        if opened.graph is None:
            continue
        found = overview(opened.graph)
        views += found
        if output_format == "full":
            output.result(show_text.render_views(opened.coverage.path, found, style) + "\n")
        elif output_format == "concise":
            output.result(show_text.render_lines(found, style))
    if output_format == "json":
        output.result(show_json.render_views(views))
    else:
        for line in coverage_lines(report, for_stream(sys.stderr)):
            output.remark(line)
    output.unreadable(report.inputs)
    ctx.exit(outcome.of_inputs(report.inputs))
