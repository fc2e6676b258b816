"""Layers that a program builds itself, before it calls them."""

from __future__ import annotations

import layoutlint

BUILT = """
from keras import Input, layers
dense = layers.Dense(3)
{build}
dense(Input((None, None)))
"""


def test_the_last_axis_of_a_built_layer_may_be_free() -> None:
    report = layoutlint.check_source(BUILT.format(build="dense.build((None, None, 4))"))
    assert not report.findings


def test_the_last_axis_of_another_may_not() -> None:
    report = layoutlint.check_source(BUILT.format(build=""))
    assert [finding.rule for finding in report.findings] == ["undefined-axis"]
