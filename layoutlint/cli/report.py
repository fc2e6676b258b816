"""``layoutlint report``."""

from __future__ import annotations

import sys

import click

from layoutlint.cli import options, output


@click.command("report")
@click.argument("files", nargs=-1, required=True, metavar="RESULTS...")
@click.option("--html", metavar="FILE", help="Write one self-contained HTML page.")
@options.color
def command(files: tuple[str, ...], html: str | None) -> None:
    """Sum up the results of layoutlint scan: of one run, or of all shards together."""
    from layoutlint.fleet.results_file import ResultsError, read
    from layoutlint.fleet.totals import Totals
    from layoutlint.reports.fleet_page import page
    from layoutlint.reports.fleet_text import summary_lines

    totals = Totals()
    try:
        for file in files:
            for row in read(file):
                totals.add(row)
    except ResultsError as error:
        raise output.failure(str(error)) from None
    if html is not None:
        output.to_file(html, page(totals, files))
        return
    output.result("".join(f"{line}\n" for line in summary_lines(totals, output.style(sys.stdout))))
