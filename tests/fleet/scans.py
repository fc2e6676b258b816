"""Scans in tests: their rows, and what their summaries say."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tests.cli.helpers import Runner

PROGRAM = """\
from keras import layers, models
from helpers.sizes import STEPS

model = models.Sequential([layers.Conv1D(32, 3, padding="same", input_shape=(STEPS, 8000))])
"""


def rows(file: Path) -> list[dict[str, Any]]:
    """The rows of a file of results."""
    return [json.loads(line) for line in file.read_text().splitlines()]


def rows_of(run: Runner, *arguments: str, name: str = "results.jsonl", **given: Any) -> list[dict[str, Any]]:
    """The rows of a scan."""
    run("scan", *arguments, "--results", name, **given)
    return rows(run.folder / name)


def timeless(found: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Rows without what differs from run to run."""
    return [row | {"seconds": 0} for row in found]


def known_from_earlier(said: str) -> int:
    """How many rows the summary says were known."""
    _, _, rest = said.partition("(")
    return int(rest.split(" known from earlier")[0]) if "known from earlier" in said else 0
