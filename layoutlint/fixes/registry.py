"""The fixes that there are, by the name that rules give them; a codemod is loaded when it is used."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from layoutlint.fixes.edits import Edit
    from layoutlint.fixes.source_text import Source
    from layoutlint.model.findings import Finding

FIXES: Final = {
    "add-missing-axis": "adds a last axis of 1 to the shape, and to the reshape of the data",
    "clear-return-sequences": "makes the last recurrent layer return only its last output",
    "add-sample-axis": "adds the batch axis to one sample: x[None]",
    "count-from-one": "counts the dims of a Permute from 1, without the batch",
    "drop-batch-axis": "removes the batch from a declared shape",
    "reshape-to-transpose": "replaces a reshape by the transpose that was meant",
    "set-axis": "sets the axis of a layer to the last one",
    "set-data-format": "sets the data_format of a layer to that of the layers before it",
    "set-return-sequences": "makes the recurrent layer before return every step",
    "swap-input-axes": "moves the first axis of a sample to the end, in the shape and in the data's reshape",
    "swap-sparse-loss": "replaces the sparse crossentropy by the categorical one, or the other way round",
    "swap-width-height": "swaps width and height in a shape",
    "tuple-kernel": "writes a kernel size as one tuple instead of several numbers",
    "use-sigmoid": "replaces the softmax of a single unit by a sigmoid",
}
"""Name → what it does. The module is called the same, with underscores."""


def run(source: Source, finding: Finding) -> Edit:
    """The edit that a finding's fix proposes. Raises NotFixableError."""
    from layoutlint.fixes.edits import NotFixableError

    if finding.fix not in FIXES:
        raise NotFixableError(f"there is no fix {finding.fix}")
    edit: Edit = import_module(f"layoutlint.fixes.{finding.fix.replace('-', '_')}").fix(source, finding)
    return edit
