"""``tuple-kernel``: ``Conv2D(32, 3, 3)``, as Keras 1 read it, becomes ``Conv2D(32, (3, 3))``.

Unsafe: the third argument is the strides today, so the layer computes something else afterwards.
"""

from __future__ import annotations

import re

import libcst as cst

from layoutlint.fixes.edits import Change, Edit, NotFixableError
from layoutlint.fixes.source_text import Source
from layoutlint.model.findings import Finding


def fix(source: Source, finding: Finding) -> Edit:
    """Make one tuple of the numbers behind the first argument, as many as the layer has spatial axes."""
    if finding.repair is None or finding.repair.layer is None:
        raise NotFixableError("the layer is not known")
    call = source.call(finding.repair.layer.location)
    match = re.search(r"([123])D", finding.repair.layer.name)
    count = int(match.group(1)) if match else 0
    numbers = call.args[1 : 1 + count]
    if count < 2 or len(numbers) < count or any(arg.keyword or arg.star for arg in call.args[: 1 + count]):
        raise NotFixableError("the kernel is not written as several numbers by position")
    if any(isinstance(arg.value, cst.Tuple | cst.List) for arg in numbers):
        raise NotFixableError("the kernel is a tuple already")
    comma = cst.Comma(whitespace_after=cst.SimpleWhitespace(" "))
    elements = [
        cst.Element(arg.value, comma if place < count - 1 else cst.MaybeSentinel.DEFAULT)
        for place, arg in enumerate(numbers)
    ]
    kernel = numbers[-1].with_changes(value=cst.Tuple(elements))
    return Edit((Change(call, call.with_changes(args=[call.args[0], kernel, *call.args[1 + count :]])),))
