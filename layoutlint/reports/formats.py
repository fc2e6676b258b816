"""The table of output formats: a format is one module here and one row.

A module of ``CHECK`` has ``render(report, scenes, style) -> str``; those of ``SHOW`` and ``RULES`` are
rendered by their commands.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import Any, Final

from msgspec import Struct

from layoutlint.model.findings import Report
from layoutlint.reports.style import Style
from layoutlint.run.scenes import Scenes


class Format(Struct, frozen=True):
    """An output format: the module that renders it, and what it is in a few words.

    ``tells_coverage`` says that the rendered text ends with what was covered; of other formats it is told on
    standard error. A ``document`` is for machines: it is one text, and nothing is told beside it. One that
    ``holds_edits`` has what the fixes of its findings would change.
    """

    module: str
    meaning: str
    tells_coverage: bool = False
    document: bool = False
    holds_edits: bool = False


CHECK: Final[Mapping[str, Format]] = {
    "full": Format("full", "findings with their source lines", tells_coverage=True),
    "concise": Format("concise", "one line each"),
    "json": Format("json_format", "one JSON document", document=True, holds_edits=True),
    "json-lines": Format("json_lines", "one JSON object a line", document=True, holds_edits=True),
    "github": Format("github", "annotations of GitHub Actions"),
    "sarif": Format("sarif", "SARIF 2.1.0, for code scanning", document=True, holds_edits=True),
    "gitlab": Format("gitlab", "GitLab's code quality report", document=True),
    "junit": Format("junit", "JUnit XML", document=True),
    "rdjson": Format("rdjson", "reviewdog's diagnostics", document=True, holds_edits=True),
}
SHOW: Final[Mapping[str, Format]] = {
    "full": Format("show_text", "layer by layer"),
    "concise": Format("show_text", "one line each"),
    "json": Format("show_json", "one JSON document", document=True),
}
RULES: Final = ("full", "concise", "json")


def render(name: str, report: Report, scenes: Scenes, style: Style) -> str:
    """Return the report of a check in one of the formats of ``CHECK``."""
    module: Any = import_module(f"layoutlint.reports.{CHECK[name].module}")
    text: str = module.render(report, scenes, style)
    return text
