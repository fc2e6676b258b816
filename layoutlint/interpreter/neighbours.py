"""The other programs in the folder of a program: ``train.py`` saves the model that ``predict.py`` loads.

They are only evaluated where a program loads something that neither it nor a file provides.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Final

from layoutlint.interpreter.core.evaluator import Evaluator
from layoutlint.interpreter.language.imports import Parse, parsed
from layoutlint.interpreter.language.module_files import MAX_BYTES, looked_into
from layoutlint.model.origins import SourceFile
from layoutlint.model.reads import content_of

MAX_LISTED: Final = 100
"""A folder of more modules is a library, not a few programs that work together."""
MAX_PROGRAMS: Final = 3
"""Where more programs than these may have saved it, nobody knows which one ran last."""
SAVES: Final = re.compile(r"\bsave\w*\(|\bModelCheckpoint\(|\.convert\(|\.from_(?:keras|function)\(")

Start = Callable[[SourceFile, ast.Module, Evaluator], Evaluator]
"""What evaluates a program on behalf of another one, within what that one has left of its budget."""


class Neighbours:
    """Finds the programs next to one that may have saved what it loads, and evaluates each once."""

    def __init__(self, path: Path, parse: Parse, start: Start) -> None:
        self._path, self._parse, self._start = path.resolve(), parse, start
        self._listed: list[Path] | None = None
        self._evaluated: dict[Path, Evaluator | None] = {}

    def saving(self, ev: Evaluator, name: str) -> list[Evaluator]:
        """Return the programs that may have saved a file of this name; none where there are too many."""
        candidates = [path for path in self._modules(ev) if self._may_save(ev, path, name)]
        if len(candidates) > MAX_PROGRAMS:
            return []
        found = [self._evaluation(ev, path) for path in candidates]
        return [each for each in found if each is not None]

    def _evaluation(self, ev: Evaluator, path: Path) -> Evaluator | None:
        if path not in self._evaluated:
            known = parsed(path, ev.graph.reads, self._parse)
            self._evaluated[path] = None if known is None else self._start(*known, ev)
        return self._evaluated[path]

    def _modules(self, ev: Evaluator) -> list[Path]:
        if self._listed is None:
            folder = self._path.parent
            ev.graph.reads.names(str(folder))
            try:
                self._listed = sorted(path for path in folder.glob("*.py") if path != self._path)
            except OSError:
                self._listed = []
        return self._listed if len(self._listed) <= MAX_LISTED else []

    @staticmethod
    def _may_save(ev: Evaluator, path: Path, name: str) -> bool:
        """Tell whether a program saves something under this name, or under a name from elsewhere."""
        text = looked_into(path, ev.graph.reads, _text_that_saves)
        if not text:
            return False
        return name in text or name not in ev.file.text


@lru_cache(maxsize=MAX_LISTED + 1)  # each of a folder asks for all the others
def _text_that_saves(path: Path, version: tuple[int, ...]) -> tuple[str, str]:
    """Return the text of a program that saves something, or none, and the hash of the content: most programs
    of a folder save nothing, and syntax takes a hundred times as long to make.
    """
    data, hashed = content_of(path, MAX_BYTES)
    text = data.decode("utf-8", errors="replace")
    return text if SAVES.search(text) else "", hashed
