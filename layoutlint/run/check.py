"""The check: paths → examined inputs → report. Orchestration alone; each step has its own module."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from layoutlint.model.findings import Finding, Report
from layoutlint.model.origins import Location, SourceFile
from layoutlint.run.configuration import Configuration, ConfigurationError, named_rules
from layoutlint.run.discovery import discover
from layoutlint.run.display_paths import identity, shown_finding
from layoutlint.run.examination import Examined, Examiner, examine
from layoutlint.run.inputs import Opened
from layoutlint.run.scenes import Scenes
from layoutlint.run.suppressions import UNUSED, Sieve

if TYPE_CHECKING:
    from layoutlint.engine.rules import Rule


@dataclass(slots=True)
class Checked:
    """The report of a run, and what stands around its findings."""

    report: Report = field(default_factory=Report)
    scenes: Scenes = field(default_factory=Scenes)


def check(
    paths: Sequence[str], configuration: Configuration, jobs: int | None = None, *, cached: bool = False
) -> Checked:
    """Check everything that the paths stand for. Raises ConfigurationError; never for what an input holds.

    ``jobs`` is the number of processes, by default as many as there are processors once there is enough to
    do. With ``cached``, what is known of a file from an earlier run is taken from the cache beside the
    configuration.
    """
    from layoutlint.run.parallel import examine_all

    # a mistake in the configuration counts even where there is nothing to check
    if any(named_rules(configuration)) or configuration.rules:
        chosen_rules(configuration)
    if configuration.knowledge:
        configuration.reach  # noqa: B018 (the files are read)
    examiner = Examiner(configuration, chosen_rules)
    cache = None
    if cached:
        from layoutlint.run.cache import open_cache

        cache = open_cache(configuration)
    return gather(examine_all(discover(paths), examiner, cache, jobs), configuration)


def judge_all(inputs: Iterable[Opened], configuration: Configuration) -> Checked:
    """The report over inputs that were opened."""
    rules = chosen_rules(configuration)
    return gather((examine(opened, rules, configuration) for opened in inputs), configuration)


def gather(examined: Iterable[Examined], configuration: Configuration) -> Checked:
    """One report over all inputs; one module that two programs import gives its findings once."""
    checked = Checked()
    sieve = Sieve(configuration.patterns)
    everything: list[Finding] = []
    seen: set[tuple[str, Location, str]] = set()
    for item in examined:
        path = item.coverage.path
        checked.report.inputs.append(item.coverage)
        if item.coverage.status != "error":  # what could not be read may not even be a path
            sieve.learn(path, item.comments)
        if item.text is not None:
            checked.scenes.sources[path] = SourceFile(path, item.text.text, item.text.cells)
        if item.rows:
            checked.scenes.models[path] = list(item.rows)
        for finding in item.unsure:
            sieve.excuse(shown_finding(finding, path))
        for finding in item.findings:
            shown = shown_finding(finding, path)
            key = (shown.rule, identity(shown.location), shown.message)
            if key not in seen:
                seen.add(key)
                everything.append(shown)
    # a comment may stand in a file that is checked after the program that imports it
    checked.report.findings = [finding for finding in everything if sieve.keeps(finding)]
    checked.report.ignored = sieve.ignored
    checked.report.findings += _unused(sieve, configuration)
    return checked


def _unused(sieve: Sieve, configuration: Configuration) -> Iterator[Finding]:
    """The comments that silence nothing, unless the configuration leaves that question out."""
    asked = (
        not configuration.select or UNUSED in configuration.select
    ) and UNUSED not in configuration.ignore
    if sieve.own and asked:
        from layoutlint.engine.rules import catalogue

        running = [rule.name for rule in chosen_rules(configuration)]
        yield from sieve.unused(running, (*catalogue(configuration.rules), UNUSED))


def chosen_rules(configuration: Configuration) -> tuple[Rule, ...]:
    """The rules that the configuration selects, with its parameters. Raises ConfigurationError."""
    from layoutlint.engine.rules import RuleError, catalogue

    try:
        rules = catalogue(configuration.rules)
    except RuleError as error:
        raise ConfigurationError(str(error)) from None
    for name in named_rules(configuration):
        if name not in rules and name != UNUSED:
            raise ConfigurationError(unknown_rule(name, rules))
    try:
        for name, values in configuration.parameters.items():
            rules[name] = rules[name].with_parameters(values)
    except ValueError as error:
        raise ConfigurationError(str(error)) from None
    names = configuration.select or tuple(rules)
    return tuple(rule for name, rule in rules.items() if name in names and name not in configuration.ignore)


def unknown_rule(name: str, known: Iterable[str]) -> str:
    """What to say of a rule that there is not."""
    import difflib

    near = difflib.get_close_matches(name, known, n=1)
    return f"there is no rule {name}; " + (
        f"did you mean {near[0]}?" if near else "`layoutlint rules` lists them"
    )
