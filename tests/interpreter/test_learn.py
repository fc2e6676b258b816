"""scikit-learn: what is inferred, and what scikit-learn 1.9 gave when each piece of code ran.

Where scikit-learn is installed the pieces are run again.
"""

from __future__ import annotations

import importlib.util

import pytest

from tests.interpreter.snippets import UNKNOWN, fits, really, shape_of_x, sizes_of_x

Q = UNKNOWN
MADE = """from sklearn.model_selection import train_test_split, KFold, StratifiedKFold
from sklearn.preprocessing import *
from sklearn.preprocessing import StandardScaler, MinMaxScaler, LabelEncoder, OneHotEncoder, LabelBinarizer
from sklearn.preprocessing import FunctionTransformer, PolynomialFeatures, Normalizer
from sklearn.decomposition import PCA, TruncatedSVD
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.feature_selection import SelectKBest, f_classif
from sklearn.feature_extraction.text import CountVectorizer, TfidfVectorizer, HashingVectorizer
from sklearn.datasets import load_iris, load_digits, load_wine, load_breast_cancer, make_classification
from sklearn.datasets import load_diabetes, make_regression, make_moons
X = np.random.rand(103, 7)
y = np.arange(103) % 3
texts = ["a b c", "b c d", "e", "f g"]
"""

CASES = [
    ("x, _, _, _ = train_test_split(X, y)", (77, 7), None),
    ("_, x, _, _ = train_test_split(X, y)", (26, 7), None),
    ("_, _, x, _ = train_test_split(X, y, test_size=0.33)", (69,), None),
    ("_, _, _, x = train_test_split(X, y, test_size=0.33, random_state=1)", (34,), None),
    ("x, _ = train_test_split(X, test_size=10)", (93, 7), None),
    ("_, x = train_test_split(X, test_size=10)", (10, 7), None),
    ("x, _ = train_test_split(X, train_size=0.5)", (51, 7), None),
    ("_, x = train_test_split(X, train_size=0.5)", (52, 7), None),
    ("x, _ = train_test_split(X, train_size=0.5, test_size=0.2)", (51, 7), None),
    ("_, x = train_test_split(X, train_size=0.5, test_size=0.2)", (21, 7), None),
    ("_, x = train_test_split(X, train_size=60, shuffle=False)", (43, 7), None),
    ("x, _, _, _ = train_test_split(X, y, stratify=y, test_size=0.1)", (92, 7), None),
    ("x, _ = train_test_split(X.reshape(103, 7, 1), test_size=0.2)", (82, 7, 1), None),
    (
        "x, _ = train_test_split(pd.DataFrame(X, columns=list('abcdefg'))[['a', 'b']], test_size=0.2)",
        (82, 2),
        None,
    ),
    ("x = StandardScaler().fit_transform(X)", (103, 7), None),
    ("s = MinMaxScaler(feature_range=(0, 1))\ns.fit(X)\nx = s.transform(X[:10])", (10, 7), None),
    ("s = MinMaxScaler().fit(X)\nx = s.inverse_transform(s.transform(X))", (103, 7), None),
    ("x = StandardScaler().fit_transform(X.reshape(-1, 1)).reshape(103, 7, 1)", (103, 7, 1), None),
    ("x = Normalizer().fit_transform(X)", (103, 7), None),
    ("x = StandardScaler().fit_transform(pd.DataFrame(X))", (103, 7), None),
    ("x = PCA(n_components=3).fit_transform(X)", (103, 3), None),
    ("x = PCA(3).fit(X).transform(X)", (103, 3), None),
    ("p = PCA(2)\nz = p.fit_transform(X)\nx = p.inverse_transform(z)", (103, 7), None),
    ("x = PCA(n_components=0.95).fit_transform(X)[:, :1]", (103, 1), (103, Q)),
    ("x = PCA().fit_transform(X)", (103, 7), (103, Q)),
    ("x = TruncatedSVD().fit_transform(X)", (103, 2), None),
    ("x = SelectKBest(f_classif, k=4).fit_transform(X, y)", (103, 4), None),
    ("x = SelectKBest(k='all').fit_transform(X, y)", (103, 7), None),
    ("x = SelectKBest(f_classif, k=4).fit(X, y).transform(X)", (103, 4), None),
    ("x = PolynomialFeatures(degree=2).fit_transform(X)", (103, 36), None),
    ("x = PolynomialFeatures(3, include_bias=False).fit_transform(X)", (103, 119), None),
    ("x = OneHotEncoder().fit_transform(y.reshape(-1, 1)).toarray()", (103, 3), (103, Q)),
    ("x = OneHotEncoder(sparse_output=False).fit_transform(y.reshape(-1, 1))", (103, 3), (103, Q)),
    ("x = make_pipeline(StandardScaler(), PCA(3)).fit_transform(X, y)", (103, 3), None),
    (
        "p = Pipeline([('s', MinMaxScaler()), ('n', None), ('p', PCA(2))])\np.fit(X)\nx = p.transform(X[:9])",
        (9, 2),
        None,
    ),
    (
        "p = Pipeline(steps=[('scale', MinMaxScaler()), ('keep', 'passthrough')]).fit(X)\nx = p.transform(X)",
        (103, 7),
        None,
    ),
    (
        "f = FunctionTransformer(lambda t: t[:, None])\nx = make_pipeline(PCA(3), f).fit_transform(X)",
        (103, 1, 3),
        None,
    ),
    (
        "f = FunctionTransformer(np.log1p, np.expm1)\nx = f.inverse_transform(f.fit_transform(X))",
        (103, 7),
        None,
    ),
    ("x = FunctionTransformer().fit_transform(X)", (103, 7), None),
    ("x = LabelEncoder().fit_transform(y)", (103,), None),
    ("x = LabelBinarizer().fit_transform(y)", (103, 3), (103, Q)),
    ("x = TfidfVectorizer(max_features=5, token_pattern='.').fit_transform(texts).toarray()", (4, 5), (4, Q)),
    ("x = HashingVectorizer(n_features=64).fit_transform(texts).toarray()", (4, 64), None),
    ("x = load_iris().data", (150, 4), None),
    ("x = load_iris()['target']", (150,), None),
    ("x, _ = load_breast_cancer(return_X_y=True)", (569, 30), None),
    ("x = load_wine().data", (178, 13), None),
    ("x = load_diabetes().data", (442, 10), None),
    ("x = load_digits().images", (1797, 8, 8), None),
    ("x = load_digits(n_class=5).data", (901, 64), Q),
    ("x, _ = make_classification(n_samples=50, n_features=9)", (50, 9), None),
    ("_, x = make_classification(40)", (40,), None),
    ("x, _ = make_regression(n_samples=30, n_features=3)", (30, 3), None),
    ("x, _ = make_moons(n_samples=20)", (20, 2), (Q, 2)),
    ("for a, b in KFold(5).split(X):\n    x = X[a]", (83, 7), (Q, 7)),
    ("for i, (a, b) in enumerate(StratifiedKFold(n_splits=4).split(X, y)):\n    x = X[b]", (25, 7), (Q, 7)),
]
TABLE = [(MADE + code, real, less) for code, real, less in CASES]


@pytest.mark.parametrize(("code", "real", "less"), TABLE, ids=[code for code, *_ in CASES])
def test_shape(code, real, less):
    inferred = sizes_of_x(code)
    assert inferred == (real if less is None else less)
    assert fits(inferred, real)


@pytest.mark.skipif(importlib.util.find_spec("sklearn") is None, reason="needs scikit-learn")
@pytest.mark.parametrize(("code", "real", "less"), TABLE, ids=[code for code, *_ in CASES])
def test_scikit_learn_says_so(code, real, less):
    assert really(code) == real


def test_a_split_keeps_inputs_and_targets_together():
    code = "X_train, X_test, y_train, y_test = train_test_split(unknown_x[:, :4], unknown_y, test_size=0.2)\n"
    train = "a = np.zeros((9, 4))\n"
    assert sizes_of_x(f"{MADE}{train}a, b, c, d = train_test_split(a, a, test_size=2)\nx = c") == (7, 4)
    assert sizes_of_x(f"{MADE}{code}x = X_train") == Q


def test_roles_of_a_vectorizer():
    code = "from sklearn.feature_extraction.text import TfidfVectorizer\n"
    shape = shape_of_x(f"{code}x = TfidfVectorizer().fit_transform(texts).toarray()")
    assert [axis.role for axis in shape] == ["documents", "vocabulary"]
    assert "TfidfVectorizer" in shape[1].evidence[0].message
