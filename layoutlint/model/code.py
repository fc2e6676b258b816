"""Code that a saved model holds: never run, known by the names that it uses."""

from __future__ import annotations

from msgspec import Struct


class Code(Struct, frozen=True):
    """The function of a stored Lambda: the global names, attributes and methods that it uses."""

    names: frozenset[str]
