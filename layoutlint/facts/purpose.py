"""What the author has thought of: code that is said to raise, results that are only shown, and values that
the data format decides.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from msgspec import Struct

from layoutlint.facts.trace import upstream
from layoutlint.model.graph import SAID_TO_RAISE, Call, Scenario
from layoutlint.model.origins import SourceFile, SourceOrigin
from layoutlint.model.syntax_text import expression_of, nodes_of, syntax_if_any, written

ABOUT_FORMATS: Final = ("format", "ordering", "channels_first")
"""Words of a condition that asks for the data format."""


def stops_on_purpose(call: Call) -> bool:
    """Tell whether a call happens in a block whose author says that it raises, wherever the layer stands."""
    return SAID_TO_RAISE in call.conditions


SHOWING: Final = frozenset(["print", "display", "repr"])
ARRAYS: Final = frozenset(["np", "numpy", "tf", "tensorflow", "K", "jnp", "ops"])
"""The names by which programs call what makes an array of arrays, and changes nothing."""


def is_only_shown(call: Call) -> bool:
    """Tell whether the result of an operation is looked at and thrown away, as a lesson does.

    ``np.reshape(x, (2, 3))`` by itself, ``print(np.reshape(x, (2, 3)))``, ``a @ np.reshape(x, (2, 3))``.
    """
    place = call.origin
    if call.layer.kind != "operation" or not isinstance(place, SourceOrigin):
        return False
    return any(_throws_away(value, place.node) for value in _statements_by_themselves(place.file))


@lru_cache(maxsize=8)
def _statements_by_themselves(file: SourceFile) -> tuple[ast.expr, ...]:
    """Return the expressions of a file that are statements: nothing is given their values."""
    tree = syntax_if_any(file.text)
    parts = nodes_of(tree) if tree is not None else ()
    return tuple(part.value for part in parts if isinstance(part, ast.Expr))


def _throws_away(value: ast.expr, node: ast.expr | ast.stmt | ast.keyword | ast.arg) -> bool:
    """Tell whether an expression that is a statement is a node, or only shows what comes of one inside."""
    if not value.lineno <= node.lineno <= (value.end_lineno or value.lineno):
        return False
    return _is_at(value, node) or (_shows(value) and any(_is_at(part, node) for part in ast.walk(value)))


def _is_at(part: ast.AST, node: ast.AST) -> bool:
    """Tell whether two trees of the same text have the same node there."""
    ends = ("lineno", "col_offset", "end_lineno", "end_col_offset")
    return type(part) is type(node) and all(getattr(part, end, 0) == getattr(node, end, 1) for end in ends)


def _shows(value: ast.expr) -> bool:
    """Tell whether an expression that is a statement by itself can do nothing but show something."""
    if not isinstance(value, ast.Call):
        return not isinstance(value, ast.Await | ast.Yield | ast.YieldFrom)
    if isinstance(value.func, ast.Name):
        return value.func.id in SHOWING
    root = value.func
    while isinstance(root, ast.Attribute):
        root = root.value
    return isinstance(root, ast.Name) and root.id in ARRAYS


MAX_WAY: Final = 200
MEASURES: Final = frozenset(["shape", "ndim", "size"])


def is_guarded(call: Call) -> bool:
    """Tell whether an undecided condition tests a value that the call depends on.

    ``if array.ndim == wanted: Conv1D(…)(…)`` may be what keeps the call from raising.
    """
    tests = [text for text in call.conditions if not isinstance(text, Scenario) or not text.is_value]
    tested = set().union(*map(_read_by_condition, tests))
    if not tested:
        return False
    before = upstream(call, MAX_WAY)
    return any(tested & _read_by(each) for each in (call, *before))


def _read_by(call: Call) -> frozenset[str]:
    """Return the values that the source reads where a layer is made and called."""
    places = (call.origin, call.layer.origin)
    return frozenset().union(*(_values_in(place.node) for place in places if isinstance(place, SourceOrigin)))


@lru_cache(maxsize=256)
def _read_by_condition(text: str) -> frozenset[str]:
    try:
        return _values_in(expression_of(text))
    except SyntaxError:
        # a long condition is cut
        return frozenset(re.findall(r"[A-Za-z_][\w.]*", text))


def _values_in(node: ast.AST) -> frozenset[str]:
    """Return the variables and attributes that are read: of ``x.shape[1]`` that is ``x``."""
    found: set[str] = set()
    waiting = [node]
    while waiting:
        part = waiting.pop()
        if isinstance(part, ast.Attribute) and part.attr in MEASURES:
            waiting.append(part.value)
        elif isinstance(part, ast.Call):
            # what is called is no value that is tested
            waiting += [*part.args, *part.keywords]
        elif isinstance(part, ast.Name | ast.Attribute):
            found.add(written(part))
        else:
            waiting += ast.iter_child_nodes(part)
    return frozenset(found)


def asks_for_data_format(condition: str) -> bool:
    """Tell whether a condition asks which data format is in use."""
    return any(word in condition for word in ABOUT_FORMATS)


def is_chosen_by_data_format(call: Call) -> bool:
    """Tell whether an argument of the layer is a variable that is set under such a condition."""
    origin = call.layer.origin
    if not isinstance(origin, SourceOrigin) or not isinstance(origin.node, ast.Call):
        return False
    return _is_chosen(origin.file, origin.node)


@lru_cache(maxsize=1024)
def _is_chosen(file: SourceFile, made: ast.Call) -> bool:
    """Tell whether one of the names that a call uses is set under a condition that asks for the data format:
    in the innermost function around the call that sets the name, else in the file.
    """
    scopes = _scopes(file)
    if not scopes:
        return False
    around = [scope for scope in scopes if scope.first <= made.lineno <= scope.last]
    given = [*made.args, *(keyword.value for keyword in made.keywords)]
    for name in {node.id for value in given for node in ast.walk(value) if isinstance(node, ast.Name)}:
        own = next((scope for scope in reversed(around[1:]) if name in scope.stored), None)
        if any(name in scope.chosen for scope in ([own] if own is not None else scopes)):
            return True
    return False


class _Scope(Struct, frozen=True):
    """The lines of a function or of the whole file, and the names that are set there, chosen or not."""

    first: int
    last: int
    stored: frozenset[str]
    chosen: frozenset[str]


@lru_cache(maxsize=4)
def _scopes(file: SourceFile) -> tuple[_Scope, ...]:
    """Return the file and its functions, the outer ones first; nothing where no condition asks."""
    if not asks_for_data_format(file.text):
        return ()
    tree = syntax_if_any(file.text)
    if tree is None:
        return ()
    names, last = _Names(tree), len(file.lines) + 1
    anywhere = names.chosen(0, last, frozenset())
    functions = [(node.lineno, node.end_lineno or node.lineno) for node in names.functions]
    functions.sort(key=lambda lines: (lines[0], -lines[1]))
    return (
        _Scope(0, last, frozenset(), anywhere),
        *(
            _Scope(first, end, names.stored(first, end), names.chosen(first, end, anywhere))
            for first, end in functions
        ),
    )


class _Names:
    """The names that a file sets, with the lines of their statements: gathered once for all functions."""

    def __init__(self, tree: ast.Module) -> None:
        self.functions: list[ast.FunctionDef | ast.AsyncFunctionDef] = []
        self._stored: list[tuple[int, str]] = []
        self._under_conditions: list[tuple[int, frozenset[str]]] = []
        self._copies: list[tuple[int, str, frozenset[str]]] = []
        for node in nodes_of(tree):
            match node:
                case ast.FunctionDef() | ast.AsyncFunctionDef():
                    self.functions.append(node)
                case ast.Name(name, ast.Store()):
                    self._stored.append((node.lineno, name))
                case ast.If(test, body, orelse) if asks_for_data_format(written(test)):
                    self._under_conditions.append((node.lineno, _stored([*body, *orelse])))
                case ast.Assign(targets, ast.IfExp(test)) if asks_for_data_format(written(test)):
                    self._under_conditions.append((node.lineno, _stored(targets)))
                case ast.Assign(targets, ast.Name(name)):
                    self._copies.append((node.lineno, name, _stored(targets)))

    def stored(self, first: int, last: int) -> frozenset[str]:
        """Return the names that are set between two lines."""
        return frozenset(name for line, name in self._stored if first <= line <= last)

    def chosen(self, first: int, last: int, elsewhere: frozenset[str]) -> frozenset[str]:
        """Return the names that are set between two lines under a condition that asks for the data format,
        and their copies; ``elsewhere`` are those of the whole file.
        """
        found: set[str] = set()
        for line, names in self._under_conditions:
            if first <= line <= last:
                found |= names
        for line, name, copies in self._copies:
            if first <= line <= last and (name in found or name in elsewhere):
                found |= copies
        return frozenset(found)


def _stored(nodes: Sequence[ast.stmt] | Sequence[ast.expr]) -> frozenset[str]:
    return frozenset(
        part.id
        for node in nodes
        for part in ast.walk(node)
        if isinstance(part, ast.Name) and isinstance(part.ctx, ast.Store)
    )
