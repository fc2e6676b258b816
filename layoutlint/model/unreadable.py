"""What a reader says of an input that it cannot read: one clear line that does not repeat the path."""

from __future__ import annotations


class UnreadableError(Exception):
    """The input is damaged, or no file of the kind that it claims to be: status ``error``."""


class NothingToReadError(Exception):
    """The input is sound but holds no model (no Keras code, weights without an architecture): ``skipped``."""


def brief(error: object, longest: int = 200) -> str:
    """Return what a library says of a file, in one line: it may quote the file's own bytes at any length."""
    return " ".join(str(error).split())[:longest]
