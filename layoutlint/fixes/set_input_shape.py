"""``set-input-shape``: a model declares the shape of the data that it is fed.

Unsafe: the author may as well feed the wrong data.
"""

from __future__ import annotations

import libcst as cst

from layoutlint.fixes import literal_sequences
from layoutlint.fixes.edits import Change, Edit, NotFixableError
from layoutlint.fixes.source_text import Source
from layoutlint.fixes.swap_input_axes import offset
from layoutlint.model.findings import Finding, Sizes


def fix(source: Source, finding: Finding) -> Edit:
    """``input_shape=(64, 64, 1)`` → ``input_shape=(64, 64, 3)``, ``input_dim=8`` → ``input_dim=7``."""
    repair = finding.repair
    if repair is None or repair.declared is None or repair.fed is None:
        raise NotFixableError("the shape is not written in this file")
    if not repair.fed or not all(isinstance(size, int) for size in repair.fed):
        raise NotFixableError("the sizes of the data are not all known as numbers")
    node = source.expression(repair.declared.location)
    if repair.argument in ("input_dim", "input_length"):
        if len(repair.fed) != 1:
            raise NotFixableError(f"{repair.argument} is one number, and a sample has {len(repair.fed)} axes")
        return Edit((Change(node, cst.Integer(str(repair.fed[0]))),))
    return Edit((_shape(source, node, offset(repair), repair.declared.after, repair.fed),))


def _shape(
    source: Source, node: cst.BaseExpression, first: int, declared: Sizes | None, fed: Sizes
) -> Change:
    """Return the written shape with the sizes of the data; what is right already stays as it is written."""
    try:
        found = literal_sequences.written(source, node)
    except NotFixableError:
        if isinstance(node, cst.Name):
            return Change(node, _tuple(fed))
        raise
    if declared is None or len(found.elements) != first + len(fed) != len(declared):
        if first or not all(isinstance(element.value, cst.Integer) for element in found.elements):
            raise NotFixableError(f"the shape is written as {source.code(found)}")
        return Change(found, _tuple(fed))
    elements = [
        element
        if place < first or declared[place] == fed[place - first]
        else element.with_changes(value=cst.Integer(str(fed[place - first])))
        for place, element in enumerate(found.elements)
    ]
    return Change(found, found.with_changes(elements=elements))


def _tuple(sizes: Sizes) -> cst.Tuple:
    return cst.ensure_type(cst.parse_expression(str(sizes)), cst.Tuple)
