"""Every labelled mistake is found on its line, nothing else is found, and Keras does what the label says."""

from __future__ import annotations

from collections import Counter

import pytest

from tests.mistakes.runner import found, programs, run

PROGRAMS = programs()
SAMPLE = 12
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
    assert ("crash" if error else "silent") == program.keras, repr(error)


def test_every_kind_has_programs_of_both_outcomes():
    outcomes = Counter(program.keras for program in PROGRAMS)
    assert outcomes["crash"] >= 10
    assert outcomes["silent"] >= 20
