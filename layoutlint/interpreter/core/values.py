"""The values that the interpreter computes with.

What is known is Python's own: numbers, strings, tuples, lists, dicts, sets stand for themselves. A number
that only the running program knows is a :class:`~layoutlint.model.sizes.Expression`, an array or a Keras
tensor is a :class:`~layoutlint.model.graph.Tensor`, everything else of which nothing is known is
:class:`Unknown`. :data:`Value` names all that a value can be.

A value becomes a size, a flag or a text through one function each, :func:`as_size`, :func:`truth` and
:func:`text_of`: what is not known, names from outside among it, stays unknown there. Messages show values, so
that each has a short form.
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Callable
from dataclasses import field
from types import EllipsisType
from typing import TypeAlias, TypeGuard, Union, assert_never

from layoutlint.inference.highest import number
from layoutlint.interpreter.core.limits import MAX_ANCESTORS, MAX_PATH, MAX_SIZE
from layoutlint.knowledge.libraries import KNOWN_BY_NAME
from layoutlint.model.frozen import dataclass
from layoutlint.model.graph import Call, Layer, Loss, Nested, Tensor
from layoutlint.model.origins import Origin, SourceFile
from layoutlint.model.sizes import FREE_BATCH, NAMELESS, Expression, Size, Symbol, assumed_size, new_serial
from layoutlint.operations.bound_arguments import surely_number

MAX_NAME = 60
MAX_ALTERNATIVES = 4


@dataclass(frozen=True, slots=True)
class Unknown:
    """A value of which nothing is known but how the source writes it.

    ``serial`` and ``path`` are its identity: ``X.shape[1]`` is the same size each time that it is read from
    the same ``X``. ``like`` is an unknown array with the same shape (``X / 255.0`` is like ``X``).
    ``reason`` says why it is unknown, for people who ask where knowledge was lost. ``method`` is what a call
    of it calls, if it is callable at all (``f = scaler.transform``).
    """

    name: str | None = None
    origin: Origin | None = field(default=None, compare=False, repr=False)
    reason: str | None = field(default=None, compare=False)
    serial: int = field(default_factory=new_serial)
    path: str = ""
    like: Unknown | None = field(default=None, compare=False, repr=False)
    method: NativeMethod | None = field(default=None, compare=False, repr=False)

    def part(self, suffix: str) -> Unknown:
        """Return an attribute, an item or a method's result: ``X`` → ``X.shape`` → ``X.shape[1]``."""
        if len(self.path) > MAX_PATH:
            return Unknown(None, self.origin, self.reason)
        shown = None if self.name is None or len(self.name) > MAX_NAME else _joined(self.name, suffix)
        return Unknown(shown, self.origin, self.reason, self.serial, _joined(self.path, suffix))

    def owner(self, name: str) -> Unknown:
        """Return the value whose attribute ``name`` this one is: of ``X.shape`` that is ``X``."""
        suffix = f".{name}"
        shown = None if self.name is None or self.name == name else self.name.removesuffix(suffix)
        return Unknown(shown, self.origin, self.reason, self.serial, self.path.removesuffix(suffix))

    def is_same(self, other: Unknown) -> bool:
        """Tell whether this is the same value, whatever it is called."""
        return self.serial == other.serial and self.path == other.path

    def named(self, name: str, origin: Origin) -> Unknown:
        """Return the same value under the name of the variable that it is assigned to, if it had none."""
        if self.name is not None:
            return self
        # np.load(path).astype("float32") has the shape of what is loaded, which has no name of its own
        like = None if self.like is None else self.like.named(name, origin)
        return Unknown(name, origin, self.reason, self.serial, self.path, like, self.method)

    def size(self, called: str = "") -> Expression:
        """Return the value as a number; ``called`` is the variable that the program unpacks it into."""
        return assumed_size(self.name or NAMELESS, self.serial, self.path, self.origin, called)

    @classmethod
    def behind(cls, size: Expression) -> Unknown | None:
        """Return the value whose size is this symbol; None for arithmetic and for symbols of
        another making.
        """
        match size.terms:
            case (((Symbol(is_assumed=True) as atom,), 1),):
                name = None if atom.name == NAMELESS else atom.name
                return cls(name, atom.origin, serial=atom.serial, path=atom.path)
            case _:
                return None


_TAIL_ITEM = re.compile(r"\[(\d+):\]$")


def _joined(text: str, suffix: str) -> str:
    """``X.shape[1:]`` and ``[0]`` make ``X.shape[1]``."""
    tail = _TAIL_ITEM.search(text)
    if tail is not None and suffix[1:-1].isdigit():
        return f"{text[: tail.start()]}[{int(tail.group(1)) + int(suffix[1:-1])}]"
    return text + suffix


@dataclass(frozen=True, slots=True)
class External:
    """Something outside the program, by its qualified name: ``keras.layers.Conv1D``, ``numpy``.

    It may be a module, a class, a function, or a constant of which nothing is known: no number, no text.
    """

    name: str

    def __repr__(self) -> str:
        return self.name

    @property
    def is_definite(self) -> bool:
        """Whether it is a module, a class or a function for sure, and so true, not None and itself alone.

        What a module that is not there exports may be anything.
        """
        top, _, rest = self.name.partition(".")
        return not rest or top in _DEFINITE

    def unknown(self) -> Unknown:
        """Return a value of which nothing else is known: one and the same, wherever the program reads it."""
        return Unknown(self.name, reason=f"{self.name} is not known", serial=0, path=self.name)


_DEFINITE = frozenset((*KNOWN_BY_NAME, "builtins", "typing", *sys.stdlib_module_names))


@dataclass(frozen=True, slots=True)
class Choice:
    """One of a few values: what a name holds after the sides of an unknown branch gave it different ones."""

    alternatives: tuple[Value, ...]
    under: tuple[str, ...] = field(default=(), compare=False)
    """The conditions under which it is each of them, where an expression chose it."""


@dataclass(frozen=True, slots=True)
class Rest:
    """Stands in a list for any number of further items, each at most as known as ``item``."""

    item: Value


class Others:
    """Stands in a dict or set for any number of keys that are not known; its value in a dict is theirs,
    joined.
    """

    def __repr__(self) -> str:
        return "OTHERS"


OTHERS = Others()


class Defaults(dict["Value", "Value"]):
    """A dict that makes what is missing: ``collections.defaultdict`` with its factory."""

    factory: Value = None


@dataclass(eq=False, slots=True)
class Scope:
    """The names of one module, class body or function call; ``outer`` is where free names are looked up."""

    variables: dict[str, Value]
    outer: Scope | None = None
    module: ModuleValue | None = None
    function: FunctionValue | None = None
    global_names: frozenset[str] = frozenset()
    nonlocal_names: frozenset[str] = frozenset()

    def lookup(self, name: str) -> tuple[bool, Value]:
        """Tell whether the name is bound in this scope or one around it, and its value."""
        scope: Scope | None = self
        while scope is not None:
            if name in scope.variables:
                return True, scope.variables[name]
            scope = scope.outer
        return False, None


@dataclass(eq=False, slots=True)
class ModuleValue:
    """A module of the program."""

    name: str
    file: SourceFile
    scope: Scope
    star_imports: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Deferred:
    """A name imported from a module of the program that is not evaluated before the name is used."""

    module: ModuleValue
    name: str


@dataclass(eq=False, slots=True)
class FunctionValue:
    """A function of the program, with its defaults evaluated and its surroundings."""

    node: ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda
    scope: Scope
    module: ModuleValue
    defaults: list[Value]
    keyword_defaults: dict[str, Value]
    name: str
    owner: ClassValue | None = None
    called: bool = False
    """Whether it was entered, on whatever side of a branch: then nobody need look at it by itself."""
    returns_first: bool = False
    """Whether its callers get the first alone of what its body returns: a value and that value's gradient."""

    def __repr__(self) -> str:
        return self.name


@dataclass(frozen=True, slots=True)
class Decorated:
    """A method under ``@property``, ``@staticmethod`` or ``@classmethod``; a property may have a setter."""

    kind: str
    function: Value
    setter: Value = None


def _is(left: Value, right: Value) -> bool:
    return left is right or (isinstance(left, External) and left == right)


def _in(value: Value, order: list[Value]) -> bool:
    return any(_is(value, each) for each in order)


@dataclass(eq=False, slots=True)
class ClassValue:
    """A class of the program; ``bases`` are classes of the program or :class:`External`."""

    name: str
    bases: list[Value]
    namespace: dict[str, Value]
    module: ModuleValue
    node: ast.ClassDef
    fields: tuple[str, ...] | None = None
    instantiated: bool = False
    """Whether an object of it was made, on whatever side of a branch."""
    _order: list[Value] | None = None

    def __repr__(self) -> str:
        return self.name

    def ancestors(self) -> list[Value]:
        """Return the class and all its bases in the order in which Python looks attributes up (C3)."""
        if self._order is None:
            self._order = self._ordered()
        return self._order

    def _ordered(self) -> list[Value]:
        orders: list[list[Value]] = [
            base.ancestors() if isinstance(base, ClassValue) else [base] for base in self.bases
        ]
        if sum(map(len, orders)) > 2 * MAX_ANCESTORS:
            return [self, Unknown(reason="too many base classes")]
        if len(orders) < 2:
            return [self, *(orders[0] if orders else ())]
        waiting = [*orders, list(self.bases)]
        found: list[Value] = [self]
        while waiting:
            heads = [order[0] for order in waiting]
            free = [head for head in heads if not any(_in(head, order[1:]) for order in waiting)]
            # where Python would refuse the class, any order will do
            chosen = free[0] if free else heads[0]
            found.append(chosen)
            waiting = [
                rest for order in waiting if (rest := [each for each in order if not _is(each, chosen)])
            ]
        return found

    def find(self, name: str, after: ClassValue | None = None) -> tuple[ClassValue | None, Value]:
        """Return the class that defines an attribute, and its value; with ``after``, the search starts behind
        that one.
        """
        passed = after is None
        for ancestor in self.ancestors():
            if not isinstance(ancestor, ClassValue):
                continue
            if passed and name in ancestor.namespace:
                return ancestor, ancestor.namespace[name]
            if ancestor is after:
                passed = True
        return None, None

    def external_bases(self) -> list[str]:
        """Return the qualified names of the classes from outside that it descends from."""
        return [ancestor.name for ancestor in self.ancestors() if isinstance(ancestor, External)]

    @property
    def has_unknown_base(self) -> bool:
        """Whether it descends from something that is not known at all."""
        return any(isinstance(ancestor, Unknown | Choice) for ancestor in self.ancestors())


@dataclass(eq=False, slots=True)
class Instance:
    """An object of a class of the program. ``native`` is the Keras object that it also is, if it is one.

    ``serial`` is the identity of what it inherits from classes that are not known: an attribute is one value
    each time that it is read, until a method of theirs may change it.
    """

    cls: ClassValue
    attributes: dict[str, Value]
    origin: Origin
    native: LayerValue | ModelValue | None = None
    serial: int = field(default_factory=new_serial)
    called: bool = False
    """Whether its own ``call`` was carried out, on whatever side of a branch."""
    either_of: tuple[Instance, ...] = ()
    """Where a program may hold any of a few objects: those."""

    @property
    def possible(self) -> tuple[Instance, ...]:
        """The objects that it may be: itself, as a rule."""
        return self.either_of or (self,)

    def inherited(self, name: str, origin: Origin, reason: str, method: NativeMethod) -> Unknown:
        """Return an attribute that a class from outside the program may give it."""
        return Unknown(name, origin, reason, self.serial, f".{name}", method=method)

    def is_changed(self) -> None:
        """Say that code which is not followed may have set attributes."""
        self.serial = new_serial()


@dataclass(frozen=True, slots=True)
class BoundMethod:
    """A method of the program with its receiver; one of several where a branch defines it."""

    function: Value
    receiver: Value

    def __repr__(self) -> str:
        return repr(self.function)


@dataclass(frozen=True, slots=True)
class NativeMethod:
    """A method of a value that the interpreter itself knows (a list, a string, a tensor, a model)."""

    receiver: Value
    name: str

    def __repr__(self) -> str:
        return self.name


@dataclass(frozen=True, slots=True)
class Partial:
    """``functools.partial``."""

    callee: Value
    positional: tuple[Value, ...]
    keywords: dict[str, Value]
    open: bool = False

    def __repr__(self) -> str:
        return f"partial({self.callee!r}, …)"


@dataclass(frozen=True, slots=True)
class Super:
    """``super()`` inside a method of ``owner`` on ``receiver``."""

    owner: ClassValue
    receiver: Value


@dataclass(frozen=True, slots=True)
class Native:
    """A function that the interpreter itself provides (a decorator's inner function, say)."""

    function: Callable[..., Value]

    def __repr__(self) -> str:
        return "a function"


@dataclass(eq=False, slots=True)
class LibraryObject:
    """An object of a class from outside the program: a table, a scaler, an image, a data set.

    ``kind`` is the qualified name of its class; ``state`` is what is known of it and changes. An object that
    counts as an array where one is wanted holds that under ``array``.
    """

    kind: str
    origin: Origin
    state: dict[str, Value]

    def __repr__(self) -> str:
        return f"{self.kind}(…)"

    @property
    def array(self) -> Tensor | None:
        """The array that numpy makes of it, if that is known."""
        found = self.state.get("array")
        return found if isinstance(found, Tensor) else None


@dataclass(eq=False, slots=True)
class LayerValue:
    """A Keras layer in the program; ``calls`` are its uses so far. ``built`` says that the program has called
    its ``build``; ``own`` is the layer as it is called, where its class is the program's and has a ``call``.
    """

    layer: Layer
    calls: tuple[Call, ...] = ()
    built: bool = False
    own: Layer | None = None


@dataclass(eq=False, slots=True)
class ModelValue:
    """A Keras model in the program.

    A Sequential has ``members`` (layers in order, a :class:`Rest` where a branch or loop adds some) and is
    built once an input is known. ``state`` holds its ``inputs`` and ``outputs`` (nested tensors), once there
    are some. ``losses`` are what it was compiled with, in the structure in which they were given, ``judges``
    the losses and the metrics as the program holds them; ``layer`` is the model as a layer of others; ``fed``
    is the use of a model class of the program on data, with the shapes of these data.
    """

    class_name: str
    origin: Origin
    name: str | None
    state: dict[str, Value]
    members: list[Value] = field(default_factory=list)
    instance: Instance | None = None
    losses: Nested[Loss | None] = None
    judges: tuple[Value, ...] = (None, None)
    layer: Layer | None = None
    fed: tuple[str, Call | None] | None = None


@dataclass(frozen=True, slots=True)
class Ratio:
    """The true quotient of two sizes: a whole number only once it is rounded."""

    numerator: int | Expression
    denominator: int | Expression


def alternatives(value: Value) -> tuple[Value, ...]:
    """Return all that a value may be: those of a :class:`Choice`, any other alone."""
    return value.alternatives if isinstance(value, Choice) else (value,)


def one_of(item: Value) -> Value:
    """Return an item of a list: one of those that a :class:`Rest` stands for, any other itself."""
    return item.item if isinstance(item, Rest) else item


def any_number() -> list[Value]:
    """Return a list of any number of items of which nothing is known."""
    return [Rest(Unknown())]


def has_rest(value: Value) -> bool:
    """Tell whether a sequence's length is unknown."""
    return isinstance(value, list | tuple) and any(isinstance(item, Rest) for item in value)


def is_number(value: Value) -> bool:
    """Tell whether a value is a number for sure, known or not."""
    if isinstance(value, Ratio):
        return is_number(value.numerator) and is_number(value.denominator)
    return isinstance(value, int | float) or surely_number(value)


NUMBER_METHODS = frozenset(["astype", "item", "numpy", "tolist"])
"""Methods of the numbers that array libraries return which give the number itself."""


def is_unknown(value: Value) -> bool:
    """Tell whether nothing but a name is known of the value."""
    return isinstance(value, Unknown)


NAMED_TUPLES = ("typing.NamedTuple", "typing_extensions.NamedTuple", "collections.namedtuple")


def is_tuple(value: Value) -> TypeGuard[Instance]:
    """Tell whether the value is an object of a named tuple class of the program."""
    return isinstance(value, Instance) and any(base in NAMED_TUPLES for base in value.cls.external_bases())


def is_enum(cls: Value) -> TypeGuard[ClassValue]:
    """Tell whether the value is an enum class of the program."""
    return isinstance(cls, ClassValue) and any(base.startswith("enum.") for base in cls.external_bases())


MAX_WHOLE = 1e15
"""A number with a decimal point below this counts as the whole number that it is."""


def as_size(value: Value) -> Size:
    """Return the value as the size of an axis."""
    match value:
        case bool():
            return int(value)
        case int() if abs(value) > MAX_SIZE:
            return Unknown(reason="a very large number").size()
        case Expression() if value == FREE_BATCH:
            return None
        case int() | Expression() | None:
            return value
        case float() if value.is_integer() and abs(value) < MAX_WHOLE:
            return int(value)
        case Unknown():
            return value.size()
        case External():
            return value.unknown().size()
        case Tensor() if (held := number(value)) is not None:
            return held
        case _:
            return Unknown().size()


def text_of(value: Value) -> str | None:
    """Return the text that a value is; None for no text and for one that is not known."""
    return value if isinstance(value, str) else None


def truth(value: Value) -> bool | None:
    """Tell whether the value counts as true; None where nobody can say."""
    match value:
        case bool() | int() | float() | complex() | str() | bytes() | range() | None:
            return bool(value)
        case list() | tuple():
            return None if len(value) == 1 and has_rest(value) else bool(value)
        case dict() | set() | frozenset():
            return None if len(value) == 1 and OTHERS in value else bool(value)
        case Choice():
            answers = {truth(alternative) for alternative in value.alternatives}
            return answers.pop() if len(answers) == 1 else None
        case External():
            return True if value.is_definite else None
        case FunctionValue() | ClassValue() | LayerValue() | ModelValue() | BoundMethod() | Native():
            return True
        case ModuleValue() | Partial() | EllipsisType():
            return True
        case Instance():
            return None if value.cls.find("__bool__")[0] or value.cls.find("__len__")[0] else True
        case Unknown() | Expression() | Ratio() | Tensor() | LibraryObject() | NativeMethod() | Super():
            return None
        case slice() | Rest() | Others() | Deferred() | Decorated():
            return None
        case _:
            assert_never(value)


Value: TypeAlias = Union[
    bool,
    int,
    float,
    complex,
    str,
    bytes,
    EllipsisType,
    "slice[Value, Value, Value]",
    range,
    "list[Value]",
    "tuple[Value, ...]",
    "dict[Value, Value]",
    "set[Value]",
    "frozenset[Value]",
    Expression,
    Ratio,
    Tensor,
    Unknown,
    External,
    Choice,
    Rest,
    Others,
    FunctionValue,
    ClassValue,
    Instance,
    ModuleValue,
    Deferred,
    Decorated,
    BoundMethod,
    NativeMethod,
    Partial,
    Super,
    Native,
    LibraryObject,
    LayerValue,
    ModelValue,
    None,
]
"""All that a value can be. What is not known is :class:`Unknown`; a shape is the tuple of its sizes."""
