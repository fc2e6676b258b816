"""Variables that may get an array of other sizes: ``K.variable`` on Theano, ``tf.Variable(x, shape=None)``.

A program makes them with an array to hold their place, and sets their value later. The variable is one object
wherever the program keeps it, so that its array is part of its state. A variable of TensorFlow whose shape
is not given keeps that of its first value, and is an array like any other. Sources:
https://www.tensorflow.org/api_docs/python/tf/Variable, https://keras.io/2.1.6/backend/ (``set_value``).
"""

from __future__ import annotations

from typing import Final

from layoutlint import operations
from layoutlint.interpreter.core import arrays
from layoutlint.interpreter.core.arguments import Arguments
from layoutlint.interpreter.core.library import Kind, Library
from layoutlint.interpreter.core.site import Handler, Site
from layoutlint.interpreter.core.tensor_values import to_tensors
from layoutlint.interpreter.core.unknown_keys import VARIABLE
from layoutlint.interpreter.core.values import LibraryObject, NativeMethod, Value, alternatives, has_rest
from layoutlint.model.graph import Tensor

KERAS: Final = "keras.backend.variable"
TENSORFLOW: Final = "tensorflow.Variable"
SETTERS: Final = frozenset(["set_value", "assign", "load"])
"""Methods that give a variable another value."""
CHANGES: Final = frozenset(["assign_add", "assign_sub"])
"""Methods that change the numbers in it."""


def _maker(kind: str) -> Handler:
    spec = operations.find(kind)
    assert spec is not None

    def make(site: Site, arguments: Arguments) -> Value:
        made = arrays.apply(site, spec, arguments)
        if not isinstance(made, Tensor) or made.shape == ():
            return made  # a number stays one
        if kind == TENSORFLOW and "shape" not in arguments.keywords:
            return made
        return LibraryObject(kind, site.origin, site.journal.born({"array": made, VARIABLE: True}))

    return make


def _method(site: Site, variable: LibraryObject, name: str, arguments: Arguments) -> Value:
    if name in SETTERS:
        _give(site, variable, arguments.get(0, "value"))
        return variable
    if name in CHANGES:
        return variable
    held = variable.array or Tensor(None)
    return held if name == "get_value" else arrays.tensor_method(site, held, name, arguments)


def _attribute(site: Site, variable: LibraryObject, name: str) -> Value:
    found = arrays.tensor_attribute(site, variable.array or Tensor(None), name)
    return None if isinstance(found, NativeMethod) else found


def _give(site: Site, target: Value, value: Value) -> None:
    """Let a variable hold another value; one of several may hold it, or what it held."""
    possible = [each for each in alternatives(target) if isinstance(each, LibraryObject)]
    given = to_tensors(value)
    array = given if isinstance(given, Tensor) and len(possible) == 1 else Tensor(None, None, site.origin)
    for variable in possible:
        if VARIABLE in variable.state:
            site.journal.touch(variable.state)
            variable.state["array"] = array


def _set_value(site: Site, arguments: Arguments) -> Value:
    """``K.set_value(x, value)``."""
    _give(site, arguments.get(0, "x"), arguments.get(1, "value"))
    return None


def _update(site: Site, arguments: Arguments) -> Value:
    """``K.update(x, new_x)``."""
    _give(site, arguments.get(0, "x"), arguments.get(1, "new_x"))
    return arguments.get(1, "new_x")


def _batch_set_value(site: Site, arguments: Arguments) -> Value:
    """``K.batch_set_value([(x, value), …])``."""
    pairs = arguments.get(0, "tuples")
    for pair in pairs if isinstance(pairs, list | tuple) and not has_rest(pairs) else ():
        match pair:
            case (target, value):
                _give(site, target, value)
            case _:
                pass
    return None


KIND = Kind(method=_method, attribute=_attribute)
LIBRARY = Library(
    "variables",
    functions={
        KERAS: _maker(KERAS),
        TENSORFLOW: _maker(TENSORFLOW),
        "keras.backend.set_value": _set_value,
        "keras.backend.update": _update,
        "keras.backend.batch_set_value": _batch_set_value,
    },
    kinds={KERAS: KIND, TENSORFLOW: KIND},
)
