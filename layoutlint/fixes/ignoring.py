"""Comments that ignore findings, written into their source: ``# layoutlint: ignore[rule-name] reason``."""

from __future__ import annotations

import io
import re
import tokenize
from collections.abc import Sequence

from msgspec import Struct

from layoutlint.model.findings import Finding
from layoutlint.model.origins import SourceFile, first_lines

_IGNORE = re.compile(r"(#\s*layoutlint:\s*ignore\s*\[)([^\]#]*)\]")


class Placed(Struct, frozen=True):
    """A text with its comments, and the findings for which no line can hold one."""

    text: str
    left: Sequence[Finding]


def with_comments(source: SourceFile, findings: Sequence[Finding], reason: str) -> Placed:
    """Add a comment to the first line of each finding's span that can hold one; what ends inside of a text or
    with a backslash cannot.
    """
    ends = _ends(source)
    lines = list(source.lines)
    rules: dict[int, dict[str, None]] = {}
    left: list[Finding] = []
    first_of = first_lines(source.cells)
    for finding in findings:
        place = finding.location
        shift = first_of.get(place.cell, 1) - 1 if place.cell is not None else 0
        start = (place.line or 1) + shift
        span = range(start, (place.end_line or place.line or 1) + shift + 1)
        line = next((line for line in span if line in ends), None)
        if line is None:
            left.append(finding)
        else:
            rules.setdefault(line, {})[finding.rule] = None
    for line, names in rules.items():
        lines[line - 1] = _commented(lines[line - 1], ends[line], list(names), reason)
    return Placed(_joined(source.text, lines), left)


def _ends(source: SourceFile) -> dict[int, int]:
    """Return the lines behind which a comment can stand, with the column where one begins: their end, if they
    have none.
    """
    found: dict[int, int] = {}
    commented: dict[int, int] = {}
    text = io.StringIO("\n".join(source.lines))
    try:
        for token in tokenize.generate_tokens(text.readline):
            line, column = token.start
            if token.type == tokenize.COMMENT:
                commented[line] = column
            elif token.type in (tokenize.NEWLINE, tokenize.NL):
                found[line] = commented.get(line, column)
    except (tokenize.TokenError, SyntaxError):
        pass  # what is behind it has no tokens
    return found


def _commented(line: str, comment: int, rules: Sequence[str], reason: str) -> str:
    """Return a line with a comment; the rules join the one that begins at a column. A string may hold the
    like.
    """
    known = _IGNORE.search(line, comment)
    if known is not None:
        names = [name.strip() for name in known[2].split(",") if name.strip()]
        joined = ", ".join([*names, *(rule for rule in rules if rule not in names)])
        return line[: known.start()] + f"{known[1]}{joined}]" + line[known.end() :]
    told = f" {reason}" if reason else ""
    return f"{line.rstrip()}  # layoutlint: ignore[{', '.join(rules)}]{told}"


def _joined(text: str, lines: Sequence[str]) -> str:
    """Lines with the line endings of a text."""
    endings = re.findall(r"\r\n|\r|\n", text)
    return "".join(line + ending for line, ending in zip(lines, [*endings, ""], strict=True))
