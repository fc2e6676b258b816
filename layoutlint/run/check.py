"""The check: paths → examined inputs → report. Orchestration alone; each step has its own module."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
from msgspec import Struct

from layoutlint.engine.rule_folder import builtin_folder
from layoutlint.model.findings import Coverage, Finding, Report
from layoutlint.model.origins import Location, SourceFile
from layoutlint.run.configuration import Configuration, named_rules
from layoutlint.run.discovery import STANDARD_INPUT, Candidate, discover
from layoutlint.run.display_paths import identity, shown_finding
from layoutlint.run.examination import Examined, Examiner, examine
from layoutlint.run.inputs import Opened
from layoutlint.run.projects import Projects
from layoutlint.run.rule_choice import RuleChoice, chosen_rules, patterns_of
from layoutlint.run.scenes import Scenes
from layoutlint.run.suppressions import Patterns, Sieve

if TYPE_CHECKING:
    from layoutlint.run.parallel import Watch


class Checked(Struct):
    """The report of a run, and what stands around its findings."""

    report: Report = msgspec.field(default_factory=Report)
    scenes: Scenes = msgspec.field(default_factory=Scenes)


def check(
    paths: Sequence[str],
    configuration: Configuration | Projects,
    jobs: int | None = None,
    *,
    cached: bool = False,
    stdin_name: str = STANDARD_INPUT,
    watch: Watch | None = None,
) -> Checked:
    """Check everything that the paths stand for. Raises ConfigurationError; never for what an input holds.

    A ``configuration`` counts for all files, ``projects`` find that of each. ``jobs`` is the number of
    processes, by default as many as there are processors once there is enough to do. With ``cached``, what is
    known of a file from an earlier run is taken from the cache beside its configuration. Standard input is
    treated as the file ``stdin_name``. ``watch`` is told how many of how many inputs are done.
    """
    projects = configuration if isinstance(configuration, Projects) else Projects(configuration)
    return gather(
        examined(paths, projects, jobs, cached=cached, stdin_name=stdin_name, watch=watch), projects
    )


def examined(
    paths: Sequence[str],
    projects: Projects,
    jobs: int | None = None,
    *,
    cached: bool = False,
    stdin_name: str = STANDARD_INPUT,
    watch: Watch | None = None,
) -> Iterator[Examined]:
    """Yield what there is to say of each input that the paths stand for, in order."""
    from layoutlint.run.parallel import examine_all

    examiner = Examiner(projects, chosen_rules)
    cache = None
    if cached:
        from layoutlint.run.cache import Caches

        cache = Caches(projects)
    return examine_all(_found(paths, projects, stdin_name), examiner, cache, jobs, watch)


def _found(paths: Sequence[str], projects: Projects, stdin_name: str) -> Iterator[Candidate | Coverage]:
    """Yield what discovery finds; the configuration of each is looked through before any of it is
    examined.
    """
    verified: set[Path | None] = set()

    def verify(configuration: Configuration) -> None:
        if configuration.file in verified:
            return
        verified.add(configuration.file)
        if any(named_rules(configuration)) or configuration.rules:
            chosen_rules(configuration)
        if configuration.knowledge or configuration.follow:
            configuration.reach  # noqa: B018 (the files are read)

    # a mistake in the configuration counts even where there is nothing to check
    for configuration in projects.of_named(paths):
        verify(configuration)
    for candidate in discover(paths, projects.exclusion, stdin_name):
        if isinstance(candidate, Candidate):
            verify(projects.of(candidate.path))
        yield candidate


def of_opened(opened: Opened, configuration: Configuration) -> Examined:
    """Return what there is to say of an input that was opened."""
    rules = chosen_rules(configuration) if opened.graph is not None else ()
    return examine(opened, rules, configuration)


def gather(inputs: Iterable[Examined], projects: Projects) -> Checked:
    """Return one report over all inputs; one module that two programs import gives its findings once, though
    with other sizes.
    """
    checked = Checked()
    sieve = Sieve()
    everything: list[tuple[Finding, Configuration]] = []
    seen: set[tuple[str, Location]] = set()
    for item in inputs:
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
        new: dict[tuple[str, Location, str], Finding] = {}
        for finding in item.findings:
            shown = shown_finding(finding, path)
            if (shown.rule, identity(shown.location)) not in seen:
                new.setdefault((shown.rule, identity(shown.location), shown.message), shown)
        everything += [(each, projects.of(path)) for each in new.values()]
        seen |= {(rule, location) for rule, location, _ in new}
    # a comment may stand in a file that is checked after the program that imports it
    patterns: dict[Path | None, Patterns] = {}
    kept = []
    for found, own in everything:
        if own.file not in patterns:
            patterns[own.file] = patterns_of(own)
        if sieve.keeps(found, patterns[own.file]):
            kept.append((found, own))
    checked.report.ignored = sieve.ignored
    kept += _unused(sieve, projects)
    checked.report.findings = [found for found, _ in kept]
    checked.report.severe = {
        (found.rule, found.location) for found, own in kept if found.severity >= own.fail_on
    }
    checked.scenes.pages = dict(_pages(kept))
    return checked


def _pages(kept: Iterable[tuple[Finding, Configuration]]) -> Iterator[tuple[str, Path]]:
    """Yield the files of the rules that found something."""
    for name, configuration in {found.rule: own for found, own in kept}.items():
        for folder in (builtin_folder(), *configuration.rules):
            if (folder / f"{name}.md").is_file():
                yield name, folder / f"{name}.md"


def _unused(sieve: Sieve, projects: Projects) -> Iterator[tuple[Finding, Configuration]]:
    """Yield the comments that silence nothing, unless their configuration leaves that question out."""
    for path, comments in groupby(sieve.own, key=lambda comment: comment.location.path):
        configuration = projects.of(path)
        choice = RuleChoice(configuration)
        if choice.judges_suppressions:
            running = [rule.name for rule in choice.rules]
            for finding in sieve.unused(comments, running, choice.groups):
                yield finding, configuration
