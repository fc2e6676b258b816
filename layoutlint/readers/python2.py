"""Python 2 as Python 3: the statements and spellings that only Python 2 can parse are written anew.

Line by line, and the number of lines stays: ``print x`` becomes ``print(x)``, ``except E, e`` becomes
``except E as e``, ``<>`` becomes ``!=``. What else differs is kept in the tree: the quotient of two whole
numbers is a whole number (:class:`layoutlint.model.syntax_text.Div`).
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Sequence
from typing import Final

from msgspec import Struct

from layoutlint.model.syntax_text import syntax_if_any

_TOKEN: Final = re.compile(
    r"""(?P<string>(?:(?<!\w)(?i:ur|br|[urb]))?(?:\"{3}(?s:\\.|.)*?(?:\"{3}|\Z)|'{3}(?s:\\.|.)*?(?:'{3}|\Z)"""
    r"""|"(?:\\(?s:.)|[^"\\\n])*"?|'(?:\\(?s:.)|[^'\\\n])*'?))"""
    r"""|(?P<comment>\#[^\n]*)"""
    r"""|(?P<number>(?<![\w.])0[0-7]+[lL]?(?![\w.])|(?<![\w.])(?:0[xX][\da-fA-F]+|\d+)[lL](?!\w))"""
    r"""|(?P<name>[^\W\d]\w*)"""
    r"""|(?P<continued>\\\n)|(?P<line>\n)|(?P<open>[(\[{])|(?P<close>[)\]}])"""
    r"""|(?P<different><>)|(?P<backquote>`)|(?P<other>(?s:.))"""
)
_TRUE_DIVISION: Final = re.compile(r"^\s*from\s+__future__\s+import\b[^\n]*\bdivision\b", re.MULTILINE)


_OLD_NAMES: Final = frozenset(["xrange", "raw_input", "basestring", "unicode", "unichr"])
"""Built-in names that Python 3 no longer has."""
_OLD_USE: Final = re.compile(rf"\b(?:(?:{'|'.join(sorted(_OLD_NAMES))})\b|range\([^\n]*/)")


class _Token(Struct, frozen=True):
    kind: str
    text: str


def modern(text: str) -> str:
    """Return the text as Python 3 has it, as far as the difference is one of spelling; as many lines."""
    return "".join(_rewritten(statement) for statement in _statements(_spelt(_tokens(text))))


def divides_whole(text: str) -> bool:
    """Tell whether the quotient of whole numbers is one: unless the text imports the division of Python 3."""
    return _TRUE_DIVISION.search(text) is None


def runs_in_python_2_alone(text: str, tree: ast.Module) -> bool:
    """Tell whether a text that Python 3 can parse calls what only Python 2 has built in, and does not define
    it: ``xrange(3)``; or counts by a quotient, ``range(n / 2)``, which is a whole number in Python 2 alone.
    """
    if _OLD_USE.search(text) is None:
        return False
    called, bound = set(), set()
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Name(id=name)) if name in _OLD_NAMES:
                called.add(name)
            case ast.Call(func=ast.Name(id="range" as name), args=sizes) if any(map(_is_quotient, sizes)):
                called.add(name)
            case ast.Name(id=name, ctx=ast.Store()) | ast.arg(arg=name) | ast.FunctionDef(name=name):
                bound.add(name)
            case ast.alias(name=name, asname=other):
                bound.add(other or name)
    # from past.builtins import *, six.moves import *: any name
    return "*" not in bound and bool(called - bound)


def _is_quotient(node: ast.expr) -> bool:
    return isinstance(node, ast.BinOp) and isinstance(node.op, ast.Div)


def _tokens(text: str) -> Iterator[_Token]:
    for match in _TOKEN.finditer(text):
        yield _Token(str(match.lastgroup), match.group())


def _spelt(tokens: Iterator[_Token]) -> Iterator[_Token]:
    """Yield the tokens as they are spelt by now."""
    quoting = False
    for token in tokens:
        match token.kind:
            case "number":
                digits = token.text.rstrip("lL")
                octal = len(digits) > 1 and digits[0] == "0" and digits.isdigit()
                yield _Token("number", f"0o{digits[1:]}" if octal and digits.strip("0") else digits)
            case "string":
                yield _Token("string", re.sub(r"^[uU](?=[rR])", "", token.text))
            case "different":
                yield _Token("other", "!=")
            case "backquote":
                quoting = not quoting
                yield _Token("other", "repr(" if quoting else ")")
            case _:
                yield token


def _statements(tokens: Iterator[_Token]) -> Iterator[list[_Token]]:
    """Yield the tokens of one simple statement, or of the head of a compound one, after the other: they end
    with a line, a semicolon, or a colon.
    """
    kept: list[_Token] = []
    depth, in_lambda = 0, 0
    for token in tokens:
        kept.append(token)
        depth += (token.kind == "open") - (token.kind == "close" and depth > 0)
        in_lambda += token == _Token("name", "lambda")
        if depth:
            continue
        if token.text == ":" and in_lambda:
            in_lambda -= 1
        elif token.kind == "line" or token.text in (";", ":"):
            yield kept
            kept, in_lambda = [], 0
    yield kept


def _rewritten(tokens: Sequence[_Token]) -> str:
    """Return a statement as Python 3 has it."""
    start = next((at for at, token in enumerate(tokens) if token.text.strip()), len(tokens))
    end = len(tokens)
    while end > start and (
        tokens[end - 1].kind in ("line", "comment") or not tokens[end - 1].text.strip(" \t;:")
    ):
        end -= 1
    before, body, after = map(_joined, (tokens[:start], tokens[start:end], tokens[end:]))
    return f"{before}{_changed(tokens[start:end]) or body}{after}"


def _joined(tokens: Sequence[_Token]) -> str:
    return "".join(token.text for token in tokens)


def _changed(body: Sequence[_Token]) -> str | None:
    """Return a statement in the form that it has in Python 3; None if it has that already."""
    if not body or body[0].kind != "name":
        return None
    rest = body[1:]
    match body[0].text:
        case "print" if not _is_called(rest):
            return _printed(rest)
        case "exec" if not _is_called(rest):
            code, *scopes = _split(rest, "in")
            return f"exec({', '.join([code, *scopes])})"
        case "except":
            caught = _split(rest, ",")
            if len(caught) == 2 and caught[1].isidentifier():
                return f"except {caught[0]} as {caught[1]}"
        case "raise":
            raised = _split(rest, ",")
            if len(raised) > 1:
                return f"raise {raised[0]}({raised[1]})"
    return None


def _is_called(rest: Sequence[_Token]) -> bool:
    """Tell whether a statement is Python 3 already: with brackets, an assignment, nothing but the word."""
    written = [token for token in rest if token.text.strip()]
    if not written or written[0].text in ("=", ".", ","):
        return True
    if written[0].text == ">":
        return False
    return syntax_if_any("print " + _joined(rest).strip()) is not None


def _printed(rest: Sequence[_Token]) -> str:
    """``print >>file, a, b`` as a call."""
    values = _split(rest, ",")
    if values and values[0].startswith(">>"):
        values = [*values[1:], f"file={values[0][2:].strip()}"]
    return f"print({', '.join(value for value in values if value)})"


def _split(tokens: Sequence[_Token], separator: str) -> list[str]:
    """Return the text between separators that are in no brackets."""
    parts: list[list[str]] = [[]]
    depth = 0
    for token in tokens:
        depth += (token.kind == "open") - (token.kind == "close")
        if not depth and token.text == separator:
            parts.append([])
        else:
            parts[-1].append(token.text)
    return ["".join(part).strip(" \t") for part in parts]
