"""The tree of a front matter: what it says, and where."""

from __future__ import annotations

from typing import Any, TypeAlias

from msgspec import Struct


class Scalar(Struct, frozen=True):
    """A text, number or truth value as it was written."""

    text: str
    plain: bool
    line: int
    column: int
    start: int

    @property
    def value(self) -> Any:
        """The value that YAML gives to a plain scalar; a quoted one is a text."""
        if not self.plain:
            return self.text
        if self.text in ("true", "false"):
            return self.text == "true"
        for convert in (int, float):
            try:
                return convert(self.text)
            except ValueError:
                continue
        return self.text


class Sequence(Struct):
    """A list."""

    line: int
    column: int
    items: list[Node] = []


class Mapping(Struct):
    """Keys and values; each key keeps its place."""

    line: int
    column: int
    keys: dict[str, Scalar] = {}
    values: dict[str, Node] = {}


Node: TypeAlias = Scalar | Sequence | Mapping
