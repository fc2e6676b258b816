"""``swap-width-height``: ``(img_width, img_height, 3)`` becomes ``(img_height, img_width, 3)``, in a declared
shape or in the size that ``cv2.resize`` and its like are told.

Unsafe: the model reads other shapes afterwards, and its data must have them.
"""

from __future__ import annotations

from layoutlint.fixes import literal_sequences
from layoutlint.fixes.edits import Change, Edit, NotFixableError
from layoutlint.fixes.source_text import Source
from layoutlint.fixes.swap_input_axes import offset
from layoutlint.model.findings import Finding


def fix(source: Source, finding: Finding) -> Edit:
    """Exchange the first two axes of a sample in the shape as it was written."""
    repair = finding.repair
    if repair is None or repair.declared is None:
        raise NotFixableError("the shape is not written in this file")
    node = literal_sequences.literal(source, repair.declared.location)
    first = offset(repair)
    if len(node.elements) < first + 2:
        raise NotFixableError("the shape has no two axes to swap")
    order = list(range(len(node.elements)))
    order[first], order[first + 1] = first + 1, first
    expects = None
    if repair.layer is not None and repair.layer.before is not None and len(repair.layer.before) > 2:
        batch, one, two, *rest = repair.layer.before
        expects = (batch, two, one, *rest)
    return Edit(
        (Change(node, literal_sequences.turned(node, order)),),
        expects,
        "the images must be loaded in this order too",
    )
