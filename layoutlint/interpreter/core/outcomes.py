"""Signals: how a block of statements ended, and what ends a program early.

A block under an unknown condition may end in several ways. Each is a :class:`Side`; :class:`Mixed` is all of
them, none carried out yet.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field

from layoutlint.interpreter.core.journal import Changes, join_all
from layoutlint.interpreter.core.values import Value
from layoutlint.model.frozen import dataclass


class ProgramError(Exception):
    """The program certainly raises here."""


@dataclass(frozen=True, slots=True)
class Return:
    """A signal: the function ends with this value."""

    value: Value


BREAK, CONTINUE = "break", "continue"


@dataclass(frozen=True, slots=True)
class Side:
    """One way in which a block under an unknown condition ended, and what it changed on the way."""

    signal: Return | str | None
    changes: Changes
    condition: str


@dataclass(frozen=True, slots=True)
class Mixed:
    """A signal: a block ended in different ways, none of them carried out yet."""

    sides: tuple[Side, ...]


@dataclass(frozen=True, slots=True)
class Apart:
    """A signal: a statement ended normally on each of several sides, and what follows in its block is to be
    followed for each of them: ``names`` have other values there. ``by_value`` says that the conditions of the
    sides name these values. ``grounds`` is what their conditions were read from.
    """

    sides: tuple[Side, ...]
    names: frozenset[str]
    by_value: bool = False
    grounds: Mapping[str, Value] = field(default_factory=dict)


Signal = Return | str | Mixed | None
"""How a block ended: normally (None), or by return, break or continue; or in several ways."""
StatementSignal = Signal | Apart
"""How one statement ended; no block ends apart."""


def joined(sides: list[Side]) -> Return | str | None:
    """Return the signal of sides that all ended alike."""
    returned = [side.signal.value for side in sides if isinstance(side.signal, Return)]
    return Return(join_all(returned)) if returned else sides[0].signal


def either(sides: list[Side]) -> str:
    """Return the condition under which one of the sides is taken."""
    text = " or ".join(dict.fromkeys(side.condition for side in sides if side.condition))
    return text if len(text) <= 120 else text[:117] + "..."
