"""``order-arrays``: two arrays are fed in the order of the model's inputs.

Unsafe: a model whose inputs have equal sizes would take both orders.
"""

from __future__ import annotations

from layoutlint.fixes import literal_sequences
from layoutlint.fixes.edits import Change, Edit, NotFixableError
from layoutlint.fixes.source_text import Source
from layoutlint.model.findings import Finding


def fix(source: Source, finding: Finding) -> Edit:
    """``model.fit([a, b], y)`` → ``model.fit([b, a], y)``."""
    arrays = literal_sequences.literal(source, finding.location)
    if len(arrays.elements) != 2:
        raise NotFixableError("there are more than two arrays")
    return Edit((Change(arrays, literal_sequences.turned(arrays, (1, 0))),))
