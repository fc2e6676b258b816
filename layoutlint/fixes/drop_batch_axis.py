"""``drop-batch-axis``: the shape of one sample, without the batch that Keras adds by itself.

Safe where Keras refuses the program as it stands, whatever is fed, and the axis is the batch for sure: a
program that stops before it computes anything cannot compute something else afterwards. Unsafe elsewhere.
"""

from __future__ import annotations

import libcst as cst

from layoutlint.fixes import literal_sequences
from layoutlint.fixes.edits import Change, Edit, NotFixableError
from layoutlint.fixes.source_text import Source
from layoutlint.fixes.swap_input_axes import offset
from layoutlint.model.findings import Finding


def fix(source: Source, finding: Finding) -> Edit:
    """``(None, 28, 28, 1)`` → ``(28, 28, 1)``, ``X.shape`` → ``X.shape[1:]``."""
    repair = finding.repair
    if repair is None or repair.declared is None or repair.declared.after is None:
        raise NotFixableError("the shape is not written in this file")
    first = offset(repair)
    node = source.expression(repair.declared.location)
    expects = None
    if repair.layer is not None and repair.layer.before is not None:
        before = repair.layer.before
        expects = (*before[:1], *before[2:])
    safe = source.stops_at(finding) and not isinstance(repair.declared.after[first], int)
    return Edit((Change(*_shorter(source, node, first)),), expects, None, safe)


def _shorter(
    source: Source, node: cst.BaseExpression, first: int
) -> tuple[cst.BaseExpression, cst.BaseExpression]:
    if isinstance(node, cst.Name):
        node = source.only_value(node.value)
    if isinstance(node, cst.Attribute) and node.attr.value == "shape" and first == 0:
        sliced = cst.ensure_type(cst.parse_expression("x[1:]"), cst.Subscript)
        return node, sliced.with_changes(value=node)
    if isinstance(node, cst.BinaryOperation) and isinstance(node.operator, cst.Add) and first == 0:
        left = node.left
        if isinstance(left, cst.Tuple) and len(left.elements) == 1:
            return node, node.right.with_changes(lpar=node.lpar, rpar=node.rpar) if node.lpar else node.right
    found = literal_sequences.written(source, node)
    return found, literal_sequences.without(found, first)
