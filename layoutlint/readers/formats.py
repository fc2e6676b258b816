"""The one door to all saved formats: content decides which reader gets the file."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping

from layoutlint.model.graph import Graph
from layoutlint.model.unreadable import NothingToReadError, UnreadableError
from layoutlint.readers import hdf5, keras_archive, saved_model
from layoutlint.readers.sniff import Kind, sniff

READERS: Mapping[Kind, Callable[[str], Graph]] = {
    "keras": keras_archive.read,
    "hdf5": hdf5.read,
    "saved-model": saved_model.read,
}

NOTHING: Mapping[Kind, str] = {
    "lfs-pointer": "Git LFS pointer without its content",
    "pickle": "a pickle, which is never opened",
    "zip": "a zip archive without a Keras config.json",
    "folder": "a folder without saved_model.pb",
}

UNREADABLE: Mapping[Kind, str] = {
    "empty": "is empty",
    "source": "is text, not a saved model",
    "notebook": "is a notebook, not a saved model",
    "unknown": "is not a Keras archive, HDF5 file or SavedModel",
}


def read_model(path: str | os.PathLike[str]) -> Graph:
    """The graph of the saved model at ``path``; raises UnreadableError or NothingToReadError."""
    place = os.fspath(path)
    kind = sniff(place)
    if kind in NOTHING:
        raise NothingToReadError(NOTHING[kind])
    if kind in UNREADABLE:
        raise UnreadableError(UNREADABLE[kind])
    try:
        return READERS[kind](place)
    except OSError as error:
        raise UnreadableError(f"cannot be read: {error.strerror or error}") from error
    except RecursionError:
        raise UnreadableError("its configuration is nested too deeply") from None
    except MemoryError:
        raise UnreadableError("asks for more memory than there is: damaged or malicious") from None
