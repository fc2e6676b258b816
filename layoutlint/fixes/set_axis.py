"""``set-axis``: the layer or function works along the axis of the channels, the last one unless the layers
before it put the channels elsewhere.

Unsafe: it computes something else.
"""

from __future__ import annotations

import libcst as cst

from layoutlint.fixes import call_arguments
from layoutlint.fixes.edits import Change, Edit, NotFixableError
from layoutlint.fixes.source_text import Source
from layoutlint.model.findings import Finding, Repair


def fix(source: Source, finding: Finding) -> Edit:
    """``BatchNormalization(axis=1)`` → ``BatchNormalization(axis=-1)``, ``p.argmax(0)`` likewise."""
    repair = finding.repair
    if repair is None or repair.layer is None:
        raise NotFixableError("the layer is not known")
    call = source.call(repair.layer.location)
    wanted = _wanted(repair)
    given = call_arguments.keyword(call, "axis")
    if given is None:
        # functions take their tensor first; layers and methods take the axis first
        is_function = repair.layer.name.islower() and not call_arguments.is_method(source, call)
        positional = [arg for arg in call.args if arg.keyword is None]
        given = next(iter(positional[int(is_function) :]), None)
    if given is None:
        return Edit((Change(call, call_arguments.with_keyword(source, call, "axis", wanted, ())),))
    if given.star or not _is_number(given.value):
        raise NotFixableError(f"axis is given as {source.code(given.value)} here")
    return Edit((Change(given.value, cst.parse_expression(wanted)),))


def _wanted(repair: Repair) -> str:
    """Return the axis as it is best written: from the end where it is the last one."""
    before = repair.layer.before if repair.layer is not None else None
    if repair.axis is None or (before is not None and repair.axis == len(before) - 1):
        return "-1"
    return str(repair.axis)


def _is_number(node: cst.BaseExpression) -> bool:
    inner = node.expression if isinstance(node, cst.UnaryOperation) else node
    return isinstance(inner, cst.Integer)
