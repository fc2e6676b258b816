"""The one table of saved formats: what each is called, where it is looked for, which reader gets it.

Content decides which format a file has (:mod:`layoutlint.readers.sniff`); extensions say only which files of
a folder are looked at, and what somebody may expect of a file.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from importlib import import_module
from typing import Final

from msgspec import Struct

from layoutlint.model.graph import Graph
from layoutlint.model.unreadable import NothingToReadError, UnreadableError
from layoutlint.readers.aids import NO_AIDS, Aids
from layoutlint.readers.sniff import Kind, sniff


class SavedFormat(Struct, frozen=True):
    """What a file may be: a model that ``reader`` (a module of this package) reads, something sound that
    holds ``nothing`` to read, or what a model cannot be, said ``instead``.

    Where an extension is ``shared``, files of other kinds bear it too: they are not damaged models. A reader
    that is ``aided`` takes what it may ask for (:mod:`layoutlint.readers.aids`).
    """

    kind: Kind
    words: str
    extensions: tuple[str, ...] = ()
    reader: str = ""
    nothing: str = ""
    instead: str = ""
    shared: bool = False
    aided: bool = False

    @property
    def module(self) -> str:
        """The module of its reader."""
        return f"layoutlint.readers.{self.reader}"

    @property
    def with_article(self) -> str:
        """What it is called, as a sentence says it."""
        return f"{'an' if self.words[0].lower() in SPOKEN_AS_VOWELS else 'a'} {self.words}"


SPOKEN_AS_VOWELS: Final = "aeioh"
"""First letters: the h is that of HDF5."""

FORMATS: Final = (
    SavedFormat("keras", "Keras archive", (".keras",), reader="keras_archive", aided=True),
    SavedFormat("hdf5", "HDF5 file", (".h5", ".hdf5"), reader="hdf5"),
    SavedFormat("saved-model", "SavedModel", reader="saved_model", aided=True),
    SavedFormat(
        "architecture",
        "architecture of a Keras model",
        (".json", ".yaml", ".yml"),
        reader="architecture",
        shared=True,
        aided=True,
    ),
    SavedFormat("tfjs", "TensorFlow.js model", reader="tensorflow_js", aided=True),
    SavedFormat("weights", "list of the parts of a file of weights", reader="weights_files"),
    SavedFormat("tflite", "TensorFlow Lite model", (".tflite",), reader="tflite"),
    SavedFormat("graph", "TensorFlow graph", (".pb",), reader="exported_graph", shared=True, aided=True),
    SavedFormat("onnx", "ONNX model", (".onnx",), reader="onnx_model"),
    SavedFormat("lfs-pointer", "Git LFS pointer", nothing="Git LFS pointer without its content"),
    SavedFormat("pickle", "pickle", nothing="a pickle, which is never opened"),
    SavedFormat("zip", "zip archive", nothing="a zip archive without a Keras config.json"),
    SavedFormat("folder", "folder", nothing="a folder without saved_model.pb"),
    SavedFormat("empty", "empty file", instead="it is empty"),
    SavedFormat("source", "text", instead="it is text"),
    SavedFormat("notebook", "notebook", instead="it is a notebook"),
    SavedFormat("unknown", "unknown", instead="it is neither UTF-8 text nor a known format"),
)

BY_KIND: Final[Mapping[str, SavedFormat]] = {found.kind: found for found in FORMATS}
BY_EXTENSION: Final[Mapping[str, SavedFormat]] = {
    extension: found for found in FORMATS for extension in found.extensions
}
MODEL_EXTENSIONS: Final = tuple(BY_EXTENSION)


def extension_of(path: str) -> str:
    """Return the extension in lower case, with its dot."""
    return os.path.splitext(path)[1].lower()  # noqa: PTH122 (thousands of paths pass)


def recognised(path: str, kind: Kind) -> SavedFormat:
    """Return the format of a file or folder of a kind, if a reader reads it.

    Raises NothingToReadError for what holds no model, UnreadableError for what cannot be one.
    """
    found = BY_KIND[kind]
    if found.nothing:
        raise NothingToReadError(found.nothing)
    if not found.reader:
        expected = BY_EXTENSION.get(extension_of(path))
        if expected is None:
            raise UnreadableError(f"cannot be read: {found.instead}")
        if expected.shared:
            raise NothingToReadError(f"holds no {expected.words}")
        raise UnreadableError(f"is not {expected.with_article}: {found.instead}")
    return found


def read_model(path: str | os.PathLike[str]) -> Graph:
    """Return the graph of the saved model at ``path``; raises UnreadableError or NothingToReadError."""
    place = os.fspath(path)
    return read_as(recognised(place, sniff(place)), place)


def read_as(found: SavedFormat, path: str, aids: Aids = NO_AIDS) -> Graph:
    """Return the graph of a saved model of a format that has a reader."""
    try:
        read = import_module(found.module).read
        graph: Graph = read(path, aids) if found.aided else read(path)
    except OSError as error:
        raise UnreadableError(f"cannot be read: {error.strerror or error}") from error
    except RecursionError:
        raise UnreadableError("its configuration is nested too deeply") from None
    except MemoryError:
        raise UnreadableError("asks for more memory than there is: damaged or malicious") from None
    return graph
