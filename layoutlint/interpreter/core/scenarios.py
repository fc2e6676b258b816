"""Scenarios: what follows a choice among a few known values is evaluated for each of them.

Joined, ``width = 64 if small else 128`` is one of two numbers, and a layer of that width has an unknown size.
Evaluated once for each number, every size is known, and what is found says for which. What a scenario costs
is all that follows the choice in its block, so there are few of them in a file.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations
from typing import Final, cast

from layoutlint.interpreter.core.extent import is_small
from layoutlint.interpreter.core.journal import Changes, same
from layoutlint.interpreter.core.plain import is_plain
from layoutlint.interpreter.core.values import (
    Choice,
    ClassValue,
    External,
    FunctionValue,
    Instance,
    ModelValue,
    NativeMethod,
    Scope,
    Unknown,
    Value,
)
from layoutlint.model.graph import Tensor
from layoutlint.model.sizes import Expression

MAX_FORKS: Final = 6
"""Up to so many choices of a file are followed."""
MAX_SIDES: Final = 4
MAX_NAMED: Final = 30
MAX_INSIDE: Final = 1
"""How many choices may lie in each other: each multiplies what follows."""
DEPTH: Final = 3
"""How deep in containers and objects is looked for what sizes depend on."""
FORMATS: Final = frozenset(["channels_first", "channels_last", "same", "valid"])
"""Texts that sizes depend on."""
CHANNEL_AXES: Final = frozenset([-1, 1, 3, 4])
"""Numbers of axes that come with a data format, of which nothing else is known: no scenario of its own."""
NO_SIZES: Final = frozenset(["epochs", "verbose", "seed", "steps_per_epoch", "patience"])
"""Names for numbers that no size depends on."""


def tells(value: Value) -> bool:
    """Tell whether sizes may depend on which value this is; what lies deeper in it is not looked at."""
    level = [value]
    for _ in range(DEPTH):
        if any(map(_tells_itself, level)):
            return True
        # values share their parts: each is looked at once
        level = list({id(part): part for each in level for part in _inside(each)}.values())
    return False


def _tells_itself(value: Value) -> bool:
    match value:
        case bool():
            return False
        case int() | ClassValue():
            return True
        case str():
            return value in FORMATS
        case Tensor():
            return value.shape is not None
        case _:
            return False


def _inside(value: Value) -> Iterable[Value]:
    """Return the parts of a value on which sizes may depend."""
    match value:
        case Instance():
            return (*value.attributes.values(), *value.cls.namespace.values())
        case tuple() | list() if is_small(value) and not any(isinstance(item, Tensor) for item in value):
            return value  # of several tensors it is open how many there are
        case _:
            return ()


def differ(values: Sequence[Value]) -> bool:
    """Tell whether joining these values loses sizes."""
    if not _are_told_apart(values):
        return False
    level = list(combinations(values, 2))
    for _ in range(DEPTH):
        if any(_apart(*pair) for pair in level):
            return True
        below = {(id(one), id(other)): (one, other) for pair in level for one, other in _attributes(*pair)}
        level = [pair for pair in below.values() if _are_told_apart(pair)]
    return any(_apart(*pair) for pair in level)


def _are_told_apart(values: Sequence[Value]) -> bool:
    """Tell whether sizes may depend on which of these values it is."""
    if {type(value) for value in values} == {int} and CHANNEL_AXES.issuperset(values):
        return False
    return all(map(tells, values))


def _apart(one: Value, other: Value) -> bool:
    match one, other:
        case Tensor(), Tensor():
            return one.shape is not None and other.shape is not None and one.shape.sizes != other.shape.sizes
        case Instance(), Instance() if one.cls is other.cls:
            return False  # their attributes tell
        case _:
            return not same(one, other)


def _attributes(one: Value, other: Value) -> Iterable[tuple[Value, Value]]:
    """Return the values of each attribute that two objects of one class have."""
    match one, other:
        case Instance(), Instance() if one.cls is other.cls:
            names = one.attributes.keys() & other.attributes.keys()
            return [(one.attributes[name], other.attributes[name]) for name in names]
        case _:
            return ()


def is_choice(name: str, value: Value) -> bool:
    """Tell whether a name holds one of a few values of which each is worth following."""
    return (
        isinstance(value, Choice)
        and name not in NO_SIZES
        and len(value.alternatives) <= MAX_SIDES
        and differ(value.alternatives)
        and not _are_orders(value.alternatives)
    )


def changed_apart(variables: dict[str, Value], sides: Iterable[Changes]) -> frozenset[str]:
    """Return the names to which the sides of a branch have given values that are worth following."""
    contents = [side[id(variables)][1] if id(variables) in side else variables for side in sides]
    found = [cast("dict[str, Value]", content) for content in contents if isinstance(content, dict)]
    names = set.intersection(*(set(content) for content in found)) - NO_SIZES
    each = {name: [content[name] for content in found] for name in names}
    values = {name: held for name, held in each.items() if any(value is not held[0] for value in held)}
    if any(map(_are_orders, values.values())):
        return frozenset()
    return frozenset(name for name, held in values.items() if differ(held))


def _are_orders(values: Sequence[Value]) -> bool:
    """Tell whether these are one shape in several orders, ``(3, 64, 64)`` or ``(64, 64, 3)``: what chooses
    among them is the data format, which the layers behind follow.
    """
    shapes = [value for value in values if isinstance(value, tuple) and all(map(_is_size, value))]
    if len(shapes) < len(values) or all(map(same, values, values[1:])):
        return False
    sizes = [sorted(map(repr, shape)) for shape in shapes]
    return all(each == sizes[0] for each in sizes)


def _is_size(value: Value) -> bool:
    return isinstance(value, int | Expression | Unknown) or value is None


ANEW: Final = re.compile(r"rand|^(choice|sample|uniform|next|pop|popleft|input|read|readline)$")
"""Functions and methods that may answer otherwise each time."""


def grounds_of(tests: Iterable[ast.expr], scope: Scope) -> dict[str, Value]:
    """Return what conditions are read from: the values of their names, and of the attributes of objects of
    the program. Empty where nobody can say.
    """
    found: dict[str, Value] = {}
    for node in (part for test in tests for part in ast.walk(test)):
        match node:
            case ast.Call(ast.Name(name) | ast.Attribute(attr=name)) if ANEW.search(name):
                return {}
            case ast.Name(name):
                found[name] = scope.lookup(name)[1]
            case ast.Attribute(ast.Name(name), attribute):
                if isinstance(scope.lookup(name)[1], Instance | ClassValue):
                    found[f"{name}.{attribute}"] = looked_up(f"{name}.{attribute}", scope)
    return found


def looked_up(text: str, scope: Scope) -> Value:
    """Return the value of a name, or of an attribute of a class of the program or of an object of one."""
    name, _, attribute = text.partition(".")
    owner = scope.lookup(name)[1]
    match owner:
        case _ if not attribute:
            return owner
        case Instance():
            return owner.attributes.get(attribute, owner.cls.find(attribute)[1])
        case ClassValue():
            return owner.find(attribute)[1]
        case _:
            return None


MAX_CONSTANT: Final = 1000
"""A constant with more characters than this does not stand for its name."""


def constants_in(grounds: Mapping[str, Value]) -> dict[str, str]:
    """Return what stands for names that hold a text, a number or a collection of them: ``KINDS`` is
    ``['cnn', 'lstm']``.
    """
    written = {name: _as_constant(value) for name, value in grounds.items()}
    return {name: text for name, text in written.items() if text is not None and len(text) <= MAX_CONSTANT}


def _as_constant(value: Value) -> str | None:
    """Return a constant as Python writes it. In a table of anything else than numbers and texts, which object
    it is stands for each.
    """
    if isinstance(value, dict) and not is_plain(value):
        return repr({key: id(item) for key, item in value.items()}) if is_plain(list(value)) else None
    is_constant = isinstance(value, str | int | float | list | tuple | set | frozenset | dict)
    return repr(value) if is_constant and is_plain(value) else None


def followed_to(names: frozenset[str], statements: Sequence[ast.stmt], start: int) -> int:
    """Return where the statements end that are followed for each value of some names: behind the last one
    that reads them, or what was made of them, and before what is defined there, which is called later.
    """
    end, made = start, set(names)
    for place in range(start, len(statements)):
        statement = statements[place]
        if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            break
        mentioned = [node for node in ast.walk(statement) if isinstance(node, ast.Name)]
        if any(node.id in made and isinstance(node.ctx, ast.Load) for node in mentioned):
            end = place + 1
            made |= {node.id for node in mentioned if isinstance(node.ctx, ast.Store)}
            made |= _changed_by(statement)
    return end


def _changed_by(statement: ast.stmt) -> set[str]:
    """Return the object whose method is called: ``model`` of ``model.add(Dense(width))``."""
    match statement:
        case ast.Expr(ast.Call(ast.Attribute(ast.Name(name)))):
            return {name}
        case _:
            return set()


def named(value: Value) -> str:
    """Return a value of a choice, as a condition says it."""
    match value:
        case bool() | int() | str() | tuple() if is_plain(value):
            text = repr(value)
            return text if len(text) <= MAX_NAMED else "another one"
        case FunctionValue(name=str(name)) | ClassValue(name=str(name)) | External(str(name)):
            return name
        case NativeMethod(name=str(name)) | Tensor(name=str(name)) | ModelValue(name=str(name)):
            return name
        case Unknown(str(name)) | Instance(ClassValue(name=str(name))):
            return name
        case _:
            return "another one"
