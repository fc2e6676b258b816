"""What is not known never passes for a text, a number, a flag or an argument."""

from __future__ import annotations

import pytest

from layoutlint.interpreter.core import narrowing
from layoutlint.interpreter.core.values import OTHERS, Choice, External, LibraryObject, Rest, Unknown, text_of
from layoutlint.model.axes import Shape
from layoutlint.model.graph import Tensor
from layoutlint.model.origins import FileOrigin
from layoutlint.model.sizes import symbol
from tests.interpreter.snippets import UNKNOWN, sizes_of_x

Q = UNKNOWN
N = symbol("n")
X = Unknown("x")
ARRAY = Tensor(Shape.of(5, 3))
TABLE = LibraryObject("pandas.DataFrame", FileOrigin("a.py"), {"array": ARRAY})
ASKED = (
    text_of,
    narrowing.known_whole,
    narrowing.known_flag,
    narrowing.known_items,
    narrowing.known_texts,
    narrowing.known_length,
    narrowing.known_shape,
    narrowing.as_array,
)


@pytest.mark.parametrize("ask", ASKED, ids=lambda ask: ask.__name__)
@pytest.mark.parametrize(
    "value", [Unknown("x"), External("settings.SIZE"), Choice((1, "a")), Rest(1), OTHERS, N, None], ids=repr
)
def test_what_is_not_known_is_none_of_these(ask, value):
    assert ask(value) is None


@pytest.mark.parametrize(
    ("ask", "value", "known"),
    [
        (text_of, "same", "same"),
        (narrowing.known_whole, 3, 3),
        (narrowing.known_whole, True, None),
        (narrowing.known_whole, 3.0, None),
        (narrowing.known_flag, False, False),
        (narrowing.known_flag, 0, None),
        (narrowing.known_items, [1, X], [1, X]),
        (narrowing.known_items, [1, Rest(2)], None),
        (narrowing.known_items, "ab", None),
        (narrowing.known_texts, ["a", "b"], ("a", "b")),
        (narrowing.known_texts, ["a", External("settings.NAME")], None),
        (narrowing.known_texts, [], ()),
        (narrowing.known_sizes, [1, N], [1, N]),
        (narrowing.known_sizes, [1, External("settings.SIZE")], None),
        (narrowing.known_length, range(4), 4),
        (narrowing.known_length, (1, 2), 2),
        (narrowing.known_shape, ARRAY, ARRAY.shape),
        (narrowing.known_shape, TABLE, ARRAY.shape),
        (narrowing.known_shape, Tensor(Shape()), None),
        (narrowing.known_shape, Tensor(None), None),
        (narrowing.count_of, TABLE, 5),
        (narrowing.count_of, [1, 2, 3], 3),
    ],
    ids=lambda value: getattr(value, "__name__", None) or repr(value),
)
def test_what_is_known(ask, value, known):
    assert ask(value) == known


OPTIONS = "import argparse\nfrom settings import given\nparser = argparse.ArgumentParser()\n"
FRAME = "from settings import given\ndf = pd.DataFrame(np.zeros((5, 3)))\n"
CHOSEN = "x = np.zeros((2, 3)) if parser.parse_args().n is None else np.zeros((2, 4))"


@pytest.mark.parametrize(
    ("code", "sizes"),
    [
        (f"{OPTIONS}parser.add_argument('--n')\n{CHOSEN}", (2, 3)),
        (f"{OPTIONS}parser.add_argument('--n', required=False)\n{CHOSEN}", (2, 3)),
        (f"{OPTIONS}parser.add_argument('--n', required=True)\n{CHOSEN}", (2, Q)),
        (f"{OPTIONS}parser.add_argument('--n', required=given)\n{CHOSEN}", (2, Q)),
        ("from settings import given\nx = np.zeros((sum([1, 2], given), 2))", (Q, 2)),
        ("from settings import given\nx = np.zeros((len(list(*given)), 2))", (Q, 2)),
        ("from settings import given\nx = np.zeros((len(tuple(*given)), 2))", (Q, 2)),
        ("x = np.zeros((int('10', base=2), 2))", (2, 2)),
        ("x = np.zeros((len(dict(iterable=1)), 2))", (1, 2)),
        ("from settings import given\nx = pd.DataFrame(np.zeros((5, 3))).iloc[:, given].values", Q),
        ("from settings import given\nx = pd.DataFrame(np.zeros((5, 3))).head(given).values", (Q, 3)),
        (
            "from settings import given\nx = pd.DataFrame(np.zeros((5, 3))).drop([given], axis=1).values",
            (5, Q),
        ),
    ],
)
def test_an_outside_name_is_not_an_argument(code, sizes):
    assert sizes_of_x(code) == sizes
