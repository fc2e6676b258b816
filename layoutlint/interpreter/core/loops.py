"""Loops: known items one by one, unknown ones until nothing new comes out.

An unknown loop is run at most :data:`LOOP_ROUNDS` times, and what still changes then is unknown.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import partial
from typing import Any

from layoutlint.interpreter.core.branches import Branches
from layoutlint.interpreter.core.budget import Budget, Limits
from layoutlint.interpreter.core.journal import Changes, is_same_constructor, join, join_tensors, same
from layoutlint.interpreter.core.outcomes import CONTINUE, Mixed, Side, Signal
from layoutlint.interpreter.core.values import (
    Choice,
    Instance,
    LayerValue,
    LibraryObject,
    Rest,
    Unknown,
    Value,
)
from layoutlint.model.graph import Tensor
from layoutlint.model.sizes import symbol
from layoutlint.operations.bound_arguments import surely_number

LOOP_ROUNDS = 2
MAX_SPLITS = 12
"""How many rounds of a loop with an unknown break or return are told apart."""
MAX_ROUNDS = 200
MAX_NESTED_ROUNDS = 2000
"""Loops of up to so many rounds, loops in loops multiplied, are evaluated round by round: deep networks
have fewer layers than that.
"""


class Loops(Budget, Branches):
    """Runs the bodies of loops."""

    def __init__(self, limits: Limits) -> None:
        Budget.__init__(self, limits)
        Branches.__init__(self)
        self._rounds = 1

    def loop(
        self,
        items: list[Value] | None,
        assign: Callable[[Value], None],
        body: Callable[[], Signal],
        unknown: Value,
        exact: int = MAX_ROUNDS,
    ) -> Signal:
        """Run a loop's body for every item, or until nothing new comes out for an unknown number of items.

        Of more than ``exact`` items all but the first two are taken together, as any number of unknown ones.
        """
        certain = items is None
        if items is None:
            items = [Rest(unknown)]
        elif len(items) > exact or len(items) * self._rounds > MAX_NESTED_ROUNDS:
            items = [*items[:2], Rest(unknown)]
            certain = True
        outside, self._rounds = self._rounds, self._rounds * max(len(items), 1)
        try:
            return self._rounds_of(items, assign, body, certain)
        finally:
            self._rounds = outside

    def _rounds_of(
        self, items: list[Value], assign: Callable[[Value], None], body: Callable[[], Signal], certain: bool
    ) -> Signal:
        for index, item in enumerate(items):
            self.step()
            if isinstance(item, Rest):
                condition = "" if certain or not index else "there are more items"
                signal = self._unknown_rounds(partial(assign, item.item), body, condition)
            else:
                assign(item)
                signal = body()
            if isinstance(signal, Mixed):
                following = items[index + 1 :]
                if len(following) > MAX_SPLITS:
                    following = [Rest(Unknown())]
                return self.go_on(signal.sides, partial(self._rounds_of, following, assign, body, certain))
            if signal is not None:
                return signal
        return None

    def _unknown_rounds(
        self, assign: Callable[[], None], body: Callable[[], Signal], condition: str = ""
    ) -> Signal:
        def run() -> Signal:
            assign()
            return body()

        leaving: list[Side] = []
        for attempt in range(LOOP_ROUNDS):
            sides = self.attempt(run, condition)
            going = [side.changes for side in sides if side.signal is None]
            leaving = [side for side in sides if side.signal is not None]
            if not going:
                break
            before = {
                key: (target, target.copy()) for changes in going for key, (target, _) in changes.items()
            }
            self.journal.join([{}, *going])
            if not _widen(before, give_up=attempt == LOOP_ROUNDS - 1):
                break
        return self.merge([Side(None, {}, ""), *leaving]) if leaving else None

    def continued(self, signal: Signal) -> Signal:
        """How a round of a loop ended: ``continue`` ends it like its last statement."""
        if isinstance(signal, Mixed):
            return self.merge([replace(s, signal=None) if s.signal == CONTINUE else s for s in signal.sides])
        return None if signal == CONTINUE else signal


def _widen(before: Changes, *, give_up: bool) -> bool:
    """Whether a round of an unknown loop brought anything new; what is new in the last round becomes
    unknown.
    """
    changed = False
    for target, content in before.values():
        if isinstance(target, dict):
            pairs: Iterable[tuple[Any, Value, Value]] = [
                (name, content[name], value) for name, value in target.items() if name in content
            ]
            fresh = target.keys() != content.keys()
        elif isinstance(target, list):
            fresh = len(target) != len(content)
            pairs = [] if fresh else [(i, content[i], value) for i, value in enumerate(target)]
        else:
            fresh, pairs = target != content, []
        changed = changed or fresh
        for key, old, new in pairs:
            if not _stable(old, new):
                changed = True
                if give_up:
                    target[key] = _given_up(old, new)
    return changed


def _stable(old: Value, new: Value) -> bool:
    if isinstance(old, Rest) and isinstance(new, Rest):
        return _stable(old.item, new.item)
    if isinstance(old, Tensor) and isinstance(new, Tensor):
        return old.shape is new.shape or (
            old.shape is not None and new.shape is not None and old.shape.sizes == new.shape.sizes
        )
    if isinstance(old, LibraryObject) and isinstance(new, LibraryObject):
        return old.kind == new.kind and old.array is not None and _stable(old.array, new.array)
    if isinstance(old, Unknown) and isinstance(new, Unknown):
        return True
    if isinstance(old, Instance) and isinstance(new, Instance):
        return old.cls is new.cls
    if isinstance(old, LayerValue) and isinstance(new, LayerValue) and is_same_constructor(old, new):
        return same(dict(old.layer.config), dict(new.layer.config))
    if isinstance(old, tuple) and isinstance(new, tuple):
        return len(old) == len(new) and all(map(_stable, old, new))
    if isinstance(old, dict) and isinstance(new, dict):
        return old.keys() == new.keys() and all(_stable(old[key], new[key]) for key in old)
    return same(old, new)


def _given_up(old: Value, new: Value) -> Value:
    if isinstance(new, Tensor) and isinstance(old, Tensor):
        return join_tensors(old, new)
    if isinstance(new, LibraryObject) and isinstance(old, LibraryObject) and old.kind == new.kind:
        return join(old, new)
    if isinstance(new, Rest):
        return Rest(_given_up(old.item, new.item) if isinstance(old, Rest) else Unknown())
    if isinstance(new, tuple) and isinstance(old, tuple) and len(old) == len(new):
        return tuple(a if _stable(a, b) else _given_up(a, b) for a, b in zip(old, new, strict=True))
    if isinstance(new, Tensor | list | dict):
        return new
    if _is_number(old) and _is_number(new):
        return symbol("?")  # a counter
    return Unknown(reason="a loop of unknown length changes it")


def _is_number(value: Value) -> bool:
    if isinstance(value, Choice):
        return all(map(_is_number, value.alternatives))
    return (isinstance(value, int | float) and not isinstance(value, bool)) or surely_number(value)
