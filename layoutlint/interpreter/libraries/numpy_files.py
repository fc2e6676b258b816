"""Arrays in files next to the program: only the header of an ``.npy`` is read, never its data or a pickle.

Source: the format's description, ``numpy.lib.format``,
https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html.
"""

from __future__ import annotations

import ast
import zipfile
from pathlib import Path
from typing import BinaryIO

from layoutlint.interpreter.core.arguments import Arguments
from layoutlint.interpreter.core.evaluator import Evaluator
from layoutlint.interpreter.core.library import Kind, Library
from layoutlint.interpreter.core.site import Handler, Site
from layoutlint.interpreter.core.values import LibraryObject, Value
from layoutlint.interpreter.libraries.paths import near
from layoutlint.model.axes import Shape
from layoutlint.model.graph import Tensor
from layoutlint.model.syntax_text import expression_of

MAGIC = b"\x93NUMPY"
MAX_HEADER = 10_000
MAX_BYTES = 1 << 50
MAX_MEMBERS = 200
MAX_RANK = 64
ARCHIVE = "numpy.lib.npyio.NpzFile"


def _load(site: Site, arguments: Arguments) -> Value:
    """Return ``np.load(path)``: the shape that the file's header states."""
    found = near(site.evaluator, arguments.get(0, "file"), MAX_BYTES)
    if found is None:
        return site.lost("a file that is not next to the program")
    site.graph.reads.model(str(found))
    site.graph.reads.model(str(found))
    try:
        with found.open("rb") as file:
            start = file.read(len(MAGIC))
            file.seek(0)
            if start == MAGIC:
                shape = header_shape(file)
                return Tensor(Shape.of(*shape), None, site.origin)
        if start[:4] == b"PK\x03\x04":
            return _archive(site, found)
    except (OSError, ValueError, SyntaxError, zipfile.BadZipFile, RecursionError, MemoryError, RuntimeError):
        return site.lost(f"{found.name} cannot be read")
    return site.lost(f"{found.name} is not a file of arrays")


def header_shape(file: BinaryIO) -> tuple[int, ...]:
    """Return the shape in the header of an ``.npy``. Raises ValueError where there is none."""
    start = file.read(12)
    if len(start) < 12 or start[:6] != MAGIC or start[6] not in (1, 2, 3):
        raise ValueError("no npy header")
    width = 2 if start[6] == 1 else 4
    length = int.from_bytes(start[8 : 8 + width], "little")
    if length > MAX_HEADER:
        raise ValueError("the header is too long")
    text = (start[8 + width :] + file.read(length))[:length]
    header = ast.literal_eval(expression_of(text.decode("latin-1").strip()))
    shape = header.get("shape") if isinstance(header, dict) else None
    if not isinstance(shape, tuple) or len(shape) > MAX_RANK:
        raise ValueError("the header states no shape")
    if not all(type(size) is int and size >= 0 for size in shape):
        raise ValueError("the header states no sizes")
    return shape


def _archive(site: Site, path: Path) -> Value:
    arrays: dict[Value, Value] = {}
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist()[:MAX_MEMBERS]:
            if name.endswith(".npy"):
                with archive.open(name) as member:
                    shape = header_shape(member)  # type: ignore[arg-type]
                arrays[name.removesuffix(".npy")] = Tensor(Shape.of(*shape), None, site.origin)
    return LibraryObject(ARCHIVE, site.origin, site.journal.born({"fields": site.journal.born(arrays)}))


def _method(site: Site, made: LibraryObject, name: str, arguments: Arguments) -> Value:
    return None if name == "close" else site.lost(f"{name} of an archive")


def _attribute(site: Site, made: LibraryObject, name: str) -> Value | None:
    return site.list_of(_names(site.evaluator, made)) if name == "files" else None


def _names(ev: Evaluator, archive: LibraryObject) -> list[Value]:
    fields = archive.state.get("fields")
    return list(fields) if isinstance(fields, dict) else []


_FUNCTIONS: dict[str, Handler] = {"numpy.load": _load}


LIBRARY = Library(
    "numpy_files",
    functions=_FUNCTIONS,
    kinds={ARCHIVE: Kind(method=_method, attribute=_attribute, items=_names)},
)
