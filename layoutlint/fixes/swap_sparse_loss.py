"""``swap-sparse-loss``: the crossentropy of labels for that of one-hot rows, or the other way round.

Unsafe: the author may as well mean to change the targets.
"""

from __future__ import annotations

from typing import Final

import libcst as cst

from layoutlint.fixes.edits import Change, Edit, NotFixableError
from layoutlint.fixes.source_text import Source
from layoutlint.model.findings import Finding

OTHER: Final = {
    "categorical_crossentropy": "sparse_categorical_crossentropy",
    "sparse_categorical_crossentropy": "categorical_crossentropy",
    "CategoricalCrossentropy": "SparseCategoricalCrossentropy",
    "SparseCategoricalCrossentropy": "CategoricalCrossentropy",
}
SHARED: Final = ("from_logits", "name", "reduction")
"""Options that both have."""
METRICS: Final = ("categorical_accuracy", "CategoricalAccuracy")


def fix(source: Source, finding: Finding) -> Edit:
    """``loss="categorical_crossentropy"`` → ``loss="sparse_categorical_crossentropy"``."""
    loss = finding.repair.loss if finding.repair is not None else None
    if loss is None:
        raise NotFixableError("the position of the loss is not known")
    node = source.expression(loss.location)
    if isinstance(node, cst.Name):
        if node.value in source.imported:
            raise NotFixableError(f"{node.value} is imported by name, and the other loss is not imported")
        node = source.only_value(node.value)
    note = None
    if any(metric in source.text for metric in METRICS):
        note = "a metric also needs the other kind of targets"
    return Edit((_swapped(source, node),), note=note)


def _swapped(source: Source, node: cst.BaseExpression) -> Change:
    if isinstance(node, cst.SimpleString):
        quote = node.quote
        value = node.raw_value
        if value in OTHER:
            return Change(node, node.with_changes(value=f"{node.prefix}{quote}{OTHER[value]}{quote}"))
    if isinstance(node, cst.Call):
        if any(arg.keyword is not None and arg.keyword.value not in SHARED for arg in node.args):
            raise NotFixableError(f"the other loss does not have all options of {source.code(node)}")
        if len(node.args) and any(arg.keyword is None for arg in node.args[1:]):
            raise NotFixableError(f"the arguments of {source.code(node)} are not given by name")
        return _swapped(source, node.func)
    if isinstance(node, cst.Attribute) and node.attr.value in OTHER:
        return Change(node.attr, node.attr.with_changes(value=OTHER[node.attr.value]))
    raise NotFixableError(f"the loss is written as {source.code(node)}")
