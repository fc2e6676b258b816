"""``set-layer-rank``: the layer of the data's rank, ``Conv1D`` for a Conv2D that gets signals.

Unsafe: the author may as well have meant to give the data another axis.
"""

from __future__ import annotations

import libcst as cst

from layoutlint.fixes import imported_names
from layoutlint.fixes.edits import Change, Edit, NotFixableError
from layoutlint.fixes.source_text import Source
from layoutlint.model.findings import Finding


def fix(source: Source, finding: Finding) -> Edit:
    """``Conv2D(16, (3, 3))`` → ``Conv1D(16, 3)``."""
    repair = finding.repair
    if repair is None or repair.layer is None or repair.suited is None:
        raise NotFixableError("the layer for these axes is not known")
    call = source.call(repair.layer.location)
    name, imports = imported_names.beside(source, call.func, repair.suited)
    args = [arg.with_changes(value=_one_size(arg.value)) for arg in call.args]
    return Edit((Change(call, call.with_changes(func=name, args=args)), *imports))


def _one_size(node: cst.BaseExpression) -> cst.BaseExpression:
    """``3`` for ``(3, 3)``: the number holds for each axis, however many there are."""
    if not isinstance(node, cst.Tuple | cst.List) or not node.elements:
        return node
    first, *others = (element.value for element in node.elements)
    if not isinstance(first, cst.Integer) or any(not first.deep_equals(other) for other in others):
        return node
    return first
