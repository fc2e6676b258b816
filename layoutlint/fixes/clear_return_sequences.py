"""``clear-return-sequences``: the last recurrent layer gives its last output alone.

Unsafe: the author may as well have targets for each sample where each step should have its own.
"""

from __future__ import annotations

from layoutlint.fixes import call_arguments
from layoutlint.fixes.edits import Change, Edit, NotFixableError
from layoutlint.fixes.source_text import Source
from layoutlint.model.findings import Finding


def fix(source: Source, finding: Finding) -> Edit:
    """``LSTM(64, return_sequences=True)`` → ``LSTM(64, return_sequences=False)``."""
    before = finding.repair.shaping if finding.repair is not None else None
    if before is None:
        raise NotFixableError("the last recurrent layer is not known")
    call = source.call(before.location)
    if call_arguments.keyword(call, "return_sequences") is None:
        raise NotFixableError("return_sequences is not written by name here")
    return Edit(
        (Change(call, call_arguments.with_keyword(source, call, "return_sequences", "False", ("True",))),)
    )
