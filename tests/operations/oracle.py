"""The real libraries as the judges of one operation: what they compute, and whether layoutlint agrees.

Arguments hold a :class:`~layoutlint.model.axes.Shape` for every array; the real function gets an array of
zeros of that shape, or a symbolic tensor.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from typing import Any

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "")

from layoutlint.inference import operation_call
from layoutlint.inference.inferred import Inferred
from layoutlint.model.axes import Axis, Shape
from layoutlint.model.errors import ShapeError, UndeterminedError
from layoutlint.model.sizes import Expression, Symbol, substitute, symbol
from layoutlint.operations import OperationSpec


def mapped(function: Callable[[Shape], Any], value: Any) -> Any:
    """``value`` with ``function`` applied to every Shape in it."""
    if isinstance(value, Shape):
        return function(value)
    if isinstance(value, dict):
        return {key: mapped(function, item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return type(value)(mapped(function, item) for item in value)
    return value


def inferred(spec: OperationSpec, positional: Sequence[Any], keywords: Mapping[str, Any]) -> Inferred:
    """layoutlint's answer."""
    try:
        return operation_call.infer(spec, spec.bind(positional, keywords))
    except ShapeError as error:
        return Inferred(None, error=error)
    except UndeterminedError as undetermined:
        return Inferred(None, reason=str(undetermined))


def shapes_of(result: Any) -> Any:
    """The shapes of a real result: a tuple of numbers and None for each array, lists of them for several."""
    if isinstance(result, list | tuple):
        return [shapes_of(item) for item in result]
    shape = getattr(result, "shape", ())
    return ("shape", *shape)


def sizes_of(outputs: Any, numbers: Mapping[Symbol, int] | None = None) -> Any:
    """layoutlint's outputs in the same form, numbers put in for symbols."""
    if outputs is None:
        return None
    if isinstance(outputs, Shape):
        return ("shape", *(substitute(size, numbers or {}) for size in outputs.sizes))
    return [sizes_of(item, numbers) for item in outputs]


class Hiding:
    """Puts a symbol in the place of every number of a shape, and remembers which number it stands for."""

    def __init__(self) -> None:
        self.numbers: dict[Symbol, int] = {}

    def __call__(self, shape: Shape) -> Shape:
        """The same shape with symbols for numbers; free sizes stay free."""
        return Shape(axis if axis.size is None else Axis(self._hidden(axis.size)) for axis in shape)

    def _hidden(self, size: Any) -> Expression:
        hidden = symbol(f"n{len(self.numbers)}")
        (only,) = hidden.symbols()
        self.numbers[only] = size
        return hidden


def agrees(
    spec: OperationSpec | None,
    real: Callable[..., Any],
    make: Callable[[Shape], Any],
    positional: Sequence[Any],
    keywords: Mapping[str, Any] | None = None,
    *,
    symbols: bool = True,
) -> None:
    """layoutlint infers exactly what the real function computes, and an error where it raises.

    With a symbol for every number an output may stay unknown, but may not be wrong.
    """
    assert spec is not None
    keywords = keywords or {}
    where = f"{spec.qualified_name}({positional}, {keywords})"
    raised: Exception | None = None
    truth: Any = None
    try:
        truth = shapes_of(real(*mapped(make, list(positional)), **mapped(make, dict(keywords))))
    except Exception as problem:
        raised = problem
    ours = inferred(spec, positional, keywords)
    if raised is not None:
        assert ours.error is not None, f"{where} raises {raised!r}, layoutlint: {ours.outputs} {ours.reason}"
        return
    assert ours.error is None, f"{where} gives {truth}, layoutlint: {ours.error}"
    assert sizes_of(ours.outputs) == truth, f"{where} gives {truth}, layoutlint: {ours.outputs} {ours.reason}"
    if not symbols:
        return
    hiding = Hiding()
    ours = inferred(spec, mapped(hiding, list(positional)), mapped(hiding, dict(keywords)))
    assert ours.error is None, f"{where} gives {truth}, layoutlint under symbols: {ours.error}"
    compare(sizes_of(ours.outputs, hiding.numbers), truth, where)


def compare(found: Any, truth: Any, where: str) -> None:
    """What is known under symbols is right."""
    if found is None:
        return
    if isinstance(truth, list):
        assert isinstance(found, list), where
        assert len(found) == len(truth), where
        for one, other in zip(found, truth, strict=True):
            compare(one, other, where)
        return
    assert len(found) == len(truth), f"{where} gives {truth}, layoutlint under symbols {found}"
    for size, real in zip(found, truth, strict=True):
        assert isinstance(size, Expression) or size == real, f"{where} gives {truth}, layoutlint {found}"
