"""scikit-learn: splits, and what its transformers make of an array's features.

Sources: the scikit-learn API reference, https://scikit-learn.org/stable/api/, and for the rounding of splits
``sklearn.model_selection._split._validate_shuffle_split``.
"""

from __future__ import annotations

import ast
import math
from collections.abc import Callable
from functools import partial
from typing import TypeAlias

from msgspec.structs import replace

from layoutlint.inference.fractions import SCALED, UNSCALED
from layoutlint.inference.labels import classes_of, labels_of
from layoutlint.inference.spans import distinct
from layoutlint.interpreter.core.arguments import Arguments
from layoutlint.interpreter.core.journal import join_all
from layoutlint.interpreter.core.library import Kind, Library
from layoutlint.interpreter.core.narrowing import (
    count_of,
    is_size,
    known_flag,
    known_shape,
    known_whole,
)
from layoutlint.interpreter.core.ranks import of_rank
from layoutlint.interpreter.core.site import Handler, Site
from layoutlint.interpreter.core.tensor_values import array_of
from layoutlint.interpreter.core.values import (
    External,
    LibraryObject,
    Rest,
    Unknown,
    Value,
    as_size,
    has_rest,
    one_of,
)
from layoutlint.interpreter.libraries.pandas_tables import is_table, with_rows
from layoutlint.model import sizes
from layoutlint.model.axes import Axis, Evidence, Shape
from layoutlint.model.graph import Call, Labels, Layer, Tensor
from layoutlint.model.sizes import Size, symbol, unknown_size
from layoutlint.model.syntax_text import written

SPARSE = "scipy.sparse.csr_matrix"
SCALERS = frozenset(
    [
        "StandardScaler",
        "MinMaxScaler",
        "MaxAbsScaler",
        "RobustScaler",
        "Normalizer",
        "QuantileTransformer",
        "PowerTransformer",
    ]
)
"""Transformers that make fractions of the values, each at its place."""
MOST = 64
"""A list of more different items is not joined to one of them."""


# ---------------------------------------------------------------------- splits


def _train_test_split(site: Site, arguments: Arguments) -> Value:
    """Return each array split in two along its samples; the other axes stay as they are.

    All arrays are split at the same position, and the sizes are rounded as scikit-learn does.
    """
    if arguments.open or has_rest(arguments.positional):
        return site.lost("a split of unknown arrays")
    found: list[Value] = []
    parts: tuple[Size, Size] | None = None
    for value in arguments.positional:
        if parts is None:
            parts = _split_sizes(count_of(value), arguments)
        found.extend(_some_samples(site, value, size) for size in parts)
    return found


def _split_sizes(count: Size, arguments: Arguments) -> tuple[Size, Size]:
    """Return how many samples are for training and how many for testing."""
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
    match share:
        case None:
            return None
        case float() if isinstance(count, int) and math.isfinite(share):
            return rounded(share * count)
        case _:
            number = known_whole(share)
            return symbol(name) if number is None else number


def _left(count: Size, taken: Size, name: str) -> Size:
    return sizes.subtract(count, taken) if sizes.is_number(taken) else symbol(name)


def _some_samples(site: Site, value: Value, count: Size) -> Value:
    array = array_of(value)
    match value:
        case LibraryObject() if is_table(value) and array is not None and array.shape is not None:
            return with_rows(site.evaluator, value, array.shape[0].sized(count))
        case _ if array is not None and array.shape is not None:
            part = array.shape.replaced(0, array.shape[0].sized(count))
            return Tensor(part, array.producer, array.origin, labels=array.labels)
        case [_, *_] if isinstance(value, list):
            numbers = all(isinstance(item, int | float) for item in value) and isinstance(count, int)
            return site.list_of([Rest(Unknown() if numbers else _any_of(value))])
        case _:
            return site.lost("a part of an array that is not known")


def _any_of(items: list[Value]) -> Value:
    different = list({id(item): item for item in items}.values())
    return join_all(map(one_of, different)) if len(different) <= MOST else Unknown()


SPLITTER = "sklearn.model_selection.KFold"


def _splitter(site: Site, arguments: Arguments) -> Value:
    return LibraryObject(SPLITTER, site.origin, site.journal.born({}))


def _splitter_method(site: Site, splitter: LibraryObject, name: str, arguments: Arguments) -> Value:
    if name != "split":
        return site.lost(f"{name} of a splitter")
    origin = site.origin
    pair = tuple(Tensor(Shape((Axis(unknown_size(), "samples"),)), None, origin) for _ in range(2))
    return site.list_of([Rest(pair)])


# ---------------------------------------------------------------------- transformers


Features: TypeAlias = Callable[[Shape, Arguments], Size]
"""Returns how many features a transformer makes of (samples, features), by its arguments."""


def _same(shape: Shape, options: Arguments) -> Size:
    return shape[1].size


def _number_of(value: Value) -> Size:
    """Return a number of features that is written as a whole number or a name; else an unknown one."""
    is_number = (is_size(value) or isinstance(value, Unknown)) and known_flag(value) is None
    return as_size(value) if is_number else unknown_size()


def _components(default: Value) -> Features:
    """Return what ``n_components`` says."""

    def count(shape: Shape, options: Arguments) -> Size:
        return _number_of(options.get(0, "n_components", default))

    return count


def _selected(shape: Shape, options: Arguments) -> Size:
    value = options.keywords.get("k", options.get(1, "k", 10))
    return shape[1].size if value == "all" else _number_of(value)


def _polynomials(shape: Shape, options: Arguments) -> Size:
    """Return the number of monomials up to ``degree``, one less without the bias.

    They are binomial(features + degree, degree).
    """
    degree, features = known_whole(options.get(0, "degree", 2)), shape[1].size
    bias = known_flag(options.keywords.get("include_bias", True))
    only_products = options.keywords.get("interaction_only", False)
    if options.open or degree is None or bias is None or only_products is not False:
        return unknown_size()
    if not isinstance(features, int) or degree > 20 or degree * features >= 100_000:
        return unknown_size()
    return math.comb(features + degree, degree) - (not bias)


def _not_known(shape: Shape, options: Arguments) -> Size:
    return unknown_size()


_FEATURES: dict[str, Features] = {
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
_LABELS = ("sklearn.preprocessing.LabelEncoder",)
_BINARIZERS = ("sklearn.preprocessing.LabelBinarizer", "sklearn.preprocessing.MultiLabelBinarizer")
_VECTORIZERS = tuple(
    f"sklearn.feature_extraction.text.{name}"
    for name in ("CountVectorizer", "TfidfVectorizer", "HashingVectorizer")
)
_SPARSE_BY_DEFAULT = ("sklearn.preprocessing.OneHotEncoder",)


def _made(name: str) -> Handler:
    """Return the handler of the constructor of a transformer."""

    def make(site: Site, arguments: Arguments) -> Value:
        state: dict[str, Value] = {
            "positional": arguments.positional,
            "keywords": dict[Value, Value](arguments.keywords.items()),
            "open": arguments.open,
        }
        return LibraryObject(name, site.origin, site.journal.born(state))

    return make


def _options(made: LibraryObject) -> Arguments | None:
    """Return the arguments that a transformer was made with; None where a join lost them."""
    match made.state:
        case {"positional": tuple() as positional, "keywords": dict() as keywords, "open": bool() as is_open}:
            named = {name: value for name, value in keywords.items() if isinstance(name, str)}
            return Arguments(positional, named, is_open)
        case _:
            return None


def _method(site: Site, made: LibraryObject, name: str, arguments: Arguments) -> Value:
    """Return the value of ``fit``, ``transform``, ``fit_transform`` and their like."""
    match name:
        case "fit" | "partial_fit":
            _remember(site, made, arguments)
            return made
        case "set_params" | "set_output":
            # another number of components, or tables instead of arrays: nothing is claimed any more
            site.journal.touch(made.state)
            made.state["changed"] = True
            return made
        case "transform" | "fit_transform" | "inverse_transform" if made.state.get("changed") is None:
            if name == "fit_transform":
                _remember(site, made, arguments)
            given = arguments.get(0, "X", arguments.keywords.get("y"))
            return _transformed(site, made, given, inverse=name == "inverse_transform")
        case _:
            return site.lost(f"{name} of a {_class_name(made)}")


def _class_name(made: LibraryObject) -> str:
    return made.kind.rsplit(".", 1)[-1]


def _remember(site: Site, made: LibraryObject, arguments: Arguments) -> None:
    site.journal.touch(made.state)
    made.state["fitted"] = array_of(arguments.get(0, "X"))
    if made.kind in _LABELS:
        made.state["classes"] = _classes(site, arguments.get(0, "y"))


def _classes(site: Site, given: Value) -> Value:
    """Return the number of different labels that an encoder is fitted on."""
    array = _array_of_labels(site, given)
    labels = None if array is None else labels_of(array)
    if labels is not None and labels.count is not None:
        return labels.count
    counted = None if array is None else distinct(array)
    return counted or symbol(f"len({_receiver(site)}.classes_)", site.origin)


def _receiver(site: Site) -> str:
    """Return what a method is called of, as the program writes it."""
    called = site.node.func if isinstance(site.node, ast.Call) else site.node
    return written(called.value) if isinstance(called, ast.Attribute) else "encoder"


def _array_of_labels(site: Site, given: Value) -> Tensor | None:
    listed = isinstance(given, list)
    return array_of(site.call(External("numpy.array"), Arguments((given,))) if listed else given)


def _encoder_attribute(site: Site, made: LibraryObject, name: str) -> Value | None:
    classes = made.state.get("classes")
    return Tensor(Shape.of(classes), None, site.origin) if name == "classes_" and is_size(classes) else None


def _transformed(site: Site, made: LibraryObject, given: Value, *, inverse: bool) -> Value:
    if made.kind in _VECTORIZERS:
        return _vectors(site, made, given)
    array, options = _array_of(site, made, given), _options(made)
    if array is None or array.shape is None or options is None:
        return site.lost(f"what {_class_name(made)} makes of an unknown array")
    shape, origin = array.shape, site.origin
    if made.kind in _LABELS:
        classes = made.state.get("classes")
        encoded = None if inverse else Labels(classes if is_size(classes) else None)
        return Tensor(Shape((shape[0],)), None, origin, labels=encoded)
    if made.kind in _BINARIZERS:
        if inverse or options.keywords.get("sparse_output") is not None:
            return site.lost("labels")
        return Tensor(Shape((shape[0], _binarized(made.kind, array))), None, origin)
    if shape.rank != 2:
        return site.lost(f"{_class_name(made)} takes two axes")
    fitted = known_shape(made.state.get("fitted"), 2)
    if inverse and fitted is None:
        return site.lost(f"what {_class_name(made)} was fitted on")
    features = _FEATURES[made.kind]
    count = fitted[1].size if inverse and fitted is not None else features(shape, options)
    if features is _same:
        same = Tensor(Shape((shape[0], shape[1].sized(count))), None, origin)
        if _class_name(made) not in SCALERS:
            return same
        is_own = made.state.get("fitted") is array
        config = {"by": _class_name(made), "is_own": is_own, "scaler": made.origin}
        return _rescaled(site, same, array, UNSCALED if inverse else SCALED, config)
    evidence = (Evidence(f"{_class_name(made)} makes features", origin),)
    result = Tensor(Shape((shape[0], Axis(count, "features", evidence))), None, origin)
    return result if inverse or not _is_sparse(made.kind, options) else _sparse(site, result)


def _array_of(site: Site, made: LibraryObject, given: Value) -> Tensor | None:
    """Return what a transformer takes as an array: (samples, features) where it is of unknown rank."""
    if made.kind in _LABELS:
        return _array_of_labels(site, given)
    if made.kind in _FEATURES and isinstance(given, Unknown):
        return of_rank(given, 2)
    return array_of(given)


def _rescaled(site: Site, result: Tensor, array: Tensor, name: str, config: dict[str, object]) -> Tensor:
    """Return what a scaler makes. The graph tells which one, and whether it was fitted on the array."""
    made = Call(Layer(name, config, site.origin, kind="operation"), [array], {}, site.origin)
    made.outputs = replace(result, producer=made)
    return made.outputs


def _is_sparse(kind: str, options: Arguments) -> bool:
    """Return whether a transformer makes a sparse matrix, as far as its arguments say."""
    written = options.keywords.get("sparse_output", options.keywords.get("sparse", True))
    return kind in _SPARSE_BY_DEFAULT and written is not False


def _sparse(site: Site, array: Tensor) -> LibraryObject:
    return LibraryObject(SPARSE, site.origin, site.journal.born({"array": array}))


def _binarized(kind: str, array: Tensor) -> Axis:
    """Return the axis of one value for each class, and of a single one for two classes."""
    count = classes_of(array) if kind.endswith(".LabelBinarizer") else None
    if count is None:
        return Axis(unknown_size())
    return Axis(1) if count == 2 else Axis(count, "classes")


def _vectors(site: Site, made: LibraryObject, given: Value) -> Value:
    """Return (documents, vocabulary), sparse. ``max_features`` is only an upper bound of the vocabulary."""
    options, origin = _options(made), site.origin
    size: Size = unknown_size()
    if made.kind.endswith("HashingVectorizer") and options is not None and not options.open:
        size = as_size(options.keywords.get("n_features", 2**20))
    evidence = (Evidence(f"{_class_name(made)} returns (documents, vocabulary)", origin),)
    axes = (Axis(count_of(given), "documents", evidence), Axis(size, "vocabulary", evidence))
    return _sparse(site, Tensor(Shape(axes), None, origin))


def _sparse_method(site: Site, matrix: LibraryObject, name: str, arguments: Arguments) -> Value:
    match name:
        case "toarray" | "todense":
            return matrix.array
        case "tocsr" | "astype" | "copy" | "tocsc" | "sorted_indices":
            return matrix
        case _:
            return site.lost(f"{name} of a sparse matrix")


def _sparse_attribute(site: Site, matrix: LibraryObject, name: str) -> Value | None:
    shape = known_shape(matrix)
    match name:
        case "A":
            return matrix.array
        case "shape" if shape is not None:
            return shape.sizes
        case _:
            return None


def _scaled(name: str, site: Site, arguments: Arguments) -> Value:
    """Return ``sklearn.preprocessing.scale(X)`` and its like."""
    array = array_of(arguments.get(0, "X"))
    if array is None or array.shape is None:
        return site.lost("an array of unknown shape")
    is_own = name not in _ROW_BY_ROW
    return _rescaled(
        site, Tensor(array.shape, None, site.origin), array, SCALED, {"by": name, "is_own": is_own}
    )


def _shuffled(site: Site, arguments: Arguments) -> Value:
    """Return ``sklearn.utils.shuffle(X, y)``: the arrays themselves, unless ``n_samples`` says otherwise."""
    if arguments.keywords.get("n_samples") is not None or arguments.open:
        return site.lost("a choice of samples")
    return arguments.positional[0] if len(arguments.positional) == 1 else list(arguments.positional)


_SPLITTERS = (
    "KFold StratifiedKFold ShuffleSplit StratifiedShuffleSplit GroupKFold TimeSeriesSplit RepeatedKFold"
)
_ROW_BY_ROW = ("normalize",)
"""Functions that scale each row by itself: they have nothing to fit."""
_TRANSFORMERS = (*_FEATURES, *_LABELS, *_BINARIZERS, *_VECTORIZERS)
_FUNCTIONS: dict[str, Handler] = {
    "sklearn.model_selection.train_test_split": _train_test_split,
    "sklearn.cross_validation.train_test_split": _train_test_split,
    **{f"sklearn.model_selection.{name}": _splitter for name in _SPLITTERS.split()},
    **{name: _made(name) for name in _TRANSFORMERS},
    **{
        f"sklearn.preprocessing.{name}": partial(_scaled, name)
        for name in ("scale", "minmax_scale", *_ROW_BY_ROW)
    },
    "sklearn.utils.shuffle": _shuffled,
}


LIBRARY = Library(
    "sklearn",
    functions=_FUNCTIONS,
    kinds={
        SPLITTER: Kind(method=_splitter_method),
        SPARSE: Kind(method=_sparse_method, attribute=_sparse_attribute),
        **dict.fromkeys(_TRANSFORMERS, Kind(method=_method)),
        **dict.fromkeys(_LABELS, Kind(method=_method, attribute=_encoder_attribute)),
    },
)
