"""Fixing a text in one call."""

from __future__ import annotations

from functools import lru_cache

from layoutlint.engine.judge import Options, judge
from layoutlint.engine.rules import builtin
from layoutlint.fixes.session import FixOutcome, Session
from layoutlint.model.findings import Confidence, Finding
from layoutlint.model.graph import Graph
from layoutlint.model.keras_version import KerasVersion
from layoutlint.readers import source

RULES = builtin()


def judged(graph: Graph) -> list[Finding]:
    """The findings of a default run."""
    return judge(graph, RULES, Options(min_confidence=Confidence.MEDIUM))


@lru_cache(maxsize=1024)
def version_of(text: str) -> KerasVersion:
    """The version that a program says it is for; without a word Keras 3, in which the programs are run."""
    said = source.read(text, "a.py").keras
    return said if said.number is not None else KerasVersion(3, "it is run in Keras 3")


def findings_of(text: str) -> list[Finding]:
    """The findings in a text."""
    return list(_findings_of(text))


@lru_cache(maxsize=1024)
def _findings_of(text: str) -> tuple[Finding, ...]:
    return tuple(judged(source.read(text, "a.py", keras=version_of(text))))


@lru_cache(maxsize=1024)
def fixed(text: str, *, unsafe: bool = True) -> FixOutcome:
    """The text after all its fixes."""
    return Session("a.py", (), judged, unsafe, version_of(text)).run(text, findings_of(text))
