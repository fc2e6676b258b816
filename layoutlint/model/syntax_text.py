"""Source text into syntax, and syntax as the source writes it."""

from __future__ import annotations

import ast
import warnings
from functools import lru_cache

MAX_SHORT = 40
"""Characters of an expression that a message may repeat."""

MAX_CONDITION = 60
"""Characters of a condition."""

TOO_LONG = "…"
"""What stands for syntax that is nested too deeply, or holds too many digits, to be written out."""


class Div(ast.Div):
    """The division of Python 2: of two whole numbers a whole number."""


@lru_cache(maxsize=64)
def syntax_of(text: str) -> ast.Module:
    """Return the syntax of a text; that of the last texts is made once for all who ask. What Python warns of
    (an invalid escape) is for those who run it.

    Raises SyntaxError, and ValueError, RecursionError or MemoryError for text that no parser bears.
    """
    return _parsed(text)


def syntax_with_old_division(text: str) -> ast.Module:
    """Return the syntax of a text with the division of Python 2; raises as :func:`syntax_of` does.

    The tree is made anew: the same text may be a program of Python 3 elsewhere.
    """
    tree = _parsed(text)
    for node in ast.walk(tree):
        if isinstance(node, ast.BinOp | ast.AugAssign) and isinstance(node.op, ast.Div):
            node.op = Div()
    return tree


def _parsed(text: str) -> ast.Module:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return ast.parse(text)


def syntax_if_any(text: str) -> ast.Module | None:
    """Return the syntax of a text; None for text that no parser bears."""
    try:
        return syntax_of(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


@lru_cache(maxsize=64)
def nodes_of(tree: ast.AST) -> tuple[ast.AST, ...]:
    """Return all syntax of a tree as ``ast.walk`` yields it, but for the contexts of names: gathered once for
    all who ask.
    """
    found = [tree]
    for node in found:
        for part in vars(node).values():
            if type(part) is list:
                found += [each for each in part if isinstance(each, ast.AST)]
            elif isinstance(part, ast.AST) and not isinstance(part, ast.expr_context):
                found.append(part)
    return tuple(found)


def expression_of(text: str) -> ast.expr:
    """Return the syntax of an expression; raises as :func:`syntax_of` does."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return ast.parse(text, mode="eval").body


@lru_cache(maxsize=4096)
def written(node: ast.AST) -> str:
    """Return a syntax node as the source writes it."""
    if isinstance(node, ast.Name):
        return node.id
    try:
        return ast.unparse(node)
    except (RecursionError, ValueError):
        return TOO_LONG


def short_text(node: ast.AST | None, otherwise: str) -> str:
    """Return a name, attribute, item or call as the source writes it, if it is short; else another text."""
    if not isinstance(node, ast.Name | ast.Attribute | ast.Subscript | ast.Call):
        return otherwise
    text = written(node)
    return text if len(text) <= MAX_SHORT else otherwise


def condition_text(node: ast.expr) -> str:
    """Return a condition as the source writes it, cut to a readable length."""
    text = written(node)
    return text if len(text) <= MAX_CONDITION else text[: MAX_CONDITION - 3] + "..."
