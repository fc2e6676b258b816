"""What a file is, told by its content and never by its extension."""

from __future__ import annotations

import codecs
import os
import re
from pathlib import Path
from typing import BinaryIO, Final, Literal, TypeAlias, get_args

from layoutlint.model.unreadable import UnreadableError
from layoutlint.system.places import opened
from layoutlint.system.regular_files import words
from layoutlint.system.remote_files import is_address

Kind: TypeAlias = Literal[
    "keras",
    "hdf5",
    "saved-model",
    "architecture",
    "tfjs",
    "weights",
    "tflite",
    "graph",
    "onnx",
    "source",
    "notebook",
    "lfs-pointer",
    "pickle",
    "zip",
    "empty",
    "folder",
    "unknown",
]
"""``keras`` is the zip archive of Keras 3 (and tf.keras 2.12 and later), ``hdf5`` any HDF5 file,
``saved-model`` a folder written by TensorFlow (or its saved_model.pb), ``architecture`` the JSON or YAML of
``model.to_json()``, ``weights`` the list of the parts of a file of weights, ``graph`` a bare GraphDef;
``zip`` and ``folder`` are those that hold no Keras model."""

KINDS: Final = get_args(Kind)

HDF5_SIGNATURE: Final = b"\x89HDF\r\n\x1a\n"
ZIP_SIGNATURES: Final = (b"PK\x03\x04", b"PK\x05\x06")
LFS_SIGNATURE: Final = b"version https://git-lfs.github.com/spec/"
SAVED_MODEL_FILES: Final = ("saved_model.pb", "keras_metadata.pb")
TFLITE_IDENTIFIER: Final = b"TFL3"
SAVED_MODEL_START: Final = b"\x08\x01\x12"
"""Schema version 1, then a graph with its functions."""
PICKLE_PROTOCOLS: Final = tuple(bytes([0x80, protocol]) for protocol in range(2, 6))

_HEAD = 64 * 1024
_BEGINNING = 4 * 1024
"""What a text says that it is, it says in its first lines."""

_ONNX = re.compile(rb"\x08[\x01-\x20]([\x3a\x42]|(\x12|\x32|\x1a|\x22)(?P<size>[\x00-\x7f]))")
"""A version, then a graph, a set of operators or a text: the producer's name, the domain …"""
_GRAPH = re.compile(rb"\x0a(?:[\x80-\xff]{1,3})?[\x01-\x7f]\x0a(?P<size>[\x01-\x7f])")
"""A node, whose first field is its name."""

_JSON_MODEL = re.compile(rb"\s*\"?\{.*?\\?\"class_name\\?\"\s*:", re.DOTALL)
_YAML_MODEL = re.compile(
    rb"(?:^|\n)class_name: \w+\r?\n(compile_config: (null|\{\})\r?\n)?(compile_)?config: *(!\S+ *)?\r?\n"
)
_JSON_OF_TFJS = re.compile(rb"\s*\{.*?\"(modelTopology|weightsManifest)\"\s*:", re.DOTALL)
_JSON_OF_WEIGHTS = re.compile(rb"\s*\{.*?\"weight_map\"\s*:.*?\.weights\.h5\"", re.DOTALL)
_MAX_USER_BLOCK = 2**20


def sniff(path: str | os.PathLike[str]) -> Kind:
    """Return what the file or folder is; raises UnreadableError if it cannot be opened."""
    place = os.fspath(path)
    try:
        if place and not is_address(place) and Path(place).is_dir():
            found = any((Path(place) / name).is_file() for name in SAVED_MODEL_FILES)
            return "saved-model" if found else "folder"
        with opened(place) as file:
            return _sniff_file(file)
    except (OSError, ValueError) as error:
        raise UnreadableError(f"cannot be opened: {words(error)}") from error


def _sniff_file(file: BinaryIO) -> Kind:
    head = file.read(_HEAD)
    if not head:
        return "empty"
    if head.startswith(ZIP_SIGNATURES):
        return _sniff_zip(file)
    if head.startswith(LFS_SIGNATURE):
        return "lfs-pointer"
    if _has_hdf5_signature(file, head):
        return "hdf5"
    if head.startswith(PICKLE_PROTOCOLS):
        return "pickle"
    if head[4:8] == TFLITE_IDENTIFIER:
        return "tflite"
    if not _is_text(head):
        return _sniff_message(head)
    return _text_model(head) or ("notebook" if _is_notebook(file, head) else "source")


def names_model(path: str) -> bool:
    """Tell whether a JSON or YAML text says in its first lines that it is a model, or cannot be opened to
    tell.
    """
    try:
        with opened(path, buffering=0) as file:
            return _text_model(file.read(_BEGINNING)) is not None
    except (OSError, ValueError):
        return True


def _text_model(head: bytes) -> Kind | None:
    """Return what kind of model a text is, by its first lines."""
    beginning = head[:_BEGINNING].removeprefix(codecs.BOM_UTF8)
    if _JSON_OF_TFJS.match(beginning):
        return "tfjs"
    if _JSON_OF_WEIGHTS.match(beginning):
        return "weights"
    if _JSON_MODEL.match(beginning) or _YAML_MODEL.search(beginning):
        return "architecture"
    return None


def _sniff_message(head: bytes) -> Kind:
    """Return what kind of protocol buffer message this is, by its first fields; they have no signature."""
    if head.startswith(SAVED_MODEL_START) and not _begins(_ONNX, head):
        return "saved-model"
    if _begins(_ONNX, head):
        return "onnx"
    return "graph" if _begins(_GRAPH, head) else "unknown"


def _begins(pattern: re.Pattern[bytes], head: bytes) -> bool:
    """Tell whether a message begins like this, with a readable text where there is to be one."""
    found = pattern.match(head)
    if found is None:
        return False
    if found["size"] is None:
        return True
    text = head[found.end() : found.end() + found["size"][0]]
    return len(text) == found["size"][0] and all(31 < byte < 127 for byte in text)


def _sniff_zip(file: BinaryIO) -> Kind:
    """Return a zip with a config.json, or a damaged one, is taken for a Keras archive."""
    from layoutlint.readers.keras_archive import CONFIG, open_archive

    try:
        names = open_archive(file).namelist()
    except UnreadableError:
        return "keras"
    return "keras" if CONFIG in names else "zip"


def _has_hdf5_signature(file: BinaryIO, head: bytes) -> bool:
    """Look for the signature at 0, and after a user block of 512, 1024, 2048 … bytes."""
    if head.startswith(HDF5_SIGNATURE):
        return True
    offset = 512
    while offset <= _MAX_USER_BLOCK:
        file.seek(offset)
        if file.read(len(HDF5_SIGNATURE)) == HDF5_SIGNATURE:
            return True
        offset *= 2
    return False


def _is_text(head: bytes) -> bool:
    if head.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_BE, codecs.BOM_UTF16_LE)):
        return True
    if b"\0" in head:
        return False
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError:
        # an older source says its encoding in the first two lines (PEP 263)
        return b"coding" in b"".join(head.splitlines()[:2])
    return True


def _is_notebook(file: BinaryIO, head: bytes) -> bool:
    if not head.removeprefix(codecs.BOM_UTF8).lstrip().startswith(b"{"):
        return False
    if b'"cells"' in head or b'"nbformat"' in head or b'"worksheets"' in head:
        return True
    file.seek(0, os.SEEK_END)
    file.seek(max(file.tell() - 4096, 0))
    return b'"nbformat"' in file.read()
