"""The expression language of a rule's ``when``: small, typed, three-valued, and never ``eval``.

Comparisons (chained too), ``and``/``or``/``not``, arithmetic, membership, indexing, and the functions of
:data:`FUNCTIONS`, over facts and parameters. The text is parsed as a Python expression and compiled once to
closures; whatever is not in the tables here is an error with its place. Logic is Kleene's: an unknown value
makes a judgement unknown unless the rest decides it. Sizes are compared through
:mod:`layoutlint.model.sizes`: two symbolic sizes compare where their difference is a number.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final, Protocol, TypeAlias

from msgspec import Struct

from layoutlint.engine.condition_functions import (
    ARGUMENT,
    ARGUMENTS,
    ARITHMETIC,
    COMPARISONS,
    FUNCTIONS,
    NUMERIC,
    all_of,
    negate,
)
from layoutlint.facts.fact_values import UNKNOWN, Type, Value
from layoutlint.layers.registry import arguments as registry_arguments
from layoutlint.model.syntax_text import expression_of

MAX_LENGTH: Final = 2000
"""Characters of one expression: rule files are untrusted, and Python's parser recurses."""


MAX_DEPTH: Final = 60


class ExpressionError(Exception):
    """A mistake in an expression; ``offset`` counts the characters before it in the text."""

    def __init__(self, message: str, offset: int) -> None:
        super().__init__(message)
        self.offset = offset


class Name(Protocol):
    """What must be known of a name to compile it."""

    @property
    def type(self) -> Type:
        """The type of its values."""
        ...

    @property
    def choices(self) -> tuple[str, ...]:
        """For texts out of a closed set: that set."""
        ...


class Lookup(Protocol):
    """Where values come from when a judgement is made: a mapping, or facts computed when asked for."""

    def __getitem__(self, name: str, /) -> Value: ...


class Parameter(Struct, frozen=True):
    """A name whose value the rule file or the user's configuration gives."""

    type: Type
    choices: tuple[str, ...] = ()

    @classmethod
    def of(cls, value: Value) -> Parameter:
        """Return the parameter that has values like this one; TypeError for one that rules cannot use."""
        for kind, of_type in (
            (bool, Type.TRUTH),
            (int, Type.NUMBER),
            (float, Type.NUMBER),
            (str, Type.TEXT),
            (tuple, Type.LIST),
        ):
            if isinstance(value, kind):
                return cls(of_type)
        raise TypeError(f"{value!r} is not a number, text, truth value or list")


Given: TypeAlias = Mapping[str, Value]
"""The parameters of one judgement."""

Compute: TypeAlias = Callable[[Lookup, Given], Value]


class _Typed(Struct, frozen=True):
    """A compiled part: how to compute it, its type, the closed set of its texts, its value if constant."""

    compute: Compute
    type: Type
    choices: tuple[str, ...] = ()
    literal: Value = UNKNOWN


class Conjunct(Struct, frozen=True):
    """One of the parts of a judgement that must all hold, as it is written, and the names that it uses."""

    text: bytes
    names: frozenset[str]
    compute: Compute


class Condition(Struct, frozen=True):
    """A compiled judgement: its parts that must all hold, in order."""

    text: str
    conjuncts: tuple[Conjunct, ...]

    @property
    def names(self) -> frozenset[str]:
        """The facts and parameters that it uses."""
        return frozenset(name for conjunct in self.conjuncts for name in conjunct.names)

    def holds(self, facts: Lookup, given: Given) -> bool | None:
        """Return True, False, or None where it is unknown."""
        value = all_of(conjunct.compute(facts, given) for conjunct in self.conjuncts)
        return None if value is UNKNOWN else bool(value)


def hold(conjuncts: Iterable[Conjunct], facts: Lookup, given: Given) -> bool:
    """Tell whether all parts certainly hold; the first that does not ends it."""
    for conjunct in conjuncts:
        value = conjunct.compute(facts, given)
        if value is UNKNOWN or not value:
            return False
    return True


def compile_condition(text: str, facts: Mapping[str, Name], parameters: Mapping[str, Name]) -> Condition:
    """Return the judgement that ``text`` writes; raises ExpressionError with the place of a mistake."""
    return Condition(text, _Compiler(text, facts, parameters).condition())


# Compilation ----------------------------------------------------------------

_FLAT: Final = str.maketrans("\r\n\t", "   ")


class _Compiler:
    def __init__(self, text: str, facts: Mapping[str, Name], parameters: Mapping[str, Name]) -> None:
        self.text = text
        self.facts = facts
        self.parameters = parameters
        self.used: set[str] = set()
        self.depth = 0
        self.start = len(text) - len(text.lstrip())

    def condition(self) -> tuple[Conjunct, ...]:
        """Return how to compute the parts of the expression that must all hold."""
        root = self._parsed()
        if not isinstance(root, ast.BoolOp) or not isinstance(root.op, ast.And):
            return (self._conjunct(root),)
        self.depth += 1
        return tuple(map(self._conjunct, root.values))

    def _conjunct(self, node: ast.expr) -> Conjunct:
        self.used = set()
        compiled = self._compile(node)
        self._expect(compiled, (Type.TRUTH,), node)
        return Conjunct(self._written(node), frozenset(self.used), compiled.compute)

    def _parsed(self) -> ast.expr:
        """Return the text as Python's parser sees it."""
        if not self.text.strip():
            raise ExpressionError("an empty condition", 0)
        if len(self.text) > MAX_LENGTH:
            raise ExpressionError(f"a condition of more than {MAX_LENGTH} characters", 0)
        for at, character in enumerate("" if self.text.isprintable() else self.text):
            if not character.isprintable() and character not in " \t\r\n":
                raise ExpressionError(f"a character that is not allowed here: {character!r}", at)
        flat = self.text[self.start :].translate(_FLAT)
        try:
            return expression_of(flat.rstrip())
        except SyntaxError as error:
            # an expression that ends too soon is reported behind its end
            ended = error.lineno != 1 or not error.offset
            at = len(self.text.rstrip()) if ended else self.start + (error.offset or 1) - 1
            last = max(len(self.text) - 1, 0)
            raise ExpressionError(f"not an expression: {error.msg}", min(at, last)) from None
        except (RecursionError, MemoryError, ValueError) as error:
            raise ExpressionError(f"not an expression: {error or 'too deeply nested'}", self.start) from None

    def _written(self, node: ast.expr) -> bytes:
        return self.text[self.start :].encode()[node.col_offset : node.end_col_offset]

    def _source(self, node: ast.expr) -> str:
        """Return what the rule file says there."""
        text = self._written(node).decode(errors="ignore")
        return text if len(text) <= 60 else f"{text[:57]}..."

    def _error(self, message: str, node: ast.AST) -> ExpressionError:
        column = getattr(node, "col_offset", 0)
        characters = len(self.text[self.start :].encode()[:column].decode(errors="ignore"))
        return ExpressionError(message, self.start + characters)

    def _expect(self, part: _Typed, types: tuple[Type, ...], node: ast.expr) -> None:
        if part.type not in types and part.type != Type.ANY:
            wanted = " or ".join(types)
            raise self._error(f"`{self._source(node)}` is a {part.type} where a {wanted} is needed", node)

    def _compile(self, node: ast.expr) -> _Typed:
        method = self._METHODS.get(type(node))
        if method is None:
            raise self._error(f"`{self._source(node)}` is not part of the rule language", node)
        if self.depth == MAX_DEPTH:
            raise self._error(f"nested more than {MAX_DEPTH} deep", node)
        self.depth += 1
        compiled = method(self, node)
        self.depth -= 1
        return compiled

    def _constant(self, node: ast.Constant) -> _Typed:
        value = node.value
        if value is None:
            raise self._error("no `None` here: use `free(size)`, or `known(value)`", node)
        if not isinstance(value, bool | int | float | str):
            raise self._error(f"`{self._source(node)}` is not part of the rule language", node)
        return _Typed(lambda facts, given: value, Parameter.of(value).type, literal=value)

    def _name(self, node: ast.Name) -> _Typed:
        name = node.id
        if name in ("true", "false"):
            truth = name == "true"
            return _Typed(lambda facts, given: truth, Type.TRUTH, literal=truth)
        if name in self.parameters:
            self.used.add(name)
            return _Typed(lambda facts, given: given[name], self.parameters[name].type)
        if name in self.facts:
            self.used.add(name)
            fact = self.facts[name]
            return _Typed(lambda facts, given: facts[name], fact.type, fact.choices)
        raise self._error(unknown_name(name, [*self.facts, *self.parameters]), node)

    def _boolean(self, node: ast.BoolOp) -> _Typed:
        parts = []
        for value in node.values:
            part = self._compile(value)
            self._expect(part, (Type.TRUTH,), value)
            parts.append(part.compute)
        return _Typed(_until(isinstance(node.op, ast.Or), parts), Type.TRUTH)

    def _unary(self, node: ast.UnaryOp) -> _Typed:
        part = self._compile(node.operand)
        compute = part.compute
        if isinstance(node.op, ast.Not):
            self._expect(part, (Type.TRUTH,), node.operand)
            return _Typed(lambda facts, given: negate(compute(facts, given)), Type.TRUTH)
        if not isinstance(node.op, ast.USub):
            raise self._error(f"`{self._source(node)}` is not part of the rule language", node)
        self._expect(part, NUMERIC, node.operand)
        times = ARITHMETIC[ast.Mult]
        return _Typed(lambda facts, given: times(compute(facts, given), -1), part.type)

    def _binary(self, node: ast.BinOp) -> _Typed:
        compute = ARITHMETIC.get(type(node.op))
        if compute is None:
            raise self._error(f"`{self._source(node)}` is not part of the rule language", node)
        left, right = self._compile(node.left), self._compile(node.right)
        self._expect(left, NUMERIC, node.left)
        self._expect(right, NUMERIC, node.right)
        first, second = left.compute, right.compute
        of_type = Type.NUMBER if left.type == right.type == Type.NUMBER else Type.SIZE
        return _Typed(lambda facts, given: compute(first(facts, given), second(facts, given)), of_type)

    def _comparison(self, node: ast.Compare) -> _Typed:
        parts = [self._compile(node.left)]
        pairs: list[Compute] = []
        nodes = [node.left, *node.comparators]
        for position, (op, right_node) in enumerate(zip(node.ops, node.comparators, strict=True)):
            if type(op) not in COMPARISONS:
                raise self._error(f"`{self._source(node)}` is not part of the rule language", right_node)
            symbol, compare = COMPARISONS[type(op)]
            left, right = parts[-1], self._compile(right_node)
            self._check_types(symbol, left, right, nodes[position], right_node)
            pairs.append(_pair(symbol, compare, left, right))
            parts.append(right)
        if len(pairs) == 1:
            return _Typed(pairs[0], Type.TRUTH)
        return _Typed(lambda facts, given: all_of(pair(facts, given) for pair in pairs), Type.TRUTH)

    def _check_types(
        self, symbol: str, left: _Typed, right: _Typed, left_node: ast.expr, right_node: ast.expr
    ) -> None:
        if symbol in ("in", "not in"):
            self._expect(right, (Type.LIST, Type.TEXT), right_node)
            if right.type == Type.TEXT:
                self._expect(left, (Type.TEXT,), left_node)
            for item, item_node in zip(
                right.literal if isinstance(right.literal, tuple) else (),
                right_node.elts if isinstance(right_node, ast.List | ast.Tuple) else (),
                strict=False,
            ):
                self._check_comparable(left, Parameter.of(item).type, left_node, item_node)
                self._check_choice(left, item, item_node)
            return
        if symbol in ("==", "!="):
            self._check_comparable(left, right.type, left_node, right_node)
            self._check_choice(left, right.literal, right_node)
            self._check_choice(right, left.literal, left_node)
            return
        self._expect(left, NUMERIC, left_node)
        self._expect(right, NUMERIC, right_node)

    def _check_comparable(self, left: _Typed, right: Type, left_node: ast.expr, right_node: ast.expr) -> None:
        numeric = left.type in NUMERIC and right in NUMERIC
        if left.type != right and not numeric and Type.ANY not in (left.type, right):
            raise self._error(
                f"`{self._source(left_node)}` is a {left.type}, `{self._source(right_node)}` a {right}",
                right_node,
            )

    def _check_choice(self, part: _Typed, literal: Value, node: ast.expr) -> None:
        if part.choices and isinstance(literal, str) and literal not in part.choices:
            raise self._error(f"{literal!r} is not one of {', '.join(part.choices)}", node)

    def _list(self, node: ast.List | ast.Tuple) -> _Typed:
        items = []
        for item in node.elts:
            compiled = self._compile(item)
            if compiled.literal is UNKNOWN and not _is_negative_number(item):
                raise self._error(f"`{self._source(item)}`: a list contains only literal values", item)
            items.append(compiled.compute({}, {}))
        values = tuple(items)
        return _Typed(lambda facts, given: values, Type.LIST, literal=values)

    def _call(self, node: ast.Call) -> _Typed:
        name = node.func.id if isinstance(node.func, ast.Name) else self._source(node.func)
        if name == ARGUMENT:
            return self._argument(node)
        function = FUNCTIONS.get(name)
        if function is None:
            known = ", ".join(sorted([ARGUMENT, *FUNCTIONS]))
            raise self._error(f"no function `{name}`; there are {known}", node)
        if node.keywords:
            raise self._error(f"`{name}` takes no arguments by keyword", node.keywords[0].value)
        wrong = not node.args if function.variadic else len(node.args) != len(function.takes)
        if wrong:
            raise self._error(f"`{name}` takes {len(function.takes)} argument(s), got {len(node.args)}", node)
        computes = []
        for index, argument in enumerate(node.args):
            part = self._compile(argument)
            self._expect(part, function.takes[min(index, len(function.takes) - 1)], argument)
            computes.append(part.compute)
        if function.variadic and len(node.args) == 1:
            self._expect(self._compile(node.args[0]), (Type.LIST,), node.args[0])
        compute = function.compute
        return _Typed(
            lambda facts, given: compute(*[part(facts, given) for part in computes]), function.gives
        )

    def _argument(self, node: ast.Call) -> _Typed:
        """``argument("rate")``: an argument of the layer's constructor, by its Keras 3 name."""
        if ARGUMENTS not in self.facts:
            raise self._error(f"`{ARGUMENT}` is for rules about layers", node)
        written = node.args[0] if len(node.args) == 1 and not node.keywords else None
        if not isinstance(written, ast.Constant) or not isinstance(written.value, str):
            raise self._error(
                f'`{ARGUMENT}` takes the name of an argument in quotes: {ARGUMENT}("rate")', node
            )
        name = written.value
        known = registry_arguments()
        if name not in known:
            raise self._error(f"no layer has an argument {name!r}{nearest(name, known)}", written)
        self.used.add(ARGUMENTS)
        return _Typed(lambda facts, given: facts[ARGUMENTS].get(name, UNKNOWN), Type.ANY)

    def _subscript(self, node: ast.Subscript) -> _Typed:
        part, index = self._compile(node.value), self._compile(node.slice)
        self._expect(part, (Type.LIST,), node.value)
        self._expect(index, (Type.NUMBER,), node.slice)
        items, at = part.compute, index.compute

        def compute(facts: Lookup, given: Given) -> Value:
            values, place = items(facts, given), at(facts, given)
            if values is UNKNOWN or not isinstance(place, int) or not -len(values) <= place < len(values):
                return UNKNOWN
            return values[place]

        return _Typed(compute, Type.SIZE)

    _METHODS: Final[dict[type[ast.expr], Callable[[Any, Any], _Typed]]] = {
        ast.Constant: _constant,
        ast.Name: _name,
        ast.BoolOp: _boolean,
        ast.UnaryOp: _unary,
        ast.BinOp: _binary,
        ast.Compare: _comparison,
        ast.List: _list,
        ast.Tuple: _list,
        ast.Call: _call,
        ast.Subscript: _subscript,
    }


def _until(deciding: bool, parts: list[Compute]) -> Compute:
    """``or`` (``deciding`` is True) or ``and`` (False); the rest is not computed once it is decided."""

    def compute(facts: Lookup, given: Given) -> Value:
        result: Value = not deciding
        for part in parts:
            value = part(facts, given)
            if value is UNKNOWN:
                result = UNKNOWN
            elif bool(value) is deciding:
                return deciding
        return result

    return compute


def _pair(symbol: str, compare: Callable[[Value, Value], Value], left: _Typed, right: _Typed) -> Compute:
    """Return how to compare two parts; with what is written out, without more ado."""
    first, second, literal = left.compute, right.compute, right.literal
    if literal is UNKNOWN:
        return lambda facts, given: compare(first(facts, given), second(facts, given))
    plain, wanted = _plain(symbol, literal), symbol in ("==", "in")
    if not plain:
        return lambda facts, given: compare(first(facts, given), literal)

    def is_among(facts: Lookup, given: Given) -> Value:
        value = first(facts, given)
        return UNKNOWN if value is UNKNOWN else (value in plain) is wanted

    return is_among


def _plain(symbol: str, literal: Value) -> tuple[Value, ...]:
    """Return the texts, or the truth value, with one of which a value is compared; none where it takes more
    than Python's own comparison.
    """
    match symbol, literal:
        case "==" | "!=", str() | bool():
            return (literal,)
        case "in" | "not in", tuple() if all(isinstance(each, str) for each in literal):
            return literal
        case _:
            return ()


def _is_negative_number(node: ast.expr) -> bool:
    return (
        isinstance(node, ast.UnaryOp)
        and isinstance(node.op, ast.USub)
        and isinstance(node.operand, ast.Constant)
    )


def unknown_name(name: str, known: Iterable[str]) -> str:
    """Return the words for a name that is neither a fact nor a parameter, with the nearest that is."""
    return f"no fact or parameter `{name}`{nearest(name, known)}"


def nearest(name: str, known: Iterable[str]) -> str:
    """Return the end of a message about an unknown name: the most similar known one, if there is any."""
    import difflib

    near = difflib.get_close_matches(name, list(known), 1)
    return f"; did you mean `{near[0]}`?" if near else ""
