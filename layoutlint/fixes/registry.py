"""Running a fix by the name that a rule gives it; its codemod is loaded when it is used."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from layoutlint.engine.fix_names import FIXES

if TYPE_CHECKING:
    from layoutlint.fixes.edits import Edit
    from layoutlint.fixes.source_text import Source
    from layoutlint.model.findings import Finding


def run(source: Source, finding: Finding) -> Edit:
    """Return the edit that a finding's fix proposes. Raises NotFixableError."""
    from layoutlint.fixes.edits import NotFixableError

    if finding.fix not in FIXES:
        raise NotFixableError(f"there is no fix {finding.fix}")
    edit: Edit = import_module(f"layoutlint.fixes.{finding.fix.replace('-', '_')}").fix(source, finding)
    return edit
