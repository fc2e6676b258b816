"""``layoutlint rule``."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from layoutlint.cli import exits, options, output

if TYPE_CHECKING:
    from layoutlint.engine.rules import Rule


@click.command("rule")
@click.argument("name", metavar="NAME|test|new")
@click.argument("folder", required=False, metavar="[DIR|NAME]")
@options.configuration
@click.pass_context
def command(ctx: click.Context, name: str, folder: str | None, config: str | None, no_config: bool) -> None:
    """Explain the rule NAME, run the examples of rules, or begin a new rule.

    "layoutlint rule test" runs the examples of every built-in and configured rule, "layoutlint rule test
    DIR" those of the house rules in a folder: exit code 0 if all hold, 1 if not. "layoutlint rule new NAME"
    prints a rule file to fill in: "layoutlint rule new wide-dense > lint/rules/wide-dense.md".
    """
    from layoutlint.engine.rules import RuleError, builtin, catalogue, load_folder

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
    if name not in rules:
        from layoutlint.run.check import unknown_rule

        raise output.failure(unknown_rule(name, rules))
    _show(rules[name])


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


def _show(rule: Rule) -> None:
    from layoutlint.reports.style import clean_line

    page = "\n".join(_page(rule)).split("\n")
    text = "\n".join(map(clean_line, page)) + "\n"
    if sys.stdout.isatty() and not os.environ.get("NO_COLOR"):
        from rich.console import Console
        from rich.markdown import Markdown

        Console(width=min(Console().width, 100)).print(Markdown(text))
    else:
        output.result(text)


def _page(rule: Rule) -> Iterator[str]:
    """The rule as a page of Markdown."""
    yield f"# {rule.name}"
    yield ""
    yield f"Severity {rule.severity}, confidence {rule.confidence}."
    if rule.applies_to:
        yield f"Looks at {', '.join(sorted(rule.applies_to))}."
    if rule.parameters:
        settings = ", ".join(f"`{name}` = {value}" for name, value in rule.parameters.items())
        yield f"Parameters, set in `[tool.layoutlint.parameters.{rule.name}]`: {settings}."
    if rule.fixes:
        from layoutlint.fixes.registry import FIXES

        told = [f"`{name}` {FIXES[name]}" for name in rule.fixes if name in FIXES]
        yield f"Its fix {'; '.join(told)}: see `layoutlint check --diff`."
    yield ""
    yield rule.explanation.strip()
