"""What one batch of a data set or a generator holds."""

from __future__ import annotations

from layoutlint.interpreter.core.arguments import Arguments
from layoutlint.interpreter.core.journal import join_all
from layoutlint.interpreter.core.plain import Yielded
from layoutlint.interpreter.core.site import Site
from layoutlint.interpreter.core.values import (
    BoundMethod,
    Choice,
    Instance,
    LibraryObject,
    Unknown,
    Value,
    is_unknown,
    one_of,
)
from layoutlint.model.graph import Tensor

BATCHING = frozenset(["keras.utils.Sequence", "keras.utils.PyDataset"])
"""Classes whose ``[index]`` is a batch."""


def batch(site: Site, value: Value) -> Value:
    """Return what one batch of a data set or a generator holds, the inputs first; None for what is no source
    of batches.
    """
    match value:
        case Choice():
            possible = [batch(site, each) for each in value.alternatives if each is not None]
            return None if None in possible or not possible else join_all(possible)
        case LibraryObject():
            return value.state.get("element")
        case Instance() if BATCHING & set(value.cls.external_bases()):
            _, method = value.cls.find("__getitem__")
            return _indexed(site.call(BoundMethod(method, value), Arguments((Unknown("index"),))))
        case Yielded():
            found = join_all(_generated(site, one_of(each)) for each in value) if value else None
            return Unknown(reason="batches of something unknown") if found is None else found
        case list() if value:
            # the batches of a generator, in a list
            return _yielded([one_of(item) for item in value])
        case _:
            return None


def _indexed(made: Value) -> Value:
    """Return the batch that an index gives: a list of two or three is a tuple, and nothing is none."""
    if isinstance(made, Choice):
        return join_all(_indexed(each) for each in made.alternatives if each is not None)
    return tuple(made) if isinstance(made, list) and len(made) in (2, 3) else made


def _generated(site: Site, item: Value) -> Value:
    """Return what a generator yields: a list of two or three was a tuple before Keras 3, which refuses it."""
    return item if site.evaluator.keras.number == 3 else _indexed(item)


def _yielded(items: list[Value]) -> Value:
    """Return one of the batches that a generator yields; None for a list of something else."""
    if not all(isinstance(item, tuple) and len(item) in (1, 2, 3) for item in items):
        return None
    if all(map(_has_arrays, items)):
        return join_all(items)
    if any(isinstance(item, tuple) and any(map(is_unknown, item)) for item in items):
        return Unknown(reason="batches of something unknown")
    return None


def _has_arrays(value: Value) -> bool:
    """Tell whether arrays stand anywhere in nested tuples, lists and dicts."""
    match value:
        case dict():
            return any(map(_has_arrays, value.values()))
        case tuple() | list():
            return any(map(_has_arrays, value))
        case _:
            return isinstance(value, Tensor | LibraryObject)
