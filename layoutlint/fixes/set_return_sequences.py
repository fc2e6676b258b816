"""``set-return-sequences``: the recurrent layer before gives its output of every step.

Unsafe: the author may as well have one recurrent layer too many.
"""

from __future__ import annotations

from layoutlint.fixes import call_arguments
from layoutlint.fixes.edits import Change, Edit, NotFixableError
from layoutlint.fixes.source_text import Source
from layoutlint.model.findings import Finding


def fix(source: Source, finding: Finding) -> Edit:
    """``LSTM(64)`` → ``LSTM(64, return_sequences=True)``."""
    before = finding.repair.shaping if finding.repair is not None else None
    if before is None:
        raise NotFixableError("the recurrent layer before it is not known")
    call = source.call(before.location)
    return Edit(
        (
            Change(
                call, call_arguments.with_keyword(source, call, "return_sequences", "True", ("False", "None"))
            ),
        )
    )
