"""The examples of rule files, which are their tests.

In a ``python`` block ``# expect: rule-name`` says that a finding's place begins on that line (several names
with commas), ``# shape: (None, 8000, 32)`` what is inferred for the layer that is made or called there. In a
``json`` block stands the configuration of a saved model (with the shapes of its trained weights, by layer and
name, under ``stored_weights``), and ``expect: rule-name`` after the word ``json`` says what is found in it,
``rule-name@layer`` also where. A ``python`` block is for Keras 3 unless ``keras=2`` stands after the word.
What is not expected must not be found: a block that expects nothing is good code.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from layoutlint.engine.frontmatter import RuleError
from layoutlint.engine.groups import GROUPS
from layoutlint.engine.judge import judge
from layoutlint.engine.rule_folder import builtin_folder
from layoutlint.engine.rules import Input, Rule, load_folder
from layoutlint.model.findings import Finding
from layoutlint.model.graph import Call, Graph
from layoutlint.model.keras_version import LATEST, VERSIONS, KerasVersion
from layoutlint.model.unreadable import NothingToReadError, UnreadableError

EXPECT: Final = re.compile(r"#\s*expect:\s*([^#]*)")
SHAPE: Final = re.compile(r"#\s*shape:\s*(\(.*\)|\?)\s*(?:#|$)")
FENCE: Final = re.compile(r"^( {0,3})(`{3,}|~{3,})\s*([^\s`]*)[ \t]*([^`]*)$")
VERSION: Final = re.compile(r"\bkeras=([123])\b")
LANGUAGES: Final = ("python", "json")


@dataclass(frozen=True, slots=True)
class Example:
    """A fenced block of a rule file; ``line`` is the file's line on which its first line stands."""

    rule: str
    path: str
    line: int
    language: str
    info: str
    text: str

    @property
    def keras(self) -> KerasVersion:
        """The version of Keras that it is for: Keras 3, or what the block says (``python keras=2``)."""
        found = VERSION.search(self.info)
        number = LATEST if found is None else next(each for each in VERSIONS if str(each) == found[1])
        return KerasVersion(number, "an example of a rule")

    @property
    def is_good(self) -> bool:
        """Whether the block expects no finding."""
        return "expect:" not in self.info and EXPECT.search(self.text) is None


@dataclass(frozen=True, slots=True)
class Failure:
    """An example that does not hold, at a line of the rule file."""

    rule: str
    path: str
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.message}"


@dataclass(frozen=True, slots=True)
class ExampleOutcome:
    """What running examples gave."""

    rules: int
    examples: int
    failures: tuple[Failure, ...]

    @property
    def passed(self) -> bool:
        """Whether every example holds."""
        return not self.failures


def run_folder(folder: Path, further: Iterable[Rule] = ()) -> ExampleOutcome:
    """Run the examples of all rules of a folder: see :func:`run`.

    RuleError for a rule that does not load, or a block that does not end.
    """
    return run(load_folder(folder), further)


def run(rules: Iterable[Rule], further: Iterable[Rule] = ()) -> ExampleOutcome:
    """Run the examples of the given rules, judged by all of them together.

    Findings of the ``further`` rules may be expected, and where they are not they are no failure: whoever
    writes a house rule need not know every other rule.
    """
    tested = tuple(rules)
    others = tuple(further)
    examples = [example for rule in tested for example in examples_of(rule)]
    failures = [failure for example in examples for failure in check(example, tested, others)]
    return ExampleOutcome(len(tested), len(examples), tuple(failures))


def examples_of(rule: Rule) -> list[Example]:
    """Return the ``python`` and ``json`` blocks of a rule's explanation; RuleError for a block that does not
    end.
    """
    found: list[Example] = []
    lines = rule.explanation.splitlines()
    at = 0
    while at < len(lines):
        opening = FENCE.match(lines[at])
        if opening is None:
            at += 1
            continue
        indent, fence, language, info = opening.groups()
        end = next((i for i in range(at + 1, len(lines)) if _closes(lines[i], fence)), None)
        if end is None:
            raise RuleError(rule.path, rule.explanation_line + at, 1, "a code block without an end")
        if language in LANGUAGES:
            text = "\n".join(line.removeprefix(indent) for line in lines[at + 1 : end]) + "\n"
            first = rule.explanation_line + at + 1
            found.append(Example(rule.name, rule.path, first, language, info.strip(), text))
        at = end + 1
    return found


def _closes(line: str, fence: str) -> bool:
    text = line.strip()
    return len(text) >= len(fence) and set(text) == {fence[0]}


HEADINGS: Final = ("## Why it is a mistake", "## What to do instead", "## When the rule is wrong")
"""What a rule's page explains, each under its own heading."""


EXAMPLES_WANTED: Final = 3
"""How many good and how many bad examples a built-in rule has; a house rule has one of each."""


def lacking(rule: Rule) -> list[Failure]:
    """Return what a rule's page lacks: a heading, good or bad examples, and what a built-in rule has besides.

    Bad examples expect the rule by its name; they are of the kind of input that the rule needs.
    """
    is_builtin = Path(rule.path).resolve().parent == builtin_folder().resolve()
    examples = EXAMPLES_WANTED if is_builtin else 1
    languages = {Input.SAVED_MODEL: ("json",), Input.SOURCE: ("python",)}.get(rule.needs, ("python", "json"))
    own = [example for example in examples_of(rule) if example.language in languages]
    good = sum(example.is_good for example in own)
    bad = sum(f"expect: {rule.name}" in f"{example.info}\n{example.text}" for example in own)
    missing = [f"no heading `{heading}`" for heading in HEADINGS if heading not in rule.explanation]
    for kind, count in (("good", good), ("bad", bad)):
        if count < examples:
            missing.append(f"{count} {kind} examples in {' or '.join(languages)}, {examples} wanted")
    if is_builtin:
        missing += _lacking_as_builtin(rule)
    return [Failure(rule.name, rule.path, rule.explanation_line, text) for text in missing]


def _lacking_as_builtin(rule: Rule) -> Iterator[str]:
    """Yield what a built-in rule lacks of its group, its version, its words and its saved model."""
    if rule.group not in GROUPS:
        yield f"`group` is {rule.group}; the groups of built-in rules are {', '.join(GROUPS)}"
    if not rule.since:
        yield "no `since`: the first version that has the rule"
    if not 20 < len(rule.summary) < 150:
        yield f"the first sentence has {len(rule.summary)} letters, 21 to 149 wanted"
    in_model = any(rule.name in each.info for each in examples_of(rule) if each.language == "json")
    if in_model == (rule.needs is Input.SOURCE):
        yield (
            "it says `needs: source`, but has an example in a saved model"
            if in_model
            else f"no example in a saved model (```json expect: {rule.name}), and no `needs: source`"
        )


def check(example: Example, rules: Iterable[Rule], further: Iterable[Rule] = ()) -> list[Failure]:
    """Return what does not hold in one example."""
    try:
        graph = read(example)
    except (UnreadableError, NothingToReadError) as error:
        return [_failure(example, 1, f"the example cannot be read: {error}")]
    if graph.unread:
        return [_failure(example, 1, f"the example cannot be read: {graph.unread[0]}")]
    others = tuple(further)
    tolerated = {rule.name for rule in others}
    findings = judge(graph, (*rules, *others))
    if example.language == "json":
        return list(_check_model(example, findings, tolerated))
    return [*_check_findings(example, findings, tolerated), *_check_shapes(example, graph)]


def read(example: Example) -> Graph:
    """Return the graph of an example, made by the reader of its kind: Python source, or a
    ``.keras`` archive.
    """
    if example.language == "python":
        from layoutlint.readers import source

        return source.read(example.text, example.path, keras=example.keras)
    from layoutlint.architecture import network
    from layoutlint.readers.jsontext import parse

    config = parse(example.text, "text")
    if not network.is_architecture(config):
        raise UnreadableError("no model that lists its layers")
    stored = config.pop("stored_weights", {})
    try:
        shapes = {place: {name: tuple(sizes) for name, sizes in own.items()} for place, own in stored.items()}
    except (AttributeError, TypeError):
        raise UnreadableError("stored_weights are shapes by name by layer") from None
    return network.read(config, example.path, shapes)


def _check_findings(example: Example, findings: list[Finding], tolerated: set[str]) -> Iterator[Failure]:
    wanted = {
        (number, name)
        for number, line in enumerate(example.text.splitlines(), 1)
        if (match := EXPECT.search(line))
        for name in _names(match.group(1))
    }
    got = {(finding.location.line or 0, finding.rule): finding for finding in findings}
    for number, name in sorted(wanted - got.keys()):
        yield _failure(example, number, f"{name} was expected here, but not found")
    for number, name in sorted(got.keys() - wanted):
        if name in tolerated:
            continue
        yield _failure(example, number, f"{name} was found, but not expected: {got[number, name].message}")


def _check_model(example: Example, findings: list[Finding], tolerated: set[str]) -> Iterator[Failure]:
    _, _, expected = example.info.partition("expect:")
    wanted = set(_names(expected))
    got = {finding.rule: finding for finding in findings}
    places = {f"{finding.rule}@{finding.location.layer}" for finding in findings}
    for name in sorted(wanted):
        if name not in got and name not in places:
            where = f"; found: {', '.join(sorted(places))}" if places else ""
            yield _failure(example, 0, f"{name} was expected in the model, but not found{where}")
    for name in sorted(got.keys() - {name.partition("@")[0] for name in wanted} - tolerated):
        yield _failure(example, 0, f"{name} was found, but not expected: {got[name].message}")


def _check_shapes(example: Example, graph: Graph) -> Iterator[Failure]:
    for number, line in enumerate(example.text.splitlines(), 1):
        match = SHAPE.search(line)
        if match is None:
            continue
        wanted = _normal(match.group(1))
        shapes = _shapes_on(graph, number)
        if not shapes:
            yield _failure(example, number, f"the shape {wanted} was expected, but there is no layer here")
        elif wanted not in shapes:
            yield _failure(
                example, number, f"the shape {wanted} was expected, but {' or '.join(shapes)} was inferred"
            )


def _shapes_on(graph: Graph, line: int) -> list[str]:
    """Return the output shapes of the outermost layer that is made or called on a line."""
    calls = [call for call in graph.calls if call.layer.kind != "input"]
    there = [(place, call) for call in calls if (place := _starts_on(call, line)) is not None]
    if not there:
        return []
    outermost = min(place for place, _ in there)
    shapes = [_shape_text(call) for place, call in there if place == outermost]
    return list(dict.fromkeys(shapes))


def _starts_on(call: Call, line: int) -> tuple[int, int, int] | None:
    """Sorts what begins on a line from the outside in; None for what begins elsewhere."""
    for origin in (call.origin, call.layer.origin):
        place = origin.locate()
        if place.line == line:
            return (place.column or 0, -(place.end_line or 0), -(place.end_column or 0))
    return None


def _shape_text(call: Call) -> str:
    shapes = [tensor.shape for tensor in call.output_tensors if tensor is not None]
    return " ".join("?" if shape is None else _normal(str(shape)) for shape in shapes) or "?"


def _normal(text: str) -> str:
    return re.sub(r"\s+", " ", text.replace(",)", ")")).strip()


def _names(text: str) -> list[str]:
    return [name for part in text.split(",") if (name := part.strip())]


def _failure(example: Example, line: int, message: str) -> Failure:
    """Return a failure at a line of the example, counted from 1; 0 is the line of its fence."""
    return Failure(example.rule, example.path, example.line + line - 1, message)
