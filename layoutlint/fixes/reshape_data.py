"""``reshape-data``: an array is brought into the shape that a model's input declares, where it is fed.

Unsafe: the author may as well have declared the wrong shape.
"""

from __future__ import annotations

import libcst as cst

from layoutlint.fixes.add_sample_axis import operand
from layoutlint.fixes.edits import Change, Edit, NotFixableError
from layoutlint.fixes.source_text import Source
from layoutlint.model.findings import Finding

NUMPY = "np"


def fix(source: Source, finding: Finding) -> Edit:
    """``model.fit(x, y)`` → ``model.fit(x.reshape(-1, 784), y)``."""
    remedy = finding.repair.remedy if finding.repair is not None else None
    if remedy is None:
        raise NotFixableError("no reshape makes the data fit")
    if remedy.startswith(f"{NUMPY}.") and NUMPY not in source.imported:
        raise NotFixableError(f"NumPy is not imported as {NUMPY}")
    array = source.expression(finding.location)
    changed = cst.parse_expression(
        remedy.format(x=source.code(operand(array))), source.module.config_for_parsing
    )
    return Edit((Change(array, changed),))
