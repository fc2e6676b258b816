"""Edits: what a codemod proposes."""

from __future__ import annotations

from dataclasses import dataclass

import libcst as cst

from layoutlint.model.findings import Sizes


class NotFixableError(Exception):
    """The source cannot be changed as the fix means it; ``str(error)`` says why."""


@dataclass(frozen=True, eq=False, slots=True)
class Change:
    """A node of the module, and what stands in its place afterwards: of a statement, perhaps several."""

    old: cst.CSTNode
    new: cst.CSTNode | cst.FlattenSentinel[cst.BaseStatement]


@dataclass(frozen=True, slots=True)
class Edit:
    """The changes of one fix, in one file; no changed node holds another.

    ``expects`` are the sizes that the finding's layer must read afterwards, the batch first. ``note`` is what
    the author must see to besides. ``safe`` is true only where no program changes what it computes.
    """

    changes: tuple[Change, ...]
    expects: Sizes | None = None
    note: str | None = None
    safe: bool = False
