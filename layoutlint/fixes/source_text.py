"""A module's source with its concrete syntax tree, in which findings' places are found again."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import TypeVar

import libcst as cst
from libcst.metadata import MetadataWrapper, ParentNodeProvider, PositionProvider

from layoutlint.fixes.edits import Change, NotFixableError
from layoutlint.model.findings import Confidence, Finding, Severity
from layoutlint.model.origins import Cell, Location, first_lines
from layoutlint.model.syntax_text import syntax_of

T = TypeVar("T", bound=cst.CSTNode)


def _calls(node: cst.Call, function: cst.FunctionDef) -> bool:
    return isinstance(node.func, cst.Name) and node.func.value == function.name.value


class Source:
    """The text of one file (of a notebook: of its code cells, joined) and its tree.

    Raises NotFixableError for text that libcst cannot give back as it is. ``ast`` must have accepted the text
    before: libcst's parser overflows the stack on thousands of nested brackets.
    """

    def __init__(self, text: str, path: str, cells: tuple[Cell, ...] = ()) -> None:
        self.text, self.path, self.cells = text, path, first_lines(cells)
        try:
            syntax_of(text)
            self._wrapper = MetadataWrapper(cst.parse_module(text), unsafe_skip_copy=True)
            unchanged = self.module.code == text
        except (SyntaxError, ValueError, RecursionError, MemoryError, cst.ParserSyntaxError):
            raise NotFixableError("the file cannot be parsed for a fix") from None
        if not unchanged:
            raise NotFixableError(
                "a fix would change other bytes of the file (line endings, or a form feed before a statement)"
            )

    @property
    def module(self) -> cst.Module:
        """The tree."""
        return self._wrapper.module

    def find(self, location: Location, kind: type[T]) -> T:
        """Return the node of a kind at a place. Raises NotFixableError."""
        found = self._nodes.get(self._span(location), ())
        for node in found:
            if isinstance(node, kind):
                return node
        raise NotFixableError(f"the code at {location} cannot be edited")

    def expression(self, location: Location) -> cst.BaseExpression:
        """Return the expression at a place."""
        return self.find(location, cst.BaseExpression)  # type: ignore[type-abstract]

    def call(self, location: Location) -> cst.Call:
        """Return the call at a place."""
        return self.find(location, cst.Call)

    def parent(self, node: cst.CSTNode) -> cst.CSTNode:
        """Return the node that holds another one."""
        return self._parents[node]

    def apply(self, changes: Iterable[Change]) -> str:
        """Return the text with the changes made, and everything else as it was."""
        return self.module.visit(_Replace({id(change.old): change.new for change in changes})).code

    def code(self, node: cst.CSTNode) -> str:
        """Return the text of a node."""
        return self.module.code_for_node(node)

    @cached_property
    def imported(self) -> frozenset[str]:
        """The names that imports bind, anywhere in the file."""
        found = set()
        for node in self._syntax:
            if isinstance(node, ast.Import | ast.ImportFrom):
                found |= {(alias.asname or alias.name).partition(".")[0] for alias in node.names}
        return frozenset(found)

    @cached_property
    def assignments(self) -> list[tuple[str, cst.BaseExpression]]:
        """The plain assignments of the module, ``name = value``, anywhere."""
        return [
            (target.target.value, statement.value)
            for statement in self._assigned
            for target in statement.targets
            if isinstance(target.target, cst.Name)
        ]

    @cached_property
    def unpacked(self) -> list[cst.Assign]:
        """The assignments to several names at once, ``a, b = value``, anywhere."""
        return [s for s in self._assigned if isinstance(s.targets[0].target, cst.Tuple | cst.List)]

    @cached_property
    def imports_from(self) -> list[cst.ImportFrom]:
        """The statements ``from module import name``, anywhere."""
        return [node for node in self._parents if isinstance(node, cst.ImportFrom)]

    @cached_property
    def bound(self) -> frozenset[str]:
        """The names that the file binds, anywhere."""
        return frozenset(
            node.id for node in self._syntax if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
        )

    @cached_property
    def attributes(self) -> frozenset[str]:
        """The names of attributes, of anything, that the file has anywhere."""
        return frozenset(node.attr for node in self._syntax if isinstance(node, ast.Attribute))

    def class_of(self, node: cst.CSTNode) -> cst.ClassDef | None:
        """Return the class in which a node stands."""
        parents = self._parents
        while node in parents and not isinstance(node, cst.ClassDef):
            node = parents[node]
        return node if isinstance(node, cst.ClassDef) else None

    def calls_of(self, called: cst.BaseExpression) -> list[cst.Call]:
        """Return the calls of what is written as an expression, anywhere in the file."""
        return [
            node for node in self._parents if isinstance(node, cst.Call) and node.func.deep_equals(called)
        ]

    def only_value(self, name: str) -> cst.BaseExpression:
        """Return the value of a name that is bound once and read once, anywhere in the file."""
        mentions = [node for node in self._syntax if isinstance(node, ast.Name) and node.id == name]
        read = sum(isinstance(node.ctx, ast.Load) for node in mentions)
        bound = len(mentions) - read
        bound += sum(isinstance(node, ast.arg) and node.arg == name for node in self._syntax)
        values = [value for target, value in self.assignments if target == name]
        if bound == 1 and not values and (given := self._only_argument(name)) is not None:
            values = [given]
        if bound != 1 or len(values) != 1:
            raise NotFixableError(f"the shape is {name}, which has no single definition in this file")
        if read != 1:
            raise NotFixableError(f"the shape is {name}, which is used elsewhere in the program too")
        return values[0]

    def _only_argument(self, name: str) -> cst.BaseExpression | None:
        """Return what the one call of a function in the file gives for the parameter of this name."""
        functions = [node for node in self._parents if isinstance(node, cst.FunctionDef)]
        for function in functions:
            names = [param.name.value for param in function.params.params]
            if name not in names:
                continue
            calls = [node for node in self._parents if isinstance(node, cst.Call) and _calls(node, function)]
            if len(calls) != 1 or any(arg.star for arg in calls[0].args):
                return None
            given = {arg.keyword.value: arg.value for arg in calls[0].args if arg.keyword is not None}
            positional = [arg.value for arg in calls[0].args if arg.keyword is None]
            return dict(zip(names, positional, strict=False)).get(name, given.get(name))
        return None

    def is_guarded(self, location: Location) -> bool:
        """Tell whether a place stands in a ``try``: what is raised there may be caught."""
        line = self._span(location)[0]
        return any(
            isinstance(node, ast.Try | ast.TryStar) and node.lineno <= line <= (node.end_lineno or line)
            for node in self._syntax
        )

    def stops_at(self, finding: Finding) -> bool:
        """Tell whether the program stops at a finding, whatever it is fed: what it would compute afterwards
        cannot change.
        """
        return (
            finding.severity is Severity.ERROR
            and finding.confidence is Confidence.HIGH
            and not finding.conditions
            and not self.is_guarded(finding.location)
        )

    @cached_property
    def _assigned(self) -> list[cst.Assign]:
        return [node for node in self._parents if isinstance(node, cst.Assign)]

    @cached_property
    def _parents(self) -> Mapping[cst.CSTNode, cst.CSTNode]:
        return self._wrapper.resolve(ParentNodeProvider)

    @cached_property
    def _syntax(self) -> list[ast.AST]:
        return list(ast.walk(syntax_of(self.text)))

    @cached_property
    def _nodes(self) -> dict[tuple[int, int, int, int], list[cst.CSTNode]]:
        """Expressions by their span as ``ast`` counts it: the parentheses of a tuple belong to it."""
        positions = self._wrapper.resolve(PositionProvider)
        found: dict[tuple[int, int, int, int], list[cst.CSTNode]] = {}
        for node, span in positions.items():
            if not isinstance(node, cst.BaseExpression):
                continue
            start, end = span.start, span.end
            if isinstance(node, cst.Tuple) and node.lpar:
                start, end = positions[node.lpar[-1]].start, positions[node.rpar[0]].end
            key = (start.line, start.column, end.line, end.column)
            found.setdefault(key, []).append(node)
        return found

    def _span(self, location: Location) -> tuple[int, int, int, int]:
        if location.path != self.path:
            raise NotFixableError(f"part of it is in another file, {location.path}")
        if location.line is None or location.column is None:
            raise NotFixableError("it has no position in the source")
        first = self.cells.get(location.cell, 1) if location.cell is not None else 1
        end_line, end_column = location.end_line or location.line, location.end_column or location.column
        return (location.line + first - 1, location.column - 1, end_line + first - 1, end_column - 1)


class _Replace(cst.CSTTransformer):
    def __init__(self, changes: Mapping[int, cst.CSTNode | cst.FlattenSentinel[cst.BaseStatement]]) -> None:
        self.changes = changes

    def on_visit(self, node: cst.CSTNode) -> bool:
        return id(node) not in self.changes

    def on_leave(
        self, original_node: cst.CSTNodeT, updated_node: cst.CSTNodeT
    ) -> cst.CSTNodeT | cst.RemovalSentinel | cst.FlattenSentinel[cst.CSTNodeT]:
        return self.changes.get(id(original_node), updated_node)  # type: ignore[return-value]
