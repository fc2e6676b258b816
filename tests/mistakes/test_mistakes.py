"""Every labelled mistake is found on its line, nothing else is found, and Keras does what the label says.

A mistake that is labelled as missed must be missed: once it is found its label is out of date.
"""

from __future__ import annotations

from collections import Counter

import pytest

from tests.mistakes.report import VERDICTS, judgements
from tests.mistakes.runner import RULES, found, programs, run

PROGRAMS = programs()
SAMPLE = 20
"""Every so many programs, one is run under Keras in a plain run of the tests."""


def _id(program):
    return program.name


@pytest.mark.parametrize("program", PROGRAMS, ids=_id)
def test_the_mistake_is_found_and_nothing_else(program):
    assert sorted(found(program)) == sorted(program.expected)


@pytest.mark.parametrize("program", PROGRAMS[::SAMPLE], ids=_id)
def test_keras_does_what_the_label_says(program):
    _hold_against_keras(program)


@pytest.mark.slow
@pytest.mark.parametrize("program", PROGRAMS, ids=_id)
def test_keras_does_what_every_label_says(program):
    _hold_against_keras(program)


def _hold_against_keras(program):
    error = run(program)
    if isinstance(error, ImportError):
        pytest.skip(f"needs what is not installed: {error}")
    assert ("crash" if error else "silent") == program.keras, repr(error)


def test_enough_is_found():
    labelled = [(len(program.expected), len(program.missed)) for program in PROGRAMS]
    found_ones, missed_ones = map(sum, zip(*labelled, strict=True))
    assert found_ones / (found_ones + missed_ones) >= 0.9


@pytest.mark.parametrize("program", [p for p in PROGRAMS if p.missed], ids=_id)
def test_what_is_labelled_as_missed_is_missed(program):
    assert not found(program) & program.missed.keys()


def test_judged_findings_name_rules_and_come_to_a_verdict():
    names = {rule.name for rule in RULES}
    for entry in judgements():
        assert entry.rule in names, entry
        assert entry.verdict in VERDICTS, entry
        assert not entry.mended or entry.verdict == "false", entry


def test_every_kind_has_programs_of_both_outcomes():
    outcomes = Counter(program.keras for program in PROGRAMS)
    assert outcomes["crash"] >= 60
    assert outcomes["silent"] >= 60
