"""The examples' own tests: each kind of failure is found, at its line of the rule file."""

from __future__ import annotations

import pytest

from layoutlint.engine.examples import examples_of, run, run_folder
from layoutlint.engine.rules import RuleError, builtin, parse

FRONT = """\
---
rule: wide-input
subject: layer
severity: note
confidence: low
applies-to: [Dense]
when: input_dim > 100
message: "{layer} reads {input_dim}"
---
Words.

"""
IMPORT = "from keras.layers import *\nfrom keras import Input, Sequential\n"
BAD = "x = Dense(1)(Input((101,)))"
GOOD = "x = Dense(7)(Input((100,)))"
MODEL = """\
{"class_name": "Sequential", "config": {"name": "s", "layers": [
  {"class_name": "InputLayer", "config": {"batch_shape": [null, 101], "name": "i"}},
  {"class_name": "Dense", "config": {"name": "dense", "units": 1}}]}}"""


def rule(language, body, info=""):
    return parse(f"{FRONT}```{language}{info}\n{body}\n```\n", "wide-input.md")


def failures(language, body, info="", further=()):
    return [str(failure) for failure in run([rule(language, body, info)], further).failures]


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        (f"{BAD}  # expect: wide-input", []),
        (BAD, ["wide-input.md:15: wide-input was found, but not expected: Dense reads 101"]),
        (GOOD, []),
        (f"{GOOD}  # expect: wide-input", ["wide-input.md:15: wide-input was expected here, but not found"]),
        (f"\n{BAD}\n# expect: wide-input", 2),
        (f"{GOOD}  # shape: (None, 7)", []),
        (f"{GOOD}  # shape: (None,7)  # as it should be", 1),
        (f"{GOOD}  # shape: (None, 8)", 1),
        (
            "# shape: (None, 7)",
            ["wide-input.md:15: the shape (None, 7) was expected, but there is no layer here"],
        ),
        ("x = Dense(7)(Flatten()(Input((2, 3))))  # shape: (None, 7)", []),
        ("n = len(open('x').read())\nx = Flatten()(Input((n, 2)))  # shape: ?", 1),
        (f"{BAD}  # expect: wide-input, other", ["wide-input.md:15: other was expected here, but not found"]),
        ("x = (", 1),
    ],
)
def test_source(code, expected):
    found = failures("python", IMPORT + code)
    assert len(found) == expected if isinstance(expected, int) else found == expected


@pytest.mark.parametrize(
    ("text", "info", "expected"),
    [
        (MODEL, " expect: wide-input", []),
        (MODEL, " expect: wide-input@dense", []),
        (MODEL, " expect: wide-input@other", 1),
        (MODEL, "", ["wide-input.md:12: wide-input was found, but not expected: Dense reads 101"]),
        (MODEL.replace("101", "100"), "", []),
        (MODEL.replace("101", "100"), " expect: wide-input", 1),
        ("{", "", 1),
        ("{}", "", 1),
    ],
)
def test_saved_models(text, info, expected):
    found = failures("json", text, info)
    assert len(found) == expected if isinstance(expected, int) else found == expected


def test_other_rules_may_be_expected_and_need_not_be():
    text = IMPORT + "m = Sequential([Conv1D(8, 1, input_shape=(1, 100)), Flatten(), Dense(1)])"
    assert failures("python", text, further=builtin()) == []
    assert failures("python", f"{text}  # expect: conv-single-step", further=builtin()) == []
    assert len(failures("python", f"{text}  # expect: conv-single-step")) == 1


def test_blocks():
    body = "~~~python\na = 1\n~~~\n\n```sh\nrun\n```\n\n  ```python\n  b = 2\n  ```\n\n"
    body += "````text\n```python\n````\n"
    found = examples_of(parse(FRONT + body, "wide-input.md"))
    assert [(example.line, example.text) for example in found] == [(13, "a = 1\n"), (21, "b = 2\n")]
    with pytest.raises(RuleError, match=r"wide-input.md:12:1: a code block without an end"):
        examples_of(parse(FRONT + "```python\na = 1\n", "wide-input.md"))


def test_a_folder(tmp_path):
    (tmp_path / "wide-input.md").write_text(f"{FRONT}```python\n{IMPORT}{BAD}\n```\n")
    outcome = run_folder(tmp_path)
    assert (outcome.rules, outcome.examples, outcome.passed) == (1, 1, False)
    assert outcome.failures[0].line == 15
