"""Rules: one Markdown file each, loaded strictly.

A rule that does not load is an error with its place, never a rule that silently does not run.
"""

from __future__ import annotations

import re
import string
from collections.abc import Iterable, Mapping
from enum import StrEnum
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from layoutlint.engine import frontmatter
from layoutlint.engine.conditions import (
    Condition,
    ExpressionError,
    Lookup,
    Parameter,
    compile_condition,
    nearest,
    unknown_name,
)
from layoutlint.engine.fix_names import FIXES
from layoutlint.engine.frontmatter import Document, RuleError, Scalar, Sequence
from layoutlint.engine.groups import HOUSE
from layoutlint.engine.rule_folder import builtin_folder
from layoutlint.facts import Fact, Subject, facts_of
from layoutlint.facts.fact_values import UNKNOWN, Value, shown
from layoutlint.model.findings import Confidence, Severity
from layoutlint.model.keras_version import VERSIONS, Version
from layoutlint.system.kept_data import kept
from layoutlint.system.regular_files import read, words

__all__ = [
    "Case",
    "Rule",
    "RuleError",
    "builtin",
    "catalogue",
    "load",
    "load_folder",
    "parse",
]

NAME: Final = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
CLASS_NAME: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_.]*")

REQUIRED: Final = ("rule", "subject", "severity", "confidence")
CASE_KEYS: Final = ("when", "message", "severity", "on-gpu", "confidence", "tip", "fix", "at", "keras")
KEYS: Final = (
    *REQUIRED,
    "group",
    "since",
    "needs",
    "applies-to",
    "parameters",
    "supersedes",
    "presumed",
    "cases",
    "when",
    "message",
    "tip",
    "fix",
    "at",
    "keras",
    "on-gpu",
)

MAX_FILE: Final = 262_144
"""Bytes of a rule file."""

T = TypeVar("T")


class Input(StrEnum):
    """A kind of input that a rule needs: what contradicts the layer is in no other."""

    ANY = "any"
    SOURCE = "source"
    SAVED_MODEL = "saved-model"


class Message(Struct, frozen=True):
    """A text with facts and parameters in braces: ``"{layer} reads (steps=1, input_dim={input_dim})"``."""

    parts: tuple[tuple[str, str | None], ...]

    @property
    def names(self) -> frozenset[str]:
        """The names in braces."""
        return frozenset(name for _, name in self.parts if name is not None)

    def fill(self, facts: Lookup, parameters: Mapping[str, Value]) -> str:
        """Return the text with its values; an unknown one shows as ``?``."""
        pieces = []
        for text, name in self.parts:
            pieces.append(text)
            if name is not None:
                pieces.append(shown(parameters[name] if name in parameters else facts[name]))
        return "".join(pieces)

    def fill_if_known(self, facts: Lookup, parameters: Mapping[str, Value]) -> str | None:
        """Return the text, or None where one of its values is unknown."""
        if any(name not in parameters and facts[name] is UNKNOWN for name in self.names):
            return None
        return self.fill(facts, parameters)


class Case(Struct, frozen=True):
    """One way in which a rule can hold; the first case that holds speaks."""

    when: Condition
    message: Message
    severity: Severity
    confidence: Confidence
    tip: Message | None = None
    fix: str | None = None
    keras: frozenset[Version] | None = None
    """The versions of Keras in which alone it is so; None for all."""
    at: tuple[str, ...] = ()
    """The arguments of the call that are at fault: a report marks them beside the name of what is called."""

    on_gpu: Severity | None = None
    """The severity on a GPU, where TensorFlow does not raise the error that it raises on a CPU."""

    def concerns(self, keras: Version | None) -> bool:
        """Tell whether it may be so in a version of Keras (None: nobody knows which)."""
        return keras is None or self.keras is None or keras in self.keras


class Rule(Struct, frozen=True, eq=False):
    """A judgement over the facts of a subject.

    ``applies_to`` are the layer classes that it looks at (empty: all); ``supersedes`` the rules whose
    findings at the same place are consequences of this one's; ``presumed`` the confidence of a finding that
    a default decides which a caller may replace. ``explanation`` is the Markdown after the front
    matter. ``needs`` is the kind of input in which alone the evidence can be found, ``group`` the group by
    which people select it, ``since`` the first version that has it.
    """

    name: str
    subject: Subject
    severity: Severity
    confidence: Confidence
    cases: tuple[Case, ...]
    explanation: str
    path: str
    explanation_line: int
    applies_to: frozenset[str] = frozenset()
    parameters: Mapping[str, Value] = {}
    supersedes: frozenset[str] = frozenset()
    needs: Input = Input.ANY
    group: str = HOUSE
    since: str = ""
    presumed: Confidence = Confidence.MEDIUM

    @property
    def summary(self) -> str:
        """The first sentence of the explanation."""
        paragraph = self.explanation.strip().split("\n\n", 1)[0]
        text = " ".join(line.strip() for line in paragraph.splitlines() if not line.startswith("#"))
        end = re.search(r"\.(\s|$)", text)
        return text[: end.start() + 1] if end else text

    @property
    def fixes(self) -> tuple[str, ...]:
        """The names of the fixes that its findings may carry."""
        return tuple(dict.fromkeys(case.fix for case in self.cases if case.fix))

    def with_parameters(self, given: Mapping[str, Any]) -> Rule:
        """Return the rule with parameters set by the user; ValueError for a name or a type that it does not
        have.
        """
        values = dict(self.parameters)
        for name, value in given.items():
            if name not in values:
                raise ValueError(
                    f"the rule {self.name} has no parameter {name}"
                    + (f"; it has {', '.join(sorted(values))}" if values else "")
                )
            frozen = tuple(value) if isinstance(value, list) else value
            try:
                found = Parameter.of(frozen).type
            except TypeError as error:
                raise ValueError(f"{self.name}.{name}: {error}") from None
            wanted = Parameter.of(values[name]).type
            if found != wanted:
                raise ValueError(f"{self.name}.{name} is a {wanted}, got {value!r}")
            values[name] = frozen
        return replace(self, parameters=MappingProxyType(values))


# Finding rule files ----------------------------------------------------------------


@cache
def builtin() -> tuple[Rule, ...]:
    """Return all built-in rules, by name: made once a process, of files that are parsed once a change."""
    files = _files(builtin_folder())
    sources = (Path(frontmatter.__file__), *files)
    documents = kept("rules", sources, list[Document], lambda: list(map(_document, files)))
    return tuple(map(_rule_of, documents))


def catalogue(folders: Iterable[Path] = ()) -> dict[str, Rule]:
    """Return the built-in rules and those of the user's folders, by name; RuleError for a name
    that is taken.
    """
    rules = {rule.name: rule for rule in builtin()}
    for folder in folders:
        for rule in load_folder(folder):
            if rule.name in rules:
                raise RuleError(rule.path, 2, 1, f"there is a rule {rule.name} in {rules[rule.name].path}")
            rules[rule.name] = rule
    return rules


def load_folder(folder: Path) -> tuple[Rule, ...]:
    """Return all rules of a folder (each ``*.md`` but a README), by name; RuleError for the first
    broken one.

    A single file is taken for the one rule that it holds.
    """
    return tuple(map(load, [folder] if folder.is_file() else _files(folder)))


def _files(folder: Path) -> list[Path]:
    try:
        return sorted(
            path for path in folder.iterdir() if path.suffix == ".md" and path.stem.lower() != "readme"
        )
    except OSError as error:
        raise RuleError(str(folder), 1, 1, f"not a readable folder of rules: {error.strerror}") from None


def load(path: Path) -> Rule:
    """Return the rule of one file; its name must be the file's."""
    return _rule_of(_document(path))


def _rule_of(document: Document) -> Rule:
    return _Loader(document, Path(document.path).stem).rule()


def _document(path: Path) -> Document:
    try:
        content = read(path, MAX_FILE)
    except OSError as error:
        raise RuleError(str(path), 1, 1, f"cannot be read: {words(error)}") from None
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise RuleError(str(path), line, 1, "not UTF-8 text") from None
    return frontmatter.split(text, str(path))


# From text to rule ----------------------------------------------------------------


def parse(text: str, path: str, expected_name: str | None = None) -> Rule:
    """Return the rule that a text defines; RuleError with line and column for every mistake in it."""
    return _Loader(frontmatter.split(text, path), expected_name).rule()


class _Loader:
    def __init__(self, document: Document, expected_name: str | None) -> None:
        self.document = document
        self.root = document.root
        self.expected_name = expected_name
        self.parameters: dict[str, Value] = {}
        self.parameter_types: dict[str, Parameter] = {}
        self.facts: Mapping[str, Fact] = {}
        self.used: set[str] = set()

    def error(self, node: frontmatter.Node, message: str) -> RuleError:
        return RuleError(self.document.path, node.line, node.column, message)

    def rule(self) -> Rule:
        self._check_keys(self.root, KEYS)
        for key in REQUIRED:
            if key not in self.root.values:
                raise RuleError(self.document.path, 1, 1, f"the front matter has no `{key}`")
        name = self._name("rule")
        if self.expected_name is not None and name.text != self.expected_name:
            raise self.error(name, f"the rule {name.text} is in a file called {self.expected_name}.md")
        subject = self._choice(self.root, "subject", {s.value: s for s in Subject})
        self.facts = facts_of(subject)
        self._read_parameters()
        severity = self._severity(self.root)
        confidences = {str(c): c for c in Confidence}
        confidence = self._choice(self.root, "confidence", confidences)
        is_told = "presumed" in self.root.values
        cases = self._cases(severity, confidence)
        for parameter in self.parameters:
            if parameter not in self.used:
                node = self.root.values["parameters"]
                assert isinstance(node, frontmatter.Mapping)
                raise self.error(node.keys[parameter], f"nothing uses the parameter `{parameter}`")
        if not self.document.body.strip():
            raise RuleError(self.document.path, self.document.body_line, 1, "the rule has no explanation")
        return Rule(
            name.text,
            subject,
            max(case.severity for case in cases),
            max(case.confidence for case in cases),
            cases,
            self.document.body,
            self.document.path,
            self.document.body_line,
            frozenset(scalar.text for scalar in self._names(self.root, "applies-to", CLASS_NAME)),
            MappingProxyType(self.parameters),
            frozenset(scalar.text for scalar in self._names(self.root, "supersedes", NAME)),
            self._needs(),
            self._name("group").text if "group" in self.root.values else HOUSE,
            self._scalar(self.root, "since").text if "since" in self.root.values else "",
            self._choice(self.root, "presumed", confidences) if is_told else Confidence.MEDIUM,
        )

    def _needs(self) -> Input:
        if "needs" not in self.root.values:
            return Input.ANY
        return self._choice(self.root, "needs", {str(kind): kind for kind in Input})

    def _check_keys(self, mapping: frontmatter.Mapping, known: Iterable[str]) -> None:
        for key, node in mapping.keys.items():
            if key not in known:
                raise self.error(node, f"no key `{key}` here; there are {', '.join(known)}")

    def _scalar(self, mapping: frontmatter.Mapping, key: str) -> Scalar:
        node = mapping.values[key]
        if not isinstance(node, Scalar):
            raise self.error(node, f"`{key}` is one value")
        if not node.text.strip():
            raise self.error(node, f"`{key}` is empty")
        return node

    def _name(self, key: str, mapping: frontmatter.Mapping | None = None) -> Scalar:
        scalar = self._scalar(mapping or self.root, key)
        if not NAME.fullmatch(scalar.text):
            raise self.error(
                scalar, f"{scalar.text!r} is not a name: lower-case letters, digits, single hyphens"
            )
        return scalar

    def _names(self, mapping: frontmatter.Mapping, key: str, pattern: re.Pattern[str]) -> list[Scalar]:
        node = mapping.values.get(key)
        if node is None:
            return []
        if not isinstance(node, Sequence) or not node.items:
            raise self.error(node, f"`{key}` is a list of names")
        found: list[Scalar] = []
        for item in node.items:
            if not isinstance(item, Scalar) or not pattern.fullmatch(item.text):
                raise self.error(item, f"`{key}` is a list of names")
            if any(item.text == other.text for other in found):
                raise self.error(item, f"`{key}` names {item.text} twice")
            found.append(item)
        return found

    def _choice(self, mapping: frontmatter.Mapping, key: str, choices: Mapping[str, T]) -> T:
        scalar = self._scalar(mapping, key)
        if scalar.text not in choices:
            raise self.error(scalar, f"`{key}` is one of {', '.join(choices)}, not {scalar.text!r}")
        return choices[scalar.text]

    def _read_parameters(self) -> None:
        node = self.root.values.get("parameters")
        if node is None:
            return
        if not isinstance(node, frontmatter.Mapping):
            raise self.error(node, "`parameters` is a mapping of names to values")
        for name, key in node.keys.items():
            if not name.isidentifier():
                raise self.error(
                    key, f"{name!r} cannot be used in a condition: letters, digits and underscores"
                )
            if name in self.facts:
                raise self.error(key, f"`{name}` is a fact, so it cannot be a parameter")
            value = self._parameter(node.values[name])
            self.parameters[name] = value
            self.parameter_types[name] = Parameter.of(value)

    def _parameter(self, node: frontmatter.Node) -> Value:
        if isinstance(node, Scalar):
            return node.value
        if isinstance(node, Sequence) and all(isinstance(item, Scalar) for item in node.items):
            return tuple(item.value for item in node.items if isinstance(item, Scalar))
        raise self.error(node, "a parameter is a number, a text, a truth value or a list of those")

    def _cases(self, severity: Severity, confidence: Confidence) -> tuple[Case, ...]:
        node = self.root.values.get("cases")
        if node is None:
            return (self._case(self.root, severity, confidence),)
        if "when" in self.root.keys:
            raise self.error(self.root.keys["when"], "a rule has `when` or `cases`, not both")
        if not isinstance(node, Sequence) or not node.items:
            raise self.error(node, "`cases` is a list")
        found = []
        for item in node.items:
            if not isinstance(item, frontmatter.Mapping):
                raise self.error(item, "a case is a mapping of keys to values")
            self._check_keys(item, CASE_KEYS)
            found.append(self._case(item, severity, confidence))
        return tuple(found)

    def _case(self, mapping: frontmatter.Mapping, severity: Severity, confidence: Confidence) -> Case:
        """Return one case; what it does not say itself, the rule says."""

        def holder(key: str) -> frontmatter.Mapping | None:
            return mapping if key in mapping.keys else self.root if key in self.root.keys else None

        if "when" not in mapping.keys:
            raise RuleError(self.document.path, mapping.line, mapping.column, "there is no `when`")
        message = holder("message")
        if message is None:
            raise RuleError(self.document.path, mapping.line, mapping.column, "there is no `message`")
        tip, fix = holder("tip"), holder("fix")
        if "severity" in mapping.keys:
            severity = self._severity(mapping)
        if "confidence" in mapping.keys:
            confidence = self._choice(mapping, "confidence", {str(c): c for c in Confidence})
        gpu = holder("on-gpu")
        on_gpu = None if gpu is None else self._severity(gpu, "on-gpu")
        return Case(
            self._condition(self._scalar(mapping, "when")),
            self._message(self._scalar(message, "message")),
            severity,
            confidence,
            None if tip is None else self._message(self._scalar(tip, "tip")),
            None if fix is None else self._fix(fix),
            self._versions(mapping),
            tuple(scalar.text for scalar in self._names(holder("at") or mapping, "at", CLASS_NAME)),
            on_gpu if on_gpu is not None and on_gpu < severity else None,
        )

    def _severity(self, mapping: frontmatter.Mapping, key: str = "severity") -> Severity:
        return self._choice(mapping, key, {str(s): s for s in Severity})

    def _fix(self, mapping: frontmatter.Mapping) -> str:
        scalar = self._name("fix", mapping)
        if scalar.text not in FIXES:
            raise self.error(scalar, f"there is no fix {scalar.text}{nearest(scalar.text, FIXES)}")
        return scalar.text

    def _versions(self, mapping: frontmatter.Mapping) -> frozenset[Version] | None:
        """``keras: [3]``: the versions of Keras in which alone a case holds."""
        node = mapping.values.get("keras", self.root.values.get("keras"))
        if node is None:
            return None
        items = node.items if isinstance(node, Sequence) else ()
        found = [item.value for item in items if isinstance(item, Scalar)]
        if not items or len(found) < len(items) or not set(found) < set(VERSIONS):
            raise self.error(node, "`keras` is a list of versions: [1, 2] or [3]")
        return frozenset(found)

    def _condition(self, scalar: Scalar) -> Condition:
        try:
            condition = compile_condition(scalar.text, self.facts, self.parameter_types)
        except ExpressionError as error:
            line, column = self.document.place(scalar, error.offset)
            raise RuleError(self.document.path, line, column, f"when: {error}") from None
        self.used |= condition.names
        return condition

    def _message(self, scalar: Scalar) -> Message:
        text = scalar.text.strip()
        parts: list[tuple[str, str | None]] = []
        try:
            for literal, name, specification, conversion in string.Formatter().parse(text):
                if specification or conversion:
                    raise self._at(scalar, f"{{{name}", "a placeholder is only a name in braces")
                parts.append((literal, name))
        except ValueError as error:
            raise self.error(scalar, f"message: {error}") from None
        for _, name in parts:
            if name is None:
                continue
            if name not in self.facts and name not in self.parameters:
                raise self._at(
                    scalar, f"{{{name}", f"message: {unknown_name(name, [*self.facts, *self.parameters])}"
                )
            self.used.add(name)
        return Message(tuple(parts))

    def _at(self, scalar: Scalar, part: str, message: str) -> RuleError:
        line, column = self.document.place(scalar, max(scalar.text.find(part), 0))
        return RuleError(self.document.path, line, column, message)
