"""Runs what the store does not know under real Keras: the originals, then their mutants."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import tests.mutations.operators  # noqa: F401
from tests.mutations import judge
from tests.mutations.mutants import OPERATORS, SAMPLE, Mutant, Operator, mutants
from tests.mutations.store import Store, corpus, program


def run(store: Store, names: Iterable[str] = (), operators: Iterable[str] = (), sample: int = SAMPLE) -> None:
    """Judge all mutants whose outcome is not stored; the store is saved after every program."""
    wanted = set(names)
    chosen = [OPERATORS[name] for name in operators] or list(OPERATORS.values())
    for path in corpus():
        if not wanted or path.stem in wanted:
            _one(store, path, chosen, sample)
            store.save()


def _one(store: Store, path: Path, chosen: list[Operator], sample: int) -> None:
    original: judge.Run | None = None
    known = program(path, store.originals)
    if known is None:
        text = path.read_text(encoding="utf-8")
        original = judge.original_run(text, path)
        if original is None or original.error is not None:
            print(f"{path.stem}: the original does not run: {original and original.error}", file=sys.stderr)
            return
        store.originals[path.stem] = judge.facts(original, text)
        known = program(path, judge.through_json(store.originals))
        assert known is not None
    todo = [mutant for mutant in mutants(known, chosen, sample) if mutant.id not in store.outcomes]
    if todo and original is None:
        original = judge.original_run(known.text, path)
        if original is None:
            print(f"{path.stem}: the original ran out of time", file=sys.stderr)
            return
    for mutant in todo:
        assert original is not None
        store.outcomes[mutant.id] = _said_shortly(mutant, judge.mutant_outcome(original, mutant.text, path))
    print(f"{path.stem}: {len(todo)} judged", flush=True)


def _said_shortly(mutant: Mutant, outcome: judge.Outcome) -> judge.Outcome:
    return replace(outcome, said=outcome.said.replace(str(mutant.program.path.parent), "")[:110])


def verify(store: Store, step: int) -> int:
    """Run every ``step``-th stored mutant of the programs once more; 1 if the outcome of any is another.

    What runs out of time is not judged: that depends on the machine.
    """
    wrong = 0
    known = [one for one in (program(path, store.originals) for path in corpus()) if one is not None]
    stored = [m for one in known for m in mutants(one, OPERATORS.values()) if m.id in store.outcomes]
    for mutant in stored[::step]:
        original = judge.original_run(mutant.program.text, mutant.program.path)
        assert original is not None
        now, then = (
            judge.mutant_outcome(original, mutant.text, mutant.program.path),
            store.outcomes[mutant.id],
        )
        if "timeout" in (now.kind, then.kind):
            continue
        if (now.kind, now.phase, now.line) != (then.kind, then.phase, then.line):
            print(f"{mutant.id}: {then} then, {now} now")
            wrong = 1
    return wrong
