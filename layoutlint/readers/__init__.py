"""Readers: one format a module, from bytes to a graph. They know formats and nothing of rules.

Every reader has ``read(...) -> Graph`` and raises :class:`UnreadableError` or :class:`NothingToReadError`, each with one
clear line that does not repeat the path.
"""

from __future__ import annotations


class UnreadableError(Exception):
    """The input is damaged, or no file of the kind that it claims to be: status ``error``."""


class NothingToReadError(Exception):
    """The input is sound but holds no model (no Keras code, weights without an architecture): ``skipped``."""
