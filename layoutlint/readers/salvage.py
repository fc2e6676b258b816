"""A source with syntax errors: what can be read of it, and where it cannot.

What cannot be parsed is taken out, a whole statement at the outermost level or a whole cell of a notebook,
and every name that it may have changed is bound to something unknown instead: a layer that was added there
must not be missing in what is left. Python 2 is written anew first (:mod:`layoutlint.readers.python2`). The
number of lines stays.
"""

from __future__ import annotations

import ast
import keyword
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final

from msgspec import Struct

from layoutlint.model.origins import Cell, SourceFile
from layoutlint.model.syntax_text import syntax_of, syntax_with_old_division
from layoutlint.model.unreadable import UnreadableError
from layoutlint.readers.python2 import divides_whole, modern, runs_in_python_2_alone
from layoutlint.readers.syntax_errors import python_2, reason

MAX_REGIONS: Final = 10
"""A text with more is not Python with a mistake in it."""

UNREAD: Final = "layoutlint_unread"
"""The module, which there is not, that stands for whatever was written."""

_START: Final = re.compile(r"(?!else\b|elif\b|except\b|finally\b)[\w@'\"(\[{*~-]")
"""How a statement begins at the outermost level; else a line goes on with the one before."""
_DEFINITION: Final = re.compile(r"(?:async\s+)?(?:def|class)\s+(\w+)")
_NAME: Final = re.compile(r"(?<![\w.])[^\W\d]\w*")
_BOUND: Final = re.compile(
    r"(?<![\w.])([^\W\d]\w*)\s*(?:,|:=|[-+*/%&|^@]?=(?!=))|\b(?:for|as|import|def|class|global)\s+(\w+)"
)
_IMPORTED: Final = re.compile(r"^\s*(?:from\s+\S+\s+)?import\b(\s*\([^)]*\)|.*)", re.MULTILINE)
_TABS: Final = re.compile(r"^[ \t]+")
_ON_LINE: Final = re.compile(r" on line (\d+)")


class Damage(Struct, frozen=True):
    """A line, counted from 1, at which the source cannot be parsed, and why."""

    line: int
    reason: str


def parse(
    lines: Sequence[str], cells: Sequence[Cell], place: Callable[[int], str]
) -> tuple[ast.Module, list[Damage]]:
    """Return the tree of what can be parsed, and where that is not all.

    ``cells`` are the (cell number, first line) pairs of a notebook; ``place`` names a line for people. Raises
    UnreadableError for what is no Python 3 at all.
    """
    left = list(lines)
    found: list[Damage] = []
    fixed: Counter[str] = Counter()
    is_old = _modernise(left, cells)
    # each cell is a source of its own: one that is not closed would swallow the next
    for first, last, mistake in [*_broken(left, cells)]:
        line = min(first + (mistake.lineno or 1), last)
        _take_out(left, first, last, line, mistake, found, fixed)
    while True:
        text = "\n".join(left)
        try:
            tree = _parsed(text)
            break
        except SyntaxError as error:
            first, last, line, blamed = _culprit(left, cells, error)
            if len(found) >= MAX_REGIONS or left[first].startswith((f"from {UNREAD}", "pass  #")):
                raise _unreadable(found, place, blamed, line) from None
            _take_out(left, first, last, line, blamed, found, fixed)
    # what is taken out may be where the division of Python 3 is imported
    if (is_old or runs_in_python_2_alone(text, tree)) and divides_whole("\n".join(lines)):
        tree = _parsed(text, syntax_with_old_division)
    return tree, found


def of_module(file: SourceFile) -> ast.Module:
    """Return the tree of what can be parsed of an imported module: whoever checks it reads where that is not
    all. Raises UnreadableError for what is no Python 3 at all.
    """
    return parse(file.lines, (), "line {}".format)[0]


def _modernise(lines: list[str], cells: Sequence[Cell]) -> bool:
    """Write the cells that are Python 2 as Python 3, and tell whether there was one."""
    found = False
    for first, last, mistake in [*_broken(lines, cells or [Cell(1, 1)])]:
        at = first + (mistake.lineno or 1) - 1
        if isinstance(mistake, TabError) or python_2(mistake, lines[at] if at < last else "") is not None:
            text = "\n".join(
                _TABS.sub(lambda tabs: tabs.group().expandtabs(), line) for line in lines[first:last]
            )
            lines[first:last] = modern(text).split("\n")
            found = True
    return found


def _unreadable(
    found: list[Damage], place: Callable[[int], str], error: SyntaxError, line: int
) -> UnreadableError:
    first = found[0] if found else Damage(line, error.msg)
    return UnreadableError(f"{place(first.line)}: {first.reason}")


def _parsed(text: str, syntax: Callable[[str], ast.Module] = syntax_of) -> ast.Module:
    """Parse a text. Raises SyntaxError, or UnreadableError for text that no parser bears."""
    try:
        return syntax(text)
    except SyntaxError:
        raise
    except RecursionError:
        raise UnreadableError("the code is nested too deeply") from None
    except MemoryError:
        # Python's parser says so of its own stack, too
        raise UnreadableError("the code is too long, or nested too deeply, to be parsed") from None
    except ValueError as error:
        raise UnreadableError(str(error)) from None


def _broken(lines: Sequence[str], cells: Sequence[Cell]) -> Iterator[tuple[int, int, SyntaxError]]:
    """Yield the lines of each cell that cannot be parsed by itself, and why."""
    for first, last in _cells(cells, len(lines)):
        try:
            _parsed("\n".join(lines[first:last]))
        except SyntaxError as error:
            yield first, last, error


def _cells(cells: Sequence[Cell], count: int) -> Iterator[tuple[int, int]]:
    """Yield the lines of each cell, from 0, the end excluded."""
    starts = [cell.first_line - 1 for cell in cells]
    yield from zip(starts, [*starts[1:], count], strict=False)


def _culprit(
    lines: Sequence[str], cells: Sequence[Cell], error: SyntaxError
) -> tuple[int, int, int, SyntaxError]:
    """Return the lines to take out (from 0, the end excluded), the line to name, and the error in
    it.

    A bracket that is not closed is noticed in the statement behind it.
    """
    line = min(error.lineno or 1, len(lines))
    first, last = _region(lines, _cause(error, line), cells)
    if first > 0 and not cells:
        before, _ = _region(lines, first, cells)
        try:
            _parsed("\n".join(lines[before:first]))
        except SyntaxError as earlier:
            return before, first, before + min(earlier.lineno or 1, first - before), earlier
    return first, last, line, error


def _cause(error: SyntaxError, line: int) -> int:
    """Return the line that is to blame: a block without a body is noticed behind it."""
    match = _ON_LINE.search(error.msg)
    return int(match.group(1)) if match else line


def _region(lines: Sequence[str], line: int, cells: Sequence[Cell]) -> tuple[int, int]:
    """Return the lines, from 0, of the outermost statement (or of the cell) around a line that
    counts from 1.
    """
    for first, last in _cells(cells, len(lines)):
        if first < line <= last:
            return first, last
    first = line - 1
    while first > 0 and not _START.match(lines[first]):
        first -= 1
    while first > 0 and lines[first - 1].startswith("@"):
        first -= 1
    last = line
    while last < len(lines) and not _START.match(lines[last]):
        last += 1
    return first, last


def _take_out(
    lines: list[str],
    first: int,
    last: int,
    line: int,
    error: SyntaxError,
    found: list[Damage],
    fixed: Counter[str],
) -> None:
    """Exchange the lines for one that forgets what they may have changed.

    ``fixed`` counts the imports and definitions of each name in what is left, once there is such a region.
    """
    if not found:
        fixed.update(_fixed("\n".join(lines)))
    written = lines[line - 1] if line <= len(lines) else ""
    old = python_2(error, written)
    found.append(Damage(line, f"is Python 2 ({old})" if old is not None else reason(error, written)))
    region = "\n".join(lines[first:last])
    fixed.subtract(_fixed(region))
    names = sorted(_changed(region, fixed))
    unknown = "; ".join(f"{name} = {UNREAD}()" for name in names)
    forget = f"from {UNREAD} import {UNREAD}; {unknown}" if names else "pass  # not read"
    lines[first:last] = [forget, *[""] * (last - first - 1)]


def _fixed(text: str) -> Iterator[str]:
    for names in _IMPORTED.findall(text):
        yield from _NAME.findall(names)
    yield from _DEFINITION.findall(text)


def _changed(region: str, fixed: Mapping[str, int]) -> set[str]:
    """Return the names that a piece of source may bind, or whose values it may change."""
    definition = _DEFINITION.match(re.sub(r"^(?:@[^\n]*\n)*", "", region.lstrip("\n")))
    if definition:
        # its body runs only when somebody calls it, and what that name is, is unknown then
        names = {definition.group(1), *re.findall(r"\bglobal\s+(\w+)", region)}
    else:
        bound = {name for pair in _BOUND.findall(region) for name in pair if name}
        names = bound | {name for name in _NAME.findall(region) if fixed.get(name, 0) <= 0}
    return {name for name in names if name.isidentifier() and not keyword.iskeyword(name)}
