"""Variants of a program in which one part has become something unknown."""

from __future__ import annotations

import ast
import random
from collections.abc import Callable, Iterator
from typing import Any, Final

from tests.forgetting.effects import changing_functions, is_changing
from tests.forgetting.programs import LINE, Program, Variant

OUTSIDE: Final = "outside_package"
FOUND: Final = f"import {OUTSIDE}, os, json, pickle"
UNKNOWN: Final = {
    "attribute": "{outside}.value",
    "attribute of an attribute": "{outside}.settings.width",
    "attribute in capitals": "{outside}.VALUES",
    "attribute of a class": "{outside}.Settings.width",
    "item of a constant": "{outside}.CLASSES[0]",
    "item of a dict": "{outside}.settings['width']",
    "object": "{outside}.Thing()",
    "attribute of an object": "{outside}.Thing().value",
    "call": "{outside}.function()",
    "call on it": "{outside}.function({it})",
    "environment": "os.environ['VALUE']",
    "environment with a default": "os.environ.get('VALUE')",
    "number of the environment": "int(os.environ['VALUE'])",
    "file": "json.load(open('settings.json'))['value']",
    "pickle": "pickle.load(open('value.pkl', 'rb'))",
    "text of a file": "open('value.txt').read()",
    "parameter": "forgotten",
}
"""Ways to write something of which nothing is known; ``{it}`` is what stood there."""

NUMBERS_ALONE: Final = frozenset(["number of the environment"])
TEXTS_ALONE: Final = frozenset(["text of a file"])
CONSTANT: Final = (ast.Constant, ast.UnaryOp)

Place = tuple[Any, str, int | None]
"""A node, the field that holds an expression, and the position in the field."""


def forgotten(program: Program, chance: random.Random) -> Variant | None:
    """Return the program with one part forgotten, None where the drawn kind finds nothing to forget."""
    kind = chance.choices(list(KINDS), [weight for weight, _ in KINDS.values()])[0]
    tree = program.tree()
    said = KINDS[kind][1](tree, chance)
    if said is None:
        return None
    _with_imports(tree)
    return Variant(program, kind, said, tree)


def _with_imports(tree: ast.Module) -> None:
    at = next(
        (
            i
            for i, node in enumerate(tree.body)
            if not (isinstance(node, ast.ImportFrom) and node.module == "__future__")
            and not (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant))
        ),
        len(tree.body),
    )
    tree.body[at:at] = ast.parse(FOUND).body


def _expression(tree: ast.Module, chance: random.Random) -> str | None:
    return _replaced(tree, chance, lambda node: not isinstance(node, ast.Constant))


def _constant(tree: ast.Module, chance: random.Random) -> str | None:
    return _replaced(tree, chance, lambda node: isinstance(node, ast.Constant))


def _condition(tree: ast.Module, chance: random.Random) -> str | None:
    tests = {id(node.test) for node in ast.walk(tree) if isinstance(node, ast.If | ast.IfExp | ast.While)}
    return _replaced(tree, chance, lambda node: id(node) in tests)


def _argument(tree: ast.Module, chance: random.Random) -> str | None:
    given = {
        id(part)
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        for part in (*node.args, *(keyword.value for keyword in node.keywords))
    }
    return _replaced(tree, chance, lambda node: id(node) in given)


def _default(tree: ast.Module, chance: random.Random) -> str | None:
    given = {
        id(part)
        for node in ast.walk(tree)
        if isinstance(node, ast.arguments)
        for part in (*node.defaults, *node.kw_defaults)
    }
    return _replaced(tree, chance, lambda node: id(node) in given)


def _replaced(tree: ast.Module, chance: random.Random, wanted: Callable[[ast.expr], bool]) -> str | None:
    changing = changing_functions(tree)
    receivers = {
        id(part)
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and is_changing(ast.Call(node.func, [], []), changing)
        for part in ast.walk(node.func)
    }
    places = [
        place
        for place in _places(tree)
        if wanted(_at(place)) and not is_changing(_at(place), changing) and id(_at(place)) not in receivers
    ]
    if not places:
        return None
    place = chance.choice(places)
    before = _at(place)
    is_number = isinstance(before, CONSTANT) and isinstance(
        getattr(before, "value", getattr(before, "operand", None)), int | float | ast.Constant
    )
    is_text = isinstance(before, ast.Constant) and isinstance(before.value, str)
    ways = [
        way
        for way in UNKNOWN
        if (is_number or way not in NUMBERS_ALONE) and (is_text or way not in TEXTS_ALONE)
    ]
    way = chance.choice(ways)
    written = ast.unparse(before)
    text = UNKNOWN[way].format(outside=OUTSIDE, it=written)
    if way == "parameter":
        holder = _function_around(tree, before)
        if holder is None:
            return None
        _put(place, ast.parse(text, mode="eval").body)
        holder.args.kwonlyargs.append(ast.arg("forgotten"))
        holder.args.kw_defaults.append(ast.parse(f"{OUTSIDE}.value", mode="eval").body)
    else:
        _put(place, ast.parse(text, mode="eval").body)
    return f"{written[:60]} → {text[:60]} ({way})"


def _function_around(tree: ast.Module, wanted: ast.AST) -> ast.FunctionDef | None:
    found = None
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef) and any(
            part is wanted for statement in node.body for part in ast.walk(statement)
        ):
            found = node  # walked from the outside in
    return found


def _places(tree: ast.Module) -> Iterator[Place]:
    """Yield where expressions stand whose value is read, in the order of the walk."""
    for node in _walked(tree):
        for name, value in ast.iter_fields(node):
            if isinstance(value, ast.expr):
                if _may_be_forgotten(node, name, value):
                    yield node, name, None
            elif isinstance(value, list):
                for index, one in enumerate(value):
                    if isinstance(one, ast.expr) and _may_be_forgotten(node, name, one):
                        yield node, name, index


def _walked(node: ast.AST) -> Iterator[ast.AST]:
    yield node
    for name, value in ast.iter_fields(node):
        if name in ("annotation", "returns", "type_params") or isinstance(node, ast.JoinedStr | ast.pattern):
            continue
        for child in value if isinstance(value, list) else [value]:
            # what the program insists on is no value that it computes with
            if isinstance(child, ast.AST) and not isinstance(child, ast.Assert):
                yield from _walked(child)


def _may_be_forgotten(node: ast.AST, name: str, value: ast.expr) -> bool:
    if isinstance(value, ast.Slice | ast.Starred | ast.FormattedValue | ast.JoinedStr):
        return False
    if isinstance(value, ast.Tuple) and any(isinstance(part, ast.Slice) for part in value.elts):
        return False
    if not isinstance(getattr(value, "ctx", ast.Load()), ast.Load):
        return False
    if isinstance(node, ast.Expr | ast.JoinedStr | ast.match_case | ast.With | ast.withitem | ast.Delete):
        return False
    if isinstance(node, ast.Attribute | ast.Subscript) and not isinstance(node.ctx, ast.Load):
        return False
    return name not in ("annotation", "returns", "target", "targets", "type", "optional_vars")


def _at(place: Place) -> Any:
    node, name, index = place
    value = getattr(node, name)
    return value if index is None else value[index]


def _put(place: Place, value: ast.expr) -> None:
    node, name, index = place
    if index is None:
        setattr(node, name, value)
    else:
        getattr(node, name)[index] = value


def _import(tree: ast.Module, chance: random.Random) -> str | None:
    """Import one name, or all names of a statement, from a package that is not here."""
    statements = [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.Import | ast.ImportFrom)
        and getattr(node, "module", "") != "__future__"
        and not any(alias.name == "*" for alias in node.names)
    ]
    if not statements:
        return None
    node = chance.choice(statements)
    alias = chance.choice(node.names)
    bound = alias.asname or alias.name.split(".")[0]
    said = f"{bound} is imported from outside"
    if isinstance(node, ast.ImportFrom):
        node.names.remove(alias)
        new: ast.stmt = ast.parse(f"from {OUTSIDE} import {alias.name} as {bound}").body[0]
    else:
        node.names.remove(alias)
        new = ast.parse(f"import {OUTSIDE} as {bound}").body[0]
    setattr(new, LINE, getattr(node, LINE))
    for holder in ast.walk(tree):
        for _, value in ast.iter_fields(holder):
            if isinstance(value, list) and node in value:
                at = value.index(node)
                value[at : at + 1] = [new, node] if node.names else [new]
    return said


def _body(tree: ast.Module, chance: random.Random) -> str | None:
    """Replace what a function does, where it only computes its result."""
    changing = changing_functions(tree)
    found = [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef) and node.name not in changing and not node.name.startswith("__")
    ]
    if not found:
        return None
    node = chance.choice(found)
    line = getattr(node, LINE)
    parameters = [argument.arg for argument in node.args.args]
    text = chance.choice([f"{OUTSIDE}.value", f"{OUTSIDE}.function({', '.join(parameters)})"])
    node.body = ast.parse(f"return {text}").body
    setattr(node.body[0], LINE, line)
    return f"{node.name} returns {text}"


def _base(tree: ast.Module, chance: random.Random) -> str | None:
    """Let a class descend from one that is not here, in the place of a base or beside it."""
    found = [node for node in ast.walk(tree) if isinstance(node, ast.ClassDef)]
    if not found:
        return None
    node = chance.choice(found)
    base = ast.parse(f"{OUTSIDE}.Base", mode="eval").body
    if node.bases and chance.random() < 0.5:
        node.bases[chance.randrange(len(node.bases))] = base
    else:
        node.bases.insert(0, base)
    return f"{node.name} has a base from outside"


def _open_arguments(tree: ast.Module, chance: random.Random) -> str | None:
    """Give an argument as part of ``*args`` or ``**settings`` that are not known."""
    changing = changing_functions(tree)
    calls = [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and any(keyword.arg and not is_changing(keyword.value, changing) for keyword in node.keywords)
    ]
    if not calls:
        return None
    call = chance.choice(calls)
    named = [k for k in call.keywords if k.arg and not is_changing(k.value, changing)]
    gone = chance.choice(named)
    call.keywords.remove(gone)
    call.keywords.append(ast.keyword(None, ast.parse(f"{OUTSIDE}.settings", mode="eval").body))
    return f"{ast.unparse(call.func)[:40]}({gone.arg}=…) → **{OUTSIDE}.settings"


def _whole(tree: ast.Module, chance: random.Random) -> str | None:
    """Pass a value through a function that is not here, wherever a name is assigned to."""
    assignments = [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign) and len(node.targets) == 1 and isinstance(node.targets[0], ast.Name)
    ]
    if not assignments:
        return None
    node = chance.choice(assignments)
    name = ast.unparse(node.targets[0])
    node.value = ast.parse(f"{OUTSIDE}.function({ast.unparse(node.value)})", mode="eval").body
    return f"{name} passes through a function from outside"


KINDS: Final[dict[str, tuple[int, Callable[[ast.Module, random.Random], str | None]]]] = {
    "expression": (8, _expression),
    "constant": (5, _constant),
    "argument": (5, _argument),
    "condition": (2, _condition),
    "default": (1, _default),
    "import": (2, _import),
    "function body": (2, _body),
    "base class": (1, _base),
    "open arguments": (2, _open_arguments),
    "passed through": (2, _whole),
}
"""What may be forgotten, with how often it is drawn."""
