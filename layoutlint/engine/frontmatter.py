"""The YAML front matter of a rule file, with the place of everything in it.

Rule files are untrusted. The tree is built from parser events, flatly: no tags, no anchors, a bound on size
and depth (composing deeply nested YAML the usual way overflows the stack of the C library).
"""

from __future__ import annotations

from typing import Any, Final, TypeAlias

from msgspec import Struct

from layoutlint.model.unreadable import brief

MAX_LENGTH: Final = 16_384
MAX_DEPTH: Final = 6


LONGEST = 400


class RuleError(Exception):
    """A mistake in a rule file, at a line and column from 1; ``str()`` is ``path:line:column: message``."""

    def __init__(self, path: str, line: int, column: int, message: str) -> None:
        super().__init__(message)
        self.path = path
        self.line = line
        self.column = column
        self.message = brief(message, LONGEST)  # it may quote the file at any length

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}: {self.message}"


class Scalar(Struct, frozen=True, tag=True, array_like=True):
    """A text, number or truth value as it was written."""

    text: str
    plain: bool
    line: int
    column: int
    start: int

    @property
    def value(self) -> Any:
        """The value that YAML gives to a plain scalar; a quoted one is a text."""
        if not self.plain:
            return self.text
        if self.text in ("true", "false"):
            return self.text == "true"
        for convert in (int, float):
            try:
                return convert(self.text)
            except ValueError:
                continue
        return self.text


class Sequence(Struct, tag=True, array_like=True):
    """A list."""

    line: int
    column: int
    items: list[Node] = []


class Mapping(Struct, tag=True, array_like=True):
    """Keys and values; each key keeps its place."""

    line: int
    column: int
    keys: dict[str, Scalar] = {}
    values: dict[str, Node] = {}


Node: TypeAlias = Scalar | Sequence | Mapping


class Document(Struct, frozen=True):
    """A Markdown file cut in two: its front matter as a tree, and the Markdown after it."""

    path: str
    text: str
    root: Mapping
    body_start: int
    """The number of characters before the body."""

    @property
    def body(self) -> str:
        """The Markdown after the front matter."""
        return self.text[self.body_start :]

    @property
    def body_line(self) -> int:
        """The line on which the body begins."""
        return self.text.count("\n", 0, self.body_start) + 1

    def place(self, scalar: Scalar, offset: int) -> tuple[int, int]:
        """Line and column of a character of a scalar's value, whichever way YAML folded it."""
        at = scalar.start
        for character in scalar.text[:offset]:
            at = _match(self.text, at, character) + 1
        if offset < len(scalar.text):
            at = _match(self.text, at, scalar.text[offset])
        at = min(at, len(self.text))
        line_start = self.text.rfind("\n", 0, at) + 1
        return self.text.count("\n", 0, at) + 1, at - line_start + 1


def _match(text: str, at: int, character: str) -> int:
    """Return where ``character`` is, at or after ``at``, past indicators, quotes and indentation."""
    if character.isspace():
        return at if at < len(text) and text[at].isspace() else max(at - 1, 0)
    found = text.find(character, at)
    return at if found < 0 else found


def split(text: str, path: str) -> Document:
    """Return the document of a rule file's text; RuleError for a missing or malformed front matter."""
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    if not text.startswith("---\n"):
        raise RuleError(path, 1, 1, "a rule file begins with `---` and its front matter")
    end = text.find("\n---\n", 3)
    if end < 0 and text.endswith("\n---"):
        end = len(text) - 4
    if end < 0:
        raise RuleError(path, 1, 1, "the front matter has no closing `---`")
    if end > MAX_LENGTH:
        raise RuleError(path, 1, 1, f"a front matter of more than {MAX_LENGTH} characters")
    return Document(path, text, _tree(text, text[4 : end + 1], path), end + 5)


def _tree(text: str, matter: str, path: str) -> Mapping:
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    line_starts = [0, 4]  # of the file, whose first line is the `---`
    for content in matter.split("\n"):
        line_starts.append(line_starts[-1] + len(content) + 1)
    open_nodes: list[Sequence | Mapping] = []
    pending: list[Scalar | None] = []  # for each open node: the key that waits for its value
    root: Mapping | None = None
    try:
        for event in yaml.parse(matter, Loader=loader):
            # the first line of the file is the `---`
            mark = event.start_mark
            line, column = (mark.line + 2, mark.column + 1) if mark else (1, 1)
            if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
                raise RuleError(path, line, column, "no anchors and aliases in a rule file")
            tag = getattr(event, "tag", None)
            if tag is not None:
                raise RuleError(path, line, column, f"no tags in a rule file: {tag}")
            if isinstance(event, yaml.CollectionEndEvent):
                open_nodes.pop()
                pending.pop()
                continue
            node: Node
            if isinstance(event, yaml.ScalarEvent):
                plain = event.style is None or event.style == ""
                start = line_starts[line - 1] + column - 1
                if event.style in ("|", ">"):
                    start = line_starts[line]
                elif not plain:
                    start += 1
                node = Scalar(event.value, plain, line, column, start)
            elif isinstance(event, yaml.SequenceStartEvent):
                node = Sequence(line, column)
            elif isinstance(event, yaml.MappingStartEvent):
                node = Mapping(line, column)
            else:
                continue
            if open_nodes:
                _attach(open_nodes[-1], pending, node, path)
            elif isinstance(node, Mapping) and root is None:
                root = node
            else:
                raise RuleError(path, line, column, "the front matter is a mapping of keys to values")
            if not isinstance(node, Scalar):
                if len(open_nodes) == MAX_DEPTH:
                    raise RuleError(path, line, column, f"nested more than {MAX_DEPTH} deep")
                open_nodes.append(node)
                pending.append(None)
    except yaml.YAMLError as error:
        at = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
        where = (at.line + 2, at.column + 1) if at else (1, 1)
        problem = getattr(error, "problem", None) or getattr(error, "reason", None) or "not YAML"
        raise RuleError(path, where[0], where[1], f"the front matter is not YAML: {problem}") from None
    if root is None:
        raise RuleError(path, 1, 1, "an empty front matter")
    return root


def _attach(parent: Sequence | Mapping, pending: list[Scalar | None], node: Node, path: str) -> None:
    if isinstance(parent, Sequence):
        parent.items.append(node)
        return
    key = pending[-1]
    if key is not None:
        parent.values[key.text] = node
        pending[-1] = None
        return
    if not isinstance(node, Scalar):
        raise RuleError(path, node.line, node.column, "a key is a word")
    if node.text in parent.keys:
        raise RuleError(path, node.line, node.column, f"the key `{node.text}` appears twice")
    parent.keys[node.text] = node
    pending[-1] = node
