"""Facts: the named values that rules may use, computed from a graph when a rule asks for them.

Analysis lives here as code, judgement lives in rule files. Facts know graphs and layers; they know nothing of
rules. One subject a module: ``layer``, ``declaration``, ``model``, ``file``; what is true of the whole file
may be asked of every subject.
"""

from __future__ import annotations

from layoutlint.facts.fact_values import UNKNOWN, Type, Value, shown
from layoutlint.facts.index import Index
from layoutlint.facts.registry import Fact, Facts, Subject, all_facts, facts_of

__all__ = ["UNKNOWN", "Fact", "Facts", "Index", "Subject", "Type", "Value", "all_facts", "facts_of", "shown"]
