"""The evaluated arguments of a call."""

from __future__ import annotations

import ast
from collections.abc import Mapping

from msgspec import Struct

from layoutlint.interpreter.core.values import Unknown, Value


class Arguments(Struct, frozen=True):
    """Evaluated arguments of a call. ``open`` says that an unknown ``*args`` or ``**kwargs`` may bring
    more.
    """

    positional: tuple[Value, ...] = ()
    keywords: Mapping[str, Value] = {}
    open: bool = False
    nodes: Mapping[str | int, ast.expr] = {}
    """The syntax of each argument, by position or keyword."""
    further: tuple[Value, ...] = ()
    """The items of a ``*args`` of unknown length that comes last, where something is known of them."""

    def get(self, position: int, name: str, default: Value = None) -> Value:
        """Return the argument at this position or of this name."""
        if position < len(self.positional):
            return self.positional[position]
        if name in self.keywords:
            return self.keywords[name]
        return Unknown(name) if self.open else default

    def has(self, position: int, name: str) -> bool:
        """Tell whether the argument was given."""
        return position < len(self.positional) or name in self.keywords

    def node(self, position: int, name: str) -> ast.expr | None:
        """Return the syntax of the argument at this position or of this name."""
        return self.nodes.get(name) or self.nodes.get(position)
