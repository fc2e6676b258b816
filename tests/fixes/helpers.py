"""Fixing a text in one call."""

from __future__ import annotations

from layoutlint.engine.judge import Options, judge
from layoutlint.engine.rules import builtin
from layoutlint.fixes.session import FixOutcome, Session
from layoutlint.model.findings import Confidence, Finding
from layoutlint.model.graph import Graph
from layoutlint.readers import source

RULES = builtin()


def judged(graph: Graph) -> list[Finding]:
    """The findings of a default run."""
    return judge(graph, RULES, Options(min_confidence=Confidence.MEDIUM))


def findings_of(text: str) -> list[Finding]:
    """The findings in a text."""
    return judged(source.read(text, "a.py"))


def fixed(text: str, *, unsafe: bool = True) -> FixOutcome:
    """The text after all its fixes."""
    return Session("a.py", (), judged, unsafe).run(text, findings_of(text))
