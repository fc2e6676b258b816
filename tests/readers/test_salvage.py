"""A source with syntax errors is read for the rest, and what was not read never makes a finding."""

from __future__ import annotations

import ast
import random
import sys
from pathlib import Path

import pytest

import layoutlint
from layoutlint.api import check_source
from layoutlint.model.origins import Cell
from layoutlint.model.syntax_text import Div
from layoutlint.model.unreadable import UnreadableError
from layoutlint.readers.python2 import modern
from layoutlint.readers.salvage import parse
from tests.cli.helpers import RIGHT, WRONG, Runner, notebook

ROOT = Path(__file__).parents[2]


@pytest.fixture
def run(tmp_path, monkeypatch, capsysbinary):
    return Runner(tmp_path, monkeypatch, capsysbinary)


BROKEN = [
    ("def f(:\n    return 1\n", 1),
    ("x = (1,\n", 1),
    ("class A:\n    def f(self):\n        return 1 +\n\n    def g(self):\n        return 2\n", 3),
    ("if x\n    y = 1\nelse:\n    y = 2\n", 1),
    ("@decorated\ndef f()\n    return 1\n", 2),
    ("def f():\n", 1),
    ("try:\n    x = 1\nexcept ValueError\n    pass\n", 3),
    ("x = 'unfinished\n", 1),
    ("<<<<<<< ours\nx = 1\n=======\nx = 2\n>>>>>>> theirs\n", 1),
    ("  indented = 1\n", 1),
    ("x = [1, 2\ny = 3\n", 1),
    ("a b c\n", 1),
]


@pytest.mark.parametrize(("broken", "line"), BROKEN)
@pytest.mark.parametrize("first", [True, False])
def test_the_rest_of_a_source_is_read(run, broken, line, first):
    text = broken + WRONG if first else WRONG + broken
    run.write("a.py", text)
    result = run("check", "a.py", "--output-format", "json")
    assert result.code == 2
    (finding,) = result.json["findings"]
    assert finding["rule"] == "conv-single-step"
    assert finding["line"] == 4 + (broken.count("\n") if first else 0)
    (given,) = result.json["inputs"]
    assert given["status"] == "checked"
    at = line + (0 if first else WRONG.count("\n"))
    # where a block has no body, the parser notices behind it
    assert given["unread"][0].startswith((f"line {at}: ", f"line {at + 1}: ")), given["unread"]
    assert f"error: a.py: {given['unread'][0]}; the rest was read\n" in result.err


def test_two_bad_regions(run):
    run.write("a.py", "x = (\n\n" + WRONG + "def f(:\n    pass\n\ny = 1\n")
    result = run("check", "a.py", "--output-format", "concise")
    assert result.code == 2
    assert "a.py:6:11: warning[conv-single-step]" in result.out
    assert [line.split(": ")[2] for line in result.err.splitlines() if line.startswith("error")] == [
        "line 1",
        "line 8",
    ]


HEAD, TAIL = WRONG.split("\n\n")


@pytest.mark.parametrize(
    ("sources", "unread", "at"),
    [
        ([HEAD, "x = (", TAIL], ["cell 2, line 1"], "3:2"),
        (["x = 1", HEAD, "a = 1\nfor x in y\n    print(x)", TAIL], ["cell 3, line 2"], "4:2"),
        ([HEAD, TAIL, "def f(:"], ["cell 3, line 1"], "2:2"),
        (
            ["'''", HEAD, "x = [", TAIL, "y = '''"],
            ["cell 1, line 1", "cell 3, line 1", "cell 5, line 1"],
            "4:2",
        ),
    ],
)
def test_the_other_cells_of_a_notebook_are_read(run, sources, unread, at):
    run.write("a.ipynb", notebook(*(("code", source) for source in sources)))
    result = run("check", "a.ipynb", "--output-format", "json")
    assert result.code == 2
    assert [f"{finding['cell']}:{finding['line']}" for finding in result.json["findings"]] == [at]
    assert [place.split(":")[0] for place in result.json["inputs"][0]["unread"]] == unread
    for place in unread:
        assert f"error: a.ipynb: {place}: " in result.err


def test_nothing_is_left(run):
    """Then the error is the whole story."""
    run.write("a.py", "import keras\ndef f(:\n")
    result = run("check", "a.py", "--output-format", "json")
    assert result.code == 2
    assert [(item["status"], item["reason"][:7]) for item in result.json["inputs"]] == [("error", "line 2:")]


@pytest.mark.parametrize(
    "text",
    [
        "if a == 0: x = 0\n" + "".join(f"elif a == {i}: x = {i}\n" for i in range(1, 5000)),
        "x = y" + ".a" * 20_000 + "\n",
        "x = " + "-" * 20_000 + "1\n",
    ],
    ids=["elif", "attributes", "signs"],
)
def test_code_that_is_nested_too_deeply_is_called_so(text):
    with pytest.raises(UnreadableError, match="nested too deeply"):
        parse(text.splitlines(), (), "line {}".format)


def test_text_that_is_no_python(run):
    run.write("a.py", "This is a text about keras.\n" * 40)
    result = run("check", "a.py")
    assert result.code == 2
    assert "error: a.py: line 1: invalid syntax" in result.err


FORGOTTEN = [
    # what a broken line may have added is not missing
    RIGHT.replace("model.add(layers.Flatten())", "model.add(layers.Flatten()")
    + "model.add(layers.Dense(1))\nmodel.compile(loss='mse')\n",
    "from keras import layers, Input\nx = Input((28, 28))\nx = layers.Reshape((28, 28, 1)(x)\n"
    "y = layers.Conv2D(3, 3)(x)\n",
    "from keras import layers, Input\nSTEPS = 1\nSTEPS = 500 +\nlayers.Conv1D(3, 3)(Input((STEPS, 8000)))\n",
    "from keras import layers, Input\ndef f(x:\n    return x\n\nlayers.Conv2D(3, 3)(f(Input((28, 28))))\n",
    "from keras import layers, Input\nshape = [28, 28]\nshape.append(1\n"
    "layers.Conv2D(3, 3)(Input(tuple(shape)))\n",
    "from keras import layers, Input\nfor shape in [(28, 28, 1)]\n    pass\n"
    "layers.Conv2D(3, 3)(Input(shape))\n",
]


@pytest.mark.parametrize("text", FORGOTTEN)
def test_what_was_not_read_makes_no_finding(text):
    report = check_source(text)
    assert report.findings == []
    assert report.inputs[0].unread or report.inputs[0].status == "error"


def good_programs() -> list[Path]:
    return sorted((ROOT / "tests" / "programs").rglob("*.py"))


@pytest.mark.parametrize(
    "seed", [*range(4), *(pytest.param(n, marks=pytest.mark.slow) for n in range(4, 80))]
)
def test_damage_never_adds_a_finding(seed):
    """A bracket, a quote or a colon is taken out of programs without findings, anywhere."""
    rng = random.Random(seed)
    programs = good_programs()
    tried = 0
    for path in rng.sample(programs, min(12, len(programs))):
        text = path.read_text()
        if check_source(text).findings:
            continue
        places = [place for place, sign in enumerate(text) if sign in "()[]:'\""]
        for place in rng.sample(places, min(4, len(places))):
            report = check_source(text[:place] + text[place + 1 :])
            if report.inputs[0].unread:
                tried += 1
                assert report.findings == [], (path.name, place)
    assert tried


NEWER = [
    ((3, 14), "x = t'{1}'\n", "a t-string"),
    ((3, 14), "x = rt'{1}'\n", "a t-string"),
    ((3, 14), "try:\n    pass\nexcept ValueError, TypeError:\n    pass\n", "except without parentheses"),
    ((3, 13), "def f[T = int](x: T): pass\n", "a default of a type parameter"),
    ((3, 12), "type Shape = tuple[int, ...]\n", "a type statement"),
    ((3, 12), "type Shape[T] = tuple[T, ...]\n", "a type statement"),
    ((3, 12), "def f[T](x: T) -> T:\n    return x\n", "type parameters"),
    ((3, 12), "class A[T]:\n    pass\n", "type parameters"),
    ((3, 12), "d = {'a': 1}\nx = f'{d['a']}'\n", "an f-string with quotes or a backslash in its braces"),
    ((3, 12), "x = f\"{'\\n'.join('ab')}\"\n", "an f-string with quotes or a backslash in its braces"),
    ((3, 15), "lazy import json\n", "a lazy import"),
]


@pytest.mark.parametrize(("version", "text", "name"), NEWER)
def test_a_newer_python_is_called_by_its_name(run, version, text, name):
    run.write("a.py", WRONG + text)
    result = run("check", "a.py", "--output-format", "concise")
    assert "a.py:4:11: warning[conv-single-step]" in result.out
    if sys.version_info >= version:
        assert result.code == 1, result.err
    else:
        assert result.code == 2
        needed = f"needs Python {version[0]}.{version[1]} syntax ({name}); the rest was read"
        assert needed in result.err, result.err


OLD = [
    ("print 'x'\n", "print('x')\n"),
    ("if x: print 'y'\n", "if x: print('y')\n"),
    ("print >>f, a, 'b %d' % (3,),\n", "print(a, 'b %d' % (3,), file=f)\n"),
    ("print\nprint ('a') + 'b'\n", "print\nprint ('a') + 'b'\n"),
    ("print 'a: b' if x[1:] else 2; y = 3\n", "print('a: b' if x[1:] else 2); y = 3\n"),
    ("def f(): print lambda x: x\n", "def f(): print(lambda x: x)\n"),
    ('s = """print \'x\'\n"""  # print \'y\'\n', 's = """print \'x\'\n"""  # print \'y\'\n'),
    ("exec 'x' in d\n", "exec('x', d)\n"),
    (
        "try:\n    pass\nexcept (A, B), e:\n    raise A, 'x'\n",
        "try:\n    pass\nexcept (A, B) as e:\n    raise A('x')\n",
    ),
    ("x = 1 <> 2\n", "x = 1 != 2\n"),
    ("x = 0777 + 8L + 0 + 0.07\n", "x = 0o777 + 8 + 0 + 0.07\n"),
    ("x = `1`\n", "x = repr(1)\n"),
    ("x = ur'x' + u'y'\n", "x = r'x' + u'y'\n"),
]


@pytest.mark.parametrize(("text", "expected"), OLD)
def test_python_2_is_written_as_python_3(text, expected):
    assert modern(text) == expected
    ast.parse(expected)


@pytest.mark.parametrize("text", [old for old, new in OLD if old != new])
def test_python_2_is_read(run, text):
    run.write("a.py", WRONG + text)
    result = run("check", "a.py", "--output-format", "concise")
    assert result.code == 1
    assert "error" not in result.err
    assert "a.py:4:11: warning[conv-single-step]" in result.out


def test_only_the_cells_of_python_2_are_written_anew():
    text = "x = 7\nprint 'x'\nprint 'y' +\n"
    cells = (Cell(1, 1), Cell(2, 2), Cell(3, 3))
    tree, found = parse(text.splitlines(), cells, str)
    assert [(damage.line, damage.reason) for damage in found] == [(3, "invalid syntax")]
    assert [ast.unparse(node) for node in tree.body[:2]] == ["x = 7", "print('x')"]


@pytest.mark.parametrize(
    "text",
    [
        "print 'x'\n",
        "if x:\n\tprint 3\n        y = 3\n",  # a tab is eight spaces
        "x = 0777\n",
        "for x in xrange(3):\n    pass\n",  # what Python 3 can parse, and not run
        "x = raw_input()\n",
        "for x in range(0, 800 / 8):\n    pass\n",  # a TypeError in Python 3
    ],
)
def test_python_2_divides_whole_numbers(text):
    """By hand: 49/2 is 24 in Python 2."""
    report = check_source(text + WRONG.replace("8000", "49/2 * 8000"))
    (finding,) = report.findings
    assert "input_dim=192000" in finding.message
    assert not report.inputs[0].unread


IMPORTED = """
import numpy as np
def windows(rows):
    print rows
    return np.zeros((10, 1, 24 / 5 * 2000))
"""
"""A module of Python 2: 24 / 5 is 4."""


@pytest.mark.parametrize(
    "module",
    [
        IMPORTED,
        IMPORTED.replace("print rows", "return rows +"),  # a mistake in one function, which is then unknown
    ],
)
def test_an_imported_module_is_read_as_far_as_it_can_be(tmp_path, module):
    (tmp_path / "old.py").write_text(module, encoding="utf-8")
    main = tmp_path / "main.py"
    main.write_text(
        "from old import *\nfrom keras.layers import Conv1D\n"
        "x = np.ones((4, 1, 8000))\nConv1D(32, 3, padding='same')(x)\n"
        "Conv1D(32, 3, padding='same')(windows(3))\n",
        encoding="utf-8",
    )
    (read,) = layoutlint.check_path(main).inputs
    assert (read.known, read.layers) == ((2, 2) if module == IMPORTED else (1, 2))


@pytest.mark.parametrize(
    "text",
    [
        "xrange = range\nx = xrange(3)\n",
        "from six.moves import xrange\nx = xrange(3)\n",
        "from past.builtins import *\nx = xrange(3)\n",
        "def f(unicode):\n    return unicode(3)\n",
        "text = 'xrange(3)'\n",
        "x = range(9 // 3, int(9 / 3))\n",
        "def range(x):\n    return x\nx = range(9 / 3)\n",
        "from __future__ import division\nx = xrange(3)\n",
    ],
)
def test_a_name_that_is_defined_is_none_of_python_2(text):
    tree, _ = parse([*text.splitlines(), "y = 49/2"], (), str)
    assert not any(type(node) is Div for node in ast.walk(tree))


def test_the_division_of_the_future_stays():
    tree, _ = parse(["from __future__ import division", "print 49/2"], (), str)
    assert not any(type(node) is Div for node in ast.walk(tree))
    # its cell is not read
    lines = ["from __future__ import division", "x = 3 +", "print 49/2"]
    tree, _ = parse(lines, (Cell(1, 1), Cell(2, 3)), str)
    assert not any(type(node) is Div for node in ast.walk(tree))
    tree, _ = parse(["print 49/2"], (), str)
    assert any(type(node) is Div for node in ast.walk(tree))


def test_a_program_of_python_3_divides_as_ever_after_the_like_of_it_in_python_2():
    """The texts are equal once the first is written as Python 3."""
    parse(["print('x')", "if x <> 1: x = 49/2"], (), str)
    tree, _ = parse(["print('x')", "if x != 1: x = 49/2"], (), str)
    assert not any(type(node) is Div for node in ast.walk(tree))


def test_a_source_that_was_read_in_part_is_not_fixed(run):
    path = run.write("a.py", WRONG + "def f(:\n")
    result = run("check", "a.py", "--unsafe-fixes")
    assert result.code == 2
    assert "not fixed: a.py:4:11 conv-single-step: the file cannot be parsed for a fix" in result.err
    assert path.read_text() == WRONG + "def f(:\n"
