"""``add-sample-axis``: one sample is a batch of one.

Unsafe: what follows reads one answer, and there is an array of one answer then.
"""

from __future__ import annotations

import libcst as cst

from layoutlint.fixes.edits import Change, Edit, NotFixableError
from layoutlint.fixes.source_text import Source
from layoutlint.model.findings import Finding

PLAIN = (cst.Name, cst.Attribute, cst.Subscript, cst.Call)
SEVERAL = (cst.List, cst.Tuple, cst.Dict)

TAKING = ("set_tensor", "session_run")
"""What the graph calls the methods of other runtimes that are given arrays."""

NOTE = "the prediction has the axis too: model.predict(x[None])[0]"


def fix(source: Source, finding: Finding) -> Edit:
    """``model.predict(x)`` → ``model.predict(x[None])``."""
    array = _array(source.expression(finding.location), finding)
    index = cst.SubscriptElement(cst.Index(cst.Name("None")))
    return Edit((Change(array, cst.Subscript(operand(array), [index])),), note=NOTE)


def _array(node: cst.BaseExpression, finding: Finding) -> cst.BaseExpression:
    """Return the array at a place, or what ``set_tensor(index, x)`` or ``run(None, {name: x})`` is given."""
    layer = finding.repair.layer if finding.repair is not None else None
    if layer is None or layer.name not in TAKING or not isinstance(node, cst.Call) or not node.args:
        return node
    given = node.args[-1].value
    if not isinstance(given, cst.Dict):
        return given
    if len(given.elements) != 1 or not isinstance(given.elements[0], cst.DictElement):
        raise NotFixableError("there are several arrays")
    return given.elements[0].value


def operand(array: cst.BaseExpression) -> cst.BaseExpression:
    """Return an array as it is written before a subscript or a method: in parentheses where it needs them."""
    if isinstance(array, SEVERAL):
        raise NotFixableError("there are several arrays")
    if isinstance(array, PLAIN) or array.lpar:
        return array
    return array.with_changes(lpar=[cst.LeftParen()], rpar=[cst.RightParen()])
