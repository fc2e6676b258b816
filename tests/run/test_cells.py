"""Cells of recurrent layers, used step by step with their states: the whole check, not inference alone."""

from __future__ import annotations

import layoutlint

STEPS = """
from keras import Input, layers
cell = layers.{cell}({units})
x, states = Input((3,)), [Input(({units},)) for _ in range({states})]
for _ in range(3):
    out, states = cell({taken}, states)
"""


def test_a_cell_used_again() -> None:
    for cell, states in (("GRUCell", 1), ("LSTMCell", 2), ("SimpleRNNCell", 1)):
        report = layoutlint.check_source(STEPS.format(cell=cell, units=4, states=states, taken="x"))
        assert [(item.status, item.reason) for item in report.inputs] == [("checked", None)]
        assert not report.findings


def test_a_cell_used_again_on_another_width() -> None:
    # Keras refuses it: the kernel was made for three features
    text = STEPS.format(cell="LSTMCell", units=5, states=2, taken="x") + "cell(out, states)\n"
    report = layoutlint.check_source(text)
    assert report.inputs[0].status == "checked"
    assert [finding.location.line for finding in report.findings] == [7]
