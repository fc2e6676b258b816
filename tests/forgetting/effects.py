"""Which expressions change something besides their value: those cannot be forgotten.

Replacing ``stack.pop()`` or ``build(model)`` by something unknown would also take away what it does.
"""

from __future__ import annotations

import ast
from typing import Final

CHANGING: Final = frozenset(
    [
        *("add", "append", "appendleft", "extend", "insert", "pop", "popitem", "popleft", "remove", "clear"),
        *("update", "setdefault", "sort", "reverse", "build", "compile", "fit", "adapt", "load_weights"),
        *("set_image_data_format", "set_image_dim_ordering", "next", "setattr", "map", "write", "put"),
        *("parse_args", "add_argument", "resize", "read", "seek", "set_shape"),
    ]
)
"""Names of functions and methods that change an object or the surroundings."""


def changing_functions(tree: ast.Module) -> frozenset[str]:
    """Return the names of the functions and classes of a program that change something outside themselves."""
    bodies = {
        node.name: node
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
    }
    found: frozenset[str] = frozenset()
    while True:
        more = found | {name for name, node in bodies.items() if _changes(node, found)}
        if more == found:
            return found
        found = more


def _changes(definition: ast.AST, changing: frozenset[str]) -> bool:
    if isinstance(definition, ast.ClassDef):
        made = [n for n in definition.body if isinstance(n, ast.FunctionDef) and n.name == "__init__"]
        return any(is_changing(node, changing) for init in made for node in init.body)
    own_object = getattr(definition, "name", "") == "__init__"
    return any(
        is_changing(node, changing)
        or isinstance(node, ast.Global | ast.Nonlocal | ast.Yield | ast.YieldFrom)
        or (
            isinstance(node, ast.Attribute | ast.Subscript)
            and not isinstance(node.ctx, ast.Load)
            and not own_object
        )
        for node in ast.walk(definition)
    )


def is_changing(node: ast.AST, changing: frozenset[str]) -> bool:
    """Tell whether evaluating a node may do more than return a value."""
    for part in ast.walk(node):
        if isinstance(part, ast.NamedExpr | ast.Yield | ast.YieldFrom | ast.Await):
            return True
        if isinstance(part, ast.Call):
            name = called_name(part)
            if name in CHANGING or name in changing:
                return True
    return False


def called_name(call: ast.Call) -> str:
    """Return the last part of what is called."""
    function = call.func
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
