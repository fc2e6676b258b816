"""The two ways in which an inference ends without a shape."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Final

from layoutlint.model.keras_version import Version
from layoutlint.model.sizes import NAMELESS

_NAMELESS_SIZE: Final = re.compile(rf"(?<=[(\[ ]){re.escape(NAMELESS)}(?=[,)\]])")


class ErrorKind(StrEnum):
    """Why Keras would refuse a shape."""

    RANK = "rank"  # "expected ndim=3, found ndim=2", "expected min_ndim=…"
    AXIS = "axis"  # an axis argument outside the rank; Permute's dims that do not fit
    SIZE = "size"  # an axis has another size than the layer needs (weights already built, MHA, cells' state)
    MERGE = "merge"  # inputs of a merge layer, Dot, Concatenate or a broadcast that do not go together
    WINDOW = "window"  # a window, kernel, crop or pool that leaves nothing: "negative dimension size"
    COUNT = "count"  # a reshape whose number of elements differs
    DIVISIBILITY = "divisibility"  # groups, heads, depth multipliers that do not divide
    UNDEFINED = "undefined"  # an axis that must be defined is None ("last dimension should be defined")
    STRUCTURE = "structure"  # not the number or nesting of inputs that the layer takes
    ARGUMENT = "argument"  # a constructor argument that Keras refuses


SYMBOLIC_ONLY = "symbolic_only"
"""A fact of an error that Keras raises for symbolic tensors and not for arrays."""


class ShapeError(Exception):
    """Keras would raise here. ``str(error)`` says why, in Keras's own words where people search for them; a
    size without words is written as Keras writes an unknown one: ``(None, 3)``.

    ``versions`` are the versions of Keras that raise; None for all of them.
    """

    versions: frozenset[Version] | None = None

    def __init__(self, kind: ErrorKind, message: str, **facts: object) -> None:
        super().__init__(_NAMELESS_SIZE.sub("None", message))
        self.kind = kind
        self.facts = facts

    def only_of(self, versions: frozenset[Version]) -> ShapeError:
        """Return the same error, raised by these versions of Keras alone."""
        made = ShapeError(self.kind, str(self), **self.facts)
        made.versions = versions
        return made


class UndeterminedError(Exception):
    """The shape depends on something that only the running program knows; ``str(error)`` says on what."""
