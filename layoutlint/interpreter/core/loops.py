"""Loops: known items one by one, unknown ones until nothing new comes out.

An unknown loop is run at most :data:`LOOP_ROUNDS` times, and what still changes then is unknown.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import partial
from typing import cast

from layoutlint.interpreter.core.branches import Branches
from layoutlint.interpreter.core.budget import Budget, Limits
from layoutlint.interpreter.core.journal import (
    Changes,
    Walk,
    content_of,
    is_same_constructor,
    join,
    join_tensors,
    same,
)
from layoutlint.interpreter.core.outcomes import CONTINUE, Mixed, Side, Signal
from layoutlint.interpreter.core.values import (
    Instance,
    LayerValue,
    LibraryObject,
    Rest,
    Unknown,
    Value,
    alternatives,
    is_number,
)
from layoutlint.model.graph import Tensor
from layoutlint.model.sizes import unknown_size

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
            self.open_rounds += 1
            try:
                sides = self.attempt(run, condition)
            finally:
                self.open_rounds -= 1
            going = [side.changes for side in sides if side.signal is None]
            leaving = [side for side in sides if side.signal is not None]
            if not going:
                break
            before: Changes = {
                key: (target, content_of(target)) for changes in going for key, (target, _) in changes.items()
            }
            self.journal.join([{}, *going])
            if not _widen(before, give_up=attempt == LOOP_ROUNDS - 1):
                break
        return self.merge([Side(None, {}, ""), *leaving]) if leaving else None

    def continued(self, signal: Signal) -> Signal:
        """Return how a round of a loop ended: ``continue`` ends it like its last statement."""
        if isinstance(signal, Mixed):
            return self.merge([replace(s, signal=None) if s.signal == CONTINUE else s for s in signal.sides])
        return None if signal == CONTINUE else signal


def _widen(before: Changes, *, give_up: bool) -> bool:
    """Tell whether a round of an unknown loop brought anything new.

    A number that a round changes is a counter and unknown at once, so that the next round meets it as any
    number; anything else that is new in the last round becomes unknown.
    """
    changed = False
    for target, content in before.values():
        match target, content:
            case dict(), dict():
                fresh = target.keys() != content.keys()
                known = cast("dict[Value, Value]", target)
                moving = [
                    name for name in known if name in content and not _stable(content[name], known[name])
                ]
                known.update(
                    {
                        name: _given_up(content[name], known[name])
                        for name in moving
                        if give_up or _is_counter(content[name], known[name])
                    }
                )
                changed = changed or fresh or bool(moving)
            case list(), list() if len(target) == len(content):
                places = [at for at, old in enumerate(content) if not _stable(old, target[at])]
                for at in places:
                    if give_up or _is_counter(content[at], target[at]):
                        target[at] = _given_up(content[at], target[at])
                changed = changed or bool(places)
            case (list(), list()) | (set(), set()):
                changed = changed or target != content
            case _:
                pass  # what is noted of an object ends no loop
    return changed


def _is_counter(old: Value, new: Value) -> bool:
    return _is_number(old) and _is_number(new)


def _stable(old: Value, new: Value, walk: Walk[bool] | None = None) -> bool:
    match old, new:
        case Rest(), Rest():
            return _stable(old.item, new.item, walk)
        case Tensor(), Tensor():
            return old.shape is new.shape or (
                old.shape is not None and new.shape is not None and old.shape.sizes == new.shape.sizes
            )
        case LibraryObject(), LibraryObject():
            return (
                old.kind == new.kind
                and old.array is not None
                and new.array is not None
                and _stable(old.array, new.array)
            )
        case Unknown(), Unknown():
            return True
        case Instance(), Instance():
            return old.cls is new.cls
        case LayerValue(), LayerValue() if is_same_constructor(old, new):
            config = new.layer.config
            return all(same(value, config[name]) for name, value in old.layer.config.items())
        case tuple(), tuple():
            return len(old) == len(new) and _all_stable(old, new, old, new, walk)
        case dict(), dict():
            if old.keys() != new.keys():
                return False
            return _all_stable(old, new, old.values(), [new[key] for key in old], walk)
        case _:
            return same(old, new)


def _all_stable(
    old: Value,
    new: Value,
    old_parts: Iterable[Value],
    new_parts: Iterable[Value],
    walk: Walk[bool] | None,
) -> bool:
    def run() -> bool:
        inner = walk or Walk()
        return all(_stable(a, b, inner) for a, b in zip(old_parts, new_parts, strict=True))

    return run() if walk is None else walk.through(old, new, run, meanwhile=True, far=False)


def _given_up(old: Value, new: Value, walk: Walk[Value] | None = None) -> Value:
    match old, new:
        case Tensor(), Tensor():
            return join_tensors(old, new)
        case LibraryObject(), LibraryObject() if old.kind == new.kind:
            return join(old, new)
        case Rest(), Rest():
            return Rest(_given_up(old.item, new.item, walk))
        case _, Rest():
            return Rest(Unknown())
        case tuple(), tuple() if len(old) == len(new):
            walk = walk or Walk()
            far = Unknown(reason="nested too deeply to follow")
            return walk.through(old, new, partial(_given_up_parts, old, new, walk), far, far)
        case _, (Tensor() | list() | dict()):
            return new
        case _ if _is_number(old) and _is_number(new):
            return unknown_size()  # a counter
        case _:
            return Unknown(reason="a loop of unknown length changes it")


def _given_up_parts(old: tuple[Value, ...], new: tuple[Value, ...], walk: Walk[Value]) -> Value:
    pairs = zip(old, new, strict=True)
    return tuple([a if _stable(a, b) else _given_up(a, b, walk) for a, b in pairs])


def _is_number(value: Value) -> bool:
    return all(not isinstance(each, bool) and is_number(each) for each in alternatives(value))
