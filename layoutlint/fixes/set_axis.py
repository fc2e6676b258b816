"""``set-axis``: the layer works along the last axis.

Unsafe: the layer computes something else.
"""

from __future__ import annotations

import libcst as cst

from layoutlint.findings import Finding
from layoutlint.fixes import calls
from layoutlint.fixes.edits import Change, Edit, NotFixableError
from layoutlint.fixes.source import Source


def fix(source: Source, finding: Finding) -> Edit:
    """``BatchNormalization(axis=1)`` → ``BatchNormalization(axis=-1)``."""
    if finding.repair is None or finding.repair.layer is None:
        raise NotFixableError("the layer is not known")
    call = source.call(finding.repair.layer.location)
    given = calls.keyword(call, "axis")
    if given is None and call.args and call.args[0].keyword is None:
        raise NotFixableError("the axis is given by position")
    if given is not None and not _is_number(given.value):
        raise NotFixableError(f"axis is given as {source.code(given.value)} here")
    literals = () if given is None else (source.code(given.value),)
    return Edit((Change(call, calls.with_keyword(source, call, "axis", "-1", literals)),))


def _is_number(node: cst.BaseExpression) -> bool:
    inner = node.expression if isinstance(node, cst.UnaryOperation) else node
    return isinstance(inner, cst.Integer)
