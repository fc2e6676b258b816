"""From what a program or a saved model calls an operation to its meaning."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from importlib import import_module

from layoutlint.layers.spec import Parameters
from layoutlint.operations.catalogue import operations
from layoutlint.operations.spec import OperationSpec

LIBRARIES = {
    # the module of a library → its table
    "numpy": "numpy",
    "tensorflow": "tensorflow",
    "keras.ops": "keras_ops",
    "keras.backend": "keras_backend",
    "keras": "keras",
}

SYNONYMS = (
    # other places under which the same functions are exported; tried in order, the first that fits
    ("tensorflow.compat.v1.", "tensorflow."),
    ("tensorflow.compat.v2.", "tensorflow."),
    ("tensorflow.experimental.numpy.", "numpy."),
    ("tensorflow.contrib.keras.api.keras.", "keras."),
    ("tensorflow.contrib.keras.", "keras."),
    ("tensorflow.python.keras.", "keras."),
    ("tensorflow.keras.", "keras."),
    ("tf_keras.", "keras."),
    ("jax.numpy.", "numpy."),
    ("cupy.", "numpy."),
    ("keras._tf_keras.keras.", "keras."),
    ("keras.api.", "keras."),
    ("keras.src.", "keras."),
)

_PLACES = (
    # submodules that hold what the package above exports too
    ("keras.ops.numpy.", "keras.ops."),
    ("keras.ops.nn.", "keras.ops."),
    ("keras.ops.core.", "keras.ops."),
    ("keras.ops.math.", "keras.ops."),
    ("keras.ops.linalg.", "keras.ops."),
    ("keras.backend.tensorflow_backend.", "keras.backend."),
    ("keras.backend.theano_backend.", "keras.backend."),
    ("keras.legacy.backend.", "keras.backend."),
    ("keras.backend.common.", "keras.backend."),
    ("keras.utils.numerical_utils.", "keras.utils."),
    ("numpy.random.mtrand.", "numpy.random."),
    ("numpy.random.RandomState.", "numpy.random."),
    ("numpy.core.numeric.", "numpy."),
    ("numpy.matlib.", "numpy."),
    ("numpy.lib.stride_tricks.", "numpy.lib.stride_tricks."),
)

GENERATOR = "numpy.random.Generator."
"""Methods of ``np.random.default_rng()``: the functions of ``numpy.random``, with ``integers`` for
``randint``.
"""


def canonical_name(qualified_name: str) -> str:
    """Return the name under which a function stands in the tables: ``tf.keras.backend.mean`` is
    ``keras.backend.mean``.
    """
    for prefix, plain in (*SYNONYMS, *_PLACES):
        if qualified_name.startswith(prefix):
            qualified_name = plain + qualified_name[len(prefix) :]
    if qualified_name.startswith(GENERATOR):
        method = qualified_name[len(GENERATOR) :]
        return "numpy.random." + ("randint" if method == "integers" else method)
    return qualified_name


@lru_cache(maxsize=4096)
def find(qualified_name: str) -> OperationSpec | None:
    """Return what a function means, by its full name: ``numpy.reshape``,
    ``tensorflow.keras.backend.mean``.

    None for a function that the tables do not know.
    """
    name = canonical_name(qualified_name)
    for library in sorted(LIBRARIES, key=len, reverse=True):
        if name.startswith(library + "."):
            line = _table(LIBRARIES[library]).get(name[len(library) + 1 :])
            if line is not None:
                return _spec(name, *line)
    return None


@lru_cache(maxsize=1024)
def find_method(name: str) -> OperationSpec | None:
    """Return what a method or attribute of an array means; its first argument is the array: ``reshape``,
    ``T``, ``shape``.
    """
    line = _table("methods").get(name)
    return None if line is None else _spec(f"ndarray.{name}", *line)


def places(qualified_name: str) -> tuple[str, ...]:
    """Return what the arguments of a function or an array's method are by position; nothing for others."""
    owner, _, name = qualified_name.rpartition(".")
    if owner == "ndarray":
        method = find_method(name)
        return () if method is None else method.places[1:]
    function = find(qualified_name)
    return () if function is None else function.places


@cache
def find_operator(symbol: str, operands: int = 2) -> OperationSpec | None:
    """Return what an operator of Python means between arrays (``+``, ``@``, ``==``) or, with one operand,
    before one.
    """
    methods = import_module("layoutlint.operations.tables.methods")
    name = (methods.UNARY if operands == 1 else methods.BINARY).get(symbol)
    if name is None:
        return None
    return _spec(symbol, name, "x1, x2" if operands == 2 else "x")


def find_saved(name: str) -> OperationSpec | None:
    """Return what an operation in a saved model means.

    ``name`` is the function of a ``TFOpLambda`` (``tf.math.reduce_mean``, ``math.reduce_mean``,
    ``tf.__operators__.getitem``), or the class name of a Keras 3 operation (``Reshape``, ``GetItem``; only
    where its module says ``keras.src.ops``: layers bear some of the same names).
    """
    if "." not in name and name[:1].isupper():
        return _saved(_function_of(name))
    function = name.removeprefix("tf.").removeprefix("tensorflow.")
    if function.startswith("__operators__."):
        return _saved_operator(function.removeprefix("__operators__."))
    return _saved(f"tensorflow.{function}") or _saved(function)


def _saved(qualified_name: str) -> OperationSpec | None:
    spec = find(qualified_name)
    if spec is None:
        return None
    return OperationSpec(spec.qualified_name, spec.operation, spec.parameters, "saved")


OPERATOR_FUNCTIONS = {
    # tf.__operators__.… → the operation; the reflected ones (``radd``) broadcast alike
    "getitem": "getitem",
    "add": "add",
    "radd": "add",
    "sub": "subtract",
    "rsub": "subtract",
    "mul": "multiply",
    "rmul": "multiply",
    "truediv": "divide",
    "rtruediv": "divide",
    "floordiv": "floor_divide",
    "mod": "mod",
    "pow": "power",
    "matmul": "matmul",
    "eq": "equal",
    "ne": "not_equal",
}


def _saved_operator(name: str) -> OperationSpec | None:
    operation = OPERATOR_FUNCTIONS.get(name)
    if operation is None:
        return None
    signature = "x, slice_spec, var=None" if operation == "getitem" else "x, y, name=None"
    made = _spec(f"tf.__operators__.{name}", operation, signature)
    return OperationSpec(made.qualified_name, made.operation, made.parameters, "saved")


CLASS_FUNCTIONS = {
    # classes whose name is not their function's
    "BatchNorm": "batch_normalization",
    "ExtractPatches": "image.extract_patches",
    "AffineTransform": "image.affine_transform",
    "ElasticTransform": "image.elastic_transform",
    "GaussianBlur": "image.gaussian_blur",
    "PerspectiveTransform": "image.perspective_transform",
    "IsIn": "isin",
    "LogSigmoid": "log_sigmoid",
    "ConvertToTensor": "convert_to_tensor",
    "MinMaxNorm": "norm",
    "Resize": "image.resize",
    "RGBToGrayscale": "image.rgb_to_grayscale",
    "RGBToHSV": "image.rgb_to_hsv",
    "HSVToRGB": "image.hsv_to_rgb",
    "PadImages": "image.pad_images",
    "CropImages": "image.crop_images",
    "SearchSorted": "searchsorted",
}


def _function_of(class_name: str) -> str:
    """Return the function of ``keras.ops`` for an operation of this class: ``ExpandDims`` →
    ``expand_dims``.
    """
    function = CLASS_FUNCTIONS.get(class_name) or re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", class_name).lower()
    return f"keras.ops.{function}"


@cache
def _table(module: str) -> dict[str, tuple[str, str]]:
    """Return a library's names with the operation and the signature of each; the installed library's win over
    old ones.
    """
    data = import_module(f"layoutlint.operations.tables.{module}")
    found: dict[str, tuple[str, str]] = {}
    for text in (getattr(data, "HISTORICAL", ""), data.TABLE):
        for line in text.strip().splitlines():
            name, operation, *signature = line.split(" ", 2)
            found[name] = (operation, signature[0] if signature else "")
    return found


@cache
def _spec(qualified_name: str, operation: str, signature: str) -> OperationSpec:
    return OperationSpec(qualified_name, operations()[operation], Parameters(signature))
