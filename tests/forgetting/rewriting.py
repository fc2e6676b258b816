"""Variants of a program that mean the same, written in another way."""

from __future__ import annotations

import ast
import copy
import random
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Any, Final

from layoutlint.layers.registry import find
from tests.forgetting.effects import called_name, changing_functions, is_changing
from tests.forgetting.programs import LINE, Program, Variant

MEANINGLESS: Final = frozenset(
    ["x", "y", "out", "net", "model", "m", "tmp", "result", "layer", "inputs", "outputs"]
)
"""Names of variables that say nothing of an axis."""
NESTED: Final = (ast.Lambda, ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp, ast.IfExp, ast.BoolOp)
MOVING: Final = frozenset(["add into list", "variable inlined"])
"""Kinds that put two statements into one: what is found is on another line then."""
SIMPLE: Final = (ast.Assign, ast.AugAssign, ast.Expr, ast.Return, ast.AnnAssign)


def rewritten(program: Program, chance: random.Random) -> Variant | None:
    """Return the program written in another way, None where the drawn kind finds nothing to rewrite."""
    kind = chance.choices(list(KINDS), [weight for weight, _ in KINDS.values()])[0]
    tree = program.tree()
    made = KINDS[kind][1](tree, chance)
    if made is None:
        return None
    said, beside = made if isinstance(made, tuple) else (made, ())
    return Variant(program, kind, said, tree, beside)


def _blocks(tree: ast.AST) -> Iterator[list[ast.stmt]]:
    """Yield the lists of statements of a program."""
    for node in ast.walk(tree):
        for _, value in ast.iter_fields(node):
            if isinstance(value, list) and value and isinstance(value[0], ast.stmt):
                yield value


def _parsed(text: str, like: ast.stmt) -> list[ast.stmt]:
    """Parse statements that stand for one of the program."""
    made = ast.parse(text).body
    for statement in made:
        for node in ast.walk(statement):
            if isinstance(node, ast.stmt):
                setattr(node, LINE, getattr(like, LINE))
    return made


def _start(tree: ast.Module) -> int:
    """Return the position behind the docstring and imports from the future."""
    for index, node in enumerate(tree.body):
        is_text = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
        if not is_text and not (isinstance(node, ast.ImportFrom) and node.module == "__future__"):
            return index
    return len(tree.body)


def _own_expressions(statement: ast.AST) -> Iterator[tuple[Any, str, int | None, ast.expr]]:
    """Yield the expressions of a statement that are evaluated once and for certain, with their places."""
    for name, value in ast.iter_fields(statement):
        for index, one in enumerate(value) if isinstance(value, list) else [(None, value)]:
            if isinstance(one, ast.keyword):
                yield from _own_expressions(one)
            if not isinstance(one, ast.expr) or isinstance(one, ast.Starred | ast.JoinedStr | ast.Slice):
                continue
            if isinstance(one, ast.Tuple) and any(
                isinstance(part, ast.Slice | ast.Starred) for part in one.elts
            ):
                continue
            if name in ("annotation", "target", "targets") or not isinstance(
                getattr(one, "ctx", ast.Load()), ast.Load
            ):
                continue
            yield statement, name, index, one
            if not isinstance(one, NESTED):
                yield from _own_expressions(one)


def _put(node: Any, name: str, index: int | None, value: ast.expr) -> None:
    if index is None:
        setattr(node, name, value)
    else:
        getattr(node, name)[index] = value


def _constant_into_function(tree: ast.Module, chance: random.Random) -> str | None:
    """Return a constant from a function that is defined at the top."""
    places = [
        (holder, name, index, one)
        for block in _blocks(tree)
        for statement in block
        if isinstance(statement, SIMPLE)
        for holder, name, index, one in _own_expressions(statement)
        if isinstance(one, ast.Constant)
        and one.value is not None
        and not isinstance(holder, ast.Expr | ast.Slice)
    ]
    if not places:
        return None
    holder, name, index, one = chance.choice(places)
    _put(holder, name, index, ast.parse("chosen_value()", mode="eval").body)
    at = _start(tree)
    like = tree.body[at]
    tree.body[at:at] = _parsed(f"def chosen_value():\n    return {ast.unparse(one)}", like)
    return f"{ast.unparse(one)[:40]} comes from a function"


def _extracted(tree: ast.Module, chance: random.Random) -> str | None:
    """Assign an expression to a variable first."""
    changing = changing_functions(tree)
    places = [
        (block, statement, holder, name, index, one)
        for block in _blocks(tree)
        for statement in block
        if isinstance(statement, SIMPLE) and not is_changing(statement, changing - {"add"})
        for holder, name, index, one in _own_expressions(statement)
        if not isinstance(holder, ast.stmt)
        and not (isinstance(holder, ast.Call) and name == "func")
        # the names of variables carry meaning
        and not isinstance(one, ast.Name | ast.Attribute)
    ]
    if not places:
        return None
    block, statement, holder, name, index, one = chance.choice(places)
    _put(holder, name, index, ast.Name("value", ast.Load()))
    at = block.index(statement)
    block[at:at] = _parsed(f"value = {ast.unparse(one)}", statement)
    return f"{ast.unparse(one)[:60]} is assigned first"


def _inlined(tree: ast.Module, chance: random.Random) -> str | None:
    """Write the value of a variable where the next statement reads it, its one use."""
    names = [node.id for node in ast.walk(tree) if isinstance(node, ast.Name)]
    places = []
    for block in _blocks(tree):
        for first, second in pairwise(block):
            if (
                isinstance(first, ast.Assign)
                and len(first.targets) == 1
                and isinstance(first.targets[0], ast.Name)
                and names.count(first.targets[0].id) == 2
                and isinstance(second, SIMPLE)
            ):
                reads = [
                    p
                    for p in _own_expressions(second)
                    if isinstance(p[3], ast.Name) and p[3].id == first.targets[0].id
                ]
                if reads:
                    places.append((block, first, reads[0]))
    if not places:
        return None
    block, first, (holder, name, index, one) = chance.choice(places)
    if not isinstance(first.value, ast.Call) or first.targets[0].id not in MEANINGLESS:
        return None
    _put(holder, name, index, first.value)
    block.remove(first)
    return f"{ast.unparse(one)} is inlined"


def _unrolled(tree: ast.Module, chance: random.Random) -> str | None:
    """Write a short loop over a range or a list of constants round by round."""
    loops = [
        (block, node, items)
        for block in _blocks(tree)
        for node in block
        if isinstance(node, ast.For) and not node.orelse and (items := _items(node.iter)) is not None
        if not any(
            isinstance(part, ast.Break | ast.Continue | ast.FunctionDef | ast.Lambda)
            for part in ast.walk(node)
        )
    ]
    if not loops:
        return None
    block, node, items = chance.choice(loops)
    rounds: list[ast.stmt] = []
    for item in items:
        rounds += _parsed(f"{ast.unparse(node.target)} = {item}", node)
        rounds += copy.deepcopy(node.body)
    at = block.index(node)
    block[at : at + 1] = rounds
    return f"for {ast.unparse(node.target)} in {ast.unparse(node.iter)[:40]} is unrolled"


def _items(node: ast.expr) -> list[str] | None:
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "range":
        if all(isinstance(a, ast.Constant) and isinstance(a.value, int) for a in node.args):
            numbers = range(*(a.value for a in node.args))  # type: ignore[attr-defined]
            return [str(number) for number in numbers] if 0 < len(numbers) <= 6 else None
        return None
    if not isinstance(node, ast.List | ast.Tuple) or not 0 < len(node.elts) <= 6:
        return None
    if any(isinstance(part, ast.Call | ast.Starred) for one in node.elts for part in ast.walk(one)):
        return None
    return [ast.unparse(one) for one in node.elts]


def _sequentials(tree: ast.Module) -> list[tuple[list[ast.stmt], ast.Assign, ast.Call]]:
    return [
        (block, node, node.value)
        for block in _blocks(tree)
        for node in block
        if isinstance(node, ast.Assign)
        and len(node.targets) == 1
        and isinstance(node.targets[0], ast.Name)
        and isinstance(node.value, ast.Call)
        and called_name(node.value) == "Sequential"
        and not any(keyword.arg == "layers" for keyword in node.value.keywords)
    ]


def _list_into_add(tree: ast.Module, chance: random.Random) -> str | None:
    """Add the layers of a ``Sequential([…])`` one by one."""
    found = [
        one
        for one in _sequentials(tree)
        if one[2].args and isinstance(one[2].args[0], ast.List) and one[2].args[0].elts
        if not any(isinstance(element, ast.Starred) for element in one[2].args[0].elts)
    ]
    if not found:
        return None
    block, node, call = chance.choice(found)
    layers = call.args[0]
    assert isinstance(layers, ast.List)
    call.args.pop(0)
    if call.args:
        return None
    name = ast.unparse(node.targets[0])
    at = block.index(node) + 1
    block[at:at] = [
        s for element in layers.elts for s in _parsed(f"{name}.add({ast.unparse(element)})", node)
    ]
    return f"{name} = Sequential([…]) is built by add"


def _add_into_list(tree: ast.Module, chance: random.Random) -> str | None:
    """Build by a list what is built by ``add`` right behind ``Sequential()``."""
    found = []
    for block, node, call in _sequentials(tree):
        name = ast.unparse(node.targets[0])
        added = []
        for following in block[block.index(node) + 1 :]:
            if not (
                isinstance(following, ast.Expr)
                and isinstance(following.value, ast.Call)
                and ast.unparse(following.value.func) == f"{name}.add"
                and len(following.value.args) == 1
                and name
                not in {n.id for a in following.value.args for n in ast.walk(a) if isinstance(n, ast.Name)}
            ):
                break
            added.append(following)
        if added and not call.args:
            found.append((block, call, added, name))
    if not found:
        return None
    block, call, added, name = chance.choice(found)
    call.args.append(ast.List([a.value.args[0] for a in added], ast.Load()))
    for statement in added:
        block.remove(statement)
    return f"{name} is built by a list"


def _into_keywords(tree: ast.Module, chance: random.Random) -> str | None:
    """Name the arguments of a layer, or of a function of the program."""
    definitions = {
        node.name: [a.arg for a in node.args.args]
        for node in tree.body
        if isinstance(node, ast.FunctionDef) and not node.args.posonlyargs and not node.args.vararg
    }
    classes = {node.name for node in ast.walk(tree) if isinstance(node, ast.ClassDef)}
    found = []
    for node in ast.walk(tree):
        if (
            not isinstance(node, ast.Call)
            or not node.args
            or any(isinstance(a, ast.Starred) for a in node.args)
        ):
            continue
        name = called_name(node)
        spec = find(name) if name not in classes else None
        if isinstance(node.func, ast.Name) and name in definitions:
            names = tuple(definitions[name])
        elif spec is not None and spec.parameters.variadic is None:
            names = spec.parameters.positional
        else:
            continue
        if len(node.args) <= len(names) and not {k.arg for k in node.keywords} & {
            *names[: len(node.args)],
            None,
        }:
            found.append((node, names))
    if not found or "border_mode" in ast.unparse(tree) or "nb_filter" in ast.unparse(tree):
        return None
    call, names = chance.choice(found)
    keywords = [ast.keyword(name, value) for name, value in zip(names, call.args, strict=False)]
    call.args, call.keywords = [], [*keywords, *call.keywords]
    return f"{ast.unparse(call)[:60]}"


def _into_if(tree: ast.Module, chance: random.Random) -> str | None:
    """Put a statement behind ``if True:``."""
    found = [
        (block, node)
        for block in _blocks(tree)
        for node in block
        if not isinstance(node, ast.ImportFrom | ast.Import | ast.FunctionDef | ast.ClassDef | ast.Global)
        and not (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant))
    ]
    if not found:
        return None
    block, node = chance.choice(found)
    made = ast.If(ast.Constant(True), [node], [])
    setattr(made, LINE, getattr(node, LINE))
    block[block.index(node)] = made
    return f"if True: {ast.unparse(node)[:60]}"


def _wrapped(tree: ast.Module, chance: random.Random) -> str | None:
    """Return an expression from a function that is called at once."""
    places = [
        place
        for block in _blocks(tree)
        for statement in block
        if isinstance(statement, SIMPLE)
        for place in _own_expressions(statement)
        if isinstance(place[3], ast.Call)
        and not isinstance(place[0], ast.Expr)
        and "super()" not in ast.unparse(place[3])
        and not any(isinstance(part, ast.Yield | ast.YieldFrom | ast.Await) for part in ast.walk(place[3]))
    ]
    in_class_body = {id(s) for n in ast.walk(tree) if isinstance(n, ast.ClassDef) for s in n.body}
    places = [place for place in places if id(place[0]) not in in_class_body]
    if not places:
        return None
    holder, name, index, one = chance.choice(places)
    _put(holder, name, index, ast.parse(f"(lambda: {ast.unparse(one)})()", mode="eval").body)
    return f"{ast.unparse(one)[:60]} is called in a function"


def _main_function(tree: ast.Module, chance: random.Random) -> str | None:
    """Put the statements of the module into a function that is called at the end."""
    at = _start(tree)
    while at < len(tree.body) and isinstance(tree.body[at], ast.Import | ast.ImportFrom):
        at += 1
    inside = tree.body[at:]
    nodes = [node for statement in inside for node in ast.walk(statement)]
    if not inside or any(isinstance(node, ast.Global | ast.Nonlocal) for node in nodes):
        return None
    if any(isinstance(node, ast.ImportFrom) and node.names[0].name == "*" for node in nodes):
        return None
    if any(isinstance(node, ast.Name) and node.id in ("globals", "locals", "exec") for node in nodes):
        return None
    if any(isinstance(node, ast.Attribute) and node.attr == "set_image_data_format" for node in nodes):
        return None  # set in a function, it is not known to hold for the whole file
    made = _parsed("def main():\n    pass", inside[0]) + _parsed("main()", inside[-1])
    made[0].body = inside  # type: ignore[attr-defined]
    tree.body[at:] = made
    return "the module is a function"


def _into_comprehension(tree: ast.Module, chance: random.Random) -> str | None:
    """Copy a list by a comprehension."""
    found = [
        (node, name, index, value)
        for node in ast.walk(tree)
        for name, field in ast.iter_fields(node)
        for index, value in (enumerate(field) if isinstance(field, list) else [(None, field)])
        if isinstance(value, ast.List)
        and isinstance(value.ctx, ast.Load)
        and 0 < len(value.elts) <= 20
        and not isinstance(node, ast.List | ast.Tuple | ast.Subscript)
        and name != "annotation"
        and not any(isinstance(part, ast.Starred) for part in value.elts)
    ]
    in_class_body = {id(s) for n in ast.walk(tree) if isinstance(n, ast.ClassDef) for s in n.body}
    found = [place for place in found if id(place[0]) not in in_class_body]
    if not found:
        return None
    holder, name, index, value = chance.choice(found)
    _put(holder, name, index, ast.parse(f"[item for item in {ast.unparse(value)}]", mode="eval").body)
    return f"{ast.unparse(value)[:60]} is copied by a comprehension"


def _renamed(tree: ast.Module, chance: random.Random) -> str | None:
    """Give a variable whose name says nothing another name that says nothing."""
    taken = {node.arg for node in ast.walk(tree) if isinstance(node, ast.arg | ast.keyword)}
    taken |= {n for node in ast.walk(tree) if isinstance(node, ast.Global | ast.Nonlocal) for n in node.names}
    taken |= {
        a.asname or a.name
        for n in ast.walk(tree)
        if isinstance(n, ast.Import | ast.ImportFrom)
        for a in n.names
    }
    taken |= {
        node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    }
    names = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    free = sorted((names & MEANINGLESS) - taken)
    if not free or any(isinstance(node, ast.ClassDef) for node in ast.walk(tree)):
        return None
    old = chance.choice(free)
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and node.id == old:
            node.id = "thing"
    return f"{old} is called thing"


def _two_files(
    tree: ast.Module, chance: random.Random
) -> tuple[str, tuple[tuple[str, ast.Module], ...]] | None:
    """Move functions and classes that need only imports, and each other, to a module of their own."""
    imports = [node for node in tree.body if isinstance(node, ast.Import | ast.ImportFrom)]
    if any(alias.name == "*" for node in imports for alias in node.names) or any(
        isinstance(node, ast.ImportFrom) and node.level for node in imports
    ):
        return None
    local = {"registry", "towers", "zoo"}
    if any((getattr(n, "module", None) or "").split(".")[0] in local for n in imports):
        return None
    definitions = [node for node in tree.body if isinstance(node, ast.FunctionDef | ast.ClassDef)]
    bound = {
        node.id
        for statement in tree.body
        if statement not in definitions
        for node in ast.walk(statement)
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
    }
    stays = {
        d.name
        for d in definitions
        if _reads(d) & bound or any(isinstance(n, ast.Global) for n in ast.walk(d))
    }
    while more := {d.name for d in definitions if d.name not in stays and _reads(d) & stays}:
        stays |= more
    moved = [d for d in definitions if d.name not in stays]
    text = ast.unparse(tree)
    if not moved or "__file__" in text or "open(" in text or "load" in text:
        return None
    tree.body = [node for node in tree.body if node not in moved]
    at = _start(tree)
    names = ", ".join(d.name for d in moved)
    tree.body[at:at] = _parsed(f"from other_file import {names}", moved[0])
    future = [node for node in imports if getattr(node, "module", "") == "__future__"]
    rest = [node for node in imports if node not in future]
    other = ast.Module([*copy.deepcopy([*future, *rest]), *moved], [])
    return f"{names[:60]} moved to another file", (("other_file", other),)


def _reads(node: ast.AST) -> set[str]:
    return {part.id for part in ast.walk(node) if isinstance(part, ast.Name)}


KINDS: Final[dict[str, tuple[int, Callable[[ast.Module, random.Random], Any]]]] = {
    "constant into a function": (4, _constant_into_function),
    "variable extracted": (5, _extracted),
    "variable inlined": (2, _inlined),
    "loop unrolled": (3, _unrolled),
    "list into add": (3, _list_into_add),
    "add into list": (3, _add_into_list),
    "positional into keyword": (4, _into_keywords),
    "if True": (3, _into_if),
    "wrapped in a function": (4, _wrapped),
    "module into a function": (1, _main_function),
    "list into comprehension": (3, _into_comprehension),
    "renamed": (2, _renamed),
    "one file into two": (3, _two_files),
}
"""How a program may be written in another way, with how often each is drawn."""
