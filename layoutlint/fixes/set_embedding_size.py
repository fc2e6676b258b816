"""``set-embedding-size``: an Embedding has the rows and columns of its matrix, and a row for every id.

Unsafe: the author may as well have built the matrix wrongly.
"""

from __future__ import annotations

from layoutlint.fixes import call_arguments
from layoutlint.fixes.edits import Change, Edit, NotFixableError
from layoutlint.fixes.source_text import Source
from layoutlint.model.findings import Finding

ARGUMENTS = ("input_dim", "output_dim")


def fix(source: Source, finding: Finding) -> Edit:
    """``Embedding(1000, 50, weights=[matrix])`` → ``Embedding(1001, 100, weights=[matrix])``,
    ``Embedding(ids.max(), 50)`` → ``Embedding(ids.max() + 1, 50)``.
    """
    repair = finding.repair
    if repair is None or repair.layer is None or repair.layer.name != "Embedding":
        raise NotFixableError("the Embedding is not written in this file")
    call = new = source.call(repair.layer.location)
    if not repair.sizes:
        # the ids are counted while the program runs: so many rows more than there are
        if not repair.missing or repair.missing < 0:
            raise NotFixableError("the size that the Embedding needs is not known")
        new = call_arguments.with_more(source, new, ARGUMENTS[0], 0, repair.missing)
    for name, size in repair.sizes:
        new = call_arguments.with_argument(source, new, name, ARGUMENTS.index(name), size)
    return Edit((Change(call, new),))
