"""Suppression: findings that the author has looked at and wants no more to be told about.

``# layoutlint: ignore[rule-name] the reason`` on any line of a finding's span; in the configuration
patterns of files and of layers. What is ignored is counted, and a comment that silences nothing is a finding
itself: it would silence the next mistake.
"""

from __future__ import annotations

import io
import os
import re
import tokenize
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Final

from msgspec import Struct

from layoutlint.model.findings import Confidence, Finding, Severity
from layoutlint.model.origins import Location, SourceFile
from layoutlint.run.display_paths import identity
from layoutlint.system.regular_files import SOURCE, read

UNUSED: Final = "unused-suppression"
"""The name under which a suppression that silences nothing is reported. It has no rule file: what it judges
are the findings of all rules."""

IGNORE: Final = "ignore"
"""The only directive."""

_MENTIONED: Final = "layoutlint:"
_COMMENT: Final = re.compile(r"#\s*layoutlint:\s*([\w-]*)\s*(\[([^\]#]*)\])?")


class Comment(Struct, frozen=True):
    """An ``ignore`` comment: its position and the rules that it names; or one with another ``directive``,
    which does nothing.
    """

    location: Location
    rules: tuple[str, ...]
    directive: str = IGNORE

    def covers(self, finding: Finding) -> bool:
        """Tell whether it stands on a line of the finding's span."""
        here, there = self.location, finding.location
        if here.line is None or there.line is None or here.cell != there.cell:
            return False
        return there.line <= here.line <= (there.end_line or there.line)


class Patterns(Struct, frozen=True):
    """Rules that are ignored in some files, or on some layers.

    ``files`` and ``layers`` map a pattern (``*``, ``?``, ``[…]``) to the names of rules. Patterns of files
    are relative to ``root`` and ``*`` matches ``/`` too; one without a ``/`` is held against the file's name.
    Those of layers are held against a layer's name and against its path in a saved model.
    """

    files: Mapping[str, tuple[str, ...]] = {}
    layers: Mapping[str, tuple[str, ...]] = {}
    root: Path | None = None

    def cover(self, finding: Finding) -> bool:
        """Tell whether a pattern names the finding's rule and matches its file or its layer."""
        return any(
            finding.rule in rules and self._is_file(pattern, finding.location.path)
            for pattern, rules in self.files.items()
        ) or any(
            finding.rule in rules and any(fnmatchcase(name, pattern) for name in layer_names(finding))
            for pattern, rules in self.layers.items()
        )

    def _is_file(self, pattern: str, path: str) -> bool:
        # abspath and not resolve: a link is called as its folder calls it
        file = Path(os.path.abspath(path))  # noqa: PTH100 (takes ".." out, as absolute() does not)
        if "/" not in pattern:
            return fnmatchcase(file.name, pattern)
        root = Path(os.path.abspath(self.root or Path.cwd()))  # noqa: PTH100
        return file.is_relative_to(root) and fnmatchcase(file.relative_to(root).as_posix(), pattern)


def layer_names(finding: Finding) -> Iterator[str]:
    """Yield what a pattern of layers may match: the names of the finding's layers, the path in a saved model
    and its last part.
    """
    yield from finding.layers
    if finding.location.layer:
        yield finding.location.layer
        yield finding.location.layer.rsplit("/", 1)[-1]


def comments(file: SourceFile) -> tuple[Comment, ...]:
    """Return the ``ignore`` comments of a source, in order. What stands inside a string is no comment."""
    if _MENTIONED not in file.text:
        return ()
    return tuple(_comments(file))


def _comments(file: SourceFile) -> Iterator[Comment]:
    # ast, which places the findings, ends lines at \n, \r\n and \r; readline must see the same lines
    lines = io.StringIO("\n".join(file.lines))
    try:
        for token in tokenize.generate_tokens(lines.readline):
            if token.type == tokenize.COMMENT:
                yield from _in_comment(token, file)
    except (tokenize.TokenError, SyntaxError):
        return  # the text behind it has no tokens, so it has no comments


def _in_comment(token: tokenize.TokenInfo, file: SourceFile) -> Iterator[Comment]:
    for match in _COMMENT.finditer(token.string):
        cell, line = file.cell_line(token.start[0])
        column = token.start[1] + match.start() + 1
        location = Location(file.path, line, column, line, token.end[1] + 1, cell)
        names = (name.strip() for name in (match[3] or "").split(","))
        rules = tuple(dict.fromkeys(name for name in names if name)) if match[1] == IGNORE else ()
        yield Comment(location, rules, match[1])


class Sieve(Struct):
    """Sifts the findings of a run: counts those that are ignored, remembers which comments were of use."""

    ignored: int = 0
    own: list[Comment] = []
    """The comments of the files that were checked: each must be of use."""
    _comments: dict[str, tuple[Comment, ...]] = {}
    _used: set[tuple[Location, str]] = set()

    def learn(self, path: str, found: Sequence[Comment]) -> None:
        """Take in the comments of a file that is checked."""
        self._comments[os.path.realpath(path)] = tuple(found)
        self.own += found

    def keeps(self, finding: Finding, patterns: Patterns) -> bool:
        """Tell whether nobody has asked to ignore the finding, the configuration's patterns included; counts
        it if somebody has.
        """
        silenced = self.excuse(finding) or patterns.cover(finding)
        self.ignored += silenced
        return not silenced

    def excuse(self, finding: Finding) -> bool:
        """Tell whether comments silence the finding; they are of use then, even where it is not reported."""
        silenced = False
        for comment in self._of_file(finding.location.path):
            if finding.rule in comment.rules and comment.covers(finding):
                self._used.add((identity(comment.location), finding.rule))
                silenced = True
        return silenced

    def _of_file(self, path: str) -> tuple[Comment, ...]:
        """Return the comments of any file: an import may have led to one that is not checked itself."""
        place = os.path.realpath(path)
        if place not in self._comments:
            self._comments[place] = comments(_on_disk(path))
        return self._comments[place]

    def unused(
        self, asked: Iterable[Comment], running: Iterable[str], known: Iterable[str]
    ) -> Iterator[Finding]:
        """Yield a finding for each name in one of the comments that silences nothing, and for each comment
        without a name.

        ``running`` are the rules of this run: of the others nothing is known. ``known`` are all.
        """
        judged, there = set(running), set(known)
        for comment in asked:
            if comment.directive != IGNORE:
                yield _unused(comment, f"unknown directive {comment.directive!r}", "write ignore[rule-name]")
            elif not comment.rules:
                yield _unused(
                    comment, "the comment names no rule, so it ignores nothing: write ignore[rule-name]"
                )
            for name in comment.rules:
                if name not in there:
                    yield _unused(comment, f"unknown rule {name}, so nothing is ignored")
                elif name in judged and (identity(comment.location), name) not in self._used:
                    yield _unused(comment, f"there is nothing to ignore: {name} finds nothing here")


def _unused(
    comment: Comment,
    message: str,
    tip: str = "remove the comment, or move it to a line of the layer that it is about",
) -> Finding:
    return Finding(UNUSED, Severity.NOTE, Confidence.HIGH, message, comment.location, tip=tip)


def _on_disk(path: str) -> SourceFile:
    from layoutlint.model.unreadable import UnreadableError
    from layoutlint.run.inputs import decode

    try:
        return SourceFile(path, decode(read(path, SOURCE)))
    except (OSError, ValueError, UnreadableError):
        return SourceFile(path, "")
