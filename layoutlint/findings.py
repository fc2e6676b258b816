"""Findings and the report that bears them: what is said to people and machines."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import IntEnum
from typing import Literal, TypeAlias

from layoutlint.origins import Location

Status: TypeAlias = Literal["checked", "skipped", "error"]


class _Grade(IntEnum):
    """Ordered words; ``str()`` is the word."""

    def __str__(self) -> str:
        return self.name.lower()


class Severity(_Grade):
    """How bad it is if the finding is right."""

    NOTE = 1
    WARNING = 2
    ERROR = 3


class Confidence(_Grade):
    """How sure it is that the finding is right."""

    LOW = 1
    MEDIUM = 2
    HIGH = 3


@dataclass(frozen=True, slots=True)
class Witness:
    """A piece of evidence at a concrete place: a related span with what it says."""

    message: str
    location: Location


@dataclass(frozen=True, slots=True)
class Finding:
    """A rule that holds at a place.

    ``interpretation`` is how the layer reads its input (``Conv1D: (batch, steps=1, input_dim=8000)``),
    ``tip`` the way out, ``conditions`` the unknown conditions of the source under which it happens,
    ``fix`` the name of a fix.
    """

    rule: str
    severity: Severity
    confidence: Confidence
    message: str
    location: Location
    evidence: tuple[Witness, ...] = ()
    interpretation: str | None = None
    tip: str | None = None
    conditions: tuple[str, ...] = ()
    fix: str | None = None


@dataclass(frozen=True, slots=True)
class Coverage:
    """What became of one input.

    ``kind`` is what the content was recognised as (``source``, ``notebook``, ``keras``, ``hdf5``,
    ``saved-model``, ``memory``, ``unknown``). ``known``, ``partial`` and ``unknown`` count layers by
    their output shapes: every size a number or free; the rank known; nothing known.
    """

    path: str
    kind: str
    status: Status
    reason: str | None = None
    models: int = 0
    layers: int = 0
    known: int = 0
    partial: int = 0
    unknown: int = 0


@dataclass(slots=True)
class Report:
    """Everything one run has to say."""

    findings: list[Finding] = field(default_factory=list)
    inputs: list[Coverage] = field(default_factory=list)
