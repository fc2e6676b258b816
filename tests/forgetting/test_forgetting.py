"""What is forgotten adds no finding, and what is written in another way has the same findings."""

from __future__ import annotations

import ast
import random

import pytest

from tests.forgetting.effects import changing_functions
from tests.forgetting.forgetting import KINDS as WAYS_TO_FORGET
from tests.forgetting.programs import Program, programs
from tests.forgetting.rewriting import KINDS as WAYS_TO_WRITE
from tests.forgetting.study import Sort, study

SAMPLE = 150
SWEEP = 2500
SEEDS = range(4)


@pytest.mark.parametrize("sort", ["forgotten", "rewritten"])
def test_a_sample_of_variants(sort: Sort) -> None:
    assert list(map(str, study(sort, SAMPLE, seed=0).failures)) == []


@pytest.mark.slow
@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("sort", ["forgotten", "rewritten"])
def test_nearly_all_kinds_of_variants(sort: Sort, seed: int) -> None:
    """What remains is on the page: `docs/research/forgetting.md`."""
    failures = list(map(str, study(sort, SWEEP, seed).failures))
    assert len(failures) <= SWEEP // 200, "\n".join(failures)


PROGRAM = Program(
    "sample",
    "sample.py",
    """
import os
from keras import Sequential, layers

def block(model, units=8):
    for _ in range(2):
        model.add(layers.Dense(units, activation="relu"))

class Net(layers.Layer):
    def call(self, x):
        return x

shapes = [(3,), (4,)]
model = Sequential()
model.add(layers.Input(shapes[0]))
block(model, units=4)
out = layers.Dense(1)
model.add(out)
other = Sequential([layers.Dense(2), layers.Dense(1)])
if os.name == "posix":
    model.summary()
""",
)


FUNCTIONAL = Program(
    "functional",
    "functional.py",
    "from keras import Input, layers\n\nx = Input((3,))\nout = layers.Dense(2)(x)\n",
)


@pytest.mark.parametrize("kind", sorted(WAYS_TO_FORGET))
def test_every_way_to_forget_finds_something(kind: str) -> None:
    said = WAYS_TO_FORGET[kind][1](PROGRAM.tree(), random.Random(1))
    assert said is not None


@pytest.mark.parametrize("kind", sorted(WAYS_TO_WRITE))
def test_every_way_to_write_finds_something(kind: str) -> None:
    program = FUNCTIONAL if kind in ("renamed", "variable inlined") else PROGRAM
    drawn = [WAYS_TO_WRITE[kind][1](program.tree(), random.Random(seed)) for seed in range(8)]
    assert any(said is not None for said in drawn)


def test_what_changes_a_model_is_not_forgotten() -> None:
    assert changing_functions(ast.parse(PROGRAM.text)) == {"block"}


def test_programs_of_all_folders_are_changed() -> None:
    assert {one.name.partition("/")[0] for one in programs()} == {"programs", "quiet", "mistakes", "rules"}
