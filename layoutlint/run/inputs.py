"""Inputs: from a discovered path to its graph, with what became of it in the words of the report.

Whatever is wrong with an input ends here, in one line about that input; the others go on.
"""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

import msgspec
from msgspec import Struct

from layoutlint.model.findings import Coverage
from layoutlint.model.graph import Call, Graph
from layoutlint.model.origins import Cell
from layoutlint.model.reads import Reads, digest
from layoutlint.model.sizes import Expression
from layoutlint.model.unreadable import NothingToReadError, UnreadableError
from layoutlint.model.wrapped import wrappers
from layoutlint.readers.aids import Aids
from layoutlint.readers.formats import BY_EXTENSION, BY_KIND, extension_of, read_as, recognised
from layoutlint.readers.sniff import Kind, sniff
from layoutlint.run.discovery import MAX_STANDARD_INPUT, Candidate
from layoutlint.run.reach import Reach
from layoutlint.system import places, regular_files
from layoutlint.system.hard_limits import TOO_MUCH_MEMORY
from layoutlint.system.regular_files import MEBIBYTE, SOURCE
from layoutlint.system.remote_files import is_address

if TYPE_CHECKING:
    from layoutlint.architecture.config_values import Json

NO_KERAS = "no Keras code"
NO_LAYER = "calls no Keras layer"
"""What names Keras, but leaves its models to modules that are not followed, or has none."""
USUAL = Reach()

KERAS_WORDS = re.compile(
    rb"keras|tensorflow|tflite|(?:load|save)_weights\(|\.fit\((?s:.{0,200}?)\bepochs\s*=", re.IGNORECASE
)
"""A Python file without any of these words builds and trains no Keras model and is not even parsed."""

MAX_NOTEBOOK_BYTES = MAX_STANDARD_INPUT
"""A notebook carries its outputs, images included; its code has a limit of its own."""


class Opened(Struct, frozen=True):
    """What became of one input, its graph where there is one, and what was looked at on disk for it."""

    coverage: Coverage
    graph: Graph | None = None
    reads: Reads | None = None


def mentions_keras(path: str) -> bool:
    """Tell whether a file is small enough to be source, and names Keras."""
    try:
        return KERAS_WORDS.search(places.read(path, SOURCE)) is not None
    except (OSError, ValueError):
        return False


def open_input(candidate: Candidate, reach: Reach = USUAL) -> Opened:
    """Read one input to its graph; never raises for anything that the input holds.

    ``reach`` says how far the evaluation of source goes.
    """
    kind: Kind = "unknown"
    reads = Reads()

    def read() -> Graph:
        nonlocal kind
        kind, data = _recognise(candidate)
        if is_address(candidate.path):
            reads.settled = False  # nobody here sees whether it changes
        elif data and candidate.data is None:
            reads.content(own_place(candidate.path), digest(data))
        elif candidate.data is None:
            reads.model(own_place(candidate.path))
        graph = _read(kind, data, candidate, reach, reads)
        reads.include(graph.reads)
        return graph

    return msgspec.structs.replace(_opened(candidate.path, read, lambda: kind), reads=reads)


def own_place(path: str) -> str:
    """Return the path under which an input's own content is remembered."""
    return os.path.abspath(path)  # noqa: PTH100 (a link stays one)


def open_text(text: str, path: str, reach: Reach = USUAL) -> Opened:
    """Return the graph of a Python source text."""
    return _opened(path, lambda: _read_source(text, path, (), reach, Reads()), lambda: "source")


def open_model(model: Any) -> Opened:
    """Return the graph of a Keras model in memory; its path is the model's name in angle brackets."""

    def read() -> Graph:
        from layoutlint.readers import live

        return live.read(model)

    return _opened(f"<{getattr(model, 'name', None) or type(model).__name__}>", read, lambda: "memory")


def _opened(path: str, read: Callable[[], Graph], kind: Callable[[], str]) -> Opened:
    """Return the outcome of a reading, whatever happens in it."""
    try:
        graph = read()
        return Opened(coverage(graph, path, kind()), graph)
    except NothingToReadError as nothing:
        return Opened(Coverage(path, kind(), "skipped", str(nothing)))
    except (UnreadableError, OSError) as error:
        return Opened(Coverage(path, kind(), "error", _reason(error)))
    except Exception as error:
        # a mistake of ours (or memory, or the stack) must cost one input, not the run
        return Opened(Coverage(path, kind(), "error", internal_error(error)))


def _reason(error: Exception) -> str:
    return " ".join((regular_files.words(error) if isinstance(error, OSError) else str(error)).split())


def internal_error(error: Exception) -> str:
    """Return one line for a mistake inside layoutlint, or for memory that has run out."""
    if isinstance(error, MemoryError):
        return TOO_MUCH_MEMORY
    return f"internal error, please report it: {type(error).__name__}: {' '.join(str(error).split())[:200]}"


def _recognise(candidate: Candidate) -> tuple[Kind, bytes]:
    """Return what an input is, by its content, and its bytes where it is text."""
    if candidate.data is not None:
        data = candidate.data
        if data.lstrip()[:1] == b"{" and b'"cells"' in data:
            return "notebook", _bounded(data, MAX_NOTEBOOK_BYTES)
        return "source", _bounded(data, SOURCE)
    extension = extension_of(candidate.path)
    kind = sniff(candidate.path)
    if kind == "empty" and extension not in BY_EXTENSION:
        raise NothingToReadError("empty file")
    if kind not in ("source", "notebook") or extension in BY_EXTENSION:
        return recognised(candidate.path, kind).kind, b""
    kind = "notebook" if extension == ".ipynb" else kind
    limit = MAX_NOTEBOOK_BYTES if kind == "notebook" else SOURCE
    return kind, places.read(candidate.path, limit)


def _bounded(data: bytes, limit: int) -> bytes:
    if len(data) > limit:
        raise UnreadableError(f"is too large: more than {limit // MEBIBYTE} MiB")
    return data


def _read(kind: Kind, data: bytes, candidate: Candidate, reach: Reach, reads: Reads) -> Graph:
    if kind in ("source", "notebook"):
        return _read_text(kind, data, candidate, reach, reads)
    build = partial(_build, candidate.path, reach, reads) if reach.packages else None
    return read_as(BY_KIND[kind], candidate.path, Aids(reach.infer, build))


def _build(path: str, reach: Reach, reads: Reads, config: Mapping[str, Json]) -> Graph | None:
    """Return the model that the class of a followed package builds; None for a class that is in none."""
    from layoutlint.readers import stored_class

    text = stored_class.program(config, reach.names)
    if text is None:
        return None
    graph = _read_source(text, path, (), reach, reads)
    graph.notes.append(f"its layers are those that {stored_class.package_of(config)} makes of its arguments")
    return graph


def _read_text(kind: str, data: bytes, candidate: Candidate, reach: Reach, reads: Reads) -> Graph:
    if not data.strip():
        raise NothingToReadError("empty file")
    cells: tuple[Cell, ...] = ()
    # a package that is followed may build the models of a file that does not even name Keras
    has_words = KERAS_WORDS.search(data) is not None or any(name.encode() in data for name in reach.names)
    text = decode(data)
    if not has_words and not candidate.named:
        raise NothingToReadError(NO_KERAS)
    if kind == "notebook":
        from layoutlint.readers import notebook

        text, cells = notebook.read(data)
    graph = _read_source(text, candidate.path, cells, reach, reads)
    if not has_words:
        raise NothingToReadError(NO_KERAS)
    return graph


def _read_source(text: str, path: str, cells: tuple[Cell, ...], reach: Reach, reads: Reads) -> Graph:
    from layoutlint.readers import source

    limits = source.limits_of(reach.budget)
    graph = source.read(text, path, cells, limits, reach.packages, reach.knowledge, reads, reach.keras)
    if is_empty(graph):
        if graph.unread:
            raise UnreadableError(graph.unread[0])
        raise NothingToReadError(NO_LAYER if KERAS_WORDS.search(text.encode(errors="replace")) else NO_KERAS)
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
    """Tell whether a graph holds nothing that a rule could speak about."""
    return not (graph.layers or graph.calls or graph.models or graph.declarations)


def coverage(graph: Graph, path: str, kind: str) -> Coverage:
    """Return what is known about a graph that was read; a wrapped layer is part of its wrapper and not
    counted.
    """
    inside = wrappers(graph)
    grades: dict[int, int] = {}
    for call in graph.calls:
        if call.layer.kind == "layer":
            for layer in map(id, call.layer.possible):
                grades[layer] = max(grades.get(layer, KNOWN), grade(call))
    found = Counter(
        grades.get(id(layer), UNKNOWN)
        for layer in graph.layers
        if layer.kind == "layer" and (id(layer) in grades or id(layer) not in inside)
    )
    return Coverage(
        path,
        kind,
        "checked",
        "; ".join(graph.notes) or None,
        models=len(graph.models),
        layers=found.total(),
        known=found[KNOWN],
        partial=found[PARTIAL],
        unknown=found[UNKNOWN],
        unread=tuple(graph.unread),
        keras=graph.keras,
    )


KNOWN, PARTIAL, UNKNOWN = range(3)


def grade(call: Call) -> int:
    """Return how well the outputs of a call are known: that of the worst one counts."""
    outputs = call.output_tensors
    if not outputs:
        return UNKNOWN
    worst = KNOWN
    for tensor in outputs:
        shape = getattr(tensor, "shape", None)
        if shape is None:
            return UNKNOWN
        for axis in shape:
            if isinstance(axis.size, Expression):
                worst = PARTIAL
                break
    return worst
