"""Layers made of layers, built in real Keras and as a graph's layer from one description.

A description is a pair (class name, arguments); arguments may hold further descriptions, alone or in lists.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import keras

from layoutlint.inference import layer_call
from layoutlint.layers.registry import find
from layoutlint.model.axes import Shape
from layoutlint.model.graph import Layer
from layoutlint.model.origins import FileOrigin
from layoutlint.model.sizes import Expression, substitute, symbol
from tests.oracle.layers import Observed, _flat, _plain, sizes_of, without_weights


def _is_description(value: Any) -> bool:
    return (
        isinstance(value, tuple)
        and len(value) == 2
        and isinstance(value[0], str)
        and isinstance(value[1], dict)
    )


def _made(make: Callable[[str, dict[str, Any]], Any], value: Any) -> Any:
    if _is_description(value):
        name, arguments = value
        return make(name, {key: _made(make, inner) for key, inner in arguments.items()})
    if isinstance(value, list):
        return [_made(make, item) for item in value]
    return value


def theirs(description: Any) -> Any:
    """The real Keras layer."""
    return _made(lambda name, arguments: getattr(keras.layers, name)(**arguments), description)


def ours(description: Any) -> Any:
    """The graph's layer."""

    def make(name: str, arguments: dict[str, Any]) -> Layer:
        spec = find(name)
        assert spec is not None, f"{name} is not in the registry"
        return Layer(spec.name, spec.bind((), arguments), FileOrigin("test"))

    return _made(make, description)


def observe_pair(description: Any, shape: tuple[int | None, ...]) -> Observed:
    """What real Keras makes of the shape."""
    return without_weights(lambda: _observed_pair(description, shape))


def _observed_pair(description: Any, shape: tuple[int | None, ...]) -> Observed:
    try:
        built = theirs(description)
    except Exception as error:
        return Observed(error=str(error), argument_error=True)
    try:
        outputs = built(keras.Input(batch_shape=shape))
    except Exception as error:
        return Observed(error=str(error))
    return Observed(shapes=keras.tree.map_structure(lambda tensor: tuple(tensor.shape), outputs))


def assert_pair_agrees(
    description: Any, shape: tuple[int | None, ...], unknown_is_fine: bool = False
) -> None:
    """As ``assert_agrees`` and ``assert_agrees_symbolically``, for a layer that holds layers.

    With ``unknown_is_fine`` an output that is unknown on purpose passes; a wrong one never does.
    """
    truth = observe_pair(description, shape)
    found = layer_call.infer(ours(description), Shape.of(*shape))
    where = f"{description} on {shape}: Keras says {truth}, layoutlint {found}"
    undetermined = found.error is None and found.outputs is None
    if unknown_is_fine and undetermined:
        return
    if truth.error is not None:
        assert found.error is not None, where
        if truth.kind is not None:
            assert found.error.kind == truth.kind, where
        return
    assert found.error is None, where
    assert _plain(sizes_of(found.outputs)) == _plain(truth.shapes), where
    _assert_symbols_agree(description, shape, truth, where)


def _assert_symbols_agree(
    description: Any, shape: tuple[int | None, ...], truth: Observed, where: str
) -> None:
    hidden = [None if size is None else symbol(f"n{index}") for index, size in enumerate(shape)]
    numbers = {
        next(iter(expression.symbols())): size
        for expression, size in zip(hidden, shape, strict=True)
        if isinstance(expression, Expression)
    }
    found = layer_call.infer(ours(description), Shape.of(*hidden))
    assert found.error is None, f"{where}; with symbols {found}"
    if found.outputs is None:
        return
    outputs = _flat(_plain(sizes_of(found.outputs)))
    expected = _flat(_plain(truth.shapes))
    assert len(outputs) == len(expected), where
    for output, real in zip(outputs, expected, strict=True):
        sizes = [substitute(size, numbers) for size in output]
        assert len(sizes) == len(real), where
        for size, number in zip(sizes, real, strict=True):
            assert isinstance(size, Expression) or size == number, f"{where}; with symbols {sizes}"
