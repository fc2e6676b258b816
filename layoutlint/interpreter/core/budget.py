"""The budget of one file: steps, items, and seconds of processor time."""

from __future__ import annotations

import time

from msgspec import Struct
from msgspec.structs import replace

BUDGET = 2.0
"""Seconds of processor time that one file may take."""

MAX_BUDGET = 86_400.0
SECONDS = f"a number of seconds above 0 and up to {MAX_BUDGET:g}"
"""What a budget is, in words."""


class BudgetError(Exception):
    """The file's budget of steps or time is used up."""


class Limits(Struct, frozen=True):
    """What one file may cost: evaluated statements and calls (``root_steps`` of them for each function that
    nothing calls), seconds of processor time, nested calls, and calls of one function in itself.

    ``items`` is what its values may hold and its graph may keep: that is memory, which does not grow with
    the seconds that somebody is willing to wait.
    """

    steps: int = 150_000
    items: int = 5_000_000
    root_steps: int = 40_000
    seconds: float = BUDGET
    depth: int = 60
    recursion: int = 12


class Budget:
    """Counts the steps of an evaluation and ends it where the limits are reached."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self._steps = 0
        self.charged = 0
        """The items that were built or walked through so far."""
        self._granted_at = 0
        self._allowed = limits.steps
        self._deadline: float | None = None
        self.was_late = False
        """Whether time has ended the evaluation, or that of a part, and not steps."""

    def step(self) -> None:
        """Count one step of evaluation; raises BudgetError past the limits."""
        self._steps += 1
        if self._steps > self._allowed:
            raise BudgetError(f"more than {self._allowed - self._granted_at} steps")
        if self._steps % 128 == 1 and self._is_late():
            raise BudgetError(f"more than {self.limits.seconds:g} s")

    def charge(self, items: int) -> None:
        """Count items before they are built or walked through; raises BudgetError past the limit."""
        self.charged += items
        if self.charged > self.limits.items:
            raise BudgetError(f"more than {self.limits.items:,} items in lists and texts")

    def grant(self, steps: int) -> None:
        """Let what follows take so many steps, as far as the file's budget reaches."""
        self._granted_at = self._steps
        self._allowed = min(self.limits.steps, self._steps + steps)

    def go_on_from(self, other: Budget) -> None:
        """Take what another evaluation of the same file has left; half as much again where that is nothing,
        since all that the other found is to be thrown away.
        """
        if other.is_exhausted:
            full = self.limits
            self.limits = replace(
                full, steps=full.steps // 2, items=full.items // 2, seconds=full.seconds / 2
            )
        else:
            self._steps, self._deadline = other._steps, other._deadline

    def part(self) -> Limits:
        """Return what a program that this one depends on may cost: half of what is left."""
        full = self.limits
        steps, items = max(full.steps - self._steps, 0), max(full.items - self.charged, 0)
        seconds = full.seconds if self._deadline is None else max(self._deadline - time.thread_time(), 0)
        return replace(full, steps=steps // 2, items=items // 2, seconds=seconds / 2)

    def spend(self, other: Budget) -> None:
        """Count what another program has cost; its time has passed anyway."""
        self._steps += other._steps
        self.charged += other.charged
        self.was_late = self.was_late or other.was_late

    @property
    def is_exhausted(self) -> bool:
        """Whether the file's whole budget is used up."""
        spent = self._steps >= self.limits.steps or self.charged > self.limits.items
        return spent or self._is_late()

    def _is_late(self) -> bool:
        # the processor time of this thread: a busy machine must not change what is found
        now = time.thread_time()
        if self._deadline is None:
            self._deadline = now + self.limits.seconds
        late = now > self._deadline
        self.was_late = self.was_late or late
        return late
