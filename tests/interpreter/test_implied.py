"""Conditions that decide others: Python says for which values they hold."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from layoutlint.interpreter.core.implied import decides, in_full
from layoutlint.interpreter.core.scenarios import constants_in
from layoutlint.interpreter.core.values import External, Value

CASES = [
    # what holds, what is asked, the answer
    (["n > 2"], "n > 2", True),
    (["n > 2"], "n <= 2", False),
    (["n > 2"], "n == 1", False),
    (["n > 2"], "n > 1", True),
    (["n > 2"], "2 < n", True),
    (["n > 2"], "n > 3", None),
    (["not (n > 2)"], "n <= 2", True),
    (["not (n > 2)"], "n >= 3", False),
    (["n == 2"], "n > 1", True),
    (["n == 2"], "n != 2", False),
    (["n != 2"], "n == 2", False),
    (["n != 2"], "n > 2", None),
    (["kind == 'a'"], "kind == 'b'", False),
    (["kind == 'a'"], "kind in ('a', 'c')", True),
    (["kind in ('a', 'b')"], "kind not in ('a', 'b')", False),
    (["kind in ['a', 'b']"], "kind == 'c'", False),
    (["kind in ['a', 'b']"], "kind == 'a'", None),
    (["kind in ['a', 'b']", "not (kind == 'a')"], "kind == 'b'", True),
    (["kind in ['a', 'b']", "kind != 'a'"], "kind in ['b', 'c']", True),
    (["kind in ['a', 'b']", "not (kind == 'a')", "not (kind == 'b')"], "kind == 'c'", None),
    (["not (kind in ['a', 'b'])"], "kind == 'b'", False),
    (["not (kind in ['a', 'b'])"], "kind == 'c'", None),
    (["not (kind in ['a', 'b'])"], "kind in ['b', 'a']", False),
    (["kind == 'a' or kind == 'b'"], "kind == 'c'", False),
    (["kind == 'a' or kind == 'b'"], "kind in ['a', 'b', 'c']", True),
    (["not (kind != 'a' and kind != 'b')"], "kind == 'c'", False),
    (["kind == 'a' or small"], "kind == 'c'", None),
    (["kind == 'a' or other == 'b'"], "kind == 'c'", None),
    (["'cnn' in kind"], "kind == 'lstm'", False),
    (["'cnn' in kind"], "kind == 'cnn_wide'", None),
    (["not ('cnn' in kind)"], "kind == 'cnn_wide'", False),
    (["'cnn' in kind"], "'lstm' in kind", None),
    (["kind in ['cnn', 'cnn_wide']"], "'cnn' in kind", True),
    (["kind.startswith('cnn')"], "kind == 'lstm'", False),
    (["kind == 'cnn_wide'"], "kind.startswith('cnn')", True),
    (["kind == 'cnn_wide'"], "kind.endswith('wide')", True),
    (["not kind.startswith('cnn')"], "kind in ['cnn_a', 'cnn_b']", False),
    (["n in (1, 2)"], "n < 3", True),
    (["n in (1, 2)"], "n > 1", None),
    (["n in (1, 2)", "n != 1"], "n > 1", True),
    (["n > 2"], "n in (1, 2)", False),
    (["n in names"], "n == 1", None),
    (["x is None"], "x is not None", False),
    (["not (x is None)"], "x is None", False),
    (["n > 2 and small"], "n > 1", True),
    (["not (n > 2 or small)"], "n > 2", False),
    (["n > 2 or small"], "n > 2", None),
    (["len(a) > 1"], "len(a) >= 2", True),
    (["rate > 0"], "rate >= 1", None),
    (["small"], "small", True),
    (["not (small)"], "small", False),
    (["small"], "not small", False),
    (["not small"], "small", False),
    (["not (not small)"], "small", True),
    (["not (a) and not (b)"], "a", None),
    (["not (a is one that is cut...)"], "a is one that is cut...", False),
    (["n > 2"], "m <= 2", None),
    (["n > 2"], "n == 'a'", None),
    (["n > 2 and something_that_is_cut..."], "n > 2", None),
]


@pytest.mark.parametrize(("held", "asked", "answer"), CASES)
def test_cases(held: list[str], asked: str, answer: bool | None) -> None:
    assert decides(held, asked) is answer


def test_names_stand_for_what_they_hold() -> None:
    constants = {"KINDS": "['a', 'b']", "self.kinds": "('a',)", "FIRST": "'a'"}
    assert in_full("kind in KINDS", constants) == "kind in ['a', 'b']"
    assert in_full("not (kind in self.kinds)", constants) == "not kind in ('a',)"
    assert in_full("kind in KINDS.keys() or kind == FIRST", constants) == "kind in ['a', 'b'] or kind == 'a'"
    assert in_full("kind.startswith(FIRST)", constants) == "kind.startswith('a')"
    assert in_full("other.kinds is KIN...", constants) == "other.kinds is KIN..."


def test_tables_of_the_same_keys_are_told_apart() -> None:
    first: dict[Value, Value] = {"a": External("keras.layers.GRU")}
    second: dict[Value, Value] = {"a": External("keras.layers.LSTM")}
    found = constants_in({"SMALL": {"a": 0}, "LARGE": {"a": 9}, "FIRST": first, "SECOND": second})
    assert len(set(found.values())) == 4
    held = [in_full("SMALL[kind] > 3", found), in_full("kind in FIRST", found)]
    assert decides(held, in_full("LARGE[kind] > 3", found)) is None
    assert decides(held, in_full("kind in SECOND", found)) is True


VALUES = [-1, 0, 0.5, 1, 1.5, 2, 2.5, 3, 4]
SIGNS = ["<", "<=", ">", ">=", "==", "!="]
COMPARISONS = st.builds(
    lambda sign, value, turned: f"{value} {sign} n" if turned else f"n {sign} {value}",
    st.sampled_from(SIGNS),
    st.integers(0, 3),
    st.booleans(),
)
CONDITIONS = st.one_of(
    COMPARISONS,
    st.builds("not ({})".format, COMPARISONS),
    st.builds("{} and {}".format, COMPARISONS, COMPARISONS),
    st.builds("not ({} or {})".format, COMPARISONS, COMPARISONS),
)


@given(st.lists(CONDITIONS, min_size=1, max_size=3), COMPARISONS)
def test_an_answer_holds_for_every_value(held: list[str], asked: str) -> None:
    answer = decides(held, asked)
    possible = [n for n in VALUES if all(eval(text, {"n": n}) for text in held)]
    if answer is not None:
        assert all(eval(asked, {"n": n}) is answer for n in possible)


@given(st.sampled_from(list(itertools.product(SIGNS, range(4)))), COMPARISONS)
def test_one_comparison_decides_all_that_it_can(held: tuple[str, int], asked: str) -> None:
    text = f"n {held[0]} {held[1]}"
    answers = {eval(asked, {"n": n}) for n in VALUES if eval(text, {"n": n})}
    if held[0] != "!=":
        assert (decides([text], asked) is not None) == (len(answers) == 1)
