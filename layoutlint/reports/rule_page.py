"""The page of a rule: what it says, an example, the fix, and how to silence it.

One page serves ``layoutlint rule NAME`` and the documentation. The examples of a rule file are its tests: the
page shows the mistake and the good code among them that are most alike, without the marks of the tests.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from difflib import SequenceMatcher
from typing import Final

from msgspec import Struct

from layoutlint.engine.examples import Example, examples_of
from layoutlint.engine.fix_names import FIXES
from layoutlint.engine.groups import SUPPRESSION
from layoutlint.engine.rules import Rule
from layoutlint.model.findings import Confidence, Severity
from layoutlint.run.suppressions import UNUSED

EXAMPLES: Final = "\n## Examples\n"
MARK: Final = re.compile(r"[ \t]*# ?(?:expect|shape):[^\n#]*")


class Page(Struct, frozen=True):
    """What people read about a rule. ``text`` is Markdown, its first line the rule's name as a heading."""

    name: str
    group: str
    severity: Severity
    confidence: Confidence
    summary: str
    text: str
    parameters: Mapping[str, object] = {}


def page(rule: Rule) -> Page:
    """Return the page of a rule."""
    text = "\n".join(_lines(rule)) + "\n"
    return Page(
        rule.name, rule.group, rule.severity, rule.confidence, rule.summary, text, dict(rule.parameters)
    )


def pages(rules: Iterable[Rule]) -> list[Page]:
    """Return the pages of rules and of what every run judges besides, by name."""
    return sorted([*map(page, rules), UNUSED_SUPPRESSION], key=lambda each: each.name)


def _lines(rule: Rule) -> Iterator[str]:
    yield f"# {rule.name}"
    yield ""
    yield _grades(rule.group, rule.severity, rule.confidence, rule.since)
    if rule.applies_to:
        yield f"Looks at {', '.join(sorted(rule.applies_to))}."
    yield ""
    explanation, _, _ = rule.explanation.strip().partition(EXAMPLES)
    yield explanation.rstrip()
    yield ""
    yield from _example(examples_of(rule))
    yield "## Fix"
    yield ""
    fixes = [f"`{name}` {FIXES[name]}." for name in rule.fixes if name in FIXES]
    if fixes:
        yield f"{' '.join(fixes)} `layoutlint check --diff` shows the change."
    else:
        yield "No automatic fix: only you know which of the two sides is right."
    yield ""
    yield "## How to silence"
    yield ""
    if rule.needs == "saved-model":
        yield f'`ignore = ["{rule.name}"]` in the configuration, or by layer under `per-layer-ignores`.'
    else:
        yield (
            f"On a line of the finding, with the reason: `# layoutlint: ignore[{rule.name}] the reason`. "
            f'Everywhere: `ignore = ["{rule.name}"]` in the configuration.'
        )
    if rule.parameters:
        yield ""
        yield f"Its thresholds are set in `[tool.layoutlint.parameters.{rule.name}]`:"
        yield ""
        for name, value in rule.parameters.items():
            shown = list(value) if isinstance(value, tuple) else value
            yield f"- `{name} = {shown}` (the default)"


def _grades(group: str, severity: Severity, confidence: Confidence, since: str) -> str:
    start = f" Since version {since}." if since else ""
    return f"Group {group}, severity {severity}, confidence {confidence}.{start}"


def _example(examples: list[Example]) -> Iterator[str]:
    source = [example for example in examples if example.language == "python"]
    pairs = [(bad, good) for bad in source if not bad.is_good for good in source if good.is_good]
    if not pairs:
        return
    before, after = max(pairs, key=lambda pair: _likeness(*pair))
    for title, example in (("Example: the mistake", before), ("Example: no finding", after)):
        yield f"## {title}"
        yield ""
        yield f"```python\n{without_marks(example.text)}```"
        yield ""


def _likeness(one: Example, other: Example) -> float:
    """Return how much two examples have in common, word by word: 1 for the same."""
    return SequenceMatcher(None, one.text.split(), other.text.split(), autojunk=False).ratio()


def without_marks(text: str) -> str:
    """Return the text of an example without what its test reads (``# expect: …``, ``# shape: …``)."""
    return MARK.sub("", text)


UNUSED_SUPPRESSION: Final = Page(
    UNUSED,
    SUPPRESSION,
    Severity.NOTE,
    Confidence.HIGH,
    "A comment asks to ignore a finding that is not there.",
    f"""# {UNUSED}

{_grades(SUPPRESSION, Severity.NOTE, Confidence.HIGH, "0.1.0")}

A comment asks to ignore a finding that is not there.

## Why it is a mistake

The comment silences nothing today, and would silence the next mistake on its line. The layer was mended or
moved, the name of the rule is misspelt, or the comment names no rule.

## What to do instead

Remove the comment, or move it to a line of the layer that it is about.

## When the rule is wrong

When the comment is for another version of layoutlint, or for a configuration that runs more rules. Comments
about rules that are not run are not reported.

## Fix

No automatic fix: remove the comment.

## How to silence

`ignore = ["{UNUSED}"]` in the configuration. With `select`, it is judged only if it is named.
""",
)
