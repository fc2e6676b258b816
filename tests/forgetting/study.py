"""Draws variants of programs and compares what is found in them with what is found in the programs."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from tests.forgetting.forgetting import forgotten
from tests.forgetting.programs import Program, Variant, programs
from tests.forgetting.rewriting import MOVING, rewritten

Sort = Literal["forgotten", "rewritten"]
MAKERS = {"forgotten": forgotten, "rewritten": rewritten}

BY_FORM = frozenset(["strides-by-position", "swapped-image-size", "width-before-height"])
"""Rules that judge by how the source writes something, and not by its value alone."""


@dataclass(frozen=True)
class Failure:
    """A variant that does not say what it should."""

    variant: Variant
    reason: str

    def __str__(self) -> str:
        return f"{self.variant.program.name} [{self.variant.kind}] {self.variant.said}: {self.reason}"


@dataclass
class Result:
    """What a study gave: how many variants of each kind, and which failed."""

    sort: Sort
    kinds: Counter[str] = field(default_factory=Counter)
    failures: list[Failure] = field(default_factory=list)

    def figures(self) -> Iterator[str]:
        """Yield one line a kind, and one of all."""
        failed = Counter(failure.variant.kind for failure in self.failures)
        for kind, count in sorted(self.kinds.items()):
            yield f"{self.sort}, {kind}: {failed[kind]} of {count} failed"
        yield f"{self.sort}: {len(self.failures)} of {self.kinds.total()} failed"


def study(sort: Sort, count: int, seed: int, kind: str = "", program: str = "") -> Result:
    """Check ``count`` variants; the same seed draws the same variants of the same programs."""
    result = Result(sort)
    for variant in variants(sort, count, seed, kind, program):
        result.kinds[variant.kind] += 1
        reason = wrong(sort, variant)
        if reason is not None:
            result.failures.append(Failure(variant, reason))
    return result


def variants(sort: Sort, count: int, seed: int, kind: str = "", program: str = "") -> Iterator[Variant]:
    """Draw variants: of each folder of programs as many."""
    groups: dict[str, list[Program]] = {}
    for one in programs():
        if program in one.name:
            groups.setdefault(one.name.partition("/")[0], []).append(one)
    chance = random.Random(seed)
    made = tried = 0
    while made < count and tried < 40 * count:
        tried += 1
        variant = _drawn(sort, chance.choice(groups[chance.choice(list(groups))]), chance)
        if variant is not None and kind in variant.kind and variant.text != variant.program.text:
            made += 1
            yield variant


def _drawn(sort: Sort, program: Program, chance: random.Random) -> Variant | None:
    return MAKERS[sort](program, chance)


def _without_form(found: frozenset[tuple[str, int]]) -> frozenset[tuple[str, int]]:
    return frozenset(pair for pair in found if pair[0] not in BY_FORM)


def wrong(sort: Sort, variant: Variant) -> str | None:
    """Say what is wrong with what is found in a variant; None if nothing is."""
    before, after = variant.program.outcome, variant.outcome()
    if before.error is not None:
        return f"the program itself: {before.error}"
    if after.error is not None:
        return after.error
    if after.cut_short and not before.cut_short:
        return "cut short"
    if sort == "forgotten" and before.found:
        return None
    if variant.kind in MOVING and {rule for rule, _ in after.found} == {rule for rule, _ in before.found}:
        return None
    added, lost = after.found - before.found, before.found - after.found
    if sort == "rewritten":
        added, lost = _without_form(added), _without_form(lost)
    if added:
        return f"added {', '.join(f'{rule} @ {line}' for rule, line in sorted(added))}"
    if lost and sort == "rewritten":
        return f"lost {', '.join(f'{rule} @ {line}' for rule, line in sorted(lost))}"
    return None
