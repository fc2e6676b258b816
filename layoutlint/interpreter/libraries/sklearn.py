"""scikit-learn: splits, and what its transformers make of an array's features.

Sources: the scikit-learn API reference, https://scikit-learn.org/stable/api/, and for the rounding of splits
``sklearn.model_selection._split._validate_shuffle_split``.
"""

from __future__ import annotations

import math
from collections.abc import Callable

from layoutlint.inference.labels import classes_of, labels_of
from layoutlint.interpreter.core.arguments import Arguments
from layoutlint.interpreter.core.arrays import array_of
from layoutlint.interpreter.core.evaluator import Evaluator
from layoutlint.interpreter.core.library import Kind, Library
from layoutlint.interpreter.core.site import Handler, Site
from layoutlint.interpreter.core.values import LibraryObject, Rest, Unknown, Value, as_size
from layoutlint.interpreter.libraries import pandas_tables
from layoutlint.model import sizes
from layoutlint.model.axes import Axis, Evidence, Shape
from layoutlint.model.graph import Labels, Tensor
from layoutlint.model.sizes import Size, symbol, unknown_size

SPARSE = "scipy.sparse.csr_matrix"


# ---------------------------------------------------------------------- splits


def _train_test_split(site: Site, arguments: Arguments) -> Value:
    """Each array split in two along its samples; the other axes stay as they are.

    All arrays are split at the same place, and the sizes are rounded as scikit-learn does.
    """
    found: list[Value] = []
    parts: tuple[Size, Size] | None = None
    if arguments.open or any(isinstance(value, Rest) for value in arguments.positional):
        return site.lost("a split of unknown arrays")
    for value in arguments.positional:
        if parts is None:
            parts = _split_sizes(_count_of(value), arguments)
        found.extend(_some_samples(site, value, size) for size in parts)
    return found


def _count_of(value: Value) -> Size:
    array = array_of(value)
    if array is not None and array.shape is not None:
        return array.shape[0].size
    if isinstance(value, list | tuple | range) and not any(isinstance(item, Rest) for item in value):
        return len(value)
    return unknown_size()


def _split_sizes(count: Size, arguments: Arguments) -> tuple[Size, Size]:
    """How many samples are for training and how many for testing."""
    test, train = arguments.keywords.get("test_size"), arguments.keywords.get("train_size")
    if test is None and train is None:
        test = 0.25
    n_test = _part(test, count, math.ceil, "samples for testing")
    n_train = _part(train, count, math.floor, "samples for training")
    if n_train is None:
        n_train = _left(count, n_test, "samples for training")
    elif n_test is None:
        n_test = _left(count, n_train, "samples for testing")
    return n_train, n_test


def _part(share: Value, count: Size, rounded: Callable[[float], int], name: str) -> Size:
    if share is None:
        return None
    if isinstance(share, float) and isinstance(count, int):
        return rounded(share * count)
    if isinstance(share, int) and not isinstance(share, bool):
        return share
    return symbol(name)


def _left(count: Size, taken: Size, name: str) -> Size:
    if isinstance(taken, int):
        return sizes.subtract(count, taken)
    return symbol(name)


def _some_samples(site: Site, value: Value, count: Size) -> Value:
    if pandas_tables.is_table(value) and value.array is not None:
        shape = value.array.shape
        if shape is not None and shape.rank:
            return pandas_tables.with_rows(site.evaluator, value, shape[0].sized(count))
    array = array_of(value)
    if array is not None and array.shape is not None:
        part = array.shape.replaced(0, array.shape[0].sized(count))
        return Tensor(part, array.producer, array.origin, labels=array.labels)
    if isinstance(value, list) and value:
        plain = [item for item in value if not isinstance(item, Rest)]
        if (
            len(plain) == len(value)
            and isinstance(count, int)
            and all(isinstance(i, int | float) for i in plain)
        ):
            return site.journal.born([Rest(Unknown())])
        items = {id(item): item for item in value}
        return site.journal.born([Rest(_any_of(list(items.values())))])
    return site.lost("a part of an array that is not known")


def _any_of(items: list[Value]) -> Value:
    from layoutlint.interpreter.core.journal import join

    result = items[0].item if isinstance(items[0], Rest) else items[0]
    for item in items[1:64]:
        result = join(result, item.item if isinstance(item, Rest) else item)
    return result if len(items) <= 64 else Unknown()


SPLITTER = "sklearn.model_selection.KFold"


def _splitter(site: Site, arguments: Arguments) -> Value:
    return LibraryObject(SPLITTER, site.origin, site.journal.born({}))


def _splitter_method(site: Site, splitter: LibraryObject, name: str, arguments: Arguments) -> Value:
    if name != "split":
        return site.lost(f"{name} of a splitter")
    origin = site.origin
    pair = tuple(Tensor(Shape((Axis(unknown_size(), "samples"),)), None, origin) for _ in range(2))
    return site.journal.born([Rest(pair)])


# ---------------------------------------------------------------------- transformers


def _same(shape: Shape, options: Arguments) -> Size:
    return shape[1].size


def _components(default: Value) -> Callable[[Shape, Arguments], Size]:
    """As many features as ``n_components`` (or ``k``) says where it is a whole number; else unknown."""

    def count(shape: Shape, options: Arguments) -> Size:
        value = options.get(0, "n_components", default)
        if isinstance(value, int | sizes.Expression | Unknown) and not isinstance(value, bool):
            return as_size(value)
        return unknown_size()

    return count


def _selected(shape: Shape, options: Arguments) -> Size:
    value = options.keywords.get("k", options.get(1, "k", 10))
    if value == "all":
        return shape[1].size
    return as_size(value) if isinstance(value, int | sizes.Expression | Unknown) else unknown_size()


def _polynomials(shape: Shape, options: Arguments) -> Size:
    """All monomials up to ``degree``: binomial(features + degree, degree), one less without the bias."""
    degree, features = options.get(0, "degree", 2), shape[1].size
    only_products = options.keywords.get("interaction_only", False)
    bias = options.keywords.get("include_bias", True)
    plain = isinstance(degree, int) and isinstance(features, int) and degree * features < 100_000
    if options.open or not plain or only_products is not False or not isinstance(bias, bool) or degree > 20:
        return unknown_size()
    return math.comb(features + degree, degree) - (not bias)


def _not_known(shape: Shape, options: Arguments) -> Size:
    return unknown_size()


_FEATURES: dict[str, Callable[[Shape, Arguments], Size]] = {
    **{
        f"sklearn.preprocessing.{name}": _same
        for name in [
            "StandardScaler",
            "MinMaxScaler",
            "MaxAbsScaler",
            "RobustScaler",
            "Normalizer",
            "QuantileTransformer",
            "PowerTransformer",
            "Binarizer",
            "OrdinalEncoder",
        ]
    },
    "sklearn.preprocessing.Imputer": _same,
    "sklearn.impute.KNNImputer": _not_known,
    "sklearn.impute.SimpleImputer": _not_known,
    "sklearn.preprocessing.OneHotEncoder": _not_known,
    "sklearn.preprocessing.KBinsDiscretizer": _not_known,
    "sklearn.preprocessing.PolynomialFeatures": _polynomials,
    "sklearn.compose.ColumnTransformer": _not_known,
    "sklearn.decomposition.PCA": _components(None),
    "sklearn.decomposition.IncrementalPCA": _components(None),
    "sklearn.decomposition.KernelPCA": _components(None),
    "sklearn.decomposition.SparsePCA": _components(None),
    "sklearn.decomposition.FastICA": _components(None),
    "sklearn.decomposition.NMF": _components(None),
    "sklearn.decomposition.FactorAnalysis": _components(None),
    "sklearn.decomposition.TruncatedSVD": _components(2),
    "sklearn.decomposition.LatentDirichletAllocation": _components(10),
    "sklearn.discriminant_analysis.LinearDiscriminantAnalysis": _components(None),
    "sklearn.manifold.TSNE": _components(2),
    "sklearn.random_projection.GaussianRandomProjection": _components("auto"),
    "sklearn.random_projection.SparseRandomProjection": _components("auto"),
    "sklearn.feature_selection.SelectKBest": _selected,
    "sklearn.feature_selection.VarianceThreshold": _not_known,
    "sklearn.feature_selection.SelectPercentile": _not_known,
    "sklearn.feature_selection.SelectFromModel": _not_known,
}
"""How many features a transformer gives, of (samples, features)."""
_LABELS = ("sklearn.preprocessing.LabelEncoder",)
_BINARIZERS = ("sklearn.preprocessing.LabelBinarizer", "sklearn.preprocessing.MultiLabelBinarizer")
_VECTORIZERS = tuple(
    f"sklearn.feature_extraction.text.{name}"
    for name in ("CountVectorizer", "TfidfVectorizer", "HashingVectorizer")
)
_GIVES_SPARSE = ("sklearn.preprocessing.OneHotEncoder",)


def _made(name: str) -> Handler:
    def make(site: Site, arguments: Arguments) -> Value:
        return LibraryObject(name, site.origin, site.journal.born({"options": arguments}))

    return make


def _method(site: Site, made: LibraryObject, name: str, arguments: Arguments) -> Value:
    """``fit``, ``transform``, ``fit_transform`` and their like."""
    if name in ("fit", "partial_fit"):
        _remember(site.evaluator, made, arguments)
        return made
    if name in ("set_params", "set_output"):
        # another number of components, or tables instead of arrays: nothing is claimed any more
        site.journal.touch(made.state)
        made.state["options"] = Arguments(open=True)
        made.state["changed"] = True
        return made
    if made.state.get("changed") is True or name not in ("transform", "fit_transform", "inverse_transform"):
        return site.lost(f"{name} of a {made.kind.rsplit('.', 1)[-1]}")
    if name == "fit_transform":
        _remember(site.evaluator, made, arguments)
    return _transformed(site, made, name, arguments)


def _remember(ev: Evaluator, made: LibraryObject, arguments: Arguments) -> None:
    array = array_of(arguments.get(0, "X"))
    ev.journal.touch(made.state)
    made.state["fitted"] = array


def _transformed(site: Site, made: LibraryObject, name: str, arguments: Arguments) -> Value:
    given = arguments.get(0, "X", arguments.keywords.get("y"))
    array, origin = array_of(given), site.origin
    options = made.state.get("options")
    short = made.kind.rsplit(".", 1)[-1]
    if made.kind in _VECTORIZERS:
        return _vectors(site, made, given)
    if array is None or array.shape is None or not isinstance(options, Arguments):
        return site.lost(f"what {short} makes of an unknown array")
    shape = array.shape
    if made.kind in _LABELS:
        encoded = None if name == "inverse_transform" else labels_of(array) or Labels(None)
        return Tensor(Shape((shape[0],)), None, origin, labels=encoded)
    if made.kind in _BINARIZERS:
        if name == "inverse_transform" or options.keywords.get("sparse_output") is not None:
            return site.lost("labels")
        return Tensor(Shape((shape[0], _binarized(made.kind, array))), None, origin)
    if shape.rank != 2:
        return site.lost(f"{short} takes two axes")
    features = _FEATURES[made.kind]
    if name == "inverse_transform":
        fitted = made.state.get("fitted")
        if not isinstance(fitted, Tensor) or fitted.shape is None or fitted.shape.rank != 2:
            return site.lost(f"what {short} was fitted on")
        count: Size = fitted.shape[1].size
    else:
        count = features(shape, options)
    evidence = shape[1].evidence
    if features is not _same:
        evidence = (Evidence(f"{short} makes features", origin),)
    result = Tensor(Shape((shape[0], Axis(count, "features", evidence))), array.producer, origin)
    if features is _same:
        result = Tensor(Shape((shape[0], shape[1].sized(count))), None, origin)
    else:
        result = Tensor(result.shape, None, origin)
    if made.kind in _GIVES_SPARSE and name != "inverse_transform":
        dense = options.keywords.get("sparse_output", options.keywords.get("sparse", True))
        if dense is not False:
            return LibraryObject(SPARSE, origin, site.journal.born({"array": result}))
    return result


def _binarized(kind: str, array: Tensor) -> Axis:
    """One value for each class, and a single one for two classes."""
    count = classes_of(array) if kind.endswith(".LabelBinarizer") else None
    if count is None:
        return Axis(unknown_size())
    return Axis(1) if count == 2 else Axis(count, "classes")


def _vectors(site: Site, made: LibraryObject, given: Value) -> Value:
    """(documents, vocabulary), sparse. ``max_features`` is only an upper bound of the vocabulary."""
    origin = site.origin
    options = made.state.get("options")
    size: Size = unknown_size()
    if made.kind.endswith("HashingVectorizer") and isinstance(options, Arguments) and not options.open:
        size = as_size(options.keywords.get("n_features", 2**20))
    short = made.kind.rsplit(".", 1)[-1]
    evidence = (Evidence(f"{short} gives (documents, vocabulary)", origin),)
    axes = (Axis(_count_of(given), "documents", evidence), Axis(size, "vocabulary", evidence))
    return LibraryObject(SPARSE, origin, site.journal.born({"array": Tensor(Shape(axes), None, origin)}))


def _sparse_method(site: Site, matrix: LibraryObject, name: str, arguments: Arguments) -> Value:
    if name in ("toarray", "todense", "tocsr", "astype", "copy", "tocsc", "sorted_indices"):
        return matrix.array if name.startswith("to") and name[2] in "ad" else matrix
    return site.lost(f"{name} of a sparse matrix")


def _sparse_attribute(site: Site, matrix: LibraryObject, name: str) -> Value | None:
    if name == "A":
        return matrix.array
    if name == "shape" and matrix.array is not None and matrix.array.shape is not None:
        return matrix.array.shape.sizes
    return None


def _scaled(site: Site, arguments: Arguments) -> Value:
    """``sklearn.preprocessing.scale(X)`` and its like."""
    array = array_of(arguments.get(0, "X"))
    if array is None:
        return site.lost("an array of unknown shape")
    return Tensor(array.shape, None, site.origin)


def _shuffled(site: Site, arguments: Arguments) -> Value:
    """``sklearn.utils.shuffle(X, y)``: the arrays themselves, unless ``n_samples`` says otherwise."""
    if arguments.keywords.get("n_samples") is not None or arguments.open:
        return site.lost("a choice of samples")
    return arguments.positional[0] if len(arguments.positional) == 1 else list(arguments.positional)


_SPLITTERS = (
    "KFold StratifiedKFold ShuffleSplit StratifiedShuffleSplit GroupKFold TimeSeriesSplit RepeatedKFold"
)
_TRANSFORMERS = (*_FEATURES, *_LABELS, *_BINARIZERS, *_VECTORIZERS)
_FUNCTIONS: dict[str, Handler] = {
    "sklearn.model_selection.train_test_split": _train_test_split,
    "sklearn.cross_validation.train_test_split": _train_test_split,
    **{f"sklearn.model_selection.{name}": _splitter for name in _SPLITTERS.split()},
    **{name: _made(name) for name in _TRANSFORMERS},
    "sklearn.preprocessing.scale": _scaled,
    "sklearn.preprocessing.minmax_scale": _scaled,
    "sklearn.preprocessing.normalize": _scaled,
    "sklearn.utils.shuffle": _shuffled,
}


LIBRARY = Library(
    "sklearn",
    functions=_FUNCTIONS,
    kinds={
        SPLITTER: Kind(method=_splitter_method),
        SPARSE: Kind(method=_sparse_method, attribute=_sparse_attribute),
        **dict.fromkeys(_TRANSFORMERS, Kind(method=_method)),
    },
)
