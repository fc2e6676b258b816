"""What comes from outside the program, library by library: functions, and the objects that they make.

Each library has its own module; here is who knows what. A library's object counts as an array where one is
wanted (see :class:`~layoutlint.interpreter.core.values.LibraryObject`).
"""

from __future__ import annotations

import ast
from collections.abc import Callable
from functools import reduce
from typing import Any

from layoutlint.interpreter.core import arrays
from layoutlint.interpreter.core.arguments import Arguments
from layoutlint.interpreter.core.evaluator import Evaluator
from layoutlint.interpreter.core.journal import join
from layoutlint.interpreter.core.site import Handler, Site
from layoutlint.interpreter.core.values import (
    BoundMethod,
    External,
    Instance,
    LibraryObject,
    NativeMethod,
    Rest,
    Unknown,
    Value,
)
from layoutlint.interpreter.keras import get_config
from layoutlint.interpreter.libraries import (
    described,
    json_yaml_toml,
    keras_generators,
    keras_text,
    keras_tuner,
    numpy_files,
    pandas,
    pandas_groups,
    paths,
    pillow_opencv,
    sklearn,
    standard_library,
    tf_data,
)
from layoutlint.interpreter.libraries.builtins import _nothing
from layoutlint.model.graph import Tensor

MODULES = (
    pandas,
    pandas_groups,
    sklearn,
    pillow_opencv,
    keras_text,
    keras_generators,
    tf_data,
    numpy_files,
    paths,
    json_yaml_toml,
    get_config,
    keras_tuner,
)
"""The modules that know libraries. Each may have ``FUNCTIONS`` (by qualified name) and, by the kind of
object, ``METHODS``, ``ATTRIBUTES``, ``ITEMS`` (subscripts), ``ITERATION``, ``OPERATORS``, ``SET_ITEM`` and
``SET_ATTRIBUTE``.
"""


BATCHING = frozenset(["keras.utils.Sequence", "keras.utils.PyDataset"])
"""Classes whose ``[index]`` is a batch."""


def function(name: str) -> Handler | None:
    """What carries out a function of a library, by its qualified name."""
    return _FUNCTIONS.get(name) or standard_library.function(name) or described.function(name)


def method(site: Site, receiver: LibraryObject, name: str, arguments: Arguments) -> Value:
    """``receiver.name(…)``."""
    handler = _METHODS.get(receiver.kind)
    if handler is not None:
        return handler(site, receiver, name, arguments)
    known = described.function(f"{receiver.kind}.{name}")
    if known is not None:
        return known(site, arguments)
    return site.lost(f"{name} of a {receiver.kind} is not known")


def attribute(site: Site, receiver: LibraryObject, name: str) -> Value:
    """``receiver.name`` that is not called, or a method of it."""
    fields = receiver.state.get("fields")
    if isinstance(fields, dict) and name in fields:
        return fields[name]
    handler = _ATTRIBUTES.get(receiver.kind)
    found = handler(site, receiver, name) if handler is not None else None
    return NativeMethod(receiver, name) if found is None else found


def item(site: Site, receiver: LibraryObject, key: Value) -> Value:
    """``receiver[key]``."""
    fields = receiver.state.get("fields")
    if isinstance(fields, dict) and isinstance(key, str) and key in fields:
        return fields[key]
    handler = _ITEMS.get(receiver.kind)
    if handler is not None:
        return handler(site, receiver, key)
    if receiver.array is not None:
        return arrays.getitem(site, receiver.array, key)
    if receiver.kind == arrays.LIST:
        return Unknown(ast.unparse(site.node)[:60], site.origin, "an item of a list")
    return site.lost(f"an item of a {receiver.kind}")


def items(ev: Evaluator, receiver: LibraryObject) -> list[Value] | None:
    """What a loop over the object gives; None where nothing is known."""
    handler = _ITERATION.get(receiver.kind)
    if handler is not None:
        found: list[Value] | None = handler(ev, receiver)
        return found
    if receiver.array is not None and receiver.array.shape is not None and receiver.array.shape.rank:
        return arrays.iterate_tensor(receiver.array)
    return None


def operator(site: Site, sign: str, left: Value, right: Value) -> Value:
    """``left sign right`` where one of them is a library's object."""
    for operand in (left, right):
        handler = _OPERATORS.get(operand.kind) if isinstance(operand, LibraryObject) else None
        if handler is not None:
            return handler(site, sign, left, right)
    operands = [value.array if isinstance(value, LibraryObject) else value for value in (left, right)]
    if any(isinstance(value, Tensor) for value in operands) and None not in operands:
        return arrays.operator(site, sign, operands)
    return site.lost("arithmetic with something that is not followed")


def set_item(ev: Evaluator, receiver: LibraryObject, key: Value, value: Value) -> None:
    """``receiver[key] = value``."""
    handler = _SET_ITEM.get(receiver.kind)
    if handler is not None:
        handler(ev, receiver, key, value)


def set_attribute(ev: Evaluator, receiver: LibraryObject, name: str, value: Value) -> None:
    """``receiver.name = value``."""
    handler = _SET_ATTRIBUTE.get(receiver.kind)
    if handler is not None:
        handler(ev, receiver, name, value)


def batch(site: Site, value: Value) -> Value:
    """What one batch of a data set or a generator holds, the inputs first; None for what is no source of
    batches.
    """
    if isinstance(value, LibraryObject):
        return value.state.get("element")
    if isinstance(value, Instance) and BATCHING & set(value.cls.external_bases()):
        _, method = value.cls.find("__getitem__")
        made = site.call(BoundMethod(method, value), Arguments((Unknown("index"),)))
        return tuple(made) if isinstance(made, list) and len(made) in (2, 3) else made
    if isinstance(value, list) and value:
        # what a generator function yields
        items = [item.item if isinstance(item, Rest) else item for item in value]
        if all(isinstance(item, tuple) and len(item) in (1, 2, 3) and _has_arrays(item) for item in items):
            return reduce(join, items)
    return None


def _has_arrays(value: Value) -> bool:
    """Whether arrays stand anywhere in nested tuples, lists and dicts."""
    if isinstance(value, dict):
        return any(map(_has_arrays, value.values()))
    if isinstance(value, tuple | list):
        return any(map(_has_arrays, value))
    return isinstance(value, Tensor | LibraryObject)


def _drawing(name: str) -> Handler:
    """A generator of random numbers: its methods are operations under this name."""

    def make(site: Site, arguments: Arguments) -> Value:
        return External(name)

    return make


def _merged(part: str) -> dict[str, Callable[..., Any]]:
    found: dict[str, Callable[..., Any]] = {}
    for module in MODULES:
        found.update(getattr(module, part, {}))
    return found


_METHODS = _merged("METHODS")
_ATTRIBUTES = _merged("ATTRIBUTES")
_ITEMS = _merged("ITEMS")
_ITERATION = _merged("ITERATION")
_OPERATORS = _merged("OPERATORS")
_SET_ITEM = _merged("SET_ITEM")
_SET_ATTRIBUTE = _merged("SET_ATTRIBUTE")
_FUNCTIONS: dict[str, Handler] = {
    **_merged("FUNCTIONS"),
    "numpy.random.RandomState": _drawing("numpy.random.RandomState"),
    "numpy.random.default_rng": _drawing("numpy.random.Generator"),
    "numpy.random.seed": _nothing,
    "tensorflow.random.set_seed": _nothing,
    "keras.utils.set_random_seed": _nothing,
}
