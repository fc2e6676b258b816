"""Python's standard library, as far as programs that build models use it."""

from __future__ import annotations

import ast
import itertools
import math
import os.path

from layoutlint import sizes
from layoutlint.interpreter import command_line, records
from layoutlint.interpreter.builtins import Handler, _leave, _nothing, _through
from layoutlint.interpreter.evaluator import Arguments, Evaluator
from layoutlint.interpreter.values import External, Partial, Rest, Scope, Unknown, Value
from layoutlint.sizes import Expression

FIELD = External("dataclasses.field")


def function(name: str) -> Handler | None:
    """What carries out a function of the standard library (and of ``absl`` and ``click``), by its name."""
    found = _FUNCTIONS.get(name) or command_line.FUNCTIONS.get(name)
    if found is None and name.startswith("math.") and hasattr(math, name[5:]):
        return _math(name[5:])
    return found


def _partial(ev: Evaluator, arguments: Arguments, node: ast.expr, scope: Scope) -> Value:
    if not arguments.positional:
        return ev.lost(node, scope, "a partial of nothing")
    return Partial(arguments.positional[0], arguments.positional[1:], dict(arguments.keywords))


def _reduce(ev: Evaluator, arguments: Arguments, node: ast.expr, scope: Scope) -> Value:
    callee, items = arguments.get(0, "function"), ev.items(arguments.get(1, "iterable"))
    if items is None or any(isinstance(item, Rest) for item in items):
        return ev.lost(node, scope, "a reduction of unknown items")
    values = [arguments.positional[2], *items] if len(arguments.positional) > 2 else items
    if not values:
        return ev.lost(node, scope, "a reduction of nothing")
    result = values[0]
    for value in values[1:]:
        result = ev.call(callee, Arguments((result, value)), node, scope)
    return result


def _math(name: str) -> Handler:
    def run(ev: Evaluator, arguments: Arguments, node: ast.expr, scope: Scope) -> Value:
        from layoutlint.interpreter.expressions import Ratio

        value = arguments.get(0, "x")
        if isinstance(value, Ratio) and name in ("floor", "ceil", "trunc"):
            divide = sizes.ceil_divide if name == "ceil" else sizes.floor_divide
            return divide(value.numerator, value.denominator)
        if isinstance(value, Expression) and name in ("floor", "ceil", "trunc"):
            return value
        if name == "prod":
            items = ev.items(value)
            if items is not None and all(isinstance(item, int | Expression) for item in items):
                return sizes.product(items)
        if name in ("factorial", "comb", "perm") and isinstance(value, int) and value > 200:
            return ev.lost(node, scope, "a very large number")
        return _through(getattr(math, name))(ev, arguments, node, scope)

    return run


def _copied(ev: Evaluator, arguments: Arguments, node: ast.expr, scope: Scope) -> Value:
    value = arguments.get(0, "x")
    return ev.journal.born(value.copy()) if isinstance(value, list | dict | set) else value


def _deep_copied(ev: Evaluator, arguments: Arguments, node: ast.expr, scope: Scope) -> Value:
    def copied(value: Value, depth: int = 0) -> Value:
        if depth < 20 and isinstance(value, list):
            return ev.journal.born([copied(item, depth + 1) for item in value])
        if depth < 20 and isinstance(value, dict):
            return ev.journal.born({key: copied(item, depth + 1) for key, item in value.items()})
        return value

    return copied(arguments.get(0, "x"))


def _chain(ev: Evaluator, arguments: Arguments, node: ast.expr, scope: Scope) -> Value:
    found: list[Value] = []
    for value in arguments.positional:
        items = ev.items(value)
        found.extend(items if items is not None else [Rest(Unknown())])
    return [*found, Rest(Unknown())] if arguments.open else found


def _product(ev: Evaluator, arguments: Arguments, node: ast.expr, scope: Scope) -> Value:
    columns = [ev.items(value) for value in arguments.positional]
    repeat = arguments.keywords.get("repeat", 1)
    known = [column for column in columns if column is not None]
    count = math.prod(len(column) for column in known)
    if len(known) < len(columns) or not isinstance(repeat, int) or count ** max(repeat, 1) > 1000:
        return [Rest(Unknown())]
    return [tuple(row) for row in itertools.product(*known, repeat=repeat)]


def _ordered(ev: Evaluator, arguments: Arguments, node: ast.expr, scope: Scope) -> Value:
    from layoutlint.interpreter import builtins

    return builtins._FUNCTIONS["dict"](ev, arguments, node, scope)


def _default_dict(ev: Evaluator, arguments: Arguments, node: ast.expr, scope: Scope) -> Value:
    return ev.lost(node, scope, "a dict with defaults")


def _path_join(ev: Evaluator, arguments: Arguments, node: ast.expr, scope: Scope) -> Value:
    if all(isinstance(value, str) for value in arguments.positional) and arguments.positional:
        return os.path.join(*arguments.positional)  # noqa: PTH118 (the program's own os.path.join)
    return ev.lost(node, scope, "a path with an unknown part")


def _environment(ev: Evaluator, arguments: Arguments, node: ast.expr, scope: Scope) -> Value:
    return ev.lost(node, scope, "the environment in which the program runs")


def _field(ev: Evaluator, arguments: Arguments, node: ast.expr, scope: Scope) -> Value:
    """``dataclasses.field(…)``: kept until an object is made, for its ``default_factory`` runs anew each
    time.
    """
    return Partial(FIELD, (), dict(arguments.keywords))


_FUNCTIONS: dict[str, Handler] = {
    "functools.partial": _partial,
    "functools.reduce": _reduce,
    "dataclasses.field": _field,
    "collections.namedtuple": records.named_tuple,
    "typing.NamedTuple": records.named_tuple,
    "copy.copy": _copied,
    "copy.deepcopy": _deep_copied,
    "itertools.chain": _chain,
    "itertools.product": _product,
    "collections.OrderedDict": _ordered,
    "collections.defaultdict": _default_dict,
    "os.path.join": _path_join,
    "os.getenv": _environment,
    "sys.exit": _leave,
    "os._exit": _leave,
    "random.seed": _nothing,
}
