"""A loss in each of the forms in which ``compile`` is told one, and another loss in its place."""

from __future__ import annotations

from typing import Final

import libcst as cst

from layoutlint.fixes.edits import Change, NotFixableError
from layoutlint.fixes.source_text import Source

SHARED: Final = ("from_logits", "name", "reduction")
"""Options that all crossentropies have."""


def replaced(source: Source, node: cst.BaseExpression, old: str, new: str) -> Change:
    """Return the change of a loss into another one; both are named as Keras's functions are."""
    if isinstance(node, cst.Name):
        if node.value in source.imported:
            raise NotFixableError(f"{node.value} is imported by name, and the other loss is not imported")
        node = source.only_value(node.value)
    if isinstance(node, cst.SimpleString) and node.raw_value in (old, class_name(old)):
        name = new if node.raw_value == old else class_name(new)
        return Change(node, node.with_changes(value=f"{node.prefix}{node.quote}{name}{node.quote}"))
    if isinstance(node, cst.Call):
        if any(arg.keyword is not None and arg.keyword.value not in SHARED for arg in node.args):
            raise NotFixableError(f"the other loss does not have all options of {source.code(node)}")
        if len(node.args) and any(arg.keyword is None for arg in node.args[1:]):
            raise NotFixableError(f"the arguments of {source.code(node)} are not given by name")
        return replaced(source, node.func, old, new)
    if isinstance(node, cst.Attribute) and node.attr.value in (old, class_name(old)):
        name = new if node.attr.value == old else class_name(new)
        return Change(node.attr, node.attr.with_changes(value=name))
    raise NotFixableError(f"the loss is written as {source.code(node)}")


def class_name(function: str) -> str:
    """``binary_crossentropy`` → ``BinaryCrossentropy``."""
    return "".join(word.capitalize() for word in function.split("_"))
