"""What stops on purpose: code in a test that says that it raises.

``with self.assertRaises(ValueError):`` and ``with pytest.raises(…):`` mark the lines whose errors are wanted.
"""

from __future__ import annotations

import ast
from functools import lru_cache
from typing import Final

from layoutlint.model.graph import Call
from layoutlint.model.origins import SourceFile, SourceOrigin

RAISING: Final = ("assertRaises", "assertRaisesRegex", "assertRaisesRegexp", "raises")


def stops_on_purpose(call: Call) -> bool:
    """Whether a call stands in a block whose author says that it raises."""
    origin = call.origin
    if not isinstance(origin, SourceOrigin) or "aises" not in origin.file.text:
        return False
    line = origin.node.lineno
    return any(first <= line <= last for first, last in _raising_lines(origin.file))


@lru_cache(maxsize=4)
def _raising_lines(file: SourceFile) -> tuple[tuple[int, int], ...]:
    """The first and last lines of all blocks of a file that are said to raise."""
    try:
        tree = ast.parse(file.text)
    except (SyntaxError, ValueError, RecursionError):
        return ()
    return tuple(
        (node.lineno, node.end_lineno or node.lineno)
        for node in ast.walk(tree)
        if isinstance(node, ast.With) and any(_raises(item.context_expr) for item in node.items)
    )


def _raises(expression: ast.expr) -> bool:
    function = expression.func if isinstance(expression, ast.Call) else None
    name = function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
    return name in RAISING
