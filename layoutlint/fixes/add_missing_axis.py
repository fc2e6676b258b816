"""``add-missing-axis``: one value a place is a last axis of 1.

Unsafe: the data needs the axis too, and the author may have meant another one.
"""

from __future__ import annotations

from collections.abc import Iterator

import libcst as cst

from layoutlint.fixes import call_arguments, literal_sequences
from layoutlint.fixes.edits import Change, Edit, NotFixableError
from layoutlint.fixes.source_text import Source
from layoutlint.model.findings import Finding, Repair

CHANNELS = (1, 2, 3, 4)
"""Sizes of a last axis that is one of channels already: what is missing then is time or depth."""

DATA = "data loaded elsewhere needs the axis too: X[..., None]"


def fix(source: Source, finding: Finding) -> Edit:
    """``(28, 28)`` → ``(28, 28, 1)``, ``X.shape[1:]`` → ``(*X.shape[1:], 1)``."""
    repair = finding.repair
    if repair is not None and repair.shaping is not None:
        raise NotFixableError(f"the axes come from the {repair.shaping.name} before it")
    if repair is None or repair.declared is None or repair.missing is None:
        raise NotFixableError("the shape is not written in this file")
    if repair.missing != 1:
        raise NotFixableError("the number of missing axes is not one")
    sizes = repair.declared.after or ()
    if len(sizes) > 1 and sizes[-1] in CHANNELS:
        raise NotFixableError(f"the last axis, {sizes[-1]}, looks like channels, so another axis is missing")
    if repair.layer is None or repair.layer.before is None:
        raise NotFixableError("the shape that the layer reads is not known")
    arrays = tuple(_arrays(source, repair))
    declared = _declaration(source, source.expression(repair.declared.location))
    expects = (*repair.layer.before, 1)
    return Edit((*arrays, declared), expects, None if arrays else DATA)


def _declaration(source: Source, node: cst.BaseExpression) -> Change:
    if isinstance(node, cst.Subscript) and _is_shape(node.value):
        longer = cst.ensure_type(cst.parse_expression("(*x, 1)"), cst.Tuple)
        star = cst.ensure_type(longer.elements[0], cst.StarredElement)
        return Change(
            node,
            longer.with_changes(elements=[star.with_changes(value=node), *longer.elements[1:]]),
        )
    found = literal_sequences.written(source, node)
    if not found.elements:
        raise NotFixableError("the shape is empty")
    return Change(found, literal_sequences.lengthened(found, literal_sequences.ONE))


def _is_shape(node: cst.BaseExpression) -> bool:
    return isinstance(node, cst.Attribute) and node.attr.value == "shape"


def _arrays(source: Source, repair: Repair) -> Iterator[Change]:
    """Yield the reshapes of arrays that have the declared shape, with an axis of 1 more."""

    for step in repair.arrays:
        if step.name == "reshape" and step.location.path == source.path:
            yield call_arguments.change_target(
                source,
                source.call(step.location),
                lambda literal: literal_sequences.lengthened(literal, literal_sequences.ONE),
                lambda args: literal_sequences.extended(args, literal_sequences.ONE),
            )
