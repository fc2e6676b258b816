"""What one batch of a data set or a generator holds."""

from __future__ import annotations

from functools import reduce

from layoutlint.interpreter.core.arguments import Arguments
from layoutlint.interpreter.core.journal import join
from layoutlint.interpreter.core.site import Site
from layoutlint.interpreter.core.values import BoundMethod, Instance, LibraryObject, Rest, Unknown, Value
from layoutlint.model.graph import Tensor

BATCHING = frozenset(["keras.utils.Sequence", "keras.utils.PyDataset"])
"""Classes whose ``[index]`` is a batch."""


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
