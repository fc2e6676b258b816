"""Every rule's examples hold, and every rule has enough of them."""

from __future__ import annotations

import pytest

from layoutlint.engine.examples import check, examples_of, lacking
from layoutlint.engine.rules import builtin
from layoutlint.inference.pixels import PREPARED
from layoutlint.interpreter.core import array_items
from layoutlint.interpreter.keras import moved_weights, onnx_runtime, set_weights, tflite
from layoutlint.interpreter.keras.applications import applications
from layoutlint.interpreter.libraries import image_batches, image_sizes, tf_data_sources
from layoutlint.layers.registry import registry
from layoutlint.operations.catalogue import operations

RULES = builtin()
EXAMPLES = [example for rule in RULES for example in examples_of(rule)]


@pytest.mark.parametrize("example", EXAMPLES, ids=[f"{e.rule}:{e.line}" for e in EXAMPLES])
def test_the_example_holds(example):
    assert [str(failure) for failure in check(example, RULES)] == []


@pytest.mark.parametrize("rule", RULES, ids=[rule.name for rule in RULES])
def test_the_rule_is_well_argued(rule):
    assert "\n".join(map(str, lacking(rule))) == ""
    assert all(case.tip is not None or rule.name == "rank-mismatch" for case in rule.cases), (
        "a case without `tip`"
    )


@pytest.mark.parametrize("rule", RULES, ids=[rule.name for rule in RULES])
def test_the_rule_looks_at_classes_that_there_are(rule):
    old = {"LocallyConnected1D", "LocallyConnected2D"}  # Keras 2 alone has them
    told = {function.spoken for function in image_sizes.FUNCTIONS.values()}
    batches = {f"ImageDataGenerator.{name.rsplit('.', 1)[1]}" for name in image_batches.METHODS}
    noted = {set_weights.SET_WEIGHTS, tflite.SET_TENSOR, array_items.STORE, *told, *batches, *applications()}
    noted |= {tf_data_sources.WINDOWS, PREPARED, moved_weights.MOVED, onnx_runtime.RUN}
    assert rule.applies_to - old <= registry().keys() | operations().keys() | noted


def test_rules_supersede_rules_that_there_are():
    names = {rule.name for rule in RULES}
    assert all(rule.supersedes <= names for rule in RULES)
