"""Arrays in files next to the program: only the header of an ``.npy`` is read, never its data or a pickle.

Source: the format's description, ``numpy.lib.format``,
https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html.
"""

from __future__ import annotations

import ast
import zipfile
from pathlib import Path
from typing import BinaryIO

from layoutlint.interpreter.core.evaluator import Arguments, Evaluator
from layoutlint.interpreter.core.values import LibraryObject, Scope, Value
from layoutlint.interpreter.libraries.builtins import Handler
from layoutlint.interpreter.libraries.paths import near
from layoutlint.model.axes import Shape
from layoutlint.model.graph import Tensor

MAGIC = b"\x93NUMPY"
MAX_HEADER = 10_000
MAX_BYTES = 1 << 50
MAX_MEMBERS = 200
MAX_RANK = 64
ARCHIVE = "numpy.lib.npyio.NpzFile"


def _load(ev: Evaluator, arguments: Arguments, node: ast.expr, scope: Scope) -> Value:
    """``np.load(path)``: the shape that the file's header states."""
    found = near(ev, arguments.get(0, "file"), MAX_BYTES)
    if found is None:
        return ev.lost(node, scope, "a file that is not next to the program")
    try:
        with found.open("rb") as file:
            start = file.read(len(MAGIC))
            file.seek(0)
            if start == MAGIC:
                shape = header_shape(file)
                return Tensor(Shape.of(*shape), None, ev.origin(node, scope))
        if start[:4] == b"PK\x03\x04":
            return _archive(ev, found, node, scope)
    except (OSError, ValueError, SyntaxError, zipfile.BadZipFile, RecursionError, MemoryError, RuntimeError):
        return ev.lost(node, scope, f"{found.name} cannot be read")
    return ev.lost(node, scope, f"{found.name} is no file of arrays")


def header_shape(file: BinaryIO) -> tuple[int, ...]:
    """The shape in the header of an ``.npy``. Raises ValueError where there is none."""
    start = file.read(12)
    if len(start) < 12 or start[:6] != MAGIC or start[6] not in (1, 2, 3):
        raise ValueError("no npy header")
    width = 2 if start[6] == 1 else 4
    length = int.from_bytes(start[8 : 8 + width], "little")
    if length > MAX_HEADER:
        raise ValueError("the header is too long")
    text = (start[8 + width :] + file.read(length))[:length]
    header = ast.literal_eval(text.decode("latin-1").strip())
    shape = header.get("shape") if isinstance(header, dict) else None
    if not isinstance(shape, tuple) or len(shape) > MAX_RANK:
        raise ValueError("the header states no shape")
    if not all(type(size) is int and size >= 0 for size in shape):
        raise ValueError("the header states no sizes")
    return shape


def _archive(ev: Evaluator, path: Path, node: ast.expr, scope: Scope) -> Value:
    arrays: dict[str, Value] = {}
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist()[:MAX_MEMBERS]:
            if name.endswith(".npy"):
                with archive.open(name) as member:
                    shape = header_shape(member)  # type: ignore[arg-type]
                arrays[name.removesuffix(".npy")] = Tensor(Shape.of(*shape), None, ev.origin(node, scope))
    return LibraryObject(
        ARCHIVE, ev.origin(node, scope), ev.journal.born({"fields": ev.journal.born(arrays)})
    )


def _method(
    ev: Evaluator, made: LibraryObject, name: str, arguments: Arguments, node: ast.expr, scope: Scope
) -> Value:
    return None if name == "close" else ev.lost(node, scope, f"{name} of an archive")


def _attribute(ev: Evaluator, made: LibraryObject, name: str, node: ast.expr, scope: Scope) -> Value | None:
    return ev.journal.born(list(_names(made))) if name == "files" else None


def _names(archive: LibraryObject) -> tuple[str, ...]:
    fields = archive.state.get("fields")
    return tuple(fields) if isinstance(fields, dict) else ()


FUNCTIONS: dict[str, Handler] = {"numpy.load": _load}
METHODS = {ARCHIVE: _method}
ATTRIBUTES = {ARCHIVE: _attribute}
ITERATION = {ARCHIVE: lambda ev, made: list(_names(made))}
