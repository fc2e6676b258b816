"""The standard library and the data libraries, as far as programs that build models use them."""

from __future__ import annotations

import ast
import itertools
import math
import os.path
from functools import cache
from pathlib import Path
from typing import Any

from layoutlint import sizes
from layoutlint.axes import Axis, Evidence, Shape
from layoutlint.graph import Tensor
from layoutlint.interpreter import command_line, records
from layoutlint.interpreter.builtins import Handler, _leave, _nothing, _through
from layoutlint.interpreter.evaluator import Arguments, Evaluator
from layoutlint.interpreter.values import (
    External,
    Partial,
    Rest,
    Scope,
    Unknown,
    Value,
    as_size,
)
from layoutlint.sizes import Expression, unknown_size

FIELD = External("dataclasses.field")
KNOWLEDGE = Path(__file__).parent.parent / "knowledge"


def function(name: str) -> Handler | None:
    """What carries out a function of a library, by its qualified name."""
    found = _FUNCTIONS.get(name) or command_line.FUNCTIONS.get(name)
    if found is None and name.startswith("math.") and hasattr(math, name[5:]):
        return _math(name[5:])
    if found is None and name.endswith(".load_data") and name in _datasets():
        return _dataset(name)
    return found


# ---------------------------------------------------------------------- the standard library


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
    return found


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


# ---------------------------------------------------------------------- data


def _drawing(name: str) -> Handler:
    """A generator of random numbers: its methods are operations under this name."""

    def make(ev: Evaluator, arguments: Arguments, node: ast.expr, scope: Scope) -> Value:
        return External(name)

    return make


def _train_test_split(ev: Evaluator, arguments: Arguments, node: ast.expr, scope: Scope) -> Value:
    """Each array split in two along its samples: the other axes stay as they are."""
    found: list[Value] = []
    for value in arguments.positional:
        for _ in range(2):
            found.append(_some_samples(ev, value, node, scope))
    return found


def _some_samples(ev: Evaluator, value: Value, node: ast.expr, scope: Scope) -> Value:
    if isinstance(value, Tensor) and value.shape is not None and value.shape.rank:
        shape = value.shape.replaced(0, value.shape[0].sized(unknown_size()))
        return Tensor(shape, value.producer, value.origin)
    return ev.lost(node, scope, "a part of an array that is not known")


def _pad_sequences(ev: Evaluator, arguments: Arguments, node: ast.expr, scope: Scope) -> Value:
    sequences, length = arguments.get(0, "sequences"), arguments.get(1, "maxlen")
    samples: Any = unknown_size()
    if isinstance(sequences, Tensor) and sequences.shape is not None and sequences.shape.rank:
        samples = sequences.shape[0].size
    size = unknown_size() if length is None else as_size(length)
    return Tensor(Shape((Axis(samples, "samples"), Axis(size, "tokens"))), None, ev.origin(node, scope))


@cache
def _datasets() -> dict[str, Any]:
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    with (KNOWLEDGE / "datasets.yaml").open(encoding="utf-8") as file:
        found: dict[str, Any] = yaml.load(file, loader)
    return found


def _dataset(name: str) -> Handler:
    """What a loader returns, axis by axis, from the knowledge base."""

    def load(ev: Evaluator, arguments: Arguments, node: ast.expr, scope: Scope) -> Value:
        origin = ev.origin(node, scope)

        def made(description: Any) -> Value:
            if description is None:
                return ev.lost(node, scope, "sequences of different lengths")
            if isinstance(description, list):
                return tuple(made(item) for item in description)
            axes = []
            for role, size in description.items():
                shown = f"{name.removeprefix('keras.datasets.')} gives {role}={size}"
                axes.append(
                    Axis(size if size is not None else unknown_size(), role, (Evidence(shown, origin),))
                )
            return Tensor(Shape(axes), None, origin)

        return made(_datasets()[name]["returns"])

    return load


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
    "numpy.random.RandomState": _drawing("numpy.random.RandomState"),
    "numpy.random.default_rng": _drawing("numpy.random.Generator"),
    "random.seed": _nothing,
    "numpy.random.seed": _nothing,
    "tensorflow.random.set_seed": _nothing,
    "keras.utils.set_random_seed": _nothing,
    "sklearn.model_selection.train_test_split": _train_test_split,
    "sklearn.cross_validation.train_test_split": _train_test_split,
    "keras.utils.pad_sequences": _pad_sequences,
}
