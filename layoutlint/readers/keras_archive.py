"""The ``.keras`` archive: a zip of config.json, metadata.json and model.weights.h5.

Only the zip's directory and the two JSON members are read; of the weights, and only for a subclassed model,
the names and shapes. Written by Keras 3 and by tf.keras since 2.12; see ``keras/src/saving/saving_lib.py``.
"""

from __future__ import annotations

import lzma
import struct
import zipfile
import zlib
from collections.abc import Callable, Mapping
from typing import BinaryIO, TypeVar, cast

from layoutlint.architecture import network
from layoutlint.architecture.config_values import Json
from layoutlint.architecture.layer_config import Stored
from layoutlint.model.graph import Graph
from layoutlint.model.unreadable import UnreadableError, brief
from layoutlint.readers import stored_class, subclassed_weights
from layoutlint.readers.aids import NO_AIDS, Aids
from layoutlint.readers.bounded import MEBIBYTE, BoundedFile
from layoutlint.readers.jsontext import parse
from layoutlint.system.places import opened

T = TypeVar("T")

CONFIG = "config.json"
METADATA = "metadata.json"
WEIGHTS = "model.weights.h5"

MAX_CONFIG = 16 * MEBIBYTE
"""The largest model of keras.applications has a config.json of 1 MiB."""

_DAMAGE = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, struct.error, ValueError, OSError)
"""What unpacking a damaged member raises."""

_LOCAL_HEADER = struct.Struct("<4s22xHH")


def open_archive(file: BinaryIO) -> zipfile.ZipFile:
    """Return the archive, its directory read within bounds; raises UnreadableError for a damaged one."""
    try:
        return zipfile.ZipFile(cast(BinaryIO, BoundedFile(file, limit=MAX_CONFIG * 2)))
    except (zipfile.BadZipFile, ValueError, NotImplementedError, struct.error, EOFError) as error:
        raise UnreadableError(f"damaged zip archive: {brief(error)}") from error


def read(path: str, aids: Aids = NO_AIDS) -> Graph:
    """Return the graph of a ``.keras`` file; a class of a package may be evaluated."""
    # without a buffer: of the weights' headers it would read far more than is asked for
    with opened(path, buffering=0) as file:
        return read_file(file, path, aids)


def read_file(file: BinaryIO, path: str, aids: Aids = NO_AIDS) -> Graph:
    """Return the graph of an open ``.keras`` file; ``path`` is how it is called in what is reported."""
    archive = open_archive(file)
    config = parse(_member(archive, CONFIG), CONFIG)
    version = _keras_version(archive)
    if not network.is_architecture(config):
        built = aids.build(config) if aids.build is not None else None
        if built is not None:
            return built
        groups, note = _weight_groups(archive, file)
        graph = subclassed_weights.subclassed(config, path, groups, note, version)
        graph.notes += stored_class.advice(config)
        return graph
    stored, note = _stored(archive, file, config)
    graph = network.read(config, path, stored, version)
    graph.notes += [note] if note else []
    return graph


def _keras_version(archive: zipfile.ZipFile) -> Json:
    """Return the release of Keras that wrote the archive; None where metadata.json cannot be read."""
    try:
        return parse(_member(archive, METADATA), METADATA).get("keras_version")
    except UnreadableError:
        return None


def _member(archive: zipfile.ZipFile, name: str) -> bytes:
    """Return a member's bytes, never more than MAX_CONFIG of them, whatever its header says."""
    try:
        info = archive.getinfo(name)
        if info.file_size > MAX_CONFIG:
            raise UnreadableError(f"its {name} has {info.file_size} bytes: damaged or malicious")
        with archive.open(info) as member:
            data = member.read(MAX_CONFIG + 1)
    except KeyError:
        raise UnreadableError(f"has no {name}") from None
    except _DAMAGE as error:
        raise UnreadableError(f"its {name} is damaged: {brief(error)}") from error
    except (NotImplementedError, RuntimeError) as error:
        raise UnreadableError(f"its {name} cannot be read: {brief(error)}") from error
    if len(data) > MAX_CONFIG:
        raise UnreadableError(
            f"its {name} unpacks to more than {MAX_CONFIG // MEBIBYTE} MiB: damaged or malicious"
        )
    return data


def _stored(
    archive: zipfile.ZipFile, file: BinaryIO, config: Mapping[str, Json]
) -> tuple[Stored, str | None]:
    """Return the stored weights' shapes by layer, and why there are none where there should be some."""
    if WEIGHTS not in archive.NameToInfo:
        return {}, None
    from layoutlint.readers import hdf5
    from layoutlint.readers.layer_weights import of_archive

    stored, note = _weights(archive, file, lambda weights: of_archive(config, hdf5.tree(weights)))
    return stored or {}, note


def _weight_groups(
    archive: zipfile.ZipFile, file: BinaryIO
) -> tuple[tuple[subclassed_weights.Group, ...], str | None]:
    """Return the stored weights' groups, and why there are none."""
    from layoutlint.readers import hdf5

    groups, note = _weights(archive, file, hdf5.weight_groups)
    return groups or (), note


def _weights(
    archive: zipfile.ZipFile, file: BinaryIO, read: Callable[[BoundedFile], T]
) -> tuple[T | None, str | None]:
    """Return what is read of the stored weights, and why nothing is. They are never a reason to refuse the
    file.
    """
    try:
        info = archive.getinfo(WEIGHTS)
        if info.compress_type != zipfile.ZIP_STORED:
            return None, f"{WEIGHTS} is compressed, its shapes were not read"
        file.seek(info.header_offset)
        _, name_length, extra_length = _LOCAL_HEADER.unpack(file.read(_LOCAL_HEADER.size))
        start = info.header_offset + _LOCAL_HEADER.size + name_length + extra_length
        return read(BoundedFile(file, start=start, size=info.file_size)), None
    except KeyError:
        return None, f"has no {WEIGHTS}"
    except (UnreadableError, struct.error, OSError, ValueError) as error:
        return None, f"the shapes in {WEIGHTS} were not read: {error}"
