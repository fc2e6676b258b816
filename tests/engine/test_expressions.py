"""The expression language, judged by Python's own arithmetic and by the truth tables of Kleene's logic."""

from __future__ import annotations

import contextlib
import itertools
import warnings

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from layoutlint.engine.conditions import ExpressionError, Parameter, compile_condition
from layoutlint.facts.fact_values import UNKNOWN, Type
from layoutlint.model.sizes import add, multiply, symbol

N = symbol("n")
FACTS = {
    "steps": Parameter(Type.SIZE),
    "width": Parameter(Type.SIZE),
    "rank": Parameter(Type.NUMBER),
    "a": Parameter(Type.TRUTH),
    "b": Parameter(Type.TRUTH),
    "padding": Parameter(Type.TEXT, ("valid", "same", "causal")),
    "layer": Parameter(Type.TEXT),
    "kernel": Parameter(Type.LIST),
}
PARAMETERS = {"least": Parameter(Type.NUMBER)}


def judged(text, **values):
    known = dict.fromkeys(FACTS, UNKNOWN) | {"least": 32} | values
    return compile_condition(text, FACTS, PARAMETERS).holds(known, {"least": known["least"]})


@pytest.mark.parametrize(
    ("text", "values", "expected"),
    [
        ("steps == 1", {"steps": 1}, True),
        ("steps == 1", {"steps": 2}, False),
        ("steps == 1", {"steps": None}, None),  # a free size may be anything
        ("steps == 1", {"steps": N}, None),
        ("steps == 1", {}, None),
        ("steps >= least", {"steps": 32}, True),
        ("steps >= least", {"steps": 32, "least": 33}, False),
        ("1 <= steps <= 4", {"steps": 3}, True),
        ("1 <= steps <= 4", {"steps": 5}, False),
        ("1 <= steps < width", {"steps": 0}, False),  # decided although the width is unknown
        ("1 <= steps < width", {"steps": 2}, None),
        ("width == steps", {"width": N, "steps": N}, True),
        ("width > steps", {"width": add(N, 1), "steps": N}, True),
        ("width != steps", {"width": add(N, 1), "steps": N}, True),
        ("width == steps", {"width": symbol("n"), "steps": N}, None),  # another n
        ("width - steps == 2", {"width": add(N, 2), "steps": N}, True),
        ("width // 2 == steps", {"width": multiply(N, 2), "steps": N}, True),
        ("steps / 2 > 1.4", {"steps": 3}, True),
        ("steps / rank > 1", {"steps": 3, "rank": 0}, None),
        ("steps % 4 == 0", {"steps": 12}, True),
        ("-steps < 0", {"steps": 1}, True),
        ("padding in ['same', 'causal']", {"padding": "causal"}, True),
        ("padding in ['same', 'causal']", {"padding": "valid"}, False),
        ("padding not in ['same', 'causal']", {"padding": "valid"}, True),
        ("padding in ['same']", {}, None),
        ("padding not in ['same']", {}, None),
        ("steps in [1, 3, 4]", {"steps": N}, None),
        ("steps in [1, -1]", {"steps": -1}, True),
        ("2 in kernel", {"kernel": (3, 2)}, True),
        ("2 in kernel", {"kernel": (3, N)}, None),
        ("kernel == [3, 3]", {"kernel": (3, 3)}, True),
        ("kernel[0] == 3 and kernel[-1] == 5", {"kernel": (3, 4, 5)}, True),
        ("kernel[7] == 3", {"kernel": (3,)}, None),
        ("len(kernel) == 2 and max(kernel) == 5", {"kernel": (3, 5)}, True),
        ("max(steps, 2) == 2", {"steps": 1}, True),
        ("min(steps, 2) == 2", {"steps": N}, None),
        ("abs(rank - 5) == 2", {"rank": 3}, True),
        ("symbolic(steps)", {"steps": N}, True),
        ("symbolic(steps)", {"steps": 3}, False),
        ("symbolic(steps)", {}, None),
        ("known(steps)", {}, False),
        ("known(steps)", {"steps": N}, False),
        ("known(steps)", {"steps": 3}, True),
        ("free(steps)", {"steps": None}, True),
        ("free(steps)", {"steps": N}, False),
        ("startswith(layer, 'Conv') and endswith(layer, '1D')", {"layer": "Conv1D"}, True),
        ("'Conv' in layer", {"layer": "SeparableConv1D"}, True),
        ("symbolic(steps) or steps >= least", {"steps": N}, True),
        ("a == true and b != false", {"a": True, "b": True}, True),
        ("  a\n  and b", {"a": True, "b": True}, True),
    ],
)
def test_judgement(text, values, expected):
    assert judged(text, **values) is expected


TRUTHS = {True: True, False: False, UNKNOWN: None}


@pytest.mark.parametrize(("a", "b"), itertools.product(TRUTHS, TRUTHS))
def test_logic_is_kleenes(a, b):
    """False decides an `and`, True decides an `or`, whatever stands beside them."""
    values = {TRUTHS[a], TRUTHS[b]}
    assert judged("a and b", a=a, b=b) is (False if False in values else None if None in values else True)
    assert judged("a or b", a=a, b=b) is (True if True in values else None if None in values else False)
    assert judged("not a", a=a) is (None if TRUTHS[a] is None else not TRUTHS[a])


ARITHMETIC = st.recursive(
    st.integers(0, 20).map(str) | st.sampled_from(["steps", "width"]),
    lambda inner: st.tuples(inner, st.sampled_from(["+", "-", "*"]), inner).map(
        lambda parts: f"({parts[0]} {parts[1]} {parts[2]})"
    ),
    max_leaves=6,
)


@settings(max_examples=50, deadline=None)
@given(ARITHMETIC, ARITHMETIC, st.sampled_from(["==", "<", ">=", "!="]), st.integers(1, 9), st.integers(1, 9))
def test_numbers_as_in_python(left, right, comparison, steps, width):
    text = f"{left} {comparison} {right}"
    truth = eval(text, {}, {"steps": steps, "width": width})  # the test's own text
    assert judged(text, steps=steps, width=width) is truth
    # what is decided with symbols is right for every number
    decided = judged(text, steps=N, width=width)
    assert decided is None or decided is eval(text, {}, {"steps": steps, "width": width})


@pytest.mark.parametrize(
    ("text", "offset", "message"),
    [
        ("", 0, "empty"),
        ("steps == ", 8, "not an expression"),
        ("a and step == 1", 6, "did you mean `steps`"),
        ("steps == 1 and os == 2", 15, "no fact or parameter `os`"),
        ("steps", 0, "is a size where a truth is needed"),
        ("a and steps", 6, "is a size where a truth is needed"),
        ("padding == 1", 11, "is a text"),
        ("padding == 'sane'", 11, "not one of valid, same, causal"),
        ("padding in ['valid', 'sane']", 21, "not one of valid, same, causal"),
        ("layer < 'x'", 0, "where a size or number is needed"),
        ("a + 1 == 2", 0, "is a truth where"),
        ("steps == None", 9, "free(size)"),
        ("steps ** 2 == 1", 0, "not part of the rule language"),
        ("steps is 1", 9, "not part of the rule language"),
        ("__import__('os').system('true') == 1", 0, "no function"),
        ("layer.upper() == 'X'", 0, "no function"),
        ("layer.upper == 'X'", 0, "not part of the rule language"),
        ("(lambda: 1)() == 1", 0, "no function"),
        ("[x for x in kernel] == 1", 0, "not part of the rule language"),
        ("f'{steps}' == 'x'", 0, "not part of the rule language"),
        ("len(steps) == 1", 4, "where a list or text is needed"),
        ("len(kernel, kernel) == 1", 0, "takes 1 argument(s), got 2"),
        ("max() == 1", 0, "argument(s), got 0"),
        ("steps in [width, 1]", 10, "only literal values"),
        ("b'x' == layer", 0, "not part of the rule language"),
        ("a; b", 1, "not an expression"),
        ("a # b", 0, None),
        ("a\x00", 1, "not allowed here"),
    ],
)
def test_mistakes_are_located(text, offset, message):
    if message is None:
        assert judged(text, a=True) is True
        return
    with pytest.raises(ExpressionError, match=message.replace("(", r"\(").replace(")", r"\)")) as raised:
        compile_condition(text, FACTS, PARAMETERS)
    assert raised.value.offset == offset


@pytest.mark.parametrize(
    "text",
    [
        "(" * 900 + "a" + ")" * 900,
        "not " * 450 + "a",
        "a and " * 3000 + "a",
        "-" * 1900 + "1 == 1",
        "9" * 1999 + " == 1",
    ],
    ids=["parentheses", "nots", "long", "minus", "digits"],
)
def test_hostile_text_is_refused_or_judged(text):
    with contextlib.suppress(ExpressionError):
        compile_condition(text, FACTS, PARAMETERS)


def test_what_is_decided_is_not_computed():
    asked = []

    class Facts:
        def __getitem__(self, name):
            asked.append(name)
            return False

    assert compile_condition("a and b", FACTS, {}).holds(Facts(), {}) is False
    assert asked == ["a"]


@pytest.mark.parametrize("text", ["steps == 1if a else b", "steps == 0x1for"])
def test_what_python_warns_of_reaches_nobody(text):
    with warnings.catch_warnings(record=True) as seen, contextlib.suppress(ExpressionError):
        warnings.simplefilter("always")
        compile_condition(text, FACTS, PARAMETERS)
    assert seen == []
