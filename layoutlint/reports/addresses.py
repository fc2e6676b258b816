"""How machines call the place of a finding: paths below the current folder, URIs, bytes of a line."""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import quote

from layoutlint.engine.rule_folder import builtin_folder
from layoutlint.model.findings import Finding, TextEdit
from layoutlint.model.origins import Location
from layoutlint.model.project import rule_page
from layoutlint.run.discovery import STANDARD_INPUT
from layoutlint.run.fingerprints import portable
from layoutlint.run.scenes import Scenes


def is_file(path: str) -> bool:
    """Tell whether findings of this path are in a file: standard input and a model in memory are not."""
    return path != STANDARD_INPUT and not (path.startswith("<") and path.endswith(">"))


def path_of(location: Location) -> str:
    """Return the path from the current folder, with forward slashes."""
    return portable(location.path, os.getcwd()) if is_file(location.path) else location.path  # noqa: PTH109


def uri(path: str) -> str:
    """Return a path as a URI reference; an absolute one as a ``file:`` URI."""
    written = quote(os.fsencode(path))
    return f"file://{written}" if path.startswith("/") else written


def page(scenes: Scenes, rule: str) -> str | None:
    """Return the address of a rule's page: the one that everybody has, else that of its file."""
    found: Path | None = scenes.pages.get(rule)
    return public_page(scenes, rule) or (None if found is None else found.resolve().as_uri())


def public_page(scenes: Scenes, rule: str) -> str | None:
    """Return the address of a built-in rule's page on the site; a house rule has none there."""
    found: Path | None = scenes.pages.get(rule)
    return rule_page(rule) if found is not None and found.parent == builtin_folder() else None


def has_lines(location: Location) -> bool:
    """Tell whether the line of a place is one of its file: that of a notebook counts within a cell, and a
    saved model has none.
    """
    return location.line is not None and location.cell is None


def within(location: Location) -> str:
    """Say, before a message, where in a notebook or a saved model it is; nothing for a line of source."""
    if location.layer is not None:
        return f"layer {location.layer}: " if location.layer else ""
    return f"cell {location.cell}, line {location.line}: " if location.cell is not None else ""


def safe_edits(finding: Finding, scenes: Scenes) -> tuple[TextEdit, ...]:
    """Return what the safe fix of a finding changes, for those who apply it by the lines of the file."""
    proposal = scenes.proposal(finding)
    return proposal.edits if proposal is not None and proposal.safe and has_lines(finding.location) else ()


def byte_column(scenes: Scenes, location: Location, line: int, column: int) -> int:
    """Return the column of a character counted in bytes of UTF-8, from 1."""
    text = scenes.line(location, line) or ""
    return len(text[: column - 1].encode(errors="surrogateescape")) + 1 if not text.isascii() else column
