"""Tables of pandas: what is inferred, and what pandas 3.1 gave when each piece of code ran.

Where pandas is installed the pieces are run again.
"""

from __future__ import annotations

import importlib.util

import pytest

from tests.interpreter.snippets import UNKNOWN, fits, really, sizes_of_x

Q = UNKNOWN
MADE = "df = pd.DataFrame(np.arange(600.0).reshape(100, 6), columns=list('abcdef'))\n"
PLAIN = "df = pd.DataFrame(np.arange(600.0).reshape(100, 6))\n"

CASES = [
    # code, what pandas gives, what is inferred where that is less
    ("x = df.values", (100, 6), None),
    ("x = df.to_numpy()", (100, 6), None),
    ("x = np.log(df[['a', 'b']] + 1).to_numpy()", (100, 2), None),
    ("x = np.log1p(df).diff().dropna()[['a', 'c', 'f']].to_numpy()", (99, 3), (Q, 3)),
    ("x = np.sqrt(df['b']).shift(1).fillna(0).values", (100,), None),
    ("x = np.isnan(df[['a', 'b']]).to_numpy()", (100, 2), None),
    ("x = df['a']", (100,), None),
    ("x = df.a.values", (100,), None),
    ("x = df[['a', 'b']]", (100, 2), None),
    ("x = df[['a']].values", (100, 1), None),
    ("x = df.drop('a', axis=1)", (100, 5), None),
    ("x = df.drop(['a', 'b'], axis=1).values", (100, 4), None),
    ("x = df.drop(columns=['a', 'f'])", (100, 4), None),
    ("x = df.drop(labels=['a'], axis='columns')", (100, 5), None),
    ("x = df.drop([0, 1, 2])", (97, 6), (Q, 6)),
    ("x = df.drop(columns='q', errors='ignore')", (100, 6), None),
    ("x = df.iloc[:, 1:4]", (100, 3), None),
    ("x = df.iloc[:, :-1].values", (100, 5), None),
    ("x = df.iloc[:, -1]", (100,), None),
    ("x = df.iloc[:80]", (80, 6), None),
    ("x = df.iloc[10:20, [0, 2]]", (10, 2), None),
    ("x = df.iloc[3]", (6,), None),
    ("x = df.iloc[:, 0:2].values.reshape(-1, 5, 2)", (20, 5, 2), None),
    ("x = df.loc[:, 'a':'c']", (100, 3), (100, Q)),
    ("x = df.loc[:, ['a', 'c']]", (100, 2), None),
    ("x = df.loc[df['a'] > 30, 'b']", (94,), (Q,)),
    ("x = df.loc[5:9]", (5, 6), (Q, 6)),
    ("x = df[df['a'] > 30]", (94, 6), (Q, 6)),
    ("x = df[(df['a'] > 30) & (df.b < 300)]", (44, 6), (Q, 6)),
    ("x = df[10:30]", (20, 6), None),
    ("x = df[:-10]['b']", (90,), None),
    ("x = df.head()", (5, 6), None),
    ("x = df.tail(7)", (7, 6), None),
    ("x = df.sample(frac=1)", (100, 6), (Q, 6)),
    ("x = df.dropna()", (100, 6), (Q, 6)),
    ("x = df.fillna(0).astype('float32')", (100, 6), None),
    ("x = df / 255.0", (100, 6), None),
    ("x = (df - df.mean()) / df.std()", (100, 6), None),
    ("x = (df - df.min()) / (df.max() - df.min())", (100, 6), None),
    ("x = df['a'] - df['b']", (100,), None),
    ("x = df['a'] > 3", (100,), None),
    ("df['g'] = df['a'] * 2\nx = df", (100, 7), None),
    ("df['a'] = 0\nx = df", (100, 6), None),
    ("y = df.pop('f')\nx = df", (100, 5), None),
    ("y = df.pop('f')\nx = y", (100,), None),
    ("df.drop('a', axis=1, inplace=True)\nx = df", (100, 5), None),
    ("df.dropna(inplace=True)\nx = df", (100, 6), (Q, 6)),
    ("x = df.set_index('a')", (100, 5), None),
    ("x = df.reset_index(drop=True)", (100, 6), None),
    ("x = df.reset_index()", (100, 7), (100, Q)),
    ("x = df.T", (6, 100), None),
    ("x = df.shift(1).dropna()", (99, 6), (Q, 6)),
    ("x = df['a'].rolling(7).mean()", (100,), None),
    ("x = df['a'].map(lambda v: v + 1)", (100,), None),
    ("x = df['a'].values.reshape(-1, 1)", (100, 1), None),
    ("x = df['a'].to_frame()", (100, 1), None),
    ("x = pd.get_dummies(df['a'])", (100, 100), (100, Q)),
    ("x = pd.get_dummies(df, columns=['a'])", (100, 105), (100, Q)),
    ("x = pd.concat([df, df])", (200, 6), None),
    ("x = pd.concat([df, df], axis=1)", (100, 12), (Q, 12)),
    ("x = df[df.columns[1:]]", (100, 5), None),
    ("x = df[[c for c in df.columns if c != 'a']]", (100, 5), None),
    ("x = df.rename(columns={'a': 'z'})", (100, 6), None),
    ("df.columns = list('uvwxyz')\nx = df[['u', 'v']]", (100, 2), None),
    ("x = np.array(df)[:, :3]", (100, 3), None),
    ("x = np.asarray(df['a'])", (100,), None),
    ("x = np.expand_dims(df, axis=2)", (100, 6, 1), None),
    ("x = df.values[:, np.newaxis, :]", (100, 1, 6), None),
    ("x = df.sort_values('a').iloc[:50, :2]", (50, 2), None),
    ("x = df.mean()", (6,), (Q,)),
    ("x = df.select_dtypes('float')", (100, 6), (100, Q)),
    ("x = df['a'].unique()", (100,), (Q,)),
    ("x = pd.DataFrame({'p': [1, 2, 3], 'q': [4, 5, 6]})", (3, 2), None),
    ("x = pd.DataFrame({'p': df['a'], 'q': df['b']}).values", (100, 2), None),
    ("x = pd.Series([1, 2, 3])", (3,), None),
    ("x = np.zeros((len(df), df.shape[1]))", (100, 6), None),
    ("x = np.array([row for row in df.values])", (100, 6), (Q, 6)),
    ("x = df.apply(lambda c: c.sum())", (6,), Q),
    ("x = pd.concat([df[i : i + 10] for i in range(0, 90, 10)])", (90, 6), None),
    ("x = pd.concat([df[['a', 'b']] for i in range(len(df.dropna()))])", (10_000, 2), (Q, 2)),
    ("t = []\nfor v in df['a']:\n    t.append(df[['a', 'b']])\nx = pd.concat(t).values", (10_000, 2), (Q, 2)),
    ("x = df.groupby('a').mean()", (100, 5), (Q, Q)),
    ("x = df.groupby('a')['b'].mean()", (100,), (Q,)),
    ("x = df.groupby('a').size()", (100,), (Q,)),
    ("x = df.groupby('a')[['b', 'c']].get_group(df['a'].iloc[0])", (1, 2), (Q, 2)),
    ("x = df.groupby('a')['b'].shift(1)", (100,), None),
    ("x = df.groupby('a')['b'].transform('mean')", (100,), None),
    ("x = df.groupby('a').cumsum()", (100, 5), (100, Q)),
    ("x = np.stack([g[['b', 'c']].values for _, g in df.groupby('a')])", (100, 1, 2), (Q, Q, 2)),
    ("for name, part in df.groupby('a'):\n    x = part.drop('a', axis=1)", (1, 5), (Q, 5)),
    ("x = pd.concat({n: df[['a', 'b']] for n in 'pq'})", (200, 2), None),
    ("x = np.repeat(df[['a', 'b']].values, 3, axis=0)", (300, 2), None),
]
WITHOUT_NAMES = [
    ("x = df.iloc[:, :-1]", (100, 5), None),
    ("x = df[0]", (100,), None),
    ("x = df.drop(0, axis=1)", (100, 5), (100, Q)),
    ("df['y'] = 1\nx = df", (100, 7), (100, Q)),
]
TABLE = [(MADE + code, real, less) for code, real, less in CASES] + [
    (PLAIN + code, real, less) for code, real, less in WITHOUT_NAMES
]


@pytest.mark.parametrize(("code", "real", "less"), TABLE)
def test_shape(code, real, less):
    inferred = sizes_of_x(code)
    assert inferred == (real if less is None else less)
    assert fits(inferred, real)


@pytest.mark.skipif(importlib.util.find_spec("pandas") is None, reason="needs pandas")
@pytest.mark.parametrize(("code", "real", "less"), TABLE)
def test_pandas_says_so(code, real, less):
    assert really(code) == real


@pytest.mark.parametrize(
    ("code", "inferred"),
    [
        ("x = pd.read_csv('a.csv')", (Q, Q)),
        ("x = pd.read_csv('a.csv', usecols=['p', 'q'])", (Q, 2)),
        ("x = pd.read_csv('a.csv', header=None, names=['p', 'q', 'r'])", (Q, 3)),
        ("x = pd.read_csv('a.csv', usecols=['p', 'q'], index_col='p')", (Q, Q)),
        ("x = pd.read_csv('a.csv', usecols=lambda name: name != 'p')", (Q, Q)),
        ("x = pd.read_csv('a.csv')['Close'].values.reshape(-1, 1)", (Q, 1)),
        ("x = pd.read_excel('a.xlsx', sheet_name=None)", Q),
        ("x = pd.concat([pd.read_csv(f) for f in files])", (Q, Q)),
        ("x = pd.concat(pd.read_csv(f, names=['p', 'q']) for f in files).values", (Q, 2)),
        ("x = pd.concat([pd.read_csv(f) for f in files], axis=1)", Q),
        ("x = pd.concat(unknown)", Q),
        ("x = pd.read_csv('a.csv', chunksize=100)", Q),
        ("x = pd.read_pickle('a.pkl')", Q),
    ],
)
def test_files(code, inferred):
    assert sizes_of_x(code) == inferred


def test_sizes_are_called_after_the_variable():
    from layoutlint.readers.source import read

    graph = read(
        "import pandas as pd\nfrom keras.layers import Dense\ndf = pd.read_csv('a.csv')\n"
        "X = df.drop('y', axis=1).values\nDense(1, input_shape=(X.shape[1],))\n",
        "a.py",
    )
    assert str(graph.layers[-1].config["input_shape"][0]) == "df.shape[1] - 1"
