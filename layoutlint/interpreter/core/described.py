"""Functions of which only the result is known: the knowledge base, ``knowledge/*.yaml``, carried out.

The form of an entry is documented in ``docs/knowledge.md``.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from layoutlint.inference.pixels import BYTES, TURNED
from layoutlint.interpreter.core.arguments import Arguments
from layoutlint.interpreter.core.site import Handler, Site
from layoutlint.interpreter.core.tensor_values import array_of
from layoutlint.interpreter.core.values import (
    BoundMethod,
    ClassValue,
    External,
    FunctionValue,
    LibraryObject,
    ModuleValue,
    NativeMethod,
    Unknown,
    Value,
    as_size,
)
from layoutlint.layers.spec import Parameters
from layoutlint.model import sizes
from layoutlint.model.axes import Axis, Evidence, Shape
from layoutlint.model.graph import Labels, Pixels, Tensor
from layoutlint.model.origins import Origin
from layoutlint.model.sizes import Size, unknown_size
from layoutlint.model.syntax_text import expression_of
from layoutlint.system.kept_data import own_yaml

if TYPE_CHECKING:
    from layoutlint.interpreter.core.evaluator import Evaluator

KNOWLEDGE = Path(__file__).parents[2] / "knowledge"
LEADING = "..."
"""In place of a role: all axes of the named argument but its last."""
BELOW = "below"
"""In place of a role: the values are whole numbers from 0 up to, and without, this one."""

PIXELS = "pixels"
"""In place of a role: the values are those of images, 0 to 255, and their colours come in this order."""

_ARITHMETIC: Mapping[type[ast.operator], Callable[[Size, Size], Size]] = {
    ast.Add: sizes.add,
    ast.Sub: sizes.subtract,
    ast.Mult: sizes.multiply,
    ast.FloorDiv: sizes.floor_divide,
}


Entry: TypeAlias = Mapping[str, Any]
"""An entry of the knowledge base, or a part of one, as its file holds it."""


class NotKnownError(Exception):
    """The arguments do not say what the function returns; ``str(error)`` says why."""


def function(name: str) -> Handler | None:
    """Return what carries out a function that our own knowledge base describes."""
    entry = _entries(name.split(".", 1)[0]).get(name)
    return _handler(name, entry) if entry is not None else None


def of_user(ev: Evaluator, callee: Value) -> Handler | None:
    """Return what carries out a call of something that the user's own files describe.

    Its name is that under which it is imported; what the checked file itself defines is called by the file's
    name, as if somebody imported it.
    """
    name = _qualified_name(ev, callee)
    entry = ev.knowledge.get(name) if name is not None else None
    return _handler(name, entry) if name is not None and entry is not None else None


def _qualified_name(ev: Evaluator, callee: Value) -> str | None:
    match callee:
        case External(name):
            return name
        case NativeMethod(LibraryObject(kind), name):
            return f"{kind}.{name}"
        case BoundMethod(function):
            return _qualified_name(ev, function)
        case FunctionValue(owner=ClassValue() as owner):
            return f"{_module_name(callee.module)}.{owner.name}.{callee.name}"
        case FunctionValue() | ClassValue():
            return f"{_module_name(callee.module)}.{callee.name}"
        case _:
            return None


def _module_name(module: ModuleValue) -> str:
    return Path(module.file.path).stem if module.name == "__main__" else module.name


@cache
def _entries(library: str) -> Entry:
    path = KNOWLEDGE / f"{library}.yaml"
    known: Entry = own_yaml(path) if library.isidentifier() and path.is_file() else {}
    return known


def _handler(name: str, entry: Entry) -> Handler:
    def run(site: Site, arguments: Arguments) -> Value:
        given = _bound(Parameters(entry.get("parameters", "*_, **__")), arguments)
        origin = site.origin
        try:
            known = site.evaluator.data_format or site.lost("the data format is set to something unknown")
            answers = {**given, "image_data_format": known}
            return _Result(name, given, site.evaluator, origin).made(_case(entry, answers))
        except NotKnownError as problem:
            return site.lost(f"{name}: {problem}")

    return run


def _bound(parameters: Parameters, arguments: Arguments) -> dict[str, Value]:
    found: dict[str, Value] = dict(parameters.defaults)
    if arguments.open:
        found = {name: Unknown(name) for name in parameters.names}
    found.update(zip(parameters.positional, arguments.positional, strict=False))
    found.update(arguments.keywords)
    return found


def _case(entry: Entry, given: Mapping[str, Value]) -> object:
    """Return the ``returns`` of the first case whose condition holds, else the entry's own."""
    for case in entry.get("cases", ()):
        answers = [_is_one_of(given.get(name), wanted) for name, wanted in case["when"].items()]
        if False in answers:
            continue
        if None in answers:
            raise NotKnownError(f"it depends on {', '.join(case['when'])}")
        return case["returns"]
    return entry["returns"]


def _is_one_of(value: Value, wanted: object) -> bool | None:
    options = wanted if isinstance(wanted, list) else [wanted]
    match value:
        case External(name) if name in options:
            return True
        case External(name):
            # other names of one library are other things
            libraries = {str(each).split(".")[0] for each in options if isinstance(each, str)}
            return False if value.is_definite or name.split(".")[0] in libraries else None
        case str() | int() | float() | None:
            return any(
                value == each and isinstance(value, bool) == isinstance(each, bool) for each in options
            )
        case _:
            return None


class _Result:
    """What one call of a described function returns."""

    def __init__(self, name: str, given: Mapping[str, Value], ev: Evaluator, origin: Origin) -> None:
        self._name, self._given, self._ev, self._origin = name, given, ev, origin

    def made(self, description: object) -> Value:
        match description:
            case None:
                return Unknown(None, self._origin, f"the return value of {self._name} is not known")
            case "number":
                return Unknown(None, self._origin, f"a number that {self._name} returns")
            case list():
                return tuple(self.made(item) for item in description)
            case str() if description.startswith("like "):
                return Tensor(self._shape(description.removeprefix("like ")), None, self._origin)
            case str():
                return self._object(description, {})
            case {"fields": fields, **others}:
                parts = {name: self.made(part) for name, part in fields.items()}
                return self._object(str(others.get("object", self._name)), parts)
            case {"element": element, "object": kind}:
                return self._object(str(kind), {}, element=self.made(element))
            case dict():
                return self._array(description)
            case _:
                raise NotKnownError("its description cannot be read")

    def _object(self, kind: str, fields: dict[Value, Value], **state: Value) -> LibraryObject:
        journal = self._ev.journal
        return LibraryObject(
            kind, self._origin, journal.born({"fields": journal.born(fields), "from": self._name, **state})
        )

    def _array(self, description: Entry) -> Tensor:
        axes: list[Axis] = []
        labels: Labels | None = None
        pixels: Pixels | None = None
        for role, written in description.items():
            if role == PIXELS:
                pixels = Pixels(0, BYTES, written if written in TURNED else "", whole=True)
                continue
            if role == BELOW:
                count = self._size(written)
                labels = Labels(count if isinstance(count, int) else None)
                continue
            if role == LEADING:
                axes.extend(self._shape(written)[:-1])
                continue
            size = self._size(written)
            shown = role if written is None else f"{role}={sizes.render(size)}"
            if sizes.is_symbolic(size):
                shown = role
            evidence = Evidence(f"{self._name.removeprefix('keras.datasets.')} returns {shown}", self._origin)
            axes.append(Axis(size, role, (evidence,)))
        return Tensor(Shape(axes), None, self._origin, labels=labels, pixels=pixels)

    def _shape(self, name: str) -> Shape:
        array = array_of(self._given.get(name))
        if array is None or array.shape is None:
            raise NotKnownError(f"the axes of {name} are not known")
        return array.shape

    def _size(self, written: object) -> Size:
        match written:
            case None:
                return unknown_size()
            case "free":
                return None
            case int():
                return written
            case _:
                return self._computed(_parsed(str(written)))

    def _computed(self, node: ast.expr) -> Size:
        """Return a size as an expression over arguments: ``n_mfcc``, ``dsize[1]``, ``1 + n_fft // 2``,
        ``x.shape[0]``.
        """
        match node:
            case ast.Constant(int() as number):
                return number
            case ast.BinOp(left, op, right) if type(op) in _ARITHMETIC:
                return _ARITHMETIC[type(op)](self._computed(left), self._computed(right))
            case ast.Name(name):
                return self._number(self._given.get(name))
            case ast.Subscript(ast.Attribute(ast.Name(name)), key):
                array = array_of(self._given.get(name))
                sizes_there = array.shape.sizes if array is not None and array.shape is not None else ()
                index = ast.literal_eval(key)
                known = -len(sizes_there) <= index < len(sizes_there)
                return sizes_there[index] if known else unknown_size()
            case ast.Subscript(ast.Name(name), key):
                return self._item(self._given.get(name), ast.literal_eval(key))
            case _:
                raise NotKnownError("its description cannot be read")

    def _item(self, value: Value, index: int) -> Size:
        match value:
            case tuple() | list() if -len(value) <= index < len(value):
                return self._number(value[index])
            case Unknown():
                return value.part(f"[{index}]").size()
            case _:
                return unknown_size()

    def _number(self, value: Value) -> Size:
        return unknown_size() if value is None else as_size(value)


@cache
def _parsed(text: str) -> ast.expr:
    return expression_of(text)
