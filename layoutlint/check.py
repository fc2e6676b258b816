"""The check: paths → graphs → judgements → report. Orchestration alone; each step has its own module."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from layoutlint.configuration import Configuration, ConfigurationError, named_rules
from layoutlint.discovery import discover
from layoutlint.findings import Finding, Report
from layoutlint.inputs import Opened, internal_error, open_all
from layoutlint.origins import Location
from layoutlint.places import identity, shown_finding
from layoutlint.reports.scenes import Scenes

if TYPE_CHECKING:
    from layoutlint.engine.rules import Rule


@dataclass(slots=True)
class Checked:
    """The report of a run, and what stands around its findings."""

    report: Report = field(default_factory=Report)
    scenes: Scenes = field(default_factory=Scenes)


def check(paths: Sequence[str], configuration: Configuration) -> Checked:
    """Check everything that the paths stand for. Raises ConfigurationError; never for what an input holds."""
    return judge_all(open_all(discover(paths)), configuration)


def judge_all(inputs: Iterable[Opened], configuration: Configuration) -> Checked:
    """The report over inputs that were opened."""
    checked = Checked()
    # rules are loaded for the first graph: most files of a folder hold no Keras
    rules = chosen_rules(configuration) if any(named_rules(configuration)) or configuration.rules else None
    seen: set[tuple[str, Location, str]] = set()
    for opened in inputs:
        coverage = opened.coverage
        if opened.graph is not None:
            rules = chosen_rules(configuration) if rules is None else rules
            try:
                findings = judged(opened, rules, configuration)
            except Exception as error:
                coverage = replace(coverage, status="error", reason=internal_error(error))
            else:
                # one module that two programs import gives its findings twice
                fresh = [finding for finding in findings if _identity(finding) not in seen]
                seen.update(map(_identity, fresh))
                checked.report.findings += fresh
                checked.scenes.keep(opened.graph, fresh)
        checked.report.inputs.append(coverage)
    return checked


def _identity(finding: Finding) -> tuple[str, Location, str]:
    return (finding.rule, identity(finding.location), finding.message)


def judged(opened: Opened, rules: Sequence[Rule], configuration: Configuration) -> list[Finding]:
    """The findings of one input that are sure enough to be reported, in the order of their places."""
    from layoutlint.engine.judge import Options, judge

    if opened.graph is None:
        return []
    found = judge(opened.graph, rules, Options(min_confidence=configuration.min_confidence))
    return [shown_finding(finding, opened.coverage.path) for finding in found]


def chosen_rules(configuration: Configuration) -> tuple[Rule, ...]:
    """The rules that the configuration selects, with its parameters. Raises ConfigurationError."""
    from layoutlint.engine.rules import RuleError, catalogue

    try:
        rules = catalogue(configuration.rules)
    except RuleError as error:
        raise ConfigurationError(str(error)) from None
    for name in named_rules(configuration):
        if name not in rules:
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
