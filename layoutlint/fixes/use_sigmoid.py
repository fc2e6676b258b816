"""``use-sigmoid``: one unit that says yes or no has a sigmoid; a softmax over one value is always 1.

Unsafe: the layer computes something else.
"""

from __future__ import annotations

import libcst as cst

from layoutlint.fixes.edits import Change, Edit, NotFixableError
from layoutlint.fixes.source_text import Source
from layoutlint.model.findings import Finding


def fix(source: Source, finding: Finding) -> Edit:
    """``Dense(1, activation="softmax")`` → ``Dense(1, activation="sigmoid")``."""
    if finding.repair is None or finding.repair.layer is None:
        raise NotFixableError("the layer is not known")
    call = source.call(finding.repair.layer.location)
    for arg in call.args:
        if isinstance(arg.value, cst.SimpleString) and arg.value.evaluated_value == "softmax":
            text = arg.value.value.replace("softmax", "sigmoid")
            return Edit((Change(arg.value, arg.value.with_changes(value=text)),))
    raise NotFixableError('"softmax" is not written here')
