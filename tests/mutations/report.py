"""The study as a page: figures by operator and by rule, what was excluded and why, what is missed."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable

from tests.mutations.classification import REASONS
from tests.mutations.models import OPERATORS as MODEL_OPERATORS
from tests.mutations.mutants import OPERATORS
from tests.mutations.study import GROUPS, Group, Result, Study

TITLES: dict[Group, str] = {
    "programs": "Programs: what a model is built of",
    "models": "Saved models",
    "feeding": "Feeding: data and targets against the model",
}


def page(study: Study) -> str:
    """The Markdown of ``docs/research/mutations.md``."""
    parts = [HEAD, _totals(study)]
    for group in GROUPS:
        parts += [f"## {TITLES[group]}\n", _by_operator(study, group)]
    parts += [
        "## By rule\n",
        _by_rule(study),
        "## Excluded\n",
        _excluded(study),
        "## Missed\n",
        _missed(study),
    ]
    return "\n".join(parts)


HEAD = """# The mutation study

<!-- Made by `python -m tests.mutations --report docs/research/mutations.md`; do not edit. -->

Known-good programs (`tests/programs/`) and saved models (of keras.applications, and of what those
programs build) with one layout broken by machine, one mutation a mutant. Real Keras says what becomes of
it (`tests/mutations/judge.py`: the program is run, with training cut down to one step): it *crashes*, or
it runs *in silence* with other shapes, other numbers or other data than the original. A mutant is
*found* if a default run of layoutlint has a finding that the original has not; *on the line* if that
finding stands on the mutated lines, or shows them as evidence. Mutants that mean the same, and those of
which nothing in the program tells that they are mistakes, are excluded with a reason, which never looks
at what layoutlint finds.

`python -m tests.mutations` prints these figures from the stored outcomes; `--judge` runs under Keras
what is not stored yet.
"""


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f} %" if whole else "none"


def _totals(study: Study) -> str:
    rows = ["| | count | crash | silent | found | recall | on the line |", "|---|--:|--:|--:|--:|--:|--:|"]
    for group in GROUPS:
        counted = study.of(group)
        found = [result for result in counted if result.found]
        crash = sum(result.outcome.kind == "crash" for result in counted)
        rows.append(
            f"| {TITLES[group]} | {len(counted)} | {crash} | {len(counted) - crash} | {len(found)} "
            f"| {_share(len(found), len(counted))} | {_share(sum(r.on_line for r in found), len(found))} |"
        )
    return "\n".join(rows) + "\n"


def _by_operator(study: Study, group: Group) -> str:
    rows = ["| operator | what it does | count | found | recall | excluded |", "|---|---|--:|--:|--:|--:|"]
    by_name: defaultdict[str, list[Result]] = defaultdict(list)
    for result in study.results:
        if result.group == group:
            by_name[result.operator].append(result)
    for name in sorted(by_name):
        counted = [result for result in by_name[name] if result.counts]
        found = sum(result.found for result in counted)
        rows.append(
            f"| {name} | {_summary(name)} | {len(counted)} | {found} | {_share(found, len(counted))} "
            f"| {len(by_name[name]) - len(counted)} |"
        )
    return "\n".join(rows) + "\n"


def _summary(name: str) -> str:
    if name in MODEL_OPERATORS:
        plain = OPERATORS.get(name.removeprefix("model-"))
        return plain.summary if plain else ""
    return OPERATORS[name].summary


def _by_rule(study: Study) -> str:
    found: Counter[str] = Counter()
    for result in study.results:
        if result.counts:
            found.update(result.rules)
    return _table(("rule", "mutants that it finds"), found.most_common())


def _excluded(study: Study) -> str:
    counts = study.excluded()
    anyway = Counter(r.reason for r in study.results if r.reason is not None and r.found)
    rows = [
        (reason, REASONS[reason], count, anyway[reason]) for reason, count in counts.most_common() if reason
    ]
    return _table(("reason", "what it says", "mutants", "found all the same"), rows)


def _missed(study: Study) -> str:
    lines = []
    for group in GROUPS:
        missed = study.missed(group)
        lines += [f"### {TITLES[group]} ({len(missed)})\n"]
        lines += [f"- {one(result)}" for result in missed]
        lines.append("")
    return "\n".join(lines)


def one(result: Result) -> str:
    """A result in one line."""
    line = f":{result.line}" if result.line else ""
    what = " ".join(result.said.split())[:100].replace("|", "/")
    keras = result.outcome.kind if result.outcome.kind == "crash" else "silent"
    return f"{result.operator} `{result.program}{line}` {what}: {keras}, {result.outcome.said[:90]}".rstrip(
        ", "
    )


def _table(head: tuple[str, ...], rows: Iterable[tuple[object, ...]]) -> str:
    lines = [f"| {' | '.join(head)} |", "|" + "---|" * len(head)]
    lines += [f"| {' | '.join(str(cell) for cell in row)} |" for row in rows]
    return "\n".join(lines) + "\n"
