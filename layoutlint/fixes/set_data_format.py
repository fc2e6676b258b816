"""``set-data-format``: the layer reads the axes in the order in which the layers before it give them.

Unsafe: the layer computes something else, and perhaps the layers before it are the ones to change.
"""

from __future__ import annotations

from layoutlint.fixes import call_arguments
from layoutlint.fixes.edits import Change, Edit, NotFixableError
from layoutlint.fixes.source_text import Source
from layoutlint.model.findings import Finding

FORMATS = tuple(f"{quote}{name}{quote}" for name in ("channels_last", "channels_first") for quote in "\"'")


def fix(source: Source, finding: Finding) -> Edit:
    """``MaxPooling2D(2)`` → ``MaxPooling2D(2, data_format="channels_first")``."""
    repair = finding.repair
    if repair is None or repair.layer is None or repair.data_format is None:
        raise NotFixableError("the data_format of the layers before it is not known")
    call = source.call(repair.layer.location)
    value = f'"{repair.data_format}"'
    return Edit(
        (Change(call, call_arguments.with_keyword(source, call, "data_format", value, (*FORMATS, "None"))),)
    )
