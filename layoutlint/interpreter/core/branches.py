"""Branches: an unknown condition is followed on both sides, and what the sides leave is joined."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from layoutlint.interpreter.core.implied import NOT, decides, in_full
from layoutlint.interpreter.core.journal import Changes, Journal, join_all, same
from layoutlint.interpreter.core.outcomes import (
    Apart,
    Mixed,
    ProgramError,
    Return,
    Side,
    Signal,
    StatementSignal,
    either,
    joined,
)
from layoutlint.interpreter.core.scenarios import MAX_FORKS, MAX_INSIDE, constants_in, grounds_of, looked_up
from layoutlint.interpreter.core.values import Choice, Scope, Unknown, Value
from layoutlint.model.graph import Scenario
from layoutlint.model.syntax_text import condition_text


class Branches:
    """Runs the sides of a branch one after the other, each undone before the next.

    ``conditions`` are the unknown conditions under which everything happens now, the innermost last.
    """

    def __init__(self) -> None:
        self.journal = Journal()
        self.conditions: list[str] = []
        self.forks = 0
        """How many choices were followed for each of their values."""
        self.inside = 0
        self._decided: Mapping[str, Value] = {}
        """What the condition that chose the scenario was read from."""
        self.open_rounds = 0
        """In how many rounds evaluation is that stand for any number of them."""

    def attempt(self, run: Callable[[], StatementSignal], condition: str = "") -> list[Side]:
        """Run something under a condition and undo it: how it ended and what it changed.

        Nothing if it raised.
        """
        self.journal.push()
        raised = False
        signal: StatementSignal = None
        if condition:
            self.conditions.append(condition)
        try:
            signal = run()
        except ProgramError:
            raised = True
        finally:
            if condition:
                self.conditions.pop()
            changes = self.journal.pop()
        if raised:
            return []
        if isinstance(signal, Mixed | Apart):
            return [
                Side(side.signal, {**changes, **side.changes}, _within(condition, side.condition))
                for side in signal.sides
            ]
        return [Side(signal, changes, condition)]

    def merge(self, sides: list[Side]) -> Signal:
        """Return one way to go on for sides that ended alike, :class:`Mixed` for others; no side at all
        raises.
        """
        if not sides:
            raise ProgramError
        groups: dict[str | None, list[Side]] = {}
        for side in sides:
            groups.setdefault("return" if isinstance(side.signal, Return) else side.signal, []).append(side)
        if len(groups) == 1:
            self.journal.join([side.changes for side in sides])
            return joined(sides)
        return Mixed(
            tuple(
                Side(
                    joined(group),
                    self.journal.joined([side.changes for side in group]),
                    either(group),
                )
                for group in groups.values()
            )
        )

    def go_on_apart(self, point: ast.AST, apart: Apart, rest: Callable[[], Signal]) -> Signal:
        """Return what follows, for each of the sides by itself."""
        ended: list[Side] = []
        self.forks += 1
        self.inside += 1
        self._decided = apart.grounds
        try:
            for side in apart.sides:

                def run(changes: Changes = side.changes) -> Signal:
                    self.journal.join([changes])
                    return rest()

                scenario = Scenario(side.condition, id(point), len(apart.sides), apart.by_value)
                ended += self.attempt(run, scenario)
        finally:
            self.inside -= 1
            self._decided = {}
        return self.merge(ended)

    @property
    def may_fork(self) -> bool:
        """Whether another choice may be followed for each of its values. Where a round stands for any number
        of them, each makes its own choice.
        """
        return self.forks < MAX_FORKS and self.inside < MAX_INSIDE and not self.open_rounds

    def is_decided(self, test: ast.expr, scope: Scope) -> bool | None:
        """Tell whether a condition holds in the scenario that is evaluated now; None where nothing says so,
        or what it is read from is another value by now.
        """
        if not self._decided:
            return None
        now = grounds_of([test], scope)
        before, constants = constants_in(self._decided), constants_in(now)
        holds = decides(
            [in_full(text, before) for text in self.conditions], in_full(condition_text(test), constants)
        )
        if holds is None:
            return None
        known = bool(now) and all(
            name in constants or (name in self._decided and is_still(self._decided[name], now[name]))
            for name in now
        )
        return holds if known else None

    def go_on(self, sides: Iterable[Side], rest: Callable[[], Signal]) -> Signal:
        """Go on with the sides that ended normally; the others have left already."""
        normal = [side for side in sides if side.signal is None]
        leaving = [side for side in sides if side.signal is not None]
        if not normal:
            return self.merge(leaving)

        def run() -> Signal:
            self.journal.join([side.changes for side in normal])
            return rest()

        return self.merge([*leaving, *self.attempt(run, either(normal))])

    def returned(self, signal: Signal) -> Value:
        """Return the value of a function whose body ended so."""
        if isinstance(signal, Mixed):
            self.journal.join([side.changes for side in signal.sides])
            return join_all(_returned(side.signal) for side in signal.sides)
        return _returned(signal)

    def choose(
        self,
        branches: list[Callable[[], Value]],
        conditions: tuple[str, ...] = (),
        grounds: Mapping[str, Value] | None = None,
    ) -> Value:
        """Return the joined value of several ways to go on, each undone before the next. With the ``grounds``
        of the conditions, one of several values tells under which condition it is each of them.
        """
        values: list[Value] = []
        sides: list[Side] = []
        for index, branch in enumerate(branches):

            def run(branch: Callable[[], Value] = branch) -> Signal:
                values.append(branch())
                return None

            text = conditions[index] if conditions else "it is one of several"
            sides += self.attempt(run, text if len(branches) > 1 else "")
        if not values:
            raise ProgramError
        self.journal.join([side.changes for side in sides])
        found = join_all(values)
        are_single = not any(isinstance(value, Choice) for value in values)
        if grounds and isinstance(found, Choice) and are_single and len(values) == len(found.alternatives):
            return replace(found, under=conditions, grounds=grounds)
        return found


def are_still(grounds: Mapping[str, Value], scope: Scope) -> bool:
    """Tell whether what conditions were read from has the same values in a scope."""
    return all(is_still(value, looked_up(name, scope)) for name, value in grounds.items())


def is_still(before: Value, now: Value) -> bool:
    """Tell whether a value is what it was: two that nobody knows are two."""
    return before is now or (not isinstance(now, Unknown) and same(before, now))


def _within(outer: str, inner: str) -> str:
    """Return the condition of a side inside a side: the last ``else`` of a chain is under no condition before
    it.
    """
    both = inner.startswith(NOT) and outer.startswith(NOT)
    return f"{outer} and {inner}" if both else inner or outer


def _returned(signal: Signal) -> Value:
    return signal.value if isinstance(signal, Return) else None
