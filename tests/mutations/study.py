"""The study: every mutant with a stored outcome, sorted, and what a default run finds in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass, field
from typing import Any, Final, Literal

import tests.mutations.operators  # noqa: F401
from layoutlint.model.findings import Finding
from tests.mutations import models
from tests.mutations.classification import exclusion, model_exclusion
from tests.mutations.mutants import OPERATORS, SAMPLE, mutants
from tests.mutations.static import Found, findings, known, new
from tests.mutations.store import Outcome, Store, corpus, program

Group = Literal["programs", "feeding", "models"]
GROUPS: Final[tuple[Group, ...]] = ("programs", "models", "feeding")


@dataclass(frozen=True)
class Result:
    """A mutant judged twice: what Keras did, and what layoutlint found.

    ``reason`` is why it is excluded, None for one that counts. ``on_line`` says that a finding stands on the
    mutated lines or shows them.
    """

    group: Group
    program: str
    operator: str
    line: int | None
    said: str
    outcome: Outcome
    reason: str | None
    rules: tuple[str, ...]
    on_line: bool

    @property
    def counts(self) -> bool:
        """Whether it changes what the program means."""
        return self.reason is None

    @property
    def found(self) -> bool:
        """Whether layoutlint finds anything that the original does not have."""
        return bool(self.rules)


@dataclass
class Study:
    """All results, with the sums that are reported."""

    results: list[Result] = field(default_factory=list)

    def of(self, group: Group) -> list[Result]:
        """The results of one group that count."""
        return [result for result in self.results if result.group == group and result.counts]

    def recall(self, group: Group) -> tuple[int, int]:
        """How many were found, of how many that count."""
        counted = self.of(group)
        return sum(result.found for result in counted), len(counted)

    def missed(self, group: Group) -> list[Result]:
        """Those that count and were not found."""
        return [result for result in self.of(group) if not result.found]

    def excluded(self) -> Counter[str]:
        """How many were excluded, by reason."""
        return Counter(result.reason for result in self.results if result.reason is not None)


def study(store: Store, names: Iterable[str] = (), operators: Iterable[str] = ()) -> Study:
    """Judge all stored mutants of the programs and models (all without names) by a default run."""
    wanted, chosen = set(names), set(operators)
    found = Study()
    found.results.extend(of_programs(store, wanted, chosen))
    found.results.extend(_models(store, wanted, chosen))
    return found


def of_programs(
    store: Store, wanted: Set[str] = frozenset(), chosen: Set[str] = frozenset(), every: int = 1
) -> Iterator[Result]:
    """Judge the stored mutants of the programs (all without names), or one in ``every`` of each program."""
    for path in corpus():
        one = program(path, store.originals) if not wanted or path.stem in wanted else None
        if one is None:
            continue
        operators = [o for o in OPERATORS.values() if not chosen or o.name in chosen]
        judged = [m for m in mutants(one, operators, SAMPLE) if m.id in store.outcomes][::every]
        before = known(findings(one.text, str(path))) if judged else frozenset()
        for mutant in judged:
            outcome = store.outcomes[mutant.id]
            feeds = OPERATORS[mutant.operator].feeding or outcome.phase == "feed" or outcome.kind == "fed"
            yield _result(
                "feeding" if feeds else "programs",
                one.name,
                mutant,
                outcome,
                exclusion(mutant, outcome),
                new(mutant.text, str(path), before),
                range(mutant.lines[0], mutant.lines[1] + 1),
            )


def _result(
    group: Group,
    name: str,
    mutant: Any,
    outcome: Outcome,
    reason: str | None,
    found: list[Found],
    lines: range,
) -> Result:
    on_line = any(line in lines for one in found for line in one.lines)
    rules = tuple(sorted({one.rule for one in found}))
    return Result(group, name, mutant.operator, lines.start, mutant.said, outcome, reason, rules, on_line)


def _models(store: Store, wanted: set[str], chosen: set[str]) -> Iterator[Result]:
    for model in models.stored():
        if wanted and model.name not in wanted:
            continue
        names = [name for name in models.OPERATORS if not chosen or name in chosen]
        judged = [m for m in models.mutants(model, names, 2) if m.id in store.outcomes]
        before = {_place(finding) for finding in models.findings(model.config)} if judged else set()
        for mutant in judged:
            outcome = store.outcomes[mutant.id]
            fresh = [f for f in models.findings(mutant.config) if _place(f) not in before]
            shown = {place for f in fresh for place in _shown(f)}
            yield Result(
                "models",
                model.name,
                mutant.operator,
                None,
                mutant.said,
                outcome,
                model_exclusion(mutant, outcome),
                tuple(sorted({f.rule for f in fresh})),
                mutant.layer in shown,
            )


def _place(finding: Finding) -> tuple[str, str | None]:
    return finding.rule, finding.location.layer


def _shown(finding: Finding) -> Iterator[str]:
    for place in (finding.location, *(piece.location for piece in finding.evidence)):
        if place.layer is not None:
            yield place.layer.rpartition("/")[2]
