"""The front matter as rules are written, line by line: a YAML parser takes longer to import than to use.

Keys of small letters, and for values: words, texts in quotes, lists and mappings in brackets on one line,
folded texts (``>-``), and one level of ``- `` items, of words or of mappings again. That is all, and it means
what it means in YAML; of anything else nothing is said, and YAML is asked.
"""

from __future__ import annotations

import re
from typing import Final

from layoutlint.engine.nodes import Mapping, Node, Scalar, Sequence

FENCE: Final = 4
"""Characters of the file before its front matter: ``---`` and the end of that line."""

_PAIR: Final = re.compile(r"([a-z]+(?:-[a-z]+)*):(?: (?=\S)|$)")
_ITEM: Final = "  - "
_FOLDED: Final = ">-"
_PLAIN: Final = re.compile(r"(?![-?] )[^\W\d_](?:(?!: | #).)*(?<![:\s])|[\d(](?:(?!: | #).)*(?<![:\s])")
_DOUBLE: Final = re.compile(r'"((?:[^"\\]|\\")*)"')
_SINGLE: Final = re.compile(r"'([^']*)'")
_WORD: Final = re.compile(r"\w+(?:[.-]\w+)*")


class _OtherError(Exception):
    """Something that only YAML can tell."""


def tree(matter: str) -> Mapping | None:
    """The tree of a front matter (without its fences), or None where it takes YAML to tell."""
    if not matter.replace("\n", "").isprintable():
        return None
    try:
        return _Lines(matter).root()
    except _OtherError:
        return None


class _Lines:
    def __init__(self, matter: str) -> None:
        self.lines = matter.split("\n")
        self.starts = [FENCE]
        for line in self.lines:
            self.starts.append(self.starts[-1] + len(line) + 1)
        self.lines.append("")  # every line has one below it
        self.at = 0

    def root(self) -> Mapping:
        """Everything."""
        root = self.mapping(0, 0)
        if any(self.lines[self.at :]):
            raise _OtherError
        return root

    def mapping(self, indent: int, first: int) -> Mapping:
        """Pairs of keys and values; the first stands in column ``first``, the others in ``indent``."""
        found = Mapping(self.at + 2, first + 1)
        column = first
        while True:
            line = self.lines[self.at]
            pair = _PAIR.match(line, column)
            if pair is None or pair[1] in found.keys:
                raise _OtherError
            found.keys[pair[1]] = self.scalar(pair[1], column)
            found.values[pair[1]] = self.value(line, pair.end(), indent)
            column = indent
            line = self.lines[self.at]
            if len(line) - len(line.lstrip(" ")) != indent or line[indent : indent + 1] in ("", "-"):
                return found

    def scalar(self, text: str, column: int, *, plain: bool = True, skip: int = 0) -> Scalar:
        """A scalar on this line, whose text begins ``skip`` characters behind its column."""
        return Scalar(text, plain, self.at + 2, column + 1, self.starts[self.at] + column + skip)

    def value(self, line: str, column: int, indent: int) -> Node:
        """What stands behind a key, or below it."""
        if column == len(line):
            if indent:
                raise _OtherError
            self.at += 1
            return self.items()
        if line.startswith(_FOLDED, column):
            return self.folded(line, column, indent)
        found = self.inline(line, column)
        self.at += 1
        return found

    def inline(self, line: str, column: int) -> Node:
        """A value that ends with its line."""
        if line[column] in "[{":
            found, end = self.flow(line, column)
            if end != len(line):
                raise _OtherError
            return found
        if text := _DOUBLE.fullmatch(line, column):
            return self.scalar(text[1].replace('\\"', '"'), column, plain=False, skip=1)
        if text := _SINGLE.fullmatch(line, column):
            return self.scalar(text[1], column, plain=False, skip=1)
        if _PLAIN.fullmatch(line, column):
            return self.scalar(line[column:], column)
        raise _OtherError

    def folded(self, line: str, column: int, indent: int) -> Scalar:
        """The lines below, which stand two columns further in, as one."""
        if len(line) != column + len(_FOLDED):
            raise _OtherError
        mark, start = self.at, self.starts[self.at + 1]
        margin = " " * (indent + 2)
        parts = []
        while (below := self.lines[self.at + 1]).startswith(margin):
            if not below[len(margin) :].strip() or below[len(margin)] == " " or below.endswith(" "):
                raise _OtherError
            parts.append(below[len(margin) :])
            self.at += 1
        self.at += 1
        if not parts:
            raise _OtherError
        return Scalar(" ".join(parts), False, mark + 2, column + 1, start)

    def items(self) -> Sequence:
        """The ``- `` items below a key of the outermost mapping."""
        found = Sequence(self.at + 2, len(_ITEM) - 1)
        while (line := self.lines[self.at]).startswith(_ITEM):
            column = len(_ITEM)
            if _PAIR.match(line, column):
                found.items.append(self.mapping(column, column))
            elif column < len(line):
                found.items.append(self.inline(line, column))
                self.at += 1
            else:
                raise _OtherError
        if not found.items:
            raise _OtherError
        return found

    def flow(self, line: str, column: int) -> tuple[Node, int]:
        """A list or mapping in brackets, and the column behind it."""
        opening = line[column]
        closing = "]" if opening == "[" else "}"
        found: Sequence | Mapping = (Sequence if opening == "[" else Mapping)(self.at + 2, column + 1)
        column += 1
        while True:
            if isinstance(found, Mapping):
                key = _WORD.match(line, column)
                if key is None or not line.startswith(": ", key.end()) or key[0] in found.keys:
                    raise _OtherError
                found.keys[key[0]] = self.scalar(key[0], column)
                found.values[key[0]], column = self.flow_value(line, key.end() + 2)
            else:
                item, column = self.word(line, column)
                found.items.append(item)
            if line.startswith(closing, column):
                return found, column + 1
            if not line.startswith(", ", column):
                raise _OtherError
            column += 2

    def flow_value(self, line: str, column: int) -> tuple[Node, int]:
        """A value of a mapping in brackets, and the column behind it."""
        if line.startswith("[", column):
            return self.flow(line, column)
        return self.word(line, column)

    def word(self, line: str, column: int) -> tuple[Scalar, int]:
        """A word inside of brackets, and the column behind it."""
        word = _WORD.match(line, column)
        if word is None:
            raise _OtherError
        return self.scalar(word[0], column), word.end()
