"""The mutation study holds: what operators make, what is excluded, and how much is found."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import tests.mutations.operators  # noqa: F401
from tests.mutations.classification import REASONS, exclusion
from tests.mutations.mutants import OPERATORS, Program, Seen, mutants
from tests.mutations.store import Outcome, Store, corpus, load, program
from tests.mutations.study import Study, of_programs, study

ROOT = Path(__file__).parent.parent.parent
STORE = load()
PROGRAMS = [path.stem for path in corpus() if path.stem in STORE.originals]
SAMPLE = PROGRAMS[::9]
FLOOR = 0.95
"""Of the mutants that count, so many are found, in programs and in saved models."""


def texts(operator: str, text: str, seen: dict[tuple[int, int], Seen] | None = None) -> list[str]:
    """The programs that an operator makes of one."""
    one = Program("example", Path("example.py"), text, seen or {})
    return [mutant.text for mutant in mutants(one, [OPERATORS[operator]])]


@pytest.mark.parametrize(
    ("operator", "before", "after"),
    [
        ("one-step", "x = Input((100, 1))", ["x = Input((1, 100))"]),
        ("one-step", "x = Input((100, 2))", []),
        ("steps-and-features", "x = Input(shape=(100, 2))", ["x = Input(shape=(2, 100))"]),
        ("channels-first", "f(input_shape=(28, 20, 1))", ["f(input_shape=(1, 28, 20))"]),
        ("height-and-width", "SHAPE = (28, 20, 3)", ["SHAPE = (20, 28, 3)"]),
        ("height-and-width", "SHAPE = (28, 28, 3)", []),
        ("batch-added", "Input((None, 4))", ["Input((None, None, 4))"]),
        ("batch-added", "Input(batch_shape=(8, 4))", []),
        ("batch-of-the-data", "Input(X.shape[1:])", ["Input(X.shape)"]),
        ("features-axis-missing", "Input(\n    (28,\n     20))", ["Input(\n    (28,)\n)"]),
        ("samples-as-steps", "n = X.shape[1]\nm = X.shape[2]", ["n = X.shape[0]\nm = X.shape[2]"]),
        ("return-sequences-dropped", "LSTM(8, return_sequences=True)", ["LSTM(8, return_sequences=False)"]),
        ("return-sequences-added", "LSTM(8,)", ["LSTM(8,return_sequences=True)"]),
        ("embedding-arguments", "Embedding(100, output_dim=8)", ["Embedding(8, output_dim=100)"]),
        ("inputs-exchanged", "m.fit([a, b], y)", ["m.fit([b, a], y)"]),
        ("inputs-exchanged", "m.fit([f(a), b], y)", []),
        (
            "array-reshape-for-transpose",
            "y = x.transpose(0, 2, 1)",
            ["y = x.reshape(x.shape[0], x.shape[2], x.shape[1])"],
        ),
        ("targets-not-one-hot", "y = to_categorical(y, 10)", ["y = y"]),
    ],
)
def test_an_operator_changes_the_text_and_no_line_moves(operator: str, before: str, after: list[str]) -> None:
    made = texts(operator, before)
    assert [" ".join(text.split()) for text in made] == [" ".join(text.split()) for text in after]
    assert all(text.count("\n") == before.count("\n") for text in made)


def test_operators_know_what_keras_saw() -> None:
    conv = Seen("Conv1D", ((None, 50, 3),), ((None, 48, 8),))
    text = "import keras\nx = keras.layers.Conv1D(8, 3)(x)"
    assert texts("kernel-wider", text, {(2, 5): conv}) == [text.replace("8, 3", "8, 53")]
    assert texts("flatten-inserted", text, {(2, 5): conv}) == [
        text.replace("(x)", "(keras.layers.Flatten()(x))")
    ]
    pool = Seen("GlobalAveragePooling1D", ((None, 50, 3),), ((None, 3),))
    listed = "m = Sequential([\n    GlobalAveragePooling1D(),\n    Dense(2),\n])"
    assert texts("flatten-dropped", listed, {(2, 5): pool}) == ["m = Sequential([\n    \n    Dense(2),\n])"]


def test_every_exclusion_has_its_reason_written_down() -> None:
    found = {
        exclusion(mutant, STORE.outcomes[mutant.id])
        for name in SAMPLE
        for mutant in _stored_mutants(STORE, name)
    }
    assert found - {None} <= REASONS.keys()
    assert len(found) > 2


def test_what_keras_computes_the_same_is_excluded_whatever_else_holds() -> None:
    name = SAMPLE[0]
    for mutant in _stored_mutants(STORE, name):
        assert exclusion(mutant, Outcome("same")) == "computes the same"
        assert exclusion(mutant, Outcome("crash", "build", 1, "ValueError: expected ndim=3")) is None


def _stored_mutants(store: Store, name: str) -> list:  # type: ignore[type-arg]
    path = next(path for path in corpus() if path.stem == name)
    one = program(path, store.originals)
    assert one is not None, f"{name} has changed: python -m tests.mutations --judge --program {name}"
    return [mutant for mutant in mutants(one, OPERATORS.values()) if mutant.id in store.outcomes]


def test_most_mutants_of_a_sample_are_found() -> None:
    # few of many programs: the mutants of one program are often missed together
    found, count = Study(list(of_programs(STORE, set(PROGRAMS[::2]), every=4))).recall("programs")
    assert count > 100
    assert found / count >= FLOOR - 0.04


@pytest.mark.slow
def test_the_stored_mutants_are_found() -> None:
    whole = study(STORE)
    for group in ("programs", "models"):
        found, count = whole.recall(group)
        assert count > 100
        assert found / count >= FLOOR, [str(result) for result in whole.missed(group)]


@pytest.mark.slow
def test_the_stored_outcomes_are_those_of_keras() -> None:
    # in a process of its own: children are forked of one in which TensorFlow has not yet run anything
    command = [sys.executable, "-m", "tests.mutations", "--verify", "60"]
    answer = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert answer.returncode == 0, answer.stdout[-3000:] + answer.stderr[-3000:]
