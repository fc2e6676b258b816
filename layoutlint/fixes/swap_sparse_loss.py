"""``swap-sparse-loss``: the crossentropy of labels for that of one-hot rows, or the other way round.

Unsafe: the author may as well mean to change the targets.
"""

from __future__ import annotations

from typing import Final

from layoutlint.fixes import loss_changes
from layoutlint.fixes.edits import Edit, NotFixableError
from layoutlint.fixes.source_text import Source
from layoutlint.model.findings import Finding

OTHER: Final = {
    "categorical_crossentropy": "sparse_categorical_crossentropy",
    "sparse_categorical_crossentropy": "categorical_crossentropy",
}
METRICS: Final = ("categorical_accuracy", "CategoricalAccuracy")


def fix(source: Source, finding: Finding) -> Edit:
    """``loss="categorical_crossentropy"`` → ``loss="sparse_categorical_crossentropy"``."""
    loss = finding.repair.loss if finding.repair is not None else None
    if loss is None:
        raise NotFixableError("the position of the loss is not known")
    node = source.expression(loss.location)
    if loss.name not in OTHER:
        raise NotFixableError(f"the loss is written as {source.code(node)}")
    note = None
    if any(metric in source.text for metric in METRICS):
        note = "a metric also needs the other kind of targets"
    return Edit((loss_changes.replaced(source, node, loss.name, OTHER[loss.name]),), note=note)
