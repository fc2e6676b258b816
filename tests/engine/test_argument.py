"""``argument("rate")``: a rule may ask for any argument of a layer's constructor."""

from __future__ import annotations

import pytest

from layoutlint.engine.judge import judge
from layoutlint.engine.rules import RuleError, parse
from layoutlint.readers import source

PROGRAM = """
from keras import layers
x = layers.Input((10, 4))
x = layers.Dropout(rate=0.9)(x)
x = layers.Conv1D(8, 3, dilation_rate=2, padding="causal")(x)
x = layers.LSTM(units)(x)
"""


def rule(when: str, subject: str = "layer") -> str:
    return (
        f"---\nrule: asked\nsubject: {subject}\nseverity: note\nconfidence: high\nwhen: >-\n  {when}\n"
        "message: found\n---\nFor a test.\n"
    )


@pytest.mark.parametrize(
    ("when", "lines"),
    [
        ('argument("rate") > 0.5', [4]),
        ('argument("rate") > 0.95', []),
        ('argument("padding") == "causal"', [5]),
        ('argument("dilation_rate") == 2', [5]),
        ('argument("units") > 3', []),  # known to the running program alone
        ('not argument("return_sequences")', [6]),
        ('argument("padding") > 3', []),  # a text is not compared with a number
    ],
)
def test_the_argument_is_the_constructor_s(when: str, lines: list[int]) -> None:
    found = judge(source.read(PROGRAM, "test.py"), (parse(rule(when), "asked.md"),))
    assert [finding.location.line for finding in found] == lines


@pytest.mark.parametrize(
    ("when", "subject", "said"),
    [
        ('argument("ratee") > 0.5', "layer", "no layer has an argument 'ratee'; did you mean `rate`?"),
        ("argument(rate) > 0.5", "layer", "takes the name of an argument in quotes"),
        ('argument("rate") > 0.5', "model", "is for rules about layers"),
    ],
)
def test_a_mistake_is_told_when_the_rule_is_loaded(when: str, subject: str, said: str) -> None:
    with pytest.raises(RuleError, match=said.replace("?", r"\?")):
        parse(rule(when, subject), "asked.md")
