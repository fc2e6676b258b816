"""Readers: one format a module, from bytes to a graph. They know formats and nothing of rules.

Every reader has ``read(...) -> Graph`` and raises :class:`UnreadableError` or :class:`NothingToReadError`,
each with one clear line that does not repeat the path.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from layoutlint.model.graph import Graph


class UnreadableError(Exception):
    """The input is damaged, or no file of the kind that it claims to be: status ``error``."""


class NothingToReadError(Exception):
    """The input is sound but holds no model (no Keras code, weights without an architecture): ``skipped``."""


def brief(error: object) -> str:
    """What a library says of a file, in one line: it may quote the file's own bytes at any length."""
    return " ".join(str(error).split())[:200]


def read_model(path: str | os.PathLike[str]) -> Graph:
    """The graph of a saved model, whatever its format: a Keras archive, an HDF5 file or a SavedModel folder.

    The content decides, not the extension. Nothing in the file is executed or unpickled. Raises
    UnreadableError for a damaged file and for one that is no model, NothingToReadError for one that holds
    no architecture.
    """
    from layoutlint.readers import formats

    return formats.read(path)
