"""What one batch of a data set or a generator holds."""

from __future__ import annotations

from layoutlint.interpreter.core.arguments import Arguments
from layoutlint.interpreter.core.journal import join_all
from layoutlint.interpreter.core.site import Site
from layoutlint.interpreter.core.values import BoundMethod, Instance, LibraryObject, Unknown, Value, one_of
from layoutlint.model.graph import Tensor

BATCHING = frozenset(["keras.utils.Sequence", "keras.utils.PyDataset"])
"""Classes whose ``[index]`` is a batch."""


def batch(site: Site, value: Value) -> Value:
    """What one batch of a data set or a generator holds, the inputs first; None for what is no source of
    batches.
    """
    match value:
        case LibraryObject():
            return value.state.get("element")
        case Instance() if BATCHING & set(value.cls.external_bases()):
            _, method = value.cls.find("__getitem__")
            made = site.call(BoundMethod(method, value), Arguments((Unknown("index"),)))
            return tuple(made) if isinstance(made, list) and len(made) in (2, 3) else made
        case list() if value:
            # what a generator function yields
            return join_all(map(one_of, value)) if all(_is_batch(one_of(item)) for item in value) else None
        case _:
            return None


def _is_batch(value: Value) -> bool:
    return isinstance(value, tuple) and len(value) in (1, 2, 3) and _has_arrays(value)


def _has_arrays(value: Value) -> bool:
    """Whether arrays stand anywhere in nested tuples, lists and dicts."""
    match value:
        case dict():
            return any(map(_has_arrays, value.values()))
        case tuple() | list():
            return any(map(_has_arrays, value))
        case _:
            return isinstance(value, Tensor | LibraryObject)
