"""``count-from-one``: the dims of a Permute, which counts from 1 and leaves the batch out.

Safe where Keras refuses the program as it stands: see ``Source.stops_at``.
"""

from __future__ import annotations

import libcst as cst

from layoutlint.fixes import call_arguments, literal_sequences
from layoutlint.fixes.edits import Change, Edit, NotFixableError
from layoutlint.fixes.source_text import Source
from layoutlint.model.findings import Finding


def fix(source: Source, finding: Finding) -> Edit:
    """``Permute((0, 2, 1))`` → ``Permute((2, 1))``, ``Permute((1, 0))`` → ``Permute((2, 1))``."""
    repair = finding.repair
    if repair is None or repair.layer is None or repair.layer.before is None:
        raise NotFixableError("the number of axes is not known")
    call = source.call(repair.layer.location)
    given = call_arguments.keyword(call, "dims") or next(
        (arg for arg in call.args if arg.keyword is None), None
    )
    if given is None or given.star:
        raise NotFixableError("the dims are not written in this file")
    dims = literal_sequences.written(source, given.value)
    numbers = [element.value for element in dims.elements]
    values = [int(node.value) if isinstance(node, cst.Integer) else None for node in numbers]
    axes = len(repair.layer.before)
    if values[:1] == [0] and sorted(map(str, values)) == sorted(map(str, range(axes))):
        fixed = literal_sequences.without(dims, 0)
    elif sorted(map(str, values)) == sorted(map(str, range(axes - 1))):
        fixed = dims.with_changes(
            elements=[
                element.with_changes(value=cst.Integer(str((value or 0) + 1)))
                for element, value in zip(dims.elements, values, strict=True)
            ]
        )
    else:
        raise NotFixableError(f"{source.code(dims)} does not list every axis once, counted from 0")
    return Edit((Change(dims, fixed),), safe=source.stops_at(finding))
