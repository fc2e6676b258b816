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
    "clear-return-sequences": "lets the last recurrent layer give its last output alone",
    "add-sample-axis": "gives one sample a first axis, that of the samples: x[None]",
    "count-from-one": "counts the dims of a Permute from 1, without the batch",
    "drop-batch-axis": "takes the batch out of a declared shape",
    "reshape-to-transpose": "writes the transpose that a reshape was meant to be",
    "set-axis": "sets the axis of a layer to the last one",
    "set-data-format": "gives a layer the data_format of the layers before it",
    "set-return-sequences": "lets the recurrent layer before give all its steps",
    "swap-input-axes": "moves the first axis of a sample to the end, in the shape and in the data's reshape",
    "swap-sparse-loss": "takes the sparse crossentropy for the other one, or the other way round",
    "swap-width-height": "swaps width and height in a shape",
    "tuple-kernel": "makes one tuple of a kernel that was written as several numbers",
    "use-sigmoid": "gives the one unit a sigmoid in the place of the softmax",
}
"""Name → what it does. The module is called the same, with underscores."""


def run(source: Source, finding: Finding) -> Edit:
    """The edit that a finding's fix proposes. Raises NotFixableError."""
    from layoutlint.fixes.edits import NotFixableError

    if finding.fix not in FIXES:
        raise NotFixableError(f"there is no fix {finding.fix}")
    edit: Edit = import_module(f"layoutlint.fixes.{finding.fix.replace('-', '_')}").fix(source, finding)
    return edit
