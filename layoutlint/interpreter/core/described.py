"""Functions of which only the result is known: the knowledge base, ``knowledge/*.yaml``, carried out.

The form of an entry is documented in ``docs/knowledge.md``.
"""

from __future__ import annotations

import ast
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from layoutlint.interpreter.core.arguments import Arguments
from layoutlint.interpreter.core.site import Handler, Site
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
from layoutlint.model.graph import Labels, Tensor
from layoutlint.model.origins import Origin
from layoutlint.model.sizes import Size, unknown_size

if TYPE_CHECKING:
    from layoutlint.interpreter.core.evaluator import Evaluator

KNOWLEDGE = Path(__file__).parents[2] / "knowledge"
LEADING = "..."
"""In place of a role: all axes of the named argument but its last."""
BELOW = "below"
"""In place of a role: the values are whole numbers from 0 up to, and without, this one."""

_ARITHMETIC = {
    ast.Add: sizes.add,
    ast.Sub: sizes.subtract,
    ast.Mult: sizes.multiply,
    ast.FloorDiv: sizes.floor_divide,
}


class NotKnownError(Exception):
    """The arguments do not say what the function returns; ``str(error)`` says why."""


def function(name: str) -> Handler | None:
    """What carries out a function that our own knowledge base describes."""
    entry = _entries(name.split(".", 1)[0]).get(name)
    return _handler(name, entry) if entry is not None else None


def of_user(ev: Evaluator, callee: Value) -> Handler | None:
    """What carries out a call of something that the user's own files describe.

    Its name is that under which it is imported; what the checked file itself defines is called by the file's
    name, as if somebody imported it.
    """
    name = _qualified_name(ev, callee)
    entry = ev.knowledge.get(name) if name is not None else None
    return _handler(name, entry) if name is not None and entry is not None else None


def _qualified_name(ev: Evaluator, callee: Value) -> str | None:
    if isinstance(callee, External):
        return callee.name
    if isinstance(callee, NativeMethod) and isinstance(callee.receiver, LibraryObject):
        return f"{callee.receiver.kind}.{callee.name}"
    if isinstance(callee, BoundMethod):
        callee = callee.function
    if isinstance(callee, FunctionValue) and callee.owner is not None:
        return f"{_module_name(callee.module)}.{callee.owner.name}.{callee.name}"
    if isinstance(callee, FunctionValue | ClassValue):
        return f"{_module_name(callee.module)}.{callee.name}"
    return None


def _module_name(module: ModuleValue) -> str:
    return Path(module.file.path).stem if module.name == "__main__" else module.name


@cache
def _entries(library: str) -> Mapping[str, Any]:
    path = KNOWLEDGE / f"{library}.yaml"
    if not library.isidentifier() or not path.is_file():
        return {}
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    with path.open(encoding="utf-8") as file:
        found: dict[str, Any] = yaml.load(file, loader)
    return found


def _handler(name: str, entry: Mapping[str, Any]) -> Handler:
    def run(site: Site, arguments: Arguments) -> Value:
        given = _bound(Parameters(entry.get("parameters", "*_, **__")), arguments)
        origin = site.origin
        try:
            return _Result(name, given, site.evaluator, origin).made(_case(entry, given))
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


def _case(entry: Mapping[str, Any], given: Mapping[str, Value]) -> Any:
    """The ``returns`` of the first case whose condition holds, else the entry's own."""
    for case in entry.get("cases", ()):
        answers = [_is_one_of(given.get(name), wanted) for name, wanted in case["when"].items()]
        if False in answers:
            continue
        if None in answers:
            raise NotKnownError(f"it depends on {', '.join(case['when'])}")
        return case["returns"]
    return entry["returns"]


def _is_one_of(value: Value, wanted: Any) -> bool | None:
    for option in wanted if isinstance(wanted, list) else [wanted]:
        if isinstance(value, External):
            if value.name == option:
                return True
        elif isinstance(value, str | int | float | type(None)):
            if value == option and isinstance(value, bool) == isinstance(option, bool):
                return True
        else:
            return None
    return False


class _Result:
    """What one call of a described function returns."""

    def __init__(self, name: str, given: Mapping[str, Value], ev: Evaluator, origin: Origin) -> None:
        self._name, self._given, self._ev, self._origin = name, given, ev, origin

    def made(self, description: Any) -> Value:
        if description is None:
            return Unknown(None, self._origin, f"what {self._name} returns is not known")
        if description == "number":
            return Unknown(None, self._origin, f"a number that {self._name} returns")
        if isinstance(description, list):
            return tuple(self.made(item) for item in description)
        if isinstance(description, str):
            if description.startswith("like "):
                return Tensor(self._shape(description.removeprefix("like ")), None, self._origin)
            return self._object(description, {})
        if "fields" in description:
            parts = {name: self.made(part) for name, part in description["fields"].items()}
            return self._object(description.get("object", self._name), parts)
        if "element" in description:
            element = self.made(description["element"])
            return self._object(description["object"], {}, element=element)
        return self._array(description)

    def _object(self, kind: str, fields: dict[str, Value], **state: Value) -> LibraryObject:
        journal = self._ev.journal
        return LibraryObject(
            kind, self._origin, journal.born({"fields": journal.born(fields), "from": self._name, **state})
        )

    def _array(self, description: Mapping[str, Any]) -> Tensor:
        axes: list[Axis] = []
        labels: Labels | None = None
        for role, written in description.items():
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
            evidence = Evidence(f"{self._name.removeprefix('keras.datasets.')} gives {shown}", self._origin)
            axes.append(Axis(size, role, (evidence,)))
        return Tensor(Shape(axes), None, self._origin, labels=labels)

    def _shape(self, name: str) -> Shape:
        value = self._given.get(name)
        if isinstance(value, LibraryObject):
            value = value.array
        if isinstance(value, Tensor) and value.shape is not None and value.shape.rank:
            return value.shape
        raise NotKnownError(f"the axes of {name} are not known")

    def _size(self, written: Any) -> Size:
        if written is None:
            return unknown_size()
        if written == "free":
            return None
        if isinstance(written, int):
            return written
        return self._computed(_parsed(written))

    def _computed(self, node: ast.expr) -> Size:
        """A size as an expression over arguments: ``n_mfcc``, ``dsize[1]``, ``1 + n_fft // 2``,
        ``x.shape[0]``.
        """
        if isinstance(node, ast.Constant) and isinstance(node.value, int):
            return node.value
        if isinstance(node, ast.BinOp) and type(node.op) in _ARITHMETIC:
            made: Size = _ARITHMETIC[type(node.op)](self._computed(node.left), self._computed(node.right))
            return made
        if isinstance(node, ast.Name):
            return self._number(self._given.get(node.id))
        if isinstance(node, ast.Subscript):
            index: int = ast.literal_eval(node.slice)
            if isinstance(node.value, ast.Attribute) and isinstance(node.value.value, ast.Name):
                value = self._given.get(node.value.value.id)
                array = value.array if isinstance(value, LibraryObject) else value
                if isinstance(array, Tensor) and array.shape is not None and array.shape.rank > index:
                    size: Size = array.shape[index].size
                    return size
                return unknown_size()
            assert isinstance(node.value, ast.Name)
            value = self._given.get(node.value.id)
            if isinstance(value, tuple | list) and len(value) > index:
                return self._number(value[index])
            return value.part(f"[{index}]").size() if isinstance(value, Unknown) else unknown_size()
        raise NotKnownError("its description cannot be read")

    def _number(self, value: Value) -> Size:
        return unknown_size() if value is None else as_size(value)


@cache
def _parsed(text: str) -> ast.expr:
    return ast.parse(text, mode="eval").body
