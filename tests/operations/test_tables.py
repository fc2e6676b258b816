"""The tables against the installed libraries: every name is there and takes what we say it takes."""

from __future__ import annotations

import ast
import inspect
from functools import cache

import keras
import numpy as np
import pytest
import tensorflow as tf
from keras.src import ops
from keras.src.ops.operation import Operation as KerasOperation

from layoutlint.operations import find, find_method, find_saved
from layoutlint.operations.catalogue import operations
from layoutlint.operations.lookup import LIBRARIES
from layoutlint.operations.tables import keras as keras_table
from layoutlint.operations.tables import keras_backend, keras_ops, methods, numpy, tensorflow

ROOTS = {
    "numpy": (numpy, np),
    "tensorflow": (tensorflow, tf),
    "keras.ops": (keras_ops, keras.ops),
    "keras.backend": (keras_backend, keras._tf_keras.keras.backend),
    "keras": (keras_table, keras),
}

LOOSE = {
    # written as it is used: the real signature ends with **kwargs, or says nothing at all
    "numpy.einsum",
    "numpy.pad",
    "tensorflow.Variable",
}


OLD_METHODS = {"ptp"}  # numpy 1


def lines(text: str) -> list[tuple[str, str, str]]:
    return [(*line.split(" ", 2), "")[:3] for line in text.strip().splitlines()]


ENTRIES = [(library, *line) for library, (table, _) in ROOTS.items() for line in lines(table.TABLE)]
OLD = [
    (library, *line)
    for library, (table, _) in ROOTS.items()
    for line in lines(getattr(table, "HISTORICAL", ""))
]


def real(library: str, name: str):
    found = ROOTS[library][1]
    for part in name.split("."):
        found = getattr(found, part)
    return found


@pytest.mark.parametrize(("library", "name", "operation", "signature"), ENTRIES)
def test_signature_as_installed(library, name, operation, signature):
    qualified = f"{library}.{name}"
    spec = find(qualified)
    assert spec is not None
    assert spec.operation is operations()[operation]
    function = real(library, name)
    if qualified in LOOSE:
        assert callable(function)
        return
    parameters = inspect.signature(function).parameters
    kinds = inspect.Parameter
    positional = [
        p.name for p in parameters.values() if p.kind in (kinds.POSITIONAL_ONLY, kinds.POSITIONAL_OR_KEYWORD)
    ]
    assert list(spec.parameters.positional) == positional
    assert spec.parameters.names <= parameters.keys()
    variadic = [p.name for p in parameters.values() if p.kind is kinds.VAR_POSITIONAL]
    assert [spec.parameters.variadic] == (variadic or [None])
    for parameter, default in spec.parameters.defaults.items():
        theirs = parameters[parameter].default
        if isinstance(theirs, bool | int | float | str | tuple):
            assert default == theirs, parameter
    required = [
        p.name
        for p in parameters.values()
        if p.default is kinds.empty and p.kind not in (kinds.VAR_POSITIONAL, kinds.VAR_KEYWORD)
    ]
    assert list(spec.parameters.required) == required


@pytest.mark.parametrize(("library", "name", "operation", "signature"), ENTRIES + OLD)
def test_operands_have_their_names(library, name, operation, signature):
    """Bound by position, the first arguments arrive under the operation's own names."""
    spec = find(f"{library}.{name}")
    assert spec is not None
    spec.bind([object()] * len(spec.parameters.required), {})
    required = {spec.operation.parameter(n, i) for i, n in enumerate(spec.parameters.positional)}
    operands = spec.operation.operands
    if spec.parameters.variadic is not None:
        required.add(spec.operation.parameter(spec.parameters.variadic, len(spec.parameters.positional)))
    assert set(operands[:1]) <= required


@pytest.mark.parametrize(("library", "name", "operation", "signature"), ENTRIES + OLD)
def test_no_operand_is_bound_by_position_to_another_parameter(library, name, operation, signature):
    """``layer_normalization(x, gamma, axis=-1)`` has an axis of its own: ``gamma`` must not arrive as one."""
    spec = find(f"{library}.{name}")
    assert spec is not None
    meant = {each: spec.operation.parameter(each, None) for each in spec.parameters.names}
    for operand, given in zip(spec.operation.operands, spec.parameters.positional, strict=False):
        others = {each for each, its in meant.items() if its == operand} - {given}
        assert not others or meant[given] == operand, (
            f"by position {given} is bound to the operand {operand}, which {others} means: "
            f"let the operands of {operation} in the catalogue end before {operand}"
        )


@pytest.mark.parametrize(("library", "name", "operation", "signature"), OLD)
def test_historical_names_are_gone(library, name, operation, signature):
    """A name that the library has belongs to the table that is checked."""
    try:
        found = real(library, name)
    except AttributeError:
        return
    pytest.fail(f"{library}.{name} exists: {found}")


@pytest.mark.parametrize("line", lines(methods.TABLE), ids=lambda line: line[0])
def test_methods_are_methods_of_arrays_or_tensors(line):
    name, operation, _ = line
    spec = find_method(name)
    assert spec is not None
    assert spec.operation is operations()[operation]
    if name in OLD_METHODS:
        return
    owners = (np.ndarray, type(tf.constant(0)), tf.Tensor, tf.Variable, keras.KerasTensor, tf.TensorShape)
    assert any(hasattr(owner, name) for owner in owners)


def test_python_operators():
    for table in (methods.BINARY, methods.UNARY):
        for symbol, operation in table.items():
            assert operation in operations()
            ast.parse(f"a {symbol} b" if table is methods.BINARY else f"{symbol} a", mode="eval")


@cache
def keras_operation_classes() -> dict[str, type]:
    modules = (ops.numpy, ops.nn, ops.math, ops.core, ops.image, ops.linalg)
    return {
        name: value
        for module in modules
        for name, value in vars(module).items()
        if inspect.isclass(value)
        and issubclass(value, KerasOperation)
        and value.__module__ == module.__name__
    }


def test_saved_operation_classes():
    """Every operation class of Keras that we find binds its constructor's and its call's arguments."""
    found = 0
    for name, value in keras_operation_classes().items():
        spec = find_saved(name)
        if spec is None or spec.operation.shape is None:
            continue
        found += 1
        own = value.__init__ is not KerasOperation.__init__
        kept = list(inspect.signature(value.__init__).parameters) if own else []
        kept = [p for p in kept if p in spec.parameters.names]
        called = inspect.signature(value.call).parameters.values()
        positional = [object() for p in called if p.name != "self" and p.default is inspect.Parameter.empty]
        positional = positional[: max(len(spec.parameters.positional) - len(kept), 1)]
        bound = spec.bind(positional, dict.fromkeys(kept, 1))
        assert spec.operation.operands[0] in bound, name
    assert found > 120


def test_every_operation_has_a_name_somewhere():
    used = {operation for _, _, operation, _ in ENTRIES + OLD}
    used |= {operation for _, operation, _ in lines(methods.TABLE)}
    used |= {*methods.BINARY.values(), *methods.UNARY.values()}
    assert operations().keys() == used


def test_libraries_have_tables():
    assert set(LIBRARIES) == set(ROOTS)


@pytest.mark.parametrize(
    ("written", "operation"),
    [
        ("tensorflow.keras.backend.permute_dimensions", "transpose"),
        ("keras.backend.mean", "mean"),
        ("tf_keras.backend.concatenate", "concatenate"),
        ("tensorflow.compat.v1.reduce_sum", "sum"),
        ("tensorflow.math.add", "add"),
        ("tensorflow.nn.relu", "relu"),
        ("keras.ops.numpy.reshape", "reshape"),
        ("tensorflow.keras.ops.transpose", "transpose"),
        ("numpy.random.Generator.integers", "random"),
        ("numpy.random.RandomState.normal", "random"),
        ("jax.numpy.stack", "stack"),
        ("keras.utils.np_utils.to_categorical", "to_categorical"),
        ("tensorflow.keras.utils.to_categorical", "to_categorical"),
        ("numpy.random.rand", "random"),
    ],
)
def test_synonyms(written, operation):
    spec = find(written)
    assert spec is not None
    assert spec.name == operation


@pytest.mark.parametrize("name", ["numpy", "numpy.load", "os.path.join", "keras.layers.Dense", "", "reshape"])
def test_unknown_names(name):
    assert find(name) is None
