"""How many different values a column of a written table has, against pandas where it is installed."""

from __future__ import annotations

import warnings
from typing import Any

import pytest

from tests.interpreter.snippets import UNKNOWN, sizes_of_x

TABLE = 'df = pd.DataFrame({"a": [1.0, 2.0, 30.0, 2.0], "b": [3.0, 4.0, 5.0, 6.0], "y": [0, 1, 2, 1]})\n'
CHANGES = [
    ("", 3),
    ("df = df.sort_values('a')", 3),
    ("df = df.sample(frac=1)", 3),
    ("df = df.drop_duplicates()", 3),
    ("df = df.drop_duplicates('a')", UNKNOWN),
    ("df = df[df.y < 2]", UNKNOWN),
    ("df = df.iloc[:2]", UNKNOWN),
    ("df.drop(index=2, inplace=True)", UNKNOWN),
    ("df.at[1, 'y'] = 5", UNKNOWN),
    ("df.iat[1, 2] = 5", UNKNOWN),
    ("df = df.astype('int32')", 3),
    ("df = df.astype(bool)", UNKNOWN),
    ("df['y'] = df['y'].astype('bool')", UNKNOWN),
    ("df = df.rename(columns={'y': 'z', 'b': 'y'})", UNKNOWN),
    ("df.rename(columns={'y': 'z', 'b': 'y'}, inplace=True)", UNKNOWN),
    ("df.columns = ['a', 'y', 'b']", UNKNOWN),
]


@pytest.mark.parametrize(("change", "expected"), CHANGES)
def test_count(change: str, expected: Any) -> None:
    code = f"import pandas as pd\n{TABLE}{change}\n"
    assert sizes_of_x(f"{code}import keras\nx = keras.Input((df.y.nunique(),))\n") == (None, expected)
    pytest.importorskip("pandas")
    scope: dict[str, Any] = {}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        exec(code, scope)
    assert expected in (UNKNOWN, scope["df"].y.nunique())
