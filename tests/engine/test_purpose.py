"""Errors that a test asks for are no findings; the same call outside is one."""

from __future__ import annotations

import pytest

from layoutlint.engine.judge import judge
from layoutlint.engine.rules import builtin
from layoutlint.readers import source

RULES = builtin()
CODE = """\
import pytest
from keras import Input, layers
inputs = Input((32, 32))
{block}
    layers.Conv2D(8, 3)(inputs)
"""


@pytest.mark.parametrize(
    ("block", "expected"),
    [
        ("if True:", ["rank-mismatch"]),
        ("with open('x') as f:", ["rank-mismatch"]),
        ("with pytest.raises(ValueError, match='ndim'):", []),
        ("with self.assertRaisesRegex(ValueError, 'ndim'), self.subTest():", []),
    ],
)
def test_code_that_is_said_to_raise(block, expected):
    graph = source.read(CODE.format(block=block), "t.py")
    assert [finding.rule for finding in judge(graph, RULES)] == expected
