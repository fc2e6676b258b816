"""Rows of results: all that is said of one input, as plain data for files of results."""

from __future__ import annotations

import msgspec
from msgspec import Struct

from layoutlint.model.findings import Coverage, Status


class ResultFinding(Struct, frozen=True):
    """A finding in a row. ``file`` is where it is, relative to the input's folder, if not in the input."""

    rule: str
    severity: str
    confidence: str
    message: str
    file: str | None = None
    line: int | None = None
    column: int | None = None
    cell: int | None = None
    layer: str | None = None


class LookedAt(Struct, frozen=True, array_like=True):
    """What the evaluation of an input saw of another file: a kind of fact, where, and how that was.

    ``path`` is relative to the input's folder; ``state`` is empty for what was not there.
    """

    kind: str
    path: str
    state: str


class ResultRow(Struct, frozen=True):
    """One input: what became of it, and all by which it is known again.

    ``content`` is the SHA-256 of its bytes (``sha256:…``), at an address what the server calls its version
    (``etag:…``), None where nothing tells it from another content. ``imports`` is the SHA-256 over
    ``looked_at``; both with ``layoutlint`` (the version) and ``configuration`` (a digest) decide what the row
    says. ``severe`` counts the findings that are as severe as ``fail-on`` asks.
    """

    path: str
    kind: str
    status: Status
    reason: str | None = None
    named: bool = False
    content: str | None = None
    imports: str | None = None
    layoutlint: str = ""
    configuration: str = ""
    keras: int | None = None
    models: int = 0
    layers: int = 0
    known: int = 0
    partial: int = 0
    unknown: int = 0
    unread: tuple[str, ...] = ()
    seconds: float = 0.0
    ignored: int = 0
    severe: int = 0
    findings: tuple[ResultFinding, ...] = ()
    looked_at: tuple[LookedAt, ...] = ()

    @property
    def is_failed(self) -> bool:
        """Whether it, or a place in it, could not be read."""
        return self.status == "error" or bool(self.unread)


_ENCODER = msgspec.json.Encoder()
_DECODER = msgspec.json.Decoder(ResultRow)


def refused(path: str, kind: str, status: Status, reason: str | None) -> ResultRow:
    """Return the row of an input that was not looked into."""
    return ResultRow(path, kind, status, reason)


def of_coverage(coverage: Coverage, path: str) -> ResultRow:
    """Return a row with what became of an input, which is called ``path``."""
    return ResultRow(
        path,
        coverage.kind,
        coverage.status,
        coverage.reason,
        keras=coverage.keras.number if coverage.keras is not None else None,
        models=coverage.models,
        layers=coverage.layers,
        known=coverage.known,
        partial=coverage.partial,
        unknown=coverage.unknown,
        unread=coverage.unread,
    )


def encoded(row: ResultRow) -> bytes:
    """Return a row as a line of JSON, with its end."""
    try:
        return _ENCODER.encode(row) + b"\n"
    except UnicodeEncodeError:
        # JSON has no way to write what is not text in a path
        plain = msgspec.to_builtins(row)
        return _ENCODER.encode(_as_text(plain)) + b"\n"


def _as_text(value: object) -> object:
    if isinstance(value, str):
        return value.encode(errors="backslashreplace").decode()
    if isinstance(value, dict):
        return {key: _as_text(item) for key, item in value.items()}
    return [_as_text(item) for item in value] if isinstance(value, list | tuple) else value


def decoded(line: bytes) -> ResultRow:
    """Return the row that a line holds. Raises msgspec.MsgspecError, and ValueError for what is no text."""
    return _DECODER.decode(line)


def from_plain(value: object) -> ResultRow:
    """Return a row from lists and mappings. Raises msgspec.MsgspecError."""
    return msgspec.convert(value, ResultRow)
