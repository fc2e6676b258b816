"""Expressions: one function a syntax node, from the node to a value."""

from __future__ import annotations

import ast
import builtins
from collections import defaultdict
from collections.abc import Callable

from layoutlint.interpreter.core import arrays
from layoutlint.interpreter.core.arguments import Arguments
from layoutlint.interpreter.core.comparison import compare
from layoutlint.interpreter.core.evaluator import Evaluator
from layoutlint.interpreter.core.extent import bounded, is_wide, joined
from layoutlint.interpreter.core.implied import decides, negation
from layoutlint.interpreter.core.journal import join
from layoutlint.interpreter.core.limits import MAX_ITEMS, MAX_TEXT
from layoutlint.interpreter.core.plain import is_key
from layoutlint.interpreter.core.scenarios import grounds_of
from layoutlint.interpreter.core.site import Site
from layoutlint.interpreter.core.unknown_keys import CHANGEABLE, any_of, put_all
from layoutlint.interpreter.core.values import (
    OTHERS,
    Deferred,
    External,
    LibraryObject,
    NativeMethod,
    Rest,
    Scope,
    Unknown,
    Value,
    any_number,
    has_rest,
    is_number,
    text_of,
    truth,
)
from layoutlint.interpreter.language.attributes import called_attribute, get_attribute
from layoutlint.interpreter.language.calls import bare_super
from layoutlint.interpreter.language.items import item
from layoutlint.interpreter.language.none_tests import assume
from layoutlint.interpreter.language.operators import are_symbolic, binary
from layoutlint.model import sizes
from layoutlint.model.graph import Tensor
from layoutlint.model.sizes import Expression, unknown_size
from layoutlint.model.syntax_text import condition_text, written

BUILTINS = frozenset(name for name in dir(builtins) if not name.startswith("_")) | {
    "xrange",
    "unicode",
    "basestring",
}
MAX_FORM = 20
SUPER = External("builtins.super")


def _constant(ev: Evaluator, node: ast.Constant, scope: Scope) -> Value:
    value: Value = node.value
    if value is ...:
        return ev.lost(node, scope, "it is left to be filled in")
    return value if type(value) is not int else bounded(value)


def _is_blank(node: ast.expr) -> bool:
    """Tell whether an expression is ``...``: outside of an index, what an exercise leaves to be filled in."""
    return type(node) is ast.Constant and node.value is ...


def _name(ev: Evaluator, node: ast.Name, scope: Scope) -> Value:
    name = node.id
    place: Scope | None = scope
    while place is not None:
        if name in place.variables:
            value = place.variables[name]
            return ev.importer.resolve(ev, value) if type(value) is Deferred else value
        place = place.outer
    if node.id in BUILTINS:
        return External(f"builtins.{node.id}")
    value = ev.importer.from_stars(ev, node.id, scope)
    if value is not None:
        return value
    return Unknown(node.id, ev.origin(node, scope), f"{node.id} is not defined here")


def _sequence(ev: Evaluator, elements: list[ast.expr], scope: Scope) -> list[Value]:
    found: list[Value] = []
    for element in elements:
        if isinstance(element, ast.Starred):
            value = ev.eval(element.value, scope)
            items = ev.items(value)
            found = joined(
                [found, items if items is not None else [Rest(Site(ev, element, scope).element(value))]]
            )
        elif _is_blank(element):
            found.append(Rest(ev.eval(element, scope)))
        else:
            found.append(ev.eval(element, scope))
    return found


def _tuple(ev: Evaluator, node: ast.Tuple, scope: Scope) -> Value:
    if any(map(_is_blank, node.elts)):
        return tuple([... if _is_blank(part) else ev.eval(part, scope) for part in node.elts])  # an index
    return tuple(_sequence(ev, node.elts, scope))


def _list(ev: Evaluator, node: ast.List, scope: Scope) -> Value:
    return ev.journal.born(_sequence(ev, node.elts, scope))


def _set(ev: Evaluator, node: ast.Set, scope: Scope) -> Value:
    items = _sequence(ev, node.elts, scope)
    if all(isinstance(item, str | int | float | None) for item in items):
        return ev.journal.born(set(items))
    return ev.lost(node, scope, "a set of values that are not known")


def _dict(ev: Evaluator, node: ast.Dict, scope: Scope) -> Value:
    made: dict[Value, Value] = {}
    for key_node, value_node in zip(node.keys, node.values, strict=True):
        value = ev.eval(value_node, scope)
        if key_node is None:
            put_all(made, value)
        else:
            _put(made, ev.eval(key_node, scope), value)
    return ev.journal.born(made)


def _put(made: dict[Value, Value], key: Value, value: Value) -> None:
    """Put a value into a dict that is being made; those under keys that are not known stand together."""
    if is_key(key):
        made[key] = value
    else:
        made[OTHERS] = join(made[OTHERS], value) if OTHERS in made else value


def _attribute(ev: Evaluator, node: ast.Attribute, scope: Scope) -> Value:
    return get_attribute(Site(ev, node, scope), ev.eval(node.value, scope), node.attr)


def callee_of(ev: Evaluator, call: ast.Call, scope: Scope) -> Value:
    """Return what is called."""
    node = call.func
    if isinstance(node, ast.Attribute):
        return called_attribute(Site(ev, node, scope), ev.eval(node.value, scope), node.attr)
    return ev.eval(node, scope)


def _call(ev: Evaluator, node: ast.Call, scope: Scope) -> Value:
    return call_of(ev, node, callee_of(ev, node, scope), scope)


def call_of(ev: Evaluator, node: ast.Call, callee: Value, scope: Scope) -> Value:
    """Return the value of a call of what is known already."""
    if not node.args and callee == SUPER:
        return bare_super(ev, node, scope)
    return ev.call(Site(ev, node, scope), callee, arguments(ev, node, scope))


def arguments(ev: Evaluator, node: ast.Call, scope: Scope) -> Arguments:
    """Return the arguments of a call, evaluated in order."""
    positional: list[Value] = []
    keywords: dict[str, Value] = {}
    nodes: dict[str | int, ast.expr] = {}
    is_open = False
    further: tuple[Value, ...] = ()
    for argument in node.args:
        if _is_blank(argument):
            is_open = True
            break
        if type(argument) is ast.Constant:
            nodes[len(positional)] = argument
            positional.append(_constant(ev, argument, scope))
        elif isinstance(argument, ast.Starred):
            items = ev.items(ev.eval(argument.value, scope))
            if items is None or has_rest(items) or len(positional) + len(items) > MAX_TEXT:
                is_open, further = True, tuple(items or ()) if argument is node.args[-1] else ()
                break
            positional.extend(items)
        else:
            nodes[len(positional)] = argument
            positional.append(ev.eval(argument, scope))
    for keyword in node.keywords:
        given = keyword.value
        value = _constant(ev, given, scope) if type(given) is ast.Constant else ev.eval(given, scope)
        if keyword.arg is not None:
            keywords[keyword.arg] = value
            nodes[keyword.arg] = given
        elif isinstance(value, dict):
            is_open = is_open or OTHERS in value
            keywords.update((key, item) for key, item in value.items() if isinstance(key, str))
        else:
            is_open = True
    return Arguments(tuple(positional), keywords, is_open, nodes, further)


def _binary(ev: Evaluator, node: ast.BinOp, scope: Scope) -> Value:
    return binary(Site(ev, node, scope), node.op, ev.eval(node.left, scope), ev.eval(node.right, scope))


def _unary(ev: Evaluator, node: ast.UnaryOp, scope: Scope) -> Value:
    value = ev.eval(node.operand, scope)
    if isinstance(value, LibraryObject) and value.array is not None and not isinstance(node.op, ast.Not):
        value = value.array
    match node.op, value:
        case ast.Not(), _:
            answer = truth(value)
            return Unknown(reason="a condition that is not known") if answer is None else not answer
        case ast.USub(), (int() | float()):
            return -value
        case ast.USub(), Expression():
            return sizes.multiply(value, -1)
        case ast.UAdd(), (int() | float() | Expression()):
            return value
        case ast.Invert(), int():
            return ~value
        case _, Tensor():
            return arrays.operator(Site(ev, node, scope), "-", [value])
        case _:
            return Unknown(reason="arithmetic with something unknown")


def _boolean(ev: Evaluator, node: ast.BoolOp, scope: Scope) -> Value:
    """``and``/``or``: the operand that decides; joined where an operand is not known to be true or false."""
    stops_at = isinstance(node.op, ast.Or)

    def decided(operands: list[ast.expr]) -> Value:
        value = ev.eval(operands[0], scope)
        answer = truth(value)
        if answer is stops_at or len(operands) == 1:
            return value
        if answer is not None:
            return decided(operands[1:])
        text = condition_text(operands[0])
        conditions = (text, f"not ({text})") if stops_at else (f"not ({text})", text)
        rest: list[Value] = []

        def go_on() -> Value:
            rest.append(decided(operands[1:]))
            return rest[0]

        joined = ev.choose([lambda: value, go_on], conditions)
        # unknown and False is False, unknown or True is True
        return stops_at if rest and rest[0] is stops_at else joined

    return decided(node.values)


def _compare(ev: Evaluator, node: ast.Compare, scope: Scope) -> Value:
    left = ev.eval(node.left, scope)
    certain = True
    for op, right_node in zip(node.ops, node.comparators, strict=True):
        right = ev.eval(right_node, scope)
        answer: bool | None
        match op, left, right:
            case ((ast.In() | ast.NotIn()), _, _):
                answer = compare(op, left, right)
            case ((ast.Is() | ast.IsNot()), (Tensor() | LibraryObject()), _):
                answer = isinstance(op, ast.IsNot)
            case ((ast.Is() | ast.IsNot()), _, (Tensor() | LibraryObject())):
                answer = isinstance(op, ast.IsNot)
            case ((ast.Eq() | ast.NotEq()), Tensor(), Tensor()) if are_symbolic(ev, left, right):
                # Keras says whether they are one tensor, and refuses none
                answer = isinstance(op, ast.Eq) if left is right else None
            case (_, (Tensor() | LibraryObject()), _) | (_, _, (Tensor() | LibraryObject())):
                return arrays.operator(Site(ev, node, scope), "==", [left, right])
            case _:
                answer = compare(op, left, right)
        if answer is False:
            return False
        certain = certain and answer is True
        left = right
    return (
        True
        if certain
        else Unknown(written(node)[:60], ev.origin(node, scope), "a comparison that is not known")
    )


# ---------------------------------------------------------------------- items


def _subscript(ev: Evaluator, node: ast.Subscript, scope: Scope) -> Value:
    key = ... if _is_blank(node.slice) else ev.eval(node.slice, scope)
    return item(Site(ev, node, scope), ev.eval(node.value, scope), key)


def _slice(ev: Evaluator, node: ast.Slice, scope: Scope) -> Value:
    return slice(
        *(ev.eval(part, scope) if part is not None else None for part in (node.lower, node.upper, node.step))
    )


# ---------------------------------------------------------------------- the rest


def _conditional(ev: Evaluator, node: ast.IfExp, scope: Scope) -> Value:
    condition = truth(ev.eval(node.test, scope))
    if condition is None and ev.inside:
        condition = ev.is_decided(node.test, scope)
    if condition is not None:
        return ev.eval(node.body if condition else node.orelse, scope)
    if isinstance(node.body, ast.Name) and isinstance(node.orelse, ast.Name):
        found = [ev.eval(node.body, scope), ev.eval(node.orelse, scope)]
        if all(isinstance(value, CHANGEABLE) for value in found):
            return any_of(found)
    text = condition_text(node.test)

    def side(part: ast.expr, holds: bool) -> Value:
        assume(ev, node.test, scope, holds=holds)
        return ev.eval(part, scope)

    # one that is decided already may be written alike and read from other values
    grounds = grounds_of([node.test], scope) if decides(ev.conditions, text) is None else None
    return ev.choose(
        [lambda: side(node.body, True), lambda: side(node.orelse, False)], (text, negation(text)), grounds
    )


def _lambda(ev: Evaluator, node: ast.Lambda, scope: Scope) -> Value:
    return ev.define(node, scope)


def _walrus(ev: Evaluator, node: ast.NamedExpr, scope: Scope) -> Value:
    value = ev.eval(node.value, scope)
    ev.assign(node.target, value, scope)
    return value


def _joined_text(ev: Evaluator, node: ast.JoinedStr, scope: Scope) -> Value:
    pieces: list[str] = []
    for part in node.values:
        text = text_of(ev.eval(part, scope))
        if text is None:
            return Unknown(reason="a text with an unknown part")
        pieces.append(text)
    made = "".join(pieces)
    return made if len(made) <= MAX_TEXT else Unknown(reason="a very long text")


def _formatted_value(ev: Evaluator, node: ast.FormattedValue, scope: Scope) -> Value:
    value = ev.eval(node.value, scope)
    if isinstance(value, LibraryObject):
        value = ev.call(Site(ev, node, scope), NativeMethod(value, "__str__"), Arguments())
    if not isinstance(value, str | int | float | None):
        return Unknown(reason="a text with an unknown part")
    form = text_of(ev.eval(node.format_spec, scope)) if node.format_spec is not None else ""
    text = repr(value) if node.conversion == ord("r") else value
    try:
        made = format(text, form if form and len(form) < MAX_FORM and not is_wide(form) else "")
    except Exception:
        return Unknown(reason="Python would raise here")
    return made if len(made) < MAX_TEXT else Unknown(reason="a very long text")


def _comprehension(
    ev: Evaluator, node: ast.ListComp | ast.SetComp | ast.GeneratorExp | ast.DictComp, scope: Scope
) -> Value:
    """Return a list of what the comprehension yields; with a :class:`Rest` where the number is unknown."""
    inner = Scope({}, scope, scope.module, scope.function)
    found: list[Value] = ev.journal.born([])

    def generate(index: int) -> None:
        if index == len(node.generators):
            element: Value = (
                (ev.eval(node.key, inner), ev.eval(node.value, inner))
                if isinstance(node, ast.DictComp)
                else ev.eval(node.elt, inner)
            )
            ev.journal.touch(found)
            found.append(element)
            return
        generator = node.generators[index]
        iterable = ev.eval(generator.iter, inner)

        def body() -> None:
            answers = [truth(ev.eval(condition, inner)) for condition in generator.ifs]
            if False in answers:
                return
            if None in answers:
                ev.loop(None, lambda item: None, lambda: generate(index + 1), None)
            else:
                generate(index + 1)

        unknown = Site(ev, generator.iter, scope).element(iterable)
        ev.loop(
            ev.items(iterable),
            lambda item: ev.assign(generator.target, item, inner),
            body,
            unknown,
            MAX_ITEMS,
        )

    generate(0)
    if isinstance(node, ast.DictComp):
        made: dict[Value, Value] = {}
        for element in found:
            match element:
                case (key, value):
                    _put(made, key, value)
                case Rest(item=(_, value)) if is_number(value):
                    # another number under each key, as in {word: place for place, word in enumerate(words)}
                    _put(made, Unknown(), unknown_size() if isinstance(value, Expression) else value)
                case _:
                    made[OTHERS] = Unknown()
        return ev.journal.born(made)
    if isinstance(node, ast.SetComp):
        if all(isinstance(element, str | int | float) for element in found):
            return ev.journal.born(set(found))
        return ev.lost(node, scope, "a set of values that are not known")
    return found


def _yield(ev: Evaluator, node: ast.Yield | ast.YieldFrom, scope: Scope) -> Value:
    value = ev.eval(node.value, scope) if node.value is not None else None
    found, produced = scope.lookup("<yielded>")
    if found and isinstance(produced, list):
        ev.journal.touch(produced)
        if isinstance(node, ast.YieldFrom):
            items = ev.items(value)
            produced[:] = joined([produced, items if items is not None else any_number()])
        elif len(produced) < 256:
            produced.append(value)
    return Unknown(reason="what is sent into a generator")


def _await(ev: Evaluator, node: ast.Await, scope: Scope) -> Value:
    return ev.eval(node.value, scope)


def _starred(ev: Evaluator, node: ast.Starred, scope: Scope) -> Value:
    return ev.eval(node.value, scope)


def _not_followed(ev: Evaluator, node: ast.expr, scope: Scope) -> Value:
    return ev.lost(node, scope, "this expression is not followed")


EXPRESSIONS: defaultdict[type[ast.expr], Callable[..., Value]] = defaultdict(lambda: _not_followed)
EXPRESSIONS |= {
    ast.Constant: _constant,
    ast.Name: _name,
    ast.Tuple: _tuple,
    ast.List: _list,
    ast.Set: _set,
    ast.Dict: _dict,
    ast.Attribute: _attribute,
    ast.Call: _call,
    ast.BinOp: _binary,
    ast.UnaryOp: _unary,
    ast.BoolOp: _boolean,
    ast.Compare: _compare,
    ast.Subscript: _subscript,
    ast.Slice: _slice,
    ast.IfExp: _conditional,
    ast.Lambda: _lambda,
    ast.NamedExpr: _walrus,
    ast.JoinedStr: _joined_text,
    ast.FormattedValue: _formatted_value,
    ast.ListComp: _comprehension,
    ast.SetComp: _comprehension,
    ast.DictComp: _comprehension,
    ast.GeneratorExp: _comprehension,
    ast.Yield: _yield,
    ast.YieldFrom: _yield,
    ast.Await: _await,
    ast.Starred: _starred,
}
