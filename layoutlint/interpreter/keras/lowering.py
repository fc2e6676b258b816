"""Values of a program as the configuration of a layer holds them, and back."""

from __future__ import annotations

from types import EllipsisType
from typing import assert_never, cast

from layoutlint.inference.highest import number
from layoutlint.interpreter.core.extent import is_small
from layoutlint.interpreter.core.limits import MAX_SIZE
from layoutlint.interpreter.core.narrowing import is_kind
from layoutlint.interpreter.core.site import Site
from layoutlint.interpreter.core.values import (
    BoundMethod,
    Choice,
    ClassValue,
    Decorated,
    Deferred,
    External,
    FunctionValue,
    Instance,
    LayerValue,
    LibraryObject,
    ModelValue,
    ModuleValue,
    Native,
    NativeMethod,
    Others,
    Partial,
    Ratio,
    Rest,
    Super,
    Unknown,
    Value,
    has_rest,
)
from layoutlint.interpreter.keras.networks import layer_of
from layoutlint.interpreter.libraries.paths import FILE
from layoutlint.model.axes import Shape
from layoutlint.model.graph import Layer, Tensor
from layoutlint.model.sizes import FREE_BATCH, Expression, unknown_size


def lower(site: Site, value: Value) -> object:
    """Return a value as a layer's configuration holds it: every part that is not known a symbolic
    size.

    Layers and models become layers of the graph. A name from outside stays only if it names a function that
    is known: any other may be a number, a text, or a flag.
    """
    if type(value) in _AS_THEY_ARE:
        return value
    match value:
        case int():
            return value if abs(value) <= MAX_SIZE else unknown_size()
        case Expression() if value == FREE_BATCH:
            return None
        case float() | complex() | str() | bytes() | range() | Expression() | EllipsisType() | None:
            return value
        case Unknown():
            return value.size()
        case External():
            is_function = site.evaluator.registry.function(value.name) is not None
            return value if is_function else value.unknown().size()
        case list() | tuple():
            if has_rest(value) or not is_small(value):
                return unknown_size()
            items = [lower(site, item) for item in value]
            return items if any(isinstance(item, Layer) for item in items) else tuple(items)
        case dict():
            if not is_small(value):
                return unknown_size()
            return {key: lower(site, item) for key, item in value.items() if isinstance(key, str | int)}
        case LayerValue() | ModelValue() | Instance():
            return layer_of(site.evaluator, value) or unknown_size()
        case Tensor() if (held := number(value)) is not None:
            return held
        case Tensor() if value.shape is None or _is_drawn(value):
            return unknown_size()
        case Tensor():
            return value.shape
        case FunctionValue() | BoundMethod() | NativeMethod() | Partial() | Native():
            return value
        case LibraryObject() if is_kind(value, FILE):
            return unknown_size()  # what is read from it is a text that nobody knows
        case ClassValue() | LibraryObject():
            return value
        case Choice() | Ratio() | Rest() | Others() | slice() | set() | frozenset():
            return unknown_size()
        case ModuleValue() | Deferred() | Decorated() | Super():
            return unknown_size()
        case _:
            assert_never(value)


_AS_THEY_ARE = frozenset([str, bool, float, type(None)])
"""Most arguments are of these types."""


def _is_drawn(value: Tensor) -> bool:
    """Tell whether a value is drawn at random: without a size, that is a number of Python, no array."""
    is_number = value.shape is not None and not value.shape.rank
    return is_number and value.producer is not None and value.producer.layer.class_name == "random"


def raised(config: object) -> Value:
    """Return a part of a layer's configuration as the program holds it."""
    match config:
        case Layer():
            return LayerValue(config)
        case Shape():
            return Tensor(config)
        case list():
            return [raised(item) for item in config]
        case tuple():
            return tuple([raised(item) for item in config])
        case _:
            return cast("Value", config)
