"""One step of an evaluation costs no more than its bound, whatever it computes with.

Programs are derived: what grows, how it grows, and what is then asked of it. Each must end within its steps
and its items, and leave the layer behind it as it is.
"""

from __future__ import annotations

import itertools

import pytest

from layoutlint.interpreter.core.budget import Limits
from layoutlint.interpreter.core.extent import joined, parts
from layoutlint.interpreter.core.journal import join, same
from layoutlint.interpreter.core.limits import MAX_PARTS, MAX_TEXT
from layoutlint.interpreter.core.values import Rest, Unknown, Value
from layoutlint.interpreter.language.module_files import _STATEMENT, _is_registration
from layoutlint.model.graph import Graph
from layoutlint.readers import notebook
from layoutlint.readers.source import read

PRELUDE = (
    "import itertools\nimport numpy as np\nimport tensorflow as tf\n"
    "from keras.layers import Add, Dense, Input\n"
)
AFTER = "\nlast = Dense(3)(Input((2,)))\n"
LIMITS = Limits(seconds=1000.0)
"""So much time that only steps and items can end an evaluation."""

GROWTH = {
    "pairs": ("[0]", "x = [x, x]"),
    "tuples": ("(0,)", "x = (x, x)"),
    "dicts": ("{}", "x = {'a': x, 'b': x}"),
    "star": ("[0]", "x = [*x, *x]"),
    "iadd": ("[0]", "x += x"),
    "extend": ("[0]", "x.extend(x)"),
    "slice": ("[0]", "x[0:0] = x"),
    "arguments": ("(0,)", "x = f(*x, *x)"),
    "chain": ("[0]", "x = list(itertools.chain(x, x))"),
    "zip": ("[0] * 4000", "x = list(zip(x, x))"),
    "enumerate": ("[0] * 4000", "x = list(enumerate(x))"),
    "text": ("'ab'", "x = x + x"),
    "formatted": ("'ab'", "x = f'{x}{x}'"),
    "replaced": ("'ab'", "x = x.replace('a', x)"),
    "joined": ("'ab'", "x = x.join([x, x, x])"),
    "number": ("7", "x = x * x"),
    "negative": ("-7", "x = x * -x"),
    "itself": ("[]", "x.append(x)"),
    "tensors": ("Input((8, 3))", "x = [x, x]"),
    "datasets": ("tf.data.Dataset.range(3)", "x = tf.data.Dataset.zip((x, x))"),
}
"""What something is at first, and what makes it grow."""

ASKED = {
    "str": "y = str(x)",
    "equal": "y = x == x\nz = x == [x]",
    "key": "y = {x: 1}\nz = {}\nz[x] = 2",
    "member": "y = x in [x] * 4000",
    "hash": "y = {1: 2}.get(x)",
    "branch": "y = [x, 1]\nif unknown():\n    y = [x, [x, 2]]\n",
    "loop": "y = x\nfor i in unknown():\n    y = (y, x)\n",
    "array": "y = np.array(x)\nz = np.concatenate(x)",
    "layer": "y = Add()(x)",
    "data": "y = tf.data.Dataset.from_tensors(x).batch(2)\nz = tf.data.Dataset.from_generator(f, x)\n"
    "w = tf.data.Dataset.range(3).map(lambda i: (x, x))",
    "argument": "y = Dense(x)",
    "length": "y = Dense(len(x))",
    "sum": "y = sum(x)\nz = sum(x, [])",
    "sorted": "y = sorted(x)\nz = max(x)",
    "columns": "y = list(zip(*[x] * 4000))",
    "text": "y = '%s %r' % (x, x)\nz = '{}'.format(x)",
    "range": "y = list(range(x))\nfor i in range(x):\n    pass",
    "power": "y = x ** 60\nz = x << 60\nw = np.arange(x, x * 3, 7)",
}
"""What is asked of it then."""


def evaluated(code: str) -> Graph:
    return read(PRELUDE + "def f(*a):\n    return a\n" + code + AFTER, "program.py", limits=LIMITS)


def ends_well(graph: Graph) -> bool:
    """Whether the layer at the end is known, or the report says that the evaluation was cut short."""
    last = graph.calls[-1] if graph.calls else None
    whole = last is not None and str(last.output_tensors[0].shape) == "(None, 3)"
    return whole or any("after more than" in note for note in graph.notes)


@pytest.mark.parametrize(("growth", "asked"), itertools.product(GROWTH, ASKED))
def test_growing_values(growth: str, asked: str) -> None:
    first, more = GROWTH[growth]
    assert ends_well(evaluated(f"x = {first}\nfor i in range(60):\n    {more}\n{ASKED[asked]}"))


DIGITS = "0x" + "f" * 4000
DIAMONDS = "class A0: pass\nclass B0: pass\n" + "".join(
    f"class {name}{i}(A{i - 1}, B{i - 1}): pass\n" for i in range(1, 40) for name in "AB"
)

ALONE = {
    "sum_of_range": "x = sum(range(10**10))",
    "sum_of_lists": "x = sum([[0] * 9000] * 4000, [])",
    "round": "x = round(5, -10**9)",
    "join": "l = ['a' * 10000] * 10000\n" + "x = ('b' * 10000).join(l)\n" * 400,
    "width": "x = '%0999999999d' % 5\ny = f'{1:0999999999d}'",
    "width_given": "x = '%*d' % (10**9, 5)\ny = '{:{}}'.format(5, 10**9)\nz = f'{1:{10**9}}'",
    "just": "x = 'a'.ljust(10**9)\ny = 'a'.center(10**9)\nz = ('\\t' * 9000).expandtabs(tabsize=9000)",
    "length_of_range": "x = len(range(10**30))\ny = range(-10**30, 10**30)[5]",
    "round_of_range": "for i in range(10**30):\n    Dense(i)",
    "digits": f"x = {DIGITS}\nDense({DIGITS})(Input(({DIGITS}, 1)))\ny = unknown({DIGITS})[{DIGITS}]",
    "digits_in_condition": f"if unknown() == {DIGITS}:\n    x = 1",
    "arange": "x = np.arange(10**400 // 3, 10**4000, 7)\nDense(3)(x)",
    "sizes": "x = Input((2**62,) * 60)\nDense(3)(x)",
    "infinite": "x = int(float('inf'))\ny = Dense(1e999)(Input((2,)))\nz = range(int(1e300))",
    **{
        f"no_number_{place}": f"import keras, sklearn\nNAN = float('nan')\nx = {code}"
        for place, code in enumerate(
            [
                "np.arange(NAN)",
                "np.arange(0, 5, NAN)",
                "sklearn.model_selection.train_test_split(np.zeros((10, 3)), test_size=NAN)",
                "keras.applications.MobileNet(alpha=NAN, weights=None)",
                "keras.layers.MaxPooling2D((NAN, 2))(Input((8, 8, 3)))",
            ]
        )
    },
    "rows_of_different_lengths": "import keras\nx = keras.Model([[[1]], b'x'], Dense(3)([[1, 2], [3]]))",
    "bytes_for_a_size": "import keras\nx = keras.Sequential([Dense(3, input_dim=b'x')])\nx(np.zeros((2, 3)))",
    "diamonds": DIAMONDS + "A39().x",
    "attributes": "x = a" + ".b" * 900 + "\ny = np" + ".b" * 900,
    "list_in_itself": "x = []\nx.append(x)\nif unknown():\n    x = [x]\ny = Add()(x)",
    "objects_in_long_lists": "class A: pass\na, b = A(), A()\na.x, b.x = [a] * 4000, [b] * 4000\n"
    "if unknown():\n    x = a.x\nelse:\n    x = b.x\n",
    "tuples_of_shared_objects": "class A: pass\na = A()\nfor i in range(25):\n    b = A()\n"
    "    b.x, b.y = a, a\n    a = b\ndef g(pair):\n    return pair[0]\n"
    "g({'a': (64, a), 'b': (32, a, 1)}[unknown])\n",
    "translate": "x = ('a' * 9000).translate({97: 'b' * 9000})",
    "surrogate": "x = Input((1, 8000), name='\\ud800')",
}


@pytest.mark.parametrize("name", ALONE)
def test_alone(name: str) -> None:
    assert ends_well(evaluated(ALONE[name]))


def test_says_which_budget_has_ended() -> None:
    graph = evaluated("x = [0] * 4000\nfor i in range(200):\n    for j in range(9):\n        y = list(x)")
    assert any("more than 5,000,000 items" in note for note in graph.notes)


def test_a_graph_holds_so_many_calls() -> None:
    code = "x = np.zeros((3, 4))\n" + "".join(f"{'    ' * i}for i{i} in range(40):\n" for i in range(2))
    graph = read(PRELUDE + code + "        x = x + 1\n", "a.py", limits=Limits(items=6400, seconds=1000.0))
    assert len(graph.calls) <= 100


def pairs(times: int) -> Value:
    found: Value = [1]
    for _ in range(times):
        found = [found, found]
    return found


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (1, 1),
        ([1, 2], 3),
        ((1, (2, 3)), 5),
        ({"a": [1]}, 4),
        (pairs(3), 2 + 4 + 8 + 8 + 1),
        (pairs(60), None),
        ([0] * (MAX_PARTS + 1), None),
    ],
)
def test_parts(value: Value, expected: int | None) -> None:
    assert parts(value) == expected


def test_pairs_are_compared_once() -> None:
    assert same(pairs(60), pairs(60))
    assert not same(pairs(60), pairs(59))


def test_pairs_are_joined_once() -> None:
    left, right = [pairs(60), 1], [pairs(60), 2]
    joined_pairs = join(left, right)
    assert isinstance(joined_pairs, list)
    assert same(joined_pairs[0], pairs(60))


def test_long_lists_end_with_any_number_more() -> None:
    found = joined([[1] * MAX_TEXT, [2]])
    assert len(found) == MAX_TEXT + 1
    assert isinstance(found[-1], Rest)
    assert isinstance(found[-1].item, Unknown)
    assert joined([[1], [2, 3]]) == [1, 2, 3]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (b"@register\n", True),
        (b"@tables.Register_me('a')\n", True),
        (b"registry.add(1)\n", False),
        (b"@keras.saving.register_keras_serializable()\n", False),
        (b"x = register(1)\n", False),
        (b"regist" * 3000 + b".x\n", False),
    ],
)
def test_registrations(text: bytes, expected: bool) -> None:
    assert any(map(_is_registration, _STATEMENT.findall(text))) is expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("files = !ls", "files = ...  # magic"),
        ("if x:\n  a, b = %who", "if x:\n  a, b = ...  # magic"),
        ("x = 1 % 2", "x = 1 % 2"),
        ("if x:\n" + " " * 3000 + "x" + " " * 3000, "if x:\n" + " " * 3000 + "x" + " " * 3000),
    ],
)
def test_magics(line: str, expected: str) -> None:
    assert notebook._python(f"{line}\n(")[: expected.count("\n") + 1] == expected.split("\n")
