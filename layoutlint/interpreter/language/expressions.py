"""Expressions: one function a syntax node, from the node to a value."""

from __future__ import annotations

import ast
import builtins
import operator
from collections import defaultdict
from collections.abc import Callable
from typing import Any

from layoutlint.interpreter.core import arrays, library_objects
from layoutlint.interpreter.core.arguments import Arguments
from layoutlint.interpreter.core.branches import condition_text, written
from layoutlint.interpreter.core.comparison import compare
from layoutlint.interpreter.core.evaluator import Evaluator
from layoutlint.interpreter.core.journal import join
from layoutlint.interpreter.core.limits import MAX_ITEMS
from layoutlint.interpreter.core.plain import MAX_TEXT, is_key
from layoutlint.interpreter.core.site import Site
from layoutlint.interpreter.core.values import (
    OTHERS,
    BoundMethod,
    Choice,
    ClassValue,
    Defaults,
    Deferred,
    External,
    Instance,
    LibraryObject,
    Ratio,
    Rest,
    Scope,
    Unknown,
    Value,
    is_enum,
    is_number,
    is_tuple,
    truth,
)
from layoutlint.interpreter.language import records
from layoutlint.interpreter.language.attributes import get_attribute
from layoutlint.interpreter.language.calls import bare_super
from layoutlint.model import sizes
from layoutlint.model.axes import Shape
from layoutlint.model.graph import Tensor
from layoutlint.model.sizes import Expression

BUILTINS = frozenset(name for name in dir(builtins) if not name.startswith("_")) | {
    "xrange",
    "unicode",
    "basestring",
}
SUPER = External("builtins.super")
PLAIN = (int, float, complex, str, bytes, bool, type(None), tuple, list, dict, set, frozenset, range)


def _constant(ev: Evaluator, node: ast.Constant, scope: Scope) -> Value:
    return node.value


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
    if ev.importer is not None:
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
            found.extend(items if items is not None else [Rest(Site(ev, element, scope).element(value))])
        else:
            found.append(ev.eval(element, scope))
    return found


def _tuple(ev: Evaluator, node: ast.Tuple, scope: Scope) -> Value:
    return tuple(_sequence(ev, node.elts, scope))


def _list(ev: Evaluator, node: ast.List, scope: Scope) -> Value:
    return ev.journal.born(_sequence(ev, node.elts, scope))


def _set(ev: Evaluator, node: ast.Set, scope: Scope) -> Value:
    items = _sequence(ev, node.elts, scope)
    if all(isinstance(item, str | int | float | type(None)) for item in items):
        return ev.journal.born(set(items))
    return ev.lost(node, scope, "a set of values that are not known")


def _dict(ev: Evaluator, node: ast.Dict, scope: Scope) -> Value:
    made: dict[Value, Value] = {}
    for key_node, value_node in zip(node.keys, node.values, strict=True):
        value = ev.eval(value_node, scope)
        if key_node is None:
            made.update(value if isinstance(value, dict) else {OTHERS: Unknown()})
            continue
        key = ev.eval(key_node, scope)
        made[key if is_key(key) else OTHERS] = value
    return ev.journal.born(made)


def _attribute(ev: Evaluator, node: ast.Attribute, scope: Scope) -> Value:
    return get_attribute(Site(ev, node, scope), ev.eval(node.value, scope), node.attr)


def _call(ev: Evaluator, node: ast.Call, scope: Scope) -> Value:
    callee = ev.eval(node.func, scope)
    if not node.args and callee == SUPER:
        return bare_super(ev, node, scope)
    return ev.call(Site(ev, node, scope), callee, arguments(ev, node, scope))


def arguments(ev: Evaluator, node: ast.Call, scope: Scope) -> Arguments:
    """The arguments of a call, evaluated in order."""
    positional: list[Value] = []
    keywords: dict[str, Value] = {}
    nodes: dict[str | int, ast.expr] = {}
    is_open = False
    for argument in node.args:
        if type(argument) is ast.Constant:
            nodes[len(positional)] = argument
            positional.append(argument.value)
        elif isinstance(argument, ast.Starred):
            items = ev.items(ev.eval(argument.value, scope))
            if items is None or any(isinstance(item, Rest) for item in items):
                is_open = True
                break
            positional.extend(items)
        else:
            nodes[len(positional)] = argument
            positional.append(ev.eval(argument, scope))
    for keyword in node.keywords:
        given = keyword.value
        value = given.value if type(given) is ast.Constant else ev.eval(given, scope)
        if keyword.arg is not None:
            keywords[keyword.arg] = value
            nodes[keyword.arg] = given
        elif isinstance(value, dict):
            is_open = is_open or OTHERS in value
            keywords.update((key, item) for key, item in value.items() if isinstance(key, str))
        else:
            is_open = True
    return Arguments(tuple(positional), keywords, is_open, nodes)


# ---------------------------------------------------------------------- operators

_BINARY: dict[type[ast.operator], tuple[str, Callable[[Any, Any], Any]]] = {
    ast.Add: ("+", operator.add),
    ast.Sub: ("-", operator.sub),
    ast.Mult: ("*", operator.mul),
    ast.Div: ("/", operator.truediv),
    ast.FloorDiv: ("//", operator.floordiv),
    ast.Mod: ("%", operator.mod),
    ast.Pow: ("**", operator.pow),
    ast.MatMult: ("@", operator.matmul),
    ast.LShift: ("<<", operator.lshift),
    ast.RShift: (">>", operator.rshift),
    ast.BitAnd: ("&", operator.and_),
    ast.BitOr: ("|", operator.or_),
    ast.BitXor: ("^", operator.xor),
}
_SIZE_ARITHMETIC: dict[str, Callable[[Any, Any], Any]] = {
    "+": sizes.add,
    "-": sizes.subtract,
    "*": sizes.multiply,
    "//": sizes.floor_divide,
    "%": sizes.modulo,
    "/": Ratio,
}


def _binary(ev: Evaluator, node: ast.BinOp, scope: Scope) -> Value:
    return binary(Site(ev, node, scope), node.op, ev.eval(node.left, scope), ev.eval(node.right, scope))


def binary(site: Site, op: ast.operator, left: Value, right: Value) -> Value:
    """The value of a binary operator."""
    sign, function = _BINARY[type(op)]
    if isinstance(left, Choice) or isinstance(right, Choice):
        return _over_choices(lambda a, b: binary(site, op, a, b), left, right)
    if isinstance(left, LibraryObject) or isinstance(right, LibraryObject):
        return library_objects.operator(site, sign, left, right)
    if isinstance(left, Tensor) or isinstance(right, Tensor):
        return arrays.operator(site, sign, [left, right])
    if isinstance(left, str) and sign == "%":
        return _formatted(left, right)
    if isinstance(left, PLAIN) and isinstance(right, PLAIN):
        return (
            site.journal.born(_plain(sign, function, left, right))
            if isinstance(left, list | dict | set)
            else _plain(sign, function, left, right)
        )
    if _is_sequence(left) or _is_sequence(right):
        if sign == "*" and isinstance(left, list | tuple) and len(left) == 1:
            return [Rest(left[0])] if isinstance(left, list) else (Rest(left[0]),)
        return Unknown(reason="a sequence of unknown length")
    numbers = [_number(left), _number(right)]
    if None not in numbers and sign in _SIZE_ARITHMETIC:
        return _SIZE_ARITHMETIC[sign](*numbers)
    if is_number(left) and is_number(right):
        return sizes.symbol("?", site.origin)
    for array, other in ((left, right), (right, left)):
        # an unknown array scaled or shifted by a number or by another unknown keeps its shape
        if isinstance(array, Unknown) and isinstance(other, float | Unknown | Ratio):
            return Unknown(None, array.origin, array.reason, like=array.like or array)
    return Unknown(reason="arithmetic with something unknown")


def _is_sequence(value: Value) -> bool:
    return isinstance(value, list | tuple | str | dict | set)


def _number(value: Value) -> int | Expression | None:
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, int | Expression):
        return value
    if isinstance(value, Unknown) and value.like is None:
        return value.size()
    return None


def _over_choices(function: Callable[[Value, Value], Value], left: Value, right: Value) -> Value:
    result: Value = None
    first = True
    for a in left.alternatives if isinstance(left, Choice) else (left,):
        for b in right.alternatives if isinstance(right, Choice) else (right,):
            value = function(a, b)
            result, first = (value if first else join(result, value)), False
    return result


def _plain(sign: str, function: Callable[[Any, Any], Any], left: Value, right: Value) -> Value:
    """Python's own arithmetic, with bounds on the size of what comes out."""
    if sign == "**" and isinstance(right, int | float) and (abs(right) > 64 or _large(left)):
        return Unknown(reason="a very large number")
    if sign == "<<" and isinstance(right, int) and right > 64:
        return Unknown(reason="a very large number")
    if sign == "*":
        for sequence, count in ((left, right), (right, left)):
            if isinstance(sequence, str | bytes | list | tuple) and isinstance(count, int):
                if len(sequence) * max(count, 0) > MAX_TEXT:
                    return Unknown(reason="a very long sequence")
                if any(isinstance(item, Rest) for item in sequence):
                    return [Rest(Unknown())] if isinstance(sequence, list) else (Rest(Unknown()),)
        if _large(left) and _large(right):
            return Unknown(reason="a very large number")
    if sign == "+" and isinstance(left, str | bytes | list | tuple) and len(left) > MAX_TEXT:
        return Unknown(reason="a very long sequence")
    try:
        return function(left, right)
    except Exception:
        return Unknown(reason="Python would raise here")


def _large(value: Value) -> bool:
    return isinstance(value, int) and value.bit_length() > 512


def _formatted(template: str, values: Value) -> Value:
    items = values if isinstance(values, tuple) else (values,)
    if isinstance(values, dict) or all(isinstance(item, str | int | float | type(None)) for item in items):
        try:
            text = template % values
        except Exception:
            return Unknown(reason="Python would raise here")
        return text if len(text) <= MAX_TEXT else Unknown(reason="a very long text")
    return Unknown(reason="a text with an unknown part")


def _unary(ev: Evaluator, node: ast.UnaryOp, scope: Scope) -> Value:
    value = ev.eval(node.operand, scope)
    if isinstance(node.op, ast.Not):
        answer = truth(value)
        return Unknown(reason="a condition that is not known") if answer is None else not answer
    if isinstance(node.op, ast.USub):
        if isinstance(value, int | float):
            return -value
        if isinstance(value, Expression):
            return sizes.multiply(value, -1)
    if isinstance(node.op, ast.UAdd) and isinstance(value, int | float | Expression):
        return value
    if isinstance(node.op, ast.Invert) and isinstance(value, int):
        return ~value
    if isinstance(value, Tensor):
        return arrays.operator(Site(ev, node, scope), "-", [value])
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
        return ev.choose([lambda: value, lambda: decided(operands[1:])], conditions)

    return decided(node.values)


def _compare(ev: Evaluator, node: ast.Compare, scope: Scope) -> Value:
    left = ev.eval(node.left, scope)
    certain = True
    for op, right_node in zip(node.ops, node.comparators, strict=True):
        right = ev.eval(right_node, scope)
        if isinstance(left, Tensor | LibraryObject) or isinstance(right, Tensor | LibraryObject):
            answer: bool | None
            if isinstance(op, ast.Is | ast.IsNot):
                answer = isinstance(op, ast.IsNot)
            elif isinstance(op, ast.In | ast.NotIn):
                answer = compare(op, left, right)
            else:
                return arrays.operator(Site(ev, node, scope), "==", [left, right])
        else:
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
    return item(Site(ev, node, scope), ev.eval(node.value, scope), ev.eval(node.slice, scope))


def item(site: Site, container: Value, key: Value) -> Value:
    """``container[key]``."""
    if isinstance(container, Choice):
        return _over_choices(lambda a, b: item(site, a, b), container, key)
    if isinstance(container, Tensor):
        return arrays.getitem(site, container, key)
    if isinstance(container, LibraryObject):
        return library_objects.item(site, container, key)
    if isinstance(container, list | tuple | str | range):
        return _sequence_item(site.evaluator, container, key)
    if isinstance(container, dict):
        if isinstance(key, Choice):
            return _over_choices(lambda a, b: item(site, a, b), container, key)
        if is_key(key):
            if key in container or OTHERS in container:
                return container.get(key, container.get(OTHERS))
            if isinstance(container, Defaults) and container.factory is not None:
                site.journal.touch(container)
                container[key] = site.call(container.factory, Arguments())
                return container[key]
            return site.lost(f"no key {key!r}")
        result: Value = Unknown(reason="an unknown key") if not container else None
        for index, value in enumerate(container.values()):
            result = value if index == 0 else join(result, value)
        return result
    if is_tuple(container):
        return _sequence_item(site.evaluator, records.tuple_items(container), key)
    if isinstance(container, Instance):
        owner, method = container.cls.find("__getitem__")
        if owner is not None:
            return site.call(BoundMethod(method, container), Arguments((key,)))
    if is_enum(container) and isinstance(key, str):
        return records.member(site.evaluator, container, key)
    if isinstance(container, External):
        joined = site.evaluator.registry.subscript(container.name)
        if joined is not None:
            return joined(site, key)
    assert isinstance(site.node, ast.Subscript)
    text = written(site.node.slice)
    if isinstance(container, External) and not _is_generic(container.name):
        shown = f"{container.name}[{text}]"
        return Unknown(shown, site.origin, f"{container.name} is known only when the program runs")
    if isinstance(container, ClassValue | External):
        return container
    if isinstance(container, Unknown):
        return container.part(f"[{text}]") if isinstance(key, PLAIN) else site.lost("an unknown item")
    return site.lost("an item of something unknown")


def _is_generic(name: str) -> bool:
    """Whether something from outside is a class, whose items are types: ``List[int]``, ``list[int]``."""
    return name.rsplit(".", 1)[-1][:1].isupper() or name.startswith(("builtins.", "typing."))


def _sequence_item(ev: Evaluator, container: Value, key: Value) -> Value:
    rest = next((i for i, value in enumerate(container) if isinstance(value, Rest)), None)
    if isinstance(key, slice):
        parts = (key.start, key.stop, key.step)
        if rest is not None or not all(part is None or isinstance(part, int) for part in parts):
            return Unknown(reason="a slice of unknown length")
        piece = container[key]
        return ev.journal.born(piece) if isinstance(piece, list) else piece
    if isinstance(key, Choice):
        return _over_choices(lambda a, b: _sequence_item(ev, a, b), container, key)
    if isinstance(key, int):
        if rest is None:
            return (
                container[key] if -len(container) <= key < len(container) else Unknown(reason="no such item")
            )
        if 0 <= key < rest:
            return container[key]
        tail = next(i for i, value in enumerate(reversed(container)) if isinstance(value, Rest))
        if -tail <= key < 0:
            return container[key]
        if rest != len(container) - 1:
            return Unknown(reason="an unknown item")
        return _any_item(container[rest].item)
    if isinstance(container, str | range) or not container or len(container) > 64:
        return Unknown(reason="an unknown item")
    values = [_any_item(value.item) if isinstance(value, Rest) else value for value in container]
    result = values[0]
    for value in values[1:]:
        result = join(result, value)
    return result


def _any_item(item: Value) -> Value:
    """One of the items that a :class:`Rest` stands for: what is not known of them may differ among them."""
    if not isinstance(item, Tensor) or item.shape is None:
        return item
    unknown = [
        isinstance(axis.size, Expression) and any(symbol.name == "?" for symbol in axis.size.symbols())
        for axis in item.shape
    ]
    if not any(unknown):
        return item
    axes = (
        axis.sized(sizes.unknown_size()) if is_unknown else axis
        for axis, is_unknown in zip(item.shape, unknown, strict=True)
    )
    return Tensor(Shape(axes), item.producer, item.origin, item.name)


def _slice(ev: Evaluator, node: ast.Slice, scope: Scope) -> Value:
    return slice(
        *(ev.eval(part, scope) if part is not None else None for part in (node.lower, node.upper, node.step))
    )


# ---------------------------------------------------------------------- the rest


def _conditional(ev: Evaluator, node: ast.IfExp, scope: Scope) -> Value:
    condition = truth(ev.eval(node.test, scope))
    if condition is not None:
        return ev.eval(node.body if condition else node.orelse, scope)
    text = condition_text(node.test)
    return ev.choose(
        [lambda: ev.eval(node.body, scope), lambda: ev.eval(node.orelse, scope)], (text, f"not ({text})")
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
        value = ev.eval(part, scope)
        if not isinstance(value, str):
            return Unknown(reason="a text with an unknown part")
        pieces.append(value)
    return "".join(pieces)


def _formatted_value(ev: Evaluator, node: ast.FormattedValue, scope: Scope) -> Value:
    value = ev.eval(node.value, scope)
    if not isinstance(value, str | int | float | type(None)):
        return Unknown(reason="a text with an unknown part")
    form = ev.eval(node.format_spec, scope) if node.format_spec is not None else ""
    text = repr(value) if node.conversion == ord("r") else value
    try:
        made = format(text, form if isinstance(form, str) and len(form) < 20 else "")
    except Exception:
        return Unknown(reason="Python would raise here")
    return made if len(made) < MAX_TEXT else Unknown(reason="a very long text")


def _comprehension(ev: Evaluator, node: Any, scope: Scope) -> Value:
    """A list of what the comprehension yields; with a :class:`Rest` where the number is unknown."""
    inner = Scope({}, scope, scope.module, scope.function)
    found: list[Value] = []

    def generate(index: int) -> None:
        if index == len(node.generators):
            element = (
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
        pairs = [pair for pair in found if isinstance(pair, tuple)]
        made = {key if is_key(key) else OTHERS: value for key, value in pairs}
        if len(pairs) < len(found):
            made[OTHERS] = Unknown()
        return ev.journal.born(made)
    if isinstance(node, ast.SetComp):
        if all(isinstance(element, str | int | float) for element in found):
            return ev.journal.born(set(found))
        return ev.lost(node, scope, "a set of values that are not known")
    return ev.journal.born(found)


def _yield(ev: Evaluator, node: ast.Yield | ast.YieldFrom, scope: Scope) -> Value:
    value = ev.eval(node.value, scope) if node.value is not None else None
    found, produced = scope.lookup("<yielded>")
    if found and isinstance(produced, list):
        ev.journal.touch(produced)
        if isinstance(node, ast.YieldFrom):
            items = ev.items(value)
            produced.extend(items if items is not None else [Rest(Unknown())])
        elif len(produced) < 256:
            produced.append(value)
    return Unknown(reason="what is sent into a generator")


def _await(ev: Evaluator, node: ast.Await, scope: Scope) -> Value:
    return ev.eval(node.value, scope)


def _starred(ev: Evaluator, node: ast.Starred, scope: Scope) -> Value:
    return ev.eval(node.value, scope)


def _not_followed(ev: Evaluator, node: ast.expr, scope: Scope) -> Value:
    return ev.lost(node, scope, "this expression is not followed")


EXPRESSIONS: defaultdict[type[ast.expr], Callable[[Evaluator, Any, Scope], Value]] = defaultdict(
    lambda: _not_followed
)
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
