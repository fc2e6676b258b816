"""Running the command line in this process, as the console script does."""

from __future__ import annotations

import io
import json
import os
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from layoutlint.cli import main

WRONG = """\
from keras import layers, models

model = models.Sequential()
model.add(layers.Conv1D(32, 3, padding="same", input_shape=(1, 8000)))
model.add(layers.Flatten())
"""
RIGHT = WRONG.replace("(1, 8000)", "(8000, 1)")
ERROR = WRONG.replace("(1, 8000)", "(8000,)")
"""Keras refuses this one: Conv1D needs three axes."""


@dataclass
class Result:
    """What one run said."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


class Runner:
    """Runs ``layoutlint`` in a folder."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch, capsysbinary: Any) -> None:
        self.folder = folder
        self.monkeypatch = monkeypatch
        self.capsys = capsysbinary
        monkeypatch.chdir(folder)
        for name in ("NO_COLOR", "FORCE_COLOR", "GITHUB_ACTIONS", "COLUMNS"):
            monkeypatch.delenv(name, raising=False)

    def write(self, name: str, content: str | bytes) -> Path:
        """Write a file below the folder."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    def __call__(self, *arguments: str | os.PathLike[str], stdin: str | bytes = b"") -> Result:
        given = stdin.encode() if isinstance(stdin, str) else stdin
        self.monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(given)))
        self.monkeypatch.setattr(sys, "argv", ["layoutlint", *map(os.fspath, arguments)])
        self.capsys.readouterr()
        code = main()
        out, err = self.capsys.readouterr()
        return Result(code, out.decode(), err.decode())


def notebook(*cells: tuple[str, str] | tuple[str, str, dict[str, Any]], **metadata: object) -> str:
    """The text of a notebook: of each cell its kind, its source, and what else it holds (its outputs)."""
    made = []
    for kind, source, *more in cells:
        cell = {"cell_type": kind, "metadata": {}, "source": source.splitlines(keepends=True)}
        made.append(cell | more[0] if more else cell)
    return json.dumps({"cells": made, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5})
