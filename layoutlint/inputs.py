"""Inputs: from a discovered path to its graph, with what became of it in the words of the report.

Whatever is wrong with an input ends here, in one line about that input; the others go on.
"""

from __future__ import annotations

import re
import stat
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from layoutlint.discovery import STANDARD_INPUT, Candidate
from layoutlint.findings import Coverage
from layoutlint.graph import Graph, Layer
from layoutlint.readers import NothingToReadError, UnreadableError

NO_KERAS = "no Keras code"

KERAS_WORDS = re.compile(rb"keras|tensorflow", re.IGNORECASE)
"""A Python file without any of these words builds no Keras model and is not even parsed."""

MAX_SOURCE_BYTES = 16 * 2**20
"""Source beyond this is generated data; the parser would need some hundred times as much memory."""

_LFS_POINTER = b"version https://git-lfs.github.com/spec/"
_MODEL_EXTENSIONS = frozenset([".keras", ".h5", ".hdf5"])
_MODEL_SIGNATURES = {b"PK\x03\x04": "keras", b"PK\x05\x06": "keras", b"\x89HDF\r\n\x1a\n": "hdf5"}
_HEAD_BYTES = 4096


@dataclass(frozen=True, slots=True)
class Opened:
    """What became of one input, and its graph where there is one."""

    coverage: Coverage
    graph: Graph | None = None


def open_all(found: Iterable[Candidate | Coverage]) -> Iterator[Opened]:
    """Every discovered input, opened; what discovery could not reach stays what it is."""
    for item in found:
        yield Opened(item) if isinstance(item, Coverage) else open_input(item)


def open_input(candidate: Candidate) -> Opened:
    """Read one input to its graph; never raises for anything that the input holds."""
    path = candidate.path
    kind = "unknown"
    try:
        kind, data = _recognise(candidate)
        graph = _read(kind, data, candidate)
    except NothingToReadError as nothing:
        return Opened(Coverage(path, kind, "skipped", str(nothing)))
    except (UnreadableError, OSError) as error:
        return Opened(Coverage(path, kind, "error", _reason(error)))
    except Exception as error:
        # a mistake of ours (or memory, or the stack) must cost one input, not the run
        return Opened(Coverage(path, kind, "error", internal_error(error)))
    return Opened(coverage(graph, kind), graph)


def _reason(error: Exception) -> str:
    if isinstance(error, OSError) and error.strerror:
        return error.strerror[0].lower() + error.strerror[1:]
    return " ".join(str(error).split())


def internal_error(error: Exception) -> str:
    """One line for a mistake inside layoutlint."""
    return f"internal error, please report it: {type(error).__name__}: {' '.join(str(error).split())[:200]}"


def _recognise(candidate: Candidate) -> tuple[str, bytes]:
    """What an input is, by its content, and its bytes where it is text."""
    if candidate.path == STANDARD_INPUT:
        data = sys.stdin.buffer.read(MAX_SOURCE_BYTES + 1)
        return _text_kind(data, ""), data
    path = Path(candidate.path)
    extension = path.suffix.lower()
    status = path.stat()
    if stat.S_ISDIR(status.st_mode):
        return "saved-model", b""
    with path.open("rb") as file:
        head = file.read(_HEAD_BYTES)
        if head.startswith(_LFS_POINTER):
            raise NothingToReadError("Git LFS pointer, its content is not here")
        signature = next((kind for mark, kind in _MODEL_SIGNATURES.items() if head.startswith(mark)), None)
        if signature is not None:
            return signature, b""
        if extension in _MODEL_EXTENSIONS:
            if not head:
                raise UnreadableError("is empty")
            # HDF5 may begin with a block of the user's own; the reader finds out
            return "keras" if extension == ".keras" else "hdf5", b""
        if status.st_size > MAX_SOURCE_BYTES:
            raise UnreadableError(f"is too large for source code ({status.st_size} bytes)")
        data = head + file.read()
    return _text_kind(data, extension), data


def _text_kind(data: bytes, extension: str) -> str:
    if extension == ".ipynb":
        return "notebook"
    looks_like_notebook = extension == "" and data.lstrip()[:1] == b"{" and b'"cells"' in data
    return "notebook" if looks_like_notebook else "source"


def _read(kind: str, data: bytes, candidate: Candidate) -> Graph:
    if kind in ("source", "notebook"):
        return _read_text(kind, data, candidate)
    from layoutlint.readers import read_model

    return read_model(candidate.path)


def _read_text(kind: str, data: bytes, candidate: Candidate) -> Graph:
    if len(data) > MAX_SOURCE_BYTES:
        raise UnreadableError("is too large for source code")
    if not data.strip():
        raise NothingToReadError("empty file")
    cells: tuple[tuple[int, int], ...] = ()
    has_words = KERAS_WORDS.search(data) is not None
    text = decode(data)
    if not has_words and not candidate.named:
        raise NothingToReadError(NO_KERAS)
    if kind == "notebook":
        from layoutlint.readers import notebook

        text, cells = notebook.read(data)
    from layoutlint.readers import source

    graph = source.read(text, candidate.path, cells)
    if not has_words or is_empty(graph):
        raise NothingToReadError(NO_KERAS)
    return graph


def decode(data: bytes) -> str:
    """Python source as text, by its byte order mark or its coding line (PEP 263). Raises UnreadableError."""
    if b"\0" in data:
        raise UnreadableError("is binary data, not text")
    if data.isascii() and b"coding" not in data[:400]:
        return data.decode("ascii")
    import io
    import tokenize

    try:
        encoding, _ = tokenize.detect_encoding(io.BytesIO(data).readline)
        return data.decode(encoding)
    except (SyntaxError, UnicodeDecodeError, LookupError) as error:
        raise UnreadableError(f"is not text: {' '.join(str(error).split())}") from None


def is_empty(graph: Graph) -> bool:
    """Whether a graph holds nothing that a rule could speak about."""
    return not (graph.layers or graph.calls or graph.models or graph.declarations)


def coverage(graph: Graph, kind: str) -> Coverage:
    """What is known about a graph that was read."""
    counts = {"known": 0, "partial": 0, "unknown": 0}
    outputs: dict[int, list[str]] = {}
    for call in graph.calls:
        if call.layer.kind == "layer":
            outputs.setdefault(id(call.layer), []).extend(_grades(call.output_tensors))
    layers = [layer for layer in graph.layers if layer.kind == "layer"]
    for layer in layers:
        counts[_worst(layer, outputs)] += 1
    return Coverage(
        graph.path,
        kind,
        "checked",
        "; ".join(graph.notes) or None,
        models=len(graph.models),
        layers=len(layers),
        known=counts["known"],
        partial=counts["partial"],
        unknown=counts["unknown"],
    )


def _grades(tensors: Iterable[object]) -> list[str]:
    shapes = [getattr(tensor, "shape", None) for tensor in tensors]
    return ["unknown" if s is None else "known" if s.is_known else "partial" for s in shapes] or ["unknown"]


def _worst(layer: Layer, outputs: dict[int, list[str]]) -> str:
    grades = outputs.get(id(layer), ["unknown"])
    return max(grades, key=["known", "partial", "unknown"].index)
