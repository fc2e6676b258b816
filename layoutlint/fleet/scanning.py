"""A scan: pieces → what earlier runs know of them → an engine for the rest → rows in a file of results."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Protocol, TypeAlias

import msgspec

from layoutlint import __version__
from layoutlint.fleet.contents import Surroundings, content_of, key
from layoutlint.fleet.listing import Piece
from layoutlint.fleet.result_rows import ResultRow
from layoutlint.fleet.results_file import ResultsFile
from layoutlint.fleet.scanner import Scanner
from layoutlint.run.configuration import ConfigurationError
from layoutlint.system.git_objects import GitError

Told: TypeAlias = Callable[[ResultRow, bool], None]
"""Is told each row, and whether it comes from an earlier run."""


class ClusterError(Exception):
    """The cluster cannot do the work; ``str(error)`` says why, in one line."""


class Engine(Protocol):
    """Works on pieces as they come, a bounded number at once; rows come out in any order."""

    def rows(self, pieces: Iterable[tuple[int, Piece]]) -> Iterator[tuple[int, ResultRow]]:
        """Yield a row for each piece, with the piece's number."""

    def close(self) -> None:
        """End what works for it."""


class Earlier:
    """What earlier runs know: the rows that a run of today would make again."""

    def __init__(self, results: ResultsFile | None, scanner: Scanner, *, resume: bool) -> None:
        self._results = results
        self._scanner = scanner
        self._resume = resume
        self._surroundings = Surroundings()

    def row(self, piece: Piece) -> ResultRow | None:
        """Return the row of a piece, if an earlier run has made it of the same content, in the same
        surroundings, under the same configuration; with ``resume``, what an interrupted run has made is not
        looked at again.
        """
        results = self._results
        if results is None or not results.knows_rows:
            return None
        try:
            place = self._scanner.place(piece)
            configuration = self._scanner.configuration(place)
            row = results.interrupted(piece.path) if self._resume and piece.tree is None else None
            if row is not None and _is_of_today(row, configuration):
                return row
            content = content_of(place)
        except (ConfigurationError, GitError, OSError, ValueError):
            return None
        if content is None:
            return None
        for row in results.known(key(piece.path, piece.named, content, configuration)):
            if self._surroundings.hold(row, place):
                return msgspec.structs.replace(row, path=piece.path)
        return None


def _is_of_today(row: ResultRow, configuration: str) -> bool:
    is_whole = row.imports is not None
    return is_whole and row.layoutlint == __version__ and row.configuration == configuration


def scan(
    pieces: Iterable[Piece], earlier: Earlier, engine: Engine, results: ResultsFile | None, told: Told
) -> None:
    """Have a row for every piece, in the file of results and told. Raises ResultsError, and what the engine
    raises; the rows that were there before are in the file.
    """

    def keep(number: int, row: ResultRow, *, known: bool) -> None:
        if results is not None:
            results.add(number, row)
        told(row, known)

    def left() -> Iterator[tuple[int, Piece]]:
        for number, piece in enumerate(pieces):
            if piece.refusal is not None:
                keep(number, piece.refusal, known=False)
                continue
            row = earlier.row(piece)
            if row is None:
                yield number, piece
            else:
                keep(number, row, known=True)

    for number, row in engine.rows(left()):
        keep(number, row, known=False)
    if results is not None:
        results.finish()
