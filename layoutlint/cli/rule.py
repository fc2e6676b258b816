"""``layoutlint rule``."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from layoutlint.cli import exits, options, output

if TYPE_CHECKING:
    from layoutlint.engine.rules import Rule

WIDEST = 100
"""Columns of a page on a terminal: longer lines are hard to read."""


@click.command("rule")
@click.argument("name", metavar="NAME|test|new")
@click.argument("folder", required=False, metavar="[PATH|NAME]")
@options.configuration
@click.pass_context
def command(ctx: click.Context, name: str, folder: str | None, config: str | None, no_config: bool) -> None:
    """Explain the rule NAME, run the examples of rules, or begin a new rule.

    "layoutlint rule test" runs the examples of every built-in and configured rule, "layoutlint rule test
    PATH" those of the rules in a folder or of one file: exit code 0 if all hold, 1 if not, or if a page lacks
    something. "layoutlint rule new NAME" prints a rule file to fill in:
    "layoutlint rule new wide-dense > lint/rules/wide-dense.md".
    """
    from layoutlint.engine.rules import RuleError, builtin, catalogue, load_folder
    from layoutlint.reports.rule_page import pages
    from layoutlint.run.rule_choice import unknown_rule

    if name == "new":
        _new(folder)
        return
    configuration = options.of_current_folder(config, no_config)
    try:
        if name == "test":
            tested = load_folder(Path(folder)) if folder else tuple(catalogue(configuration.rules).values())
            ctx.exit(_test(tested, builtin() if folder else ()))
        if folder is not None:
            raise click.UsageError(f"only `rule test` takes a folder, got {folder!r}")
        rules = catalogue(configuration.rules)
    except RuleError as error:
        raise output.failure(str(error)) from None
    found = {page.name: page for page in pages(rules.values())}
    if name not in found:
        raise output.failure(unknown_rule(name, found))
    _show(found[name].text)


def _new(name: str | None) -> None:
    from layoutlint.engine.rules import NAME
    from layoutlint.engine.skeleton import skeleton

    if name is None or not NAME.fullmatch(name):
        raise click.UsageError("`rule new` takes a name of lower-case letters, digits and single hyphens")
    output.result(skeleton(name))


def _test(tested: tuple[Rule, ...], others: tuple[Rule, ...]) -> int:
    """Run the examples of some rules, judged together with the others that are not tested."""
    from layoutlint.engine.examples import lacking, run
    from layoutlint.reports.style import clean

    if not tested:
        output.problem("no rules here")
        return exits.NOTHING
    names = {rule.name for rule in tested}
    outcome = run(tested, [rule for rule in others if rule.name not in names])
    failures = [*(failure for rule in tested for failure in lacking(rule)), *outcome.failures]
    for failure in failures:
        output.result(f"{clean(str(failure))}\n")
    held = f"{len(failures)} mistakes" if failures else "all hold"
    output.remark(f"{outcome.rules} rules, {outcome.examples} examples: {held}")
    return exits.FINDINGS if failures else exits.CLEAN


def _show(text: str) -> None:
    """Print a page: as it is, or for the eye on a terminal."""
    from layoutlint.reports.markdown_text import rendered
    from layoutlint.reports.style import clean_line

    safe = "\n".join(map(clean_line, text.split("\n")))
    if sys.stdout.isatty():
        style = output.style(sys.stdout)
        safe = rendered(safe, min(style.columns, WIDEST), style)
    output.result(safe)
