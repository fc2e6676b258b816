"""Between which whole numbers the values of an array are, as numpy has them."""

from __future__ import annotations

import numpy as np
import pytest

from layoutlint.inference.spans import Span, distinct, span_of
from tests.interpreter.snippets import PREAMBLE, graph_of


def _array(text):
    return graph_of(f"{PREAMBLE}x = {text}\nnp.copy(x)\n").calls[-1].input_tensors[0]


SPANS = [
    ("np.array([3, 1, 2])", Span(1, 3)),
    ("np.array([3, 1, 2]) - 1", Span(0, 2)),
    ("np.arange(2, 10, 3)", Span(2, 8)),
    ("np.random.randint(1, 6, 500)", Span(1, 5)),
    ("np.random.choice([-1, 1], 500)", Span(-1, 1)),
    ("np.random.choice([-1.0, 0.0, 1.0], 500)", Span(-1, 1)),
    ("2 * np.random.randint(0, 2, 500) - 1", Span(-1, 1)),
    ("np.where(np.random.rand(500) > 0.5, 7, -2)", Span(-2, 7)),
    ("np.array([3, 1, 2]).reshape(-1, 1)", Span(1, 3)),
    ("np.concatenate([np.array([1, 2]), np.array([0, 0])])", Span(0, 2)),
    ("np.array([np.array([1, 2]), np.array([3, 4])])", Span(1, 4)),
    ("np.random.randint(1, 3, 500)[:400]", Span(1, 2)),
    ("np.arange(9)[:, None]", Span(0, 8)),
    ("np.array([3, 9, 2, 1])[1:3]", Span(2, 9)),
    ("np.array([np.array([3, 9, 2, 1])[i : i + 2] for i in (0, 2)])", Span(1, 9)),
    ("np.stack([np.random.randint(2, 90, 16) for _ in range(64)])", Span(2, 89)),
    ("np.array([np.random.randint(3, 90, 1)[0] for _ in range(5000)])", Span(3, 89)),
    ("np.array([i % 7 for i in range(400)])", Span(0, 6)),
    ("np.array([i % 7 for i in range(400)])[: np.random.randint(300, 400)]", Span(0, 6)),
]
UNKNOWN = [
    "np.array([1.0, np.nan])",
    "np.array([1.0, np.inf])",
    "np.random.rand(5)",
    "np.array([0.5, 1.0])",
    "np.array([True, False])",
    "np.where(np.random.rand(5) > 0.5, 1, np.nan)",
    "np.array([1, 2]) / 2",
    "np.arange(100)[:80]",
    "(np.array([3, 1, 2]) - 1)[1:]",
    "np.array([0, 1, 2])[np.array([0, 1])]",
    "np.array([0, 2], dtype=bool)",
    "np.concatenate([np.array([1]), np.random.rand(2)])",
]


@pytest.mark.parametrize(("text", "expected"), SPANS)
def test_span(text, expected):
    real = eval(text, {"np": np})
    assert (real.min(), real.max()) == (expected.lowest, expected.highest)
    assert span_of(_array(text)) == expected


@pytest.mark.parametrize("text", UNKNOWN)
def test_unknown_span(text):
    assert span_of(_array(text)) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("np.array(['a', 'b', 'a'])", 2),
        ("np.array([4, 9, 4])", 2),
        ("np.random.rand(5)", None),
        ("np.array(['a', 'b', 'a'])[:, None]", 2),
        ("np.array(['a', 'b'])[:1]", None),
        ("np.concatenate([np.array(['a']), np.array(['b'])])", None),
    ],
)
def test_distinct_values(text, expected):
    assert distinct(_array(text)) == expected


@pytest.mark.parametrize("change", ["x[x == 2] = 0", "x.reshape(-1)[0] = 9", "if x.sum(): x[0] = 9"])
def test_items_that_are_set_are_not_known(change):
    graph = graph_of(f"{PREAMBLE}x = np.array([1, 2])\n{change}\nnp.copy(x)\n")
    assert span_of(graph.calls[-1].input_tensors[0]) is None
