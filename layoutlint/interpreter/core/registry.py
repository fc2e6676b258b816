"""The registry: every library that the interpreter knows, and the order in which a name is looked up.

The user's own knowledge comes first, then the libraries' code, then operations on arrays, then the knowledge
base; what none of them knows is unknown.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TypeVar

from layoutlint import operations
from layoutlint.interpreter.core import arrays, described
from layoutlint.interpreter.core.arguments import Arguments
from layoutlint.interpreter.core.library import Kind, Library
from layoutlint.interpreter.core.natives import Natives
from layoutlint.interpreter.core.site import Handler, Site
from layoutlint.interpreter.core.values import LibraryObject, Unknown, Value
from layoutlint.model.graph import Tensor
from layoutlint.operations import OperationSpec

T = TypeVar("T")
_NO_KIND = Kind()
MAX_REMEMBERED = 4096


class Registry:
    """What is known of the world outside the program. Raises ValueError where two libraries claim a name."""

    def __init__(self, libraries: Iterable[Library], natives: Natives) -> None:
        known = tuple(libraries)
        self.natives = natives
        self._functions = _united("function", {each.name: each.functions for each in known})
        self._kinds = _united("kind", {each.name: each.kinds for each in known})
        self._constants = _united("constant", {each.name: each.constants for each in known})
        self._subscripts = _united("subscript", {each.name: each.subscripts for each in known})
        self._attributes = _united("attribute", {each.name: each.attributes for each in known})
        self._observers = _united("observer", {each.name: each.observers for each in known})
        self._finders = [each.find for each in known if each.find is not None]
        self._guesses = [each.guess for each in known if each.guess is not None]
        self._found: dict[str, Handler | None] = {}

    def function(self, name: str) -> Handler | None:
        """Return what carries out a call of a canonical qualified name; None if nothing is known."""
        if name not in self._found:
            if len(self._found) > MAX_REMEMBERED:
                self._found.clear()
            self._found[name] = self._look_up(name)
        return self._found[name]

    def _look_up(self, name: str) -> Handler | None:
        return self.code(name) or self._operation(operations.find(name)) or described.function(name)

    def _operation(self, spec: OperationSpec | None) -> Handler | None:
        if spec is None:
            return None
        if not spec.is_ufunc:
            return lambda site, arguments: arrays.apply(site, spec, arguments)

        def of_each_element(site: Site, arguments: Arguments) -> Value:
            made, given = arrays.apply(site, spec, arguments), arguments.get(0, "x")
            if not isinstance(given, LibraryObject) or not isinstance(made, Tensor):
                return made
            computed = self.kind(given.kind).computed
            return made if computed is None else computed(site, given, made)

        return of_each_element

    def code(self, name: str) -> Handler | None:
        """Return the library code that carries out a call of ``name``; None if there is none."""
        handler = self._functions.get(name)
        return handler or next((found for find in self._finders if (found := find(name)) is not None), None)

    def kind(self, name: str) -> Kind:
        """Return what is known of the objects of a class from outside, which may be nothing."""
        return self._kinds.get(name, _NO_KIND)

    def constant(self, name: str, default: Value) -> Value:
        """Return the value of a name that a library exports, ``default`` for one that is no constant."""
        return self._constants.get(name, default)

    def subscript(self, name: str) -> Callable[[Site, Value], Value] | None:
        """Return what carries out ``name[key]``; None if nothing is known."""
        return self._subscripts.get(name)

    def attribute(self, name: str) -> Callable[..., Value] | None:
        """Return what knows the attributes of an object that a library exports; None if nothing does."""
        return self._attributes.get(name)

    def observe(self, site: Site, name: str, arguments: Arguments) -> None:
        """Let those who take notes of calls see this one."""
        observer = self._observers.get(name)
        if observer is not None:
            observer(site, arguments)

    def call_unknown(self, site: Site, callee: Unknown, arguments: Arguments) -> Value:
        """Return the value of calling something unknown."""
        for guess in self._guesses:
            is_known, value = guess(callee, arguments)
            if is_known:
                return value
        return arrays.unknown_call(site, callee, arguments)


def _united(what: str, tables: Mapping[str, Mapping[str, T]]) -> dict[str, T]:
    found: dict[str, T] = {}
    owners: dict[str, str] = {}
    for library, table in tables.items():
        for name, value in table.items():
            if name in owners:
                raise ValueError(f"{owners[name]} and {library} both claim the {what} {name}")
            found[name], owners[name] = value, library
    return found
