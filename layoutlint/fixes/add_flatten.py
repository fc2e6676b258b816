"""``add-flatten``: a model that predicts one label per sample flattens its maps before the last Dense layers.

Where a size is open, a global pooling takes its place: a Dense needs a known number of features. Unsafe: the
model has other weights, and the author may have wanted to pool where this flattens.
"""

from __future__ import annotations

import libcst as cst

from layoutlint.fixes import imported_names
from layoutlint.fixes.edits import Edit, NotFixableError
from layoutlint.fixes.layer_before import before
from layoutlint.fixes.source_text import Source
from layoutlint.model.findings import Finding, Sizes


def fix(source: Source, finding: Finding) -> Edit:
    """``Dense(10)`` → ``Flatten(), Dense(10)``, ``Dense(10)(x)`` → ``Dense(10)(Flatten()(x))``; for
    ``self.fc = Dense(10)`` its only call, ``self.fc(x)`` → ``self.fc(self.flatten(x))``.
    """
    head = finding.repair.head if finding.repair is not None else None
    if head is None or head.before is None or not 3 <= len(head.before) <= 5:
        raise NotFixableError("the last Dense layers are not known")
    dense = source.call(head.location)
    name, imports = imported_names.beside(source, dense.func, _joining(head.before))
    return Edit((*before(source, dense, cst.Call(name)), *imports))


def _joining(sizes: Sizes) -> str:
    if all(isinstance(size, int) for size in sizes[1:]):
        return "Flatten"
    return f"GlobalAveragePooling{len(sizes) - 2}D"
