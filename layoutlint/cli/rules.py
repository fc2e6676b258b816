"""``layoutlint rules``."""

from __future__ import annotations

import sys
from typing import Final

import click

from layoutlint.cli import options, output
from layoutlint.reports.formats import RULES


@click.command("rules")
@options.configuration
@options.output_format(RULES)
@options.color
def command(config: str | None, no_config: bool, output_format: str) -> None:
    """List all rules, house rules of the configuration included."""
    from layoutlint.engine.rules import RuleError, catalogue
    from layoutlint.reports.json_format import VERSION, dumps
    from layoutlint.reports.rule_page import pages
    from layoutlint.reports.style import clean

    configuration = options.of_current_folder(config, no_config)
    try:
        rules = pages(catalogue(configuration.rules).values())
    except RuleError as error:
        raise output.failure(str(error)) from None
    if output_format == "json":
        listed = [
            {
                "rule": rule.name,
                "group": rule.group,
                "severity": str(rule.severity),
                "confidence": str(rule.confidence),
                "summary": rule.summary,
                "parameters": rule.parameters,
            }
            for rule in rules
        ]
        output.result(dumps({"version": VERSION, "rules": listed}))
        return
    style = output.style(sys.stdout)
    width = max(len(rule.name) for rule in rules)
    groups = max(len(rule.group) for rule in rules)
    for rule in rules:
        name = style("bold", f"{clean(rule.name):<{width}}")
        if output_format == "concise":
            output.result(f"{name}  {rule.severity}\n")
            continue
        grade = style.severity(rule.severity, f"{rule.severity!s:<7}")
        lead = f"{name}  {rule.group:<{groups}}  {grade}"
        taken = len(f"{'':<{width}}  {'':<{groups}}  warning  ")
        output.result(f"{lead}{_beside(clean(rule.summary), taken, style.columns)}\n")


NARROW: Final = 30
"""Columns below which a summary is put on lines of its own."""


def _beside(summary: str, taken: int, columns: int) -> str:
    """Return a summary as it follows a rule: in one line for programs, within the terminal for people."""
    from layoutlint.reports.style import HANGING, wrapped

    if not sys.stdout.isatty():
        return f"  {summary}"
    if columns - taken < NARROW:
        return "\n" + " " * HANGING + "\n".join(wrapped(summary, columns, HANGING))
    return "  " + "\n".join(wrapped(summary, columns, taken))
