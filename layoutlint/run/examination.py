"""Examining one input: from what discovery found to everything that a report says of it.

An :class:`Examined` is plain data, free of graphs and syntax: it crosses processes and lies in the cache.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from layoutlint.model.findings import Confidence, Coverage, Finding
from layoutlint.model.graph import Graph
from layoutlint.model.origins import Cell, SourceFile, SourceOrigin
from layoutlint.model.reads import Fact
from layoutlint.readers.formats import BY_EXTENSION, extension_of
from layoutlint.run.configuration import Configuration
from layoutlint.run.discovery import Candidate
from layoutlint.run.inputs import (
    KERAS_WORDS,
    Opened,
    internal_error,
    mentions_keras,
    open_input,
    open_text,
)
from layoutlint.run.projects import Projects
from layoutlint.run.reach import Reach
from layoutlint.run.scenes import Row, rows
from layoutlint.run.suppressions import Comment, comments

if TYPE_CHECKING:
    from layoutlint.engine.rules import Rule


SOURCE_READER = "layoutlint.readers.source"

SMALLEST = "import keras\nkeras.Sequential([keras.Input((2, 2)), keras.layers.Dense(1)])\n"
"""A program with a model."""


class Text(Struct, frozen=True):
    """The text that the findings' lines count in: that of the file, of standard input, of a notebook's
    cells.
    """

    text: str
    cells: tuple[Cell, ...]


class Examined(Struct, frozen=True):
    """One input: what became of it, its findings, and what is shown around them.

    ``facts`` are what was read and looked up on disk for it (its own content, imported modules, files that
    were not there): what it says holds for as long as they do, if it is ``steady`` and a change of them would
    be seen (``settled``). ``rows`` are the layers of a saved model that has findings. ``comments`` are those
    that ask to ignore rules; where there are some, ``unsure`` holds the findings that are not sure enough to
    be reported: a comment on one of them is of use.
    """

    coverage: Coverage
    findings: tuple[Finding, ...] = ()
    text: Text | None = None
    rows: tuple[Row, ...] = ()
    facts: tuple[Fact, ...] = ()
    steady: bool = True
    settled: bool = True
    comments: tuple[Comment, ...] = ()
    unsure: tuple[Finding, ...] = ()


class Examiner(Struct):
    """Examines inputs, each under its own configuration; rules are chosen when the first model is met.

    Most files of a folder hold no Keras, and then no rule is ever loaded. It crosses processes as it is.
    """

    projects: Projects
    choose: Callable[[Configuration], Sequence[Rule]]
    rules: dict[Path | None, Sequence[Rule]] = {}
    """By the file of a configuration, as the reaches are."""
    reaches: dict[Path | None, Reach] = {}
    loaded: tuple[str, ...] = ()

    def prepare(self, candidate: Candidate) -> bool:
        """Load what an input needs, so that the workers that are started then have it. Whether there was
        anything to load.

        Raises ConfigurationError for a rule that cannot be used.
        """
        needed = _reader(candidate)
        if needed is None or needed in self.loaded:
            return False
        self.loaded = (*self.loaded, needed)
        import_module(needed)
        if needed == SOURCE_READER:
            configuration = self.projects.of(candidate.path)
            # much is loaded on the way, when it is needed first
            examine(open_text(SMALLEST, "<smallest>"), self._rules(configuration), configuration)
        return True

    def _rules(self, configuration: Configuration) -> Sequence[Rule]:
        key = configuration.file
        if key not in self.rules:
            self.rules[key] = self.choose(configuration)
        return self.rules[key]

    def __call__(self, candidate: Candidate) -> Examined:
        """Return what there is to say of something that discovery found; never raises for what an input
        holds.

        Raises ConfigurationError for a rule that cannot be used.
        """
        configuration = self.projects.of(candidate.path)
        key = configuration.file
        if key not in self.reaches:
            self.reaches[key] = configuration.reach
        opened = open_input(candidate, self.reaches[key])
        rules = self._rules(configuration) if opened.graph is not None else ()
        made = examine(opened, rules, configuration)
        if opened.reads is None:
            return made
        reads = opened.reads
        return replace(made, facts=reads.facts, steady=reads.steady, settled=reads.settled)


def _reader(candidate: Candidate) -> str | None:
    """Return the module that will read an input, as far as a quick look can tell."""
    found = BY_EXTENSION.get(extension_of(candidate.path))
    if found is not None:
        return found.module if found.reader else None
    named = KERAS_WORDS.search(candidate.data) if candidate.data else mentions_keras(candidate.path)
    return SOURCE_READER if named else None


def examine(opened: Opened, rules: Sequence[Rule], configuration: Configuration) -> Examined:
    """Return everything to say of an opened input; a mistake of ours in it becomes one line of
    its coverage.
    """
    graph = opened.graph
    if graph is None:
        return Examined(opened.coverage)
    file = _file(graph)
    found = comments(file) if file is not None else ()
    try:
        findings = tuple(judged(opened, rules, configuration))
        unsure = _unsure(opened, rules, configuration) if found else ()
    except Exception as error:
        return Examined(replace(opened.coverage, status="error", reason=internal_error(error)))
    in_model = any(finding.location.layer is not None for finding in findings)
    return Examined(
        opened.coverage,
        findings,
        # an unused comment is shown in its line, too
        Text(file.text, file.cells) if file is not None and (findings or found) else None,
        tuple(rows(graph)) if in_model else (),
        comments=found,
        unsure=unsure,
    )


def _unsure(opened: Opened, rules: Sequence[Rule], configuration: Configuration) -> tuple[Finding, ...]:
    everything = judged(opened, rules, replace(configuration, min_confidence=Confidence.LOW))
    return tuple(found for found in everything if found.confidence < configuration.min_confidence)


def _file(graph: Graph) -> SourceFile | None:
    """Return the text of an input itself."""
    places = [*(layer.origin for layer in graph.layers), *(call.origin for call in graph.calls)]
    # of other files (imports have led there) the reader of the report has the text on disk
    own = next((o for o in places if isinstance(o, SourceOrigin) and o.file.path == graph.path), None)
    return own.file if own is not None else None


def judged(opened: Opened, rules: Sequence[Rule], configuration: Configuration) -> list[Finding]:
    """Return the findings of one input that are sure enough to be reported, in the order of their places."""
    from layoutlint.engine.judge import Options, judge

    if opened.graph is None:
        return []
    findings = judge(opened.graph, rules, Options(min_confidence=configuration.min_confidence))
    if not configuration.follow:
        return findings
    # the code of installed packages is not the user's to change
    packages = configuration.reach.packages
    return [replace(f, fix=None) if _is_inside(f.location.path, packages) else f for f in findings]


def _is_inside(path: str, packages: Sequence[Path]) -> bool:
    return any(Path(path).is_relative_to(package) for package in packages)
