from __future__ import annotations

import ast
import json

import pytest

from layoutlint.model.unreadable import NothingToReadError, UnreadableError
from layoutlint.readers.notebook import read


def notebook(*sources: object, kind: str = "code", **more: object) -> bytes:
    cells = [{"cell_type": kind, "source": source} for source in sources]
    return json.dumps({"cells": cells, "nbformat": 4, **more}).encode()


def lines(*sources: object) -> list[str]:
    """The Python lines of a notebook with these code cells; they must parse."""
    text, _ = read(notebook(*sources))
    ast.parse(text)
    return text.splitlines()


def test_cells_are_joined_and_know_where_they_begin():
    cells = [
        {"cell_type": "markdown", "source": ["# Title\n", "text"]},
        {"cell_type": "code", "source": ["a = 1\n", "b = 2"]},
        {"cell_type": "raw", "source": "x"},
        {"cell_type": "code", "source": ""},
        {"cell_type": "code", "source": "c = 3\r\nd = 4"},
    ]
    text, found = read(json.dumps({"cells": cells}).encode())
    assert text.splitlines() == ["a = 1", "b = 2", "", "c = 3", "d = 4"]
    assert [(cell.number, cell.first_line) for cell in found] == [(2, 1), (4, 3), (5, 4)]


@pytest.mark.parametrize(
    ("source", "statements"),
    [
        ("%matplotlib inline\nx = 1", ["pass", "x = 1"]),
        ("!pip install keras\nx = 1", ["pass", "x = 1"]),
        ("x = 1\nx?", ["x = 1", "pass"]),
        ("?x\nx.y??", ["pass", "pass"]),
        ("files = !ls\nx = 1", ["files = ...", "x = 1"]),
        ("a, b = %magic\nx = 1", ["a, b = ...", "x = 1"]),
        ("if True:\n    %time x = 1\nelse:\n    !ls", ["if True:\n    pass\n    x = 1\nelse:\n    pass"]),
        ("%timeit -n1 -r 3 f(x)", ["pass", "f(x)"]),
        ("%%timeit -n 3 a = 3\nf(a)", ["pass", "a = 3", "f(a)"]),
        ("%lprun -f g -f h g(x)", ["pass", "g(x)"]),
        ("%memit -r 1 y = g(x)", ["pass", "y = g(x)"]),
        ("%time x = g(\ny", ["pass", "y"]),  # IPython takes one line
        ("%timeit\n%env A=3", ["pass", "pass"]),
        ("  x = 1\n\n  if x:\n    y = 2", ["x = 1", "if x:\n    y = 2"]),
        (">>> for x in y:\n...     f(x)", ["for x in y:\n    f(x)"]),
        ("ls -la ../data\nx = 1", ["pass", "x = 1"]),
        ("ls $DATA\ncd ..\npip install keras\nx = 1", ["pass", "pass", "pass", "x = 1"]),
        ("ls = 3\nrun = [3,\n 4]", ["ls = 3", "run = [3, 4]"]),
        ("!pip install \\\n  keras \\\n  numpy\nx = 1", ["pass", "x = 1"]),
        ("%%bash\nrm -rf /\nls | wc", []),
        ("%%time\nx = 1", ["pass", "x = 1"]),
        ("y = (7\n% 3)\nx = 1", ["y = 7 % 3", "x = 1"]),  # Python, although a line begins with %
    ],
)
def test_what_is_no_python_is_gone_and_the_lines_stay(source, statements):
    found = lines(source)
    assert len(found) == len(source.splitlines())
    text = "\n".join(found)
    assert [ast.unparse(node) for node in ast.parse(text).body] == statements


def test_older_notebooks_have_worksheets():
    old = {"worksheets": [{"cells": [{"cell_type": "code", "input": ["a = 1\n", "b = 2"]}]}], "nbformat": 3}
    text, starts = read(json.dumps(old).encode())
    assert text.splitlines() == ["a = 1", "b = 2"]
    assert [(cell.number, cell.first_line) for cell in starts] == [(1, 1)]


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{",
        b"[]",
        b"3",
        b"{}",
        b'{"cells": 3}',
        b"\xff\xfe\x00",
        b"[" * 100_000,
        b'{"cells": ' + b"[" * 100_000,
    ],
)
def test_what_is_no_notebook(data):
    with pytest.raises(UnreadableError, match="is not a notebook"):
        read(data)


@pytest.mark.parametrize(
    "cell", [None, 3, "x", {}, {"cell_type": "code"}, {"cell_type": "code", "source": [1, None]}]
)
def test_odd_cells_do_no_harm(cell):
    text, _ = read(json.dumps({"cells": [cell, {"cell_type": "code", "source": "a = 1"}]}).encode())
    assert text.split() == ["a", "=", "1"]


@pytest.mark.parametrize(
    "metadata", [{"kernelspec": {"language": "R"}}, {"language_info": {"name": "julia"}, "kernelspec": {}}]
)
def test_other_languages_are_left_alone(metadata):
    with pytest.raises(NothingToReadError, match="notebook in"):
        read(notebook("x <- 1", metadata=metadata))


@pytest.mark.parametrize(
    "metadata", [{}, None, 3, {"kernelspec": {"language": "python"}}, {"language_info": {"name": "Python"}}]
)
def test_python_is_read(metadata):
    text, _ = read(notebook("x = 1", metadata=metadata))
    assert text == "x = 1\n"
