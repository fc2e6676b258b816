"""Real Keras as the judge of one layer: what it computes for a configuration and an input shape, and whether
layoutlint agrees.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "")

import keras

from layoutlint.inference import layer_call
from layoutlint.inference.inferred import Inferred
from layoutlint.layers.registry import find
from layoutlint.model.axes import Shape
from layoutlint.model.errors import ErrorKind
from layoutlint.model.graph import Layer, map_nested
from layoutlint.model.origins import FileOrigin
from layoutlint.model.sizes import Expression, substitute, symbol
from tests.oracle.session import begin

ERROR_PATTERNS = (
    # what Keras says, and the kind of shape error that it is
    (r"expected (min_|max_)?ndim=", ErrorKind.RANK),
    (r"expected axis .* of input shape to have value", ErrorKind.SIZE),
    (
        r"[Nn]egative dimension|must be > 0|would result in a (negative|zero)"
        r"|[Oo]utput (shape|size).*(<= ?0|negative)",
        ErrorKind.WINDOW,
    ),
    (r"total size of the (array|tensor) must be unchanged", ErrorKind.COUNT),
    (r"divisible|multiple of", ErrorKind.DIVISIBILITY),
    (r"cannot be more than the number of channels", ErrorKind.DIVISIBILITY),
    (r"(should|must) be (fully-)?defined|should have a defined|Found `None`", ErrorKind.UNDEFINED),
    (r"do not match at shared dimension|except the last one, must be equal", ErrorKind.SIZE),
    (r"last dimension of `query_shape` and `value_shape` must be equal", ErrorKind.SIZE),
    (r"matching shapes|[Ii]ncompatible|broadcast|same shape|different batch sizes", ErrorKind.MERGE),
    (r"[Aa]xis -?\d+ is out of bounds|index -?\d+ is out of bounds for axis", ErrorKind.AXIS),
    (r"called on (a list|exactly)|inputs list of length|missing a required argument", ErrorKind.STRUCTURE),
)


@dataclass(frozen=True)
class Observed:
    """What real Keras did: output shapes (nested, a tuple of sizes each), or its error message."""

    shapes: Any = None
    error: str | None = None
    argument_error: bool = False

    @property
    def kind(self) -> ErrorKind | None:
        """The kind of shape error that Keras's message means; None for one that no pattern knows."""
        for pattern, kind in ERROR_PATTERNS:
            if re.search(pattern, self.error or ""):
                return kind
        return ErrorKind.ARGUMENT if self.argument_error else None


class Positional(list[Any]):
    """The inputs of a call with several positional tensors: ``MultiHeadAttention(…)(query, value)``."""


@dataclass(frozen=True)
class Inner:
    """A layer as an argument of another: ``SpectralNormalization(Dense(3))``."""

    class_name: str
    arguments: Mapping[str, Any]

    def real(self) -> Any:
        """The layer in Keras."""
        return getattr(keras.layers, self.class_name)(**_real_arguments(self.arguments))

    def ours(self) -> Layer:
        """The layer in layoutlint's graph."""
        spec = find(self.class_name)
        assert spec is not None
        return Layer(spec.name, spec.bind((), _our_arguments(self.arguments)), FileOrigin("test"), keras=3)


def _real_arguments(arguments: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value.real() if isinstance(value, Inner) else value for name, value in arguments.items()}


def _our_arguments(arguments: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value.ours() if isinstance(value, Inner) else value for name, value in arguments.items()}


def _map_keywords(function: Any, keywords: Mapping[str, Any]) -> dict[str, Any]:
    """The keywords of a call with ``function`` applied to those that are shapes."""
    return {name: function(value) if is_sizes(value) else value for name, value in keywords.items()}


def is_sizes(value: Any) -> bool:
    """Whether a value is one shape: a tuple of numbers and None."""
    return isinstance(value, tuple) and all(item is None or isinstance(item, int) for item in value)


def observe(class_name: str, arguments: Mapping[str, Any], inputs: Any, **call_keywords: Any) -> Observed:
    """Build the layer in real Keras and call it on symbolic inputs of these shapes (batch first).

    Several tests ask the same of it one after the other: the last answer is kept.
    """
    asked = (class_name, arguments, inputs, call_keywords)
    if not _answered or repr(_answered[0][0]) != repr(asked):
        _answered[:] = [(asked, without_weights(lambda: _observed(*asked)))]
    return _answered[0][1]


_answered: list[tuple[Any, Observed]] = []


def without_weights(ask: Callable[[], Observed]) -> Observed:
    """What is observed without making values for the weights, since only shapes are wanted; with them where
    Keras needs them, for the state of a stateful layer.
    """
    begin()
    with keras.StatelessScope():
        observed = ask()
    if observed.error is None or "stateless scope" not in observed.error:
        return observed
    begin()
    return ask()


def _observed(
    class_name: str, arguments: Mapping[str, Any], inputs: Any, call_keywords: Mapping[str, Any]
) -> Observed:
    try:
        built = getattr(keras.layers, class_name)(**_real_arguments(arguments))
    except Exception as error:
        return Observed(error=str(error), argument_error=True)

    def placeholder(sizes: tuple[int | None, ...]) -> Any:
        return keras.Input(batch_shape=sizes)

    try:
        tensors = _map_shapes(placeholder, inputs)
        call_keywords = _map_keywords(placeholder, call_keywords)
        outputs = built(*(tensors if isinstance(inputs, Positional) else [tensors]), **call_keywords)
    except Exception as error:
        return Observed(error=str(error))
    return Observed(shapes=keras.tree.map_structure(lambda tensor: tuple(tensor.shape), outputs))


def _map_shapes(function: Any, nested: Any) -> Any:
    if is_sizes(nested):
        return function(nested)
    if isinstance(nested, dict):
        return {key: _map_shapes(function, value) for key, value in nested.items()}
    return type(nested)(_map_shapes(function, item) for item in nested)


def inferred(class_name: str, arguments: Mapping[str, Any], inputs: Any, **call_keywords: Any) -> Inferred:
    """layoutlint's answer for the same layer and inputs."""
    spec = find(class_name)
    assert spec is not None, f"{class_name} is not in the registry"
    try:
        config = spec.bind((), _our_arguments(arguments))
    except Exception as error:
        return Inferred(None, error=error)  # type: ignore[arg-type]
    shapes = _map_shapes(lambda sizes: Shape.of(*sizes), inputs)
    call_keywords = _map_keywords(lambda sizes: Shape.of(*sizes), call_keywords)
    return layer_call.infer(Layer(spec.name, config, FileOrigin("test"), keras=3), shapes, call_keywords)


def assert_agrees(class_name: str, arguments: Mapping[str, Any], inputs: Any, **call_keywords: Any) -> None:
    """layoutlint infers exactly what Keras computes, with an error of the same kind where Keras raises."""
    truth = observe(class_name, arguments, inputs, **call_keywords)
    ours = inferred(class_name, arguments, inputs, **call_keywords)
    where = f"{class_name}({dict(arguments)}) on {inputs}: Keras says {truth}"
    if truth.error is not None:
        assert ours.error is not None, f"{where}, layoutlint infers {sizes_of(ours.outputs)} ({ours.reason})"
        if truth.kind is not None:
            assert ours.error.kind == truth.kind, f"{where}, layoutlint says {ours.error.kind}: {ours.error}"
        return
    assert ours.error is None, f"{where}, layoutlint says {ours.error}"
    assert _plain(sizes_of(ours.outputs)) == _plain(truth.shapes), (
        f"{where}, layoutlint {sizes_of(ours.outputs)} ({ours.reason})"
    )


def assert_agrees_symbolically(
    class_name: str, arguments: Mapping[str, Any], inputs: Any, **call_keywords: Any
) -> None:
    """With a symbol for every number of the input, the expressions give Keras's numbers when put in again.

    An output that stays unknown under symbols is accepted, a wrong number is not.
    """
    truth = observe(class_name, arguments, inputs, **call_keywords)
    if truth.error is not None:
        return
    numbers: dict[Any, int] = {}

    def hidden(sizes: tuple[int | None, ...]) -> tuple[Any, ...]:
        made = []
        for size in sizes:
            if size is None:
                made.append(None)
                continue
            expression = symbol(f"n{len(numbers)}")
            (only,) = expression.symbols()
            numbers[only] = size
            made.append(expression)
        return tuple(made)

    spec = find(class_name)
    assert spec is not None
    shapes = _map_shapes(lambda sizes: Shape.of(*hidden(sizes)), inputs)
    call_keywords = _map_keywords(lambda sizes: Shape.of(*hidden(sizes)), call_keywords)
    ours = layer_call.infer(
        Layer(spec.name, spec.bind((), _our_arguments(arguments)), FileOrigin("test"), keras=3),
        shapes,
        call_keywords,
    )
    where = f"{class_name}({dict(arguments)}) on {inputs}: Keras says {truth}"
    assert ours.error is None, f"{where}, layoutlint says {ours.error} for symbols"
    if ours.outputs is None:
        return
    flat_truth = _flat(_plain(truth.shapes))
    flat_ours = _flat(_plain(sizes_of(ours.outputs)))
    assert len(flat_truth) == len(flat_ours), where
    for expected, found in zip(flat_truth, flat_ours, strict=True):
        if found is None:
            continue
        found = [substitute(size, numbers) for size in found]
        assert len(found) == len(expected), f"{where}, layoutlint {found}"
        for size, real in zip(found, expected, strict=True):
            assert isinstance(size, Expression) or size == real, f"{where}, layoutlint {found}"


def sizes_of(shapes: Any) -> Any:
    """The sizes of every shape in a structure."""
    return map_nested(lambda shape: None if shape is None else tuple(shape.sizes), shapes)


def _plain(nested: Any) -> Any:
    """Lists for every container, so that a tuple of outputs compares with a list of them."""
    if isinstance(nested, dict):
        return {key: _plain(value) for key, value in nested.items()}
    if isinstance(nested, list | tuple):
        return [_plain(item) for item in nested]
    return nested


def _flat(nested: Any) -> list[Any]:
    if nested is None or (
        isinstance(nested, list)
        and all(not isinstance(i, list | dict) for i in nested)
        and nested
        and not all(i is None for i in nested)
    ):
        return [nested]
    if isinstance(nested, dict):
        return [leaf for key in sorted(nested) for leaf in _flat(nested[key])]
    if isinstance(nested, list) and not any(isinstance(i, list | dict) for i in nested):
        return [nested]
    return [leaf for item in nested for leaf in _flat(item)]
