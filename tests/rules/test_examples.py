"""Every rule's examples hold, and every rule has enough of them."""

from __future__ import annotations

import pytest

from layoutlint.engine.examples import check, examples_of
from layoutlint.engine.rules import builtin
from layoutlint.interpreter.core import array_items
from layoutlint.interpreter.keras import set_weights
from layoutlint.interpreter.keras.applications import applications
from layoutlint.interpreter.libraries import image_batches, image_sizes
from layoutlint.layers.registry import registry
from layoutlint.operations.catalogue import operations

RULES = builtin()
EXAMPLES = [example for rule in RULES for example in examples_of(rule)]

TOLD_BY_SOURCE_ALONE = {
    "argmax-over-samples",
    "batch-merged",
    "fed-channel-count",
    "fed-width-before-height",
    "impossible-backbone-input",
    "missing-channel-axis",
    "stored-in-other-shape",
    "swapped-image-size",
    "width-before-height",
    "count-vectors-as-sequence",
    "labels-beyond-units",
    "labels-with-categorical-loss",
    "loss-refuses-target",
    "one-hot-with-sparse-loss",
    "steps-unlike-target",
    "target-broadcast",
    "targets-unlike-outputs",
    "units-unlike-target",
    "expand-before-batch",
    "fed-axes-swapped",
    "fed-shape",
    "fed-structure",
    "missing-sample-axis",
    "unequal-sample-counts",
    "samples-as-steps",
    "set-weights-shape",
    "squeeze-all-axes",
    "strides-by-position",
    "swapped-steps-and-features",
}
"""What contradicts the layer is a name, what a program feeds it, an operation outside the layers or
how an argument is written: no saved model holds it.
"""

TOLD_BY_SAVED_MODELS_ALONE = {"weights-contradict-shape"}
"""What contradicts the layer are trained weights, which no source holds."""


@pytest.mark.parametrize("example", EXAMPLES, ids=[f"{e.rule}:{e.line}" for e in EXAMPLES])
def test_the_example_holds(example):
    assert [str(failure) for failure in check(example, RULES)] == []


@pytest.mark.parametrize("rule", RULES, ids=[rule.name for rule in RULES])
def test_the_rule_is_well_argued(rule):
    examples = examples_of(rule)
    language = "json" if rule.name in TOLD_BY_SAVED_MODELS_ALONE else "python"
    told = [example for example in examples if example.language == language]
    assert sum(example.is_good for example in told) >= 3, "three good examples"
    bad = sum(f"expect: {rule.name}" in f"{example.info}\n{example.text}" for example in told)
    assert bad >= 3, "three bad examples"
    in_models = any(rule.name in example.info for example in examples if example.language == "json")
    assert in_models != (rule.name in TOLD_BY_SOURCE_ALONE), "a saved model"
    for heading in ("## Why it is a mistake", "## What to do instead", "## When the rule is wrong"):
        assert heading in rule.explanation
    assert 20 < len(rule.summary) < 150
    assert all(case.tip is not None or rule.name == "rank-mismatch" for case in rule.cases)


@pytest.mark.parametrize("rule", RULES, ids=[rule.name for rule in RULES])
def test_the_rule_looks_at_classes_that_there_are(rule):
    old = {"LocallyConnected1D", "LocallyConnected2D"}  # Keras 2 alone has them
    told = {function.spoken for function in image_sizes.FUNCTIONS.values()}
    batches = {f"ImageDataGenerator.{name.rsplit('.', 1)[1]}" for name in image_batches.METHODS}
    noted = {set_weights.SET_WEIGHTS, array_items.STORE, *told, *batches, *applications()}
    assert rule.applies_to - old <= registry().keys() | operations().keys() | noted


def test_rules_supersede_rules_that_there_are():
    names = {rule.name for rule in RULES}
    assert all(rule.supersedes <= names for rule in RULES)
