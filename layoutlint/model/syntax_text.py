"""Syntax as the source writes it."""

from __future__ import annotations

import ast
from functools import lru_cache

TOO_LONG = "…"
"""What stands for syntax that is nested too deeply, or holds too many digits, to be written out."""


@lru_cache(maxsize=4096)
def written(node: ast.AST) -> str:
    """Return a syntax node as the source writes it."""
    if isinstance(node, ast.Name):
        return node.id
    try:
        return ast.unparse(node)
    except (RecursionError, ValueError):
        return TOO_LONG
