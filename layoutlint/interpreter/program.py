"""One program: its module, then the functions and classes that nothing calls, into one graph."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path
from typing import TypeGuard

from layoutlint.interpreter.bound_anew import bound_anew_after, values_by_name
from layoutlint.interpreter.core.arguments import Arguments
from layoutlint.interpreter.core.budget import BudgetError, Limits
from layoutlint.interpreter.core.described import Entry
from layoutlint.interpreter.core.evaluator import Evaluator, ReadWeights
from layoutlint.interpreter.core.journal import join_all
from layoutlint.interpreter.core.outcomes import ProgramError
from layoutlint.interpreter.core.site import Site
from layoutlint.interpreter.core.values import (
    ClassValue,
    Decorated,
    External,
    FunctionValue,
    Instance,
    LayerValue,
    ModelValue,
    ModuleValue,
    Rest,
    Scope,
    Unknown,
    Value,
    one_of,
)
from layoutlint.interpreter.keras import keras_models, networks
from layoutlint.interpreter.keras.theano_order import first_in_theano_order, follows_it
from layoutlint.interpreter.known import REGISTRY
from layoutlint.interpreter.language.calls import by_callers, enter, instantiate
from layoutlint.interpreter.language.canonical_names import canonical
from layoutlint.interpreter.language.imports import Importer, Parse, run_module, syntax_of_file
from layoutlint.interpreter.language.syntax import SYNTAX
from layoutlint.interpreter.neighbours import Neighbours
from layoutlint.model.graph import Graph, Tensor
from layoutlint.model.keras_version import OPEN, KerasVersion
from layoutlint.model.origins import SourceFile
from layoutlint.model.reads import Reads
from layoutlint.model.sizes import Expression
from layoutlint.model.syntax_text import nodes_of, written
from layoutlint.system.deep_stack import deeply

SETTERS = ("set_image_data_format", "set_image_dim_ordering")
GETTERS = ("image_data_format", "image_dim_ordering")


def evaluate(
    tree: ast.Module,
    file: SourceFile,
    limits: Limits | None = None,
    packages: Sequence[Path] = (),
    knowledge: Mapping[str, Entry] | None = None,
    read_model: Callable[[Path], Graph] | None = None,
    read_weights: ReadWeights | None = None,
    reads: Reads | None = None,
    keras: KerasVersion = OPEN,
    in_other_order: bool = False,
    parse: Parse = syntax_of_file,
) -> Graph:
    """Return the graph of everything that a module builds, in its body and in functions that
    nothing calls.

    ``tree`` is the syntax of ``file``; the installed ``packages`` are entered as the program's own modules.
    ``knowledge`` holds the user's own entries of the knowledge base, ``read_model`` reads a saved model that
    the program loads, ``read_weights`` the shapes of weights for the layers of a model, ``keras`` is the
    version of Keras that it is for, ``in_other_order`` says that whoever imports it sets the order of the
    axes of images, ``parse`` makes the syntax of the modules that it imports. Where the budget ends, the
    graph says so in its notes. ``reads`` remembers what is looked at on disk; it is the graph's own. Where
    something was presumed (see ``Evaluator.cautious``), the graph can be had without it.
    """
    path = Path(file.path)
    looked_at = reads if reads is not None else Reads()

    def begun(file: SourceFile, limits: Limits | None) -> Evaluator:
        path = Path(file.path)
        importer = Importer(path if path.is_file() else None, packages, looked_at, parse)
        ev = Evaluator(file, SYNTAX, REGISTRY, importer, limits)
        ev.knowledge = {canonical(name): entry for name, entry in (knowledge or {}).items()}
        ev.read_model, ev.read_weights = read_model, read_weights
        ev.keras = ev.graph.keras = keras
        ev.graph.reads = looked_at
        return ev

    def beside(file: SourceFile, tree: ast.Module, asking: Evaluator) -> Evaluator:
        ev = begun(file, asking.part())
        _run(ev, tree, file)
        asking.spend(ev)
        return ev

    def run(cautious: bool, before: Evaluator | None = None) -> Evaluator:
        ev = begun(file, limits)
        ev.cautious = cautious
        if path.is_file() and not cautious:
            ev.neighbours = Neighbours(path, parse, beside).saving
        if before is not None:
            ev.go_on_from(before)
            ev.data_format = "channels_first"
        elif in_other_order:
            ev.data_format = None
        _run(ev, tree, file)
        return ev

    def graph(cautious: bool) -> Graph:
        made: list[Graph] = []

        def run_in_its_order() -> None:
            ev = run(cautious)
            place = first_in_theano_order(ev.graph, (file.text, *ev.importer.texts()))
            if place is not None:
                again = run(cautious, ev)
                if follows_it(again.graph, ev.graph):
                    ev = again
                    ev.graph.data_formats.append((ev.data_format, place))
                    ev.graph.deduces_data_format = True
            # the processor may be faster the next time
            looked_at.steady = looked_at.steady and not ev.was_late
            if ev.presumed:
                ev.graph.cautious = partial(graph, cautious=True)
            made.append(ev.graph)

        deeply(run_in_its_order)
        return made[0]

    return graph(cautious=False)


def _run(ev: Evaluator, tree: ast.Module, file: SourceFile) -> None:
    path = str(Path(file.path).absolute())
    module = ModuleValue("__main__", file, Scope({"__name__": "__main__", "__file__": path}))
    module.scope.module = module
    try:
        _preset_data_format(ev, tree, module)
        run_module(ev, tree, module)
        _uncalled(ev, tree, module)
        for model in list(ev.models):
            keras_models.finish(Site(ev, tree, module.scope), model)
    except BudgetError as exceeded:
        ev.graph.notes.append(f"evaluation was stopped after {exceeded}; use a larger --budget")
    except RecursionError:
        ev.graph.notes.append("evaluation was stopped: the code is nested too deeply to follow")
    ev.graph.models = [
        network for model in ev.models if (network := networks.network_of(ev, model)) is not None
    ]


def _preset_data_format(ev: Evaluator, tree: ast.Module, module: ModuleValue) -> None:
    """Let the one data format that is set without a condition, or that the program insists on, count for all
    functions of the module, wherever it stands.
    """
    if "image_d" not in module.file.text:
        return
    found = [(node, wanted) for node in _unconditional(tree) if (wanted := _wanted_data_format(node))]
    if len({written(wanted) for _, wanted in found}) == 1:
        node, wanted = found[0]
        site = Site(ev, node, module.scope)
        site.call(External("keras.backend.set_image_data_format"), Arguments((site.eval(wanted),)))


def _unconditional(tree: ast.AST) -> Iterator[ast.AST]:
    """Yield all syntax below a node but the branches of an ``if`` that asks for more than ``__main__``."""
    waiting = [tree]
    while waiting:
        node = waiting.pop()
        if not isinstance(node, ast.If) or written(node.test).startswith("__name__"):
            yield node
            waiting += ast.iter_child_nodes(node)


def _wanted_data_format(node: ast.AST) -> ast.expr | None:
    """Return the data format of ``set_image_data_format(…)`` or ``assert image_data_format() == …``."""
    match node:
        case ast.Call(args=[first, *_]) if _called(node) in SETTERS:
            return first
        case ast.Assert(ast.Compare(ast.Call() as asked, [ast.Eq()], [wanted])) if _called(asked) in GETTERS:
            return wanted
        case _:
            return None


def _called(node: ast.Call) -> str:
    return node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")


def _uncalled(ev: Evaluator, tree: ast.Module, module: ModuleValue) -> None:
    """Evaluate functions and methods that nothing calls, those first that nothing even mentions.

    A function that another one mentions is most likely called by it, with better arguments than symbols.
    """
    mentioned, overwritten = _mentions(tree), _attributes_set_from_outside(tree)
    bound, shared = values_by_name(tree), _globals_of_functions(tree, module)
    ev.presumed = ev.presumed or (bool(shared) and not ev.cautious)

    def alone(defined: FunctionValue | ClassValue, run: Callable[[], object]) -> None:
        names = bound_anew_after(bound, defined.node.lineno) if defined.module is module else []
        if ev.cautious:
            names += shared
        with ExitStack() as surroundings:
            surroundings.enter_context(_not_known(module.scope, names))
            for scope, held in _around(defined):
                surroundings.enter_context(_not_known(scope, held))
            _root(ev, defined.name, run)

    for only_unmentioned in (True, False):
        done = 0
        # evaluating a function may define further ones
        while done < len(ev.functions):
            function = ev.functions[done]
            done += 1
            if function.called or (only_unmentioned and function.name in mentioned):
                continue
            if function.owner is None:
                alone(function, partial(_enter_alone, ev, function))
        index = 0
        while index < len(ev.classes):
            cls = ev.classes[index]
            index += 1
            if not cls.instantiated and not (only_unmentioned and cls.name in mentioned):
                alone(cls, partial(_instantiate_alone, ev, cls, overwritten))
    done = 0
    # those that hold others come before them, and calling one may make further ones
    while done < len(ev.objects):
        made, conditions = ev.objects[done]
        done += 1
        if not _was_called(made):
            alone(made.cls, partial(_call_alone, ev, made, conditions))


def _around(defined: FunctionValue | ClassValue) -> Iterator[tuple[Scope, list[str]]]:
    """Yield the calls of functions in which a function was defined, each with the names that it binds anew
    behind the definition.
    """
    scope = defined.scope if isinstance(defined, FunctionValue) else None
    while scope is not None:
        around = None if scope.function is None else scope.function.node
        if isinstance(around, ast.FunctionDef | ast.AsyncFunctionDef):
            yield scope, bound_anew_after(values_by_name(around), defined.node.lineno)
        scope = scope.outer


def _globals_of_functions(tree: ast.Module, module: ModuleValue) -> list[str]:
    """Return the names of a module that its functions bind: their values depend on which were called."""
    if "global " not in module.file.text:
        return []
    return [name for node in nodes_of(tree) if isinstance(node, ast.Global) for name in node.names]


@contextmanager
def _not_known(scope: Scope, names: Sequence[str]) -> Iterator[None]:
    """Let the values of a module's names be unknown, because nobody knows when a function is called."""
    held = {name: scope.variables[name] for name in names if name in scope.variables}
    scope.variables.update({name: Unknown(name, reason=f"{name} is bound anew later") for name in held})
    try:
        yield
    finally:
        scope.variables.update(held)


def _root(ev: Evaluator, name: str, run: Callable[[], object]) -> None:
    """Evaluate something that nothing calls, within its share of the budget: the others get theirs too."""
    ev.grant(ev.limits.root_steps)
    try:
        _attempt(run)
    except BudgetError as exceeded:
        if ev.is_exhausted:
            raise
        ev.graph.notes.append(f"{name} was stopped after {exceeded}")
    finally:
        ev.grant(ev.limits.steps)


def _attempt(run: Callable[[], object]) -> None:
    try:
        run()
    except (ProgramError, RecursionError):
        return


def _mentions(tree: ast.Module) -> set[str]:
    """Return the names that functions and classes mention, each outside its own body.

    What the module's own statements mention they have called already, if they call it at all.
    """
    found: set[str] = set()
    outside: frozenset[str] = frozenset()
    waiting: list[tuple[ast.AST, frozenset[str]]] = [(tree, outside)]
    while waiting:
        node, inside = waiting.pop()
        match node:
            case ast.Name(name):
                if name not in inside:
                    found.add(name)
                continue
            case ast.Attribute(attr=name):
                found.add(name)
            case ast.FunctionDef(name) | ast.AsyncFunctionDef(name) | ast.ClassDef(name):
                inside = inside | {name}
        wanted = _PARTS if inside else _BLOCKS
        for name in node._fields:
            child = getattr(node, name, None)
            if type(child) is list:
                waiting += [(each, inside) for each in child if isinstance(each, wanted)]
            elif isinstance(child, wanted):
                waiting.append((child, inside))
    return found


_BLOCKS = (ast.stmt, ast.ExceptHandler, ast.match_case)
"""What can hold a definition."""
_PARTS = (
    *_BLOCKS,
    ast.expr,
    ast.arguments,
    ast.arg,
    ast.keyword,
    ast.comprehension,
    ast.withitem,
    ast.pattern,
)
"""What can hold a name."""


def _enter_alone(ev: Evaluator, function: FunctionValue) -> None:
    enter(Site(ev, function.node, function.module.scope), function, by_callers(ev, function))


def _was_called(made: Instance) -> bool:
    """Tell whether an object was called, or one of its layers and models: a program may enter ``call`` by
    itself, or do without it.
    """
    return made.called or any(map(_is_used, made.attributes.values()))


def _is_used(held: Value) -> bool:
    match held:
        case Instance():
            return held.called
        case LayerValue():
            return bool(held.calls)
        case ModelValue():
            return held.layer is not None
        case _:
            return False


def _call_alone(ev: Evaluator, made: Instance, conditions: tuple[str, ...] = ()) -> None:
    """Call a layer or model of the program's own class on inputs that nobody knows."""
    outer, ev.conditions = ev.conditions, list(conditions)
    try:
        ev.call(Site(ev, made.cls.node, made.cls.module.scope), made, Arguments())
    finally:
        ev.conditions = outer


def _attributes_set_from_outside(tree: ast.Module) -> frozenset[str]:
    """Return the names of attributes that the program sets on another object than ``self``."""
    return frozenset(
        node.attr
        for node in nodes_of(tree)
        if isinstance(node, ast.Attribute)
        and isinstance(node.ctx, ast.Store)
        and not (isinstance(node.value, ast.Name) and node.value.id in ("self", "cls"))
    )


def _attributes_set_anew(cls: ClassValue) -> set[str]:
    """Return the names of the attributes of ``self`` that a class sets in several places, but for a None that
    stands for what is still to come: nobody knows in which order its methods are called.
    """
    places = Counter(
        target.attr
        for node in ast.walk(cls.node)
        if isinstance(node, ast.Assign)
        and not (isinstance(node.value, ast.Constant) and node.value.value is None)
        for target in node.targets
        if isinstance(target, ast.Attribute)
    )
    return {name for name, count in places.items() if count > 1}


def _instantiate_alone(ev: Evaluator, cls: ClassValue, overwritten: frozenset[str]) -> None:
    """Make an object of a class that nothing makes one of, and enter those of its methods that nothing
    calls. What the program sets on objects from outside is not what ``__init__`` says.
    """
    initializer = cls.find("__init__")[1]
    arguments = by_callers(ev, initializer) if isinstance(initializer, FunctionValue) else Arguments()
    made = instantiate(Site(ev, cls.node, cls.module.scope), cls, arguments)
    if not isinstance(made, Instance):
        return
    for name in overwritten & made.attributes.keys():
        made.attributes[name] = Unknown(f"self.{name}", reason="it is set from outside")
    ev.presumed = not ev.cautious
    for name in _attributes_set_anew(cls) & made.attributes.keys() if ev.cautious else ():
        made.attributes[name] = Unknown(f"self.{name}", reason="it is set in several places")
    if made.native is not None:
        _attempt(partial(_call_alone, ev, made))
    deciding = _deciding_attributes(cls)
    for value in list(cls.namespace.values()):
        receiver: tuple[Value, ...] = (made,)
        match value:
            case FunctionValue():
                function = value
            case Decorated(kind, FunctionValue() as function):
                receiver = () if kind == "staticmethod" else receiver
            case _:
                continue
        if not function.called and not function.name.startswith("__"):
            site = Site(ev, function.node, cls.module.scope)
            known = {name: len(held) for name, held in made.attributes.items() if isinstance(held, list)}
            with _undecided(made, deciding.get(function.name, set())):
                _attempt(partial(enter, site, function, by_callers(ev, function, receiver)))
            _lengthen(ev, made, known)


@contextmanager
def _undecided(made: Instance, names: set[str]) -> Iterator[None]:
    """Let the attributes of an object that decide whether a method is called be unknown while it is entered
    all the same: with the values that they have, it was not called.
    """
    held = {name: made.attributes[name] for name in names if name in made.attributes}
    unknown = {
        name: Unknown(f"self.{name}", reason=f"self.{name} decides whether it is called") for name in held
    }
    made.attributes.update(unknown)
    try:
        yield
    finally:
        made.attributes.update(
            {name: value for name, value in held.items() if made.attributes.get(name) is unknown[name]}
        )


def _deciding_attributes(cls: ClassValue) -> dict[str, set[str]]:
    """Return the attributes of ``self`` on which it depends whether a method is called, by its name: those in
    the tests around every place that mentions it; nothing for one that is also called without a test.
    """
    found: dict[str, set[str]] = {}
    always: set[str] = set()
    nothing: frozenset[str] = frozenset()
    waiting: list[tuple[ast.AST, frozenset[str]]] = [(cls.node, nothing)]
    while waiting:
        node, tested = waiting.pop()
        if isinstance(node, ast.Attribute) and _is_of_self(node):
            if tested:
                found.setdefault(node.attr, set()).update(tested)
            else:
                always.add(node.attr)
        if isinstance(node, ast.If | ast.IfExp):
            tested |= {each.attr for each in ast.walk(node.test) if _is_of_self(each)}
        waiting += [(child, tested) for child in ast.iter_child_nodes(node)]
    return {name: tested for name, tested in found.items() if name not in always}


def _is_of_self(node: ast.AST) -> TypeGuard[ast.Attribute]:
    return isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "self"


def _lengthen(ev: Evaluator, made: Instance, known: dict[str, int]) -> None:
    """Let the lists of data to which a method has added an item have any number of them: nobody knows how
    often it is called.
    """
    for name, held in made.attributes.items():
        if isinstance(held, list) and len(held) > known.get(name, len(held)):
            items = [one_of(item) for item in held]
            if all(map(_is_data, items)):
                ev.journal.touch(held)
                held[:] = [Rest(join_all(items))]


def _is_data(value: Value) -> bool:
    """Tell whether a value is a number or an array, and nothing that a model is built of."""
    if isinstance(value, Tensor):
        return value.producer is None or value.producer.layer.kind == "operation"
    return isinstance(value, int | float | Expression)
