"""The form of an operation: its meaning, what a library calls it, and how that library's arguments bind.

An :class:`Operation` is one meaning (``transpose``), whatever the library; an :class:`OperationSpec` is one
library's spelling of it (``tensorflow.transpose(a, perm=None)``). Binding gives the arguments under the
meaning's own names.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from enum import Enum
from functools import cached_property
from typing import Any, Final, Literal, TypeAlias

from msgspec import Struct

from layoutlint.layers.spec import Parameters, Shapes
from layoutlint.model.axes import Shape
from layoutlint.model.errors import ErrorKind, ShapeError, UndeterminedError
from layoutlint.operations.bound_arguments import BoundArguments

MAX_SPREAD: Final = 8
"""How many arguments of ``*sizes`` are told apart: more axes has no array of a program."""


class Marker(Enum):
    """Stands where an argument has no value that the interpreter could name."""

    UNKNOWN = "unknown"

    def __repr__(self) -> str:
        return "UNKNOWN"


UNKNOWN: Final = Marker.UNKNOWN
"""An argument of which nothing is known: perhaps a tensor of unknown rank, perhaps a number, a list, None."""

ShapeFunction: TypeAlias = Callable[[BoundArguments], Shapes]
ValueFunction: TypeAlias = Callable[[BoundArguments], Any]
Binding: TypeAlias = Literal["call", "saved"]

ALIASES: Mapping[str, str] = {
    # what other libraries and versions call a parameter → the name in the operation
    "args": "shape",
    "axes": "axis",
    "concat_dim": "axis",
    "dim": "axis",
    "dimension": "axis",
    "dims": "axis",
    "dim_ordering": "data_format",
    "keep_dims": "keepdims",
    "limit": "stop",
    "delta": "step",
    "multiples": "repeats",
    "newshape": "shape",
    "paddings": "pad_width",
    "pattern": "axes",
    "perm": "axes",
    "reduction_indices": "axis",
    "reps": "repeats",
    "size": "shape",
    "slice_spec": "key",
    "split_dim": "axis",
    "squeeze_dims": "axis",
}


UNUSED_WHEN_SAVED = frozenset(["name", "dtype", "trainable"])
"""What a saved operation says of itself and no function takes."""


class Operation(Struct, frozen=True):
    """One meaning.

    ``operands`` are the names of its first parameters: those bind by place, whatever a library calls them.
    ``shape`` gives the output shapes, ``value`` the Python value where the result is a number or a tuple of
    sizes rather than an array (``shape``, ``len``, ``prod`` of sizes); either may be None. ``number`` gives
    the number that comes out of numbers alone. ``why`` says why the output is unknown on purpose.
    """

    name: str
    operands: tuple[str, ...]
    shape: ShapeFunction | None = None
    value: ValueFunction | None = None
    number: ValueFunction | None = None
    why: str = ""

    def parameter(self, name: str, place: int | None) -> str:
        """Return the operation's name for a library's parameter ``name`` at ``place`` of its signature."""
        if place is not None and place < len(self.operands):
            return self.operands[place]
        if name in self.operands:
            return name
        return ALIASES.get(name, name)


class OperationSpec(Struct, frozen=True, dict=True):
    """One library's spelling of an operation: its qualified name and its signature as Python writes it.

    ``binding`` is ``saved`` for an operation in a saved configuration: there positional arguments fill the
    parameters that no keyword gives, an argument that is not written has its default, and a tuple is a list.
    """

    qualified_name: str
    operation: Operation
    parameters: Parameters
    binding: Binding = "call"

    @property
    def name(self) -> str:
        """The canonical name of the operation, ``Layer.class_name`` in the graph."""
        return self.operation.name

    @property
    def is_ufunc(self) -> bool:
        """Whether it is one of numpy's functions of each element of one array, which other classes may carry
        out themselves.
        """
        return self.qualified_name.startswith("numpy.") and self.parameters.text.startswith("x, out=None, *")

    @property
    def is_value(self) -> bool:
        """Whether the result is a Python value (a number, a tuple of sizes) and never an array."""
        return self.operation.value is not None and self.operation.shape is None

    def bind(
        self, positional: Sequence[Any], keywords: Mapping[str, Any], *, is_open: bool = False
    ) -> dict[str, Any]:
        """Return every argument by the operation's own parameter names, defaults included.

        Where the call ``is_open``, an unknown ``*args`` or ``**kwargs`` may give what is not given, which is
        then unknown.
        Raises ShapeError (kind ``argument``) for too many, doubled or missing arguments, and
        UndeterminedError for a keyword that the installed library does not know: another version of it might.
        """
        parameters = self.parameters
        renamed = self._renamed
        values = dict(self._defaults)
        places: Sequence[str] = parameters.positional
        if self.binding == "saved":
            places = [name for name in places if not self._gives(keywords, name)]
        if len(positional) > len(places):
            if parameters.variadic is None:
                raise ShapeError(
                    ErrorKind.ARGUMENT,
                    f"{self.qualified_name} takes {len(places)} positional arguments, got {len(positional)}",
                )
            values[renamed[parameters.variadic]] = tuple(positional[len(places) :])
        elif parameters.variadic is not None:
            values.setdefault(renamed[parameters.variadic], ())
        given = {renamed[name]: value for name, value in zip(places, positional, strict=False)}
        for name, value in keywords.items():
            if self.binding == "saved" and name in UNUSED_WHEN_SAVED and name not in renamed:
                continue
            known = renamed.get(name) or self.operation.parameter(name, None)
            if known not in renamed.values():
                raise UndeterminedError(f"{self.qualified_name} has no argument {name}")
            if known in given:
                raise ShapeError(ErrorKind.ARGUMENT, f"{self.qualified_name} got {name} twice")
            given[known] = value
        missing = [name for name in parameters.required if renamed[name] not in given]
        if self.binding == "saved":
            if isinstance(given.get("key"), list):
                given["key"] = tuple(given["key"])
        elif is_open:
            values |= {renamed[name]: UNKNOWN for name in parameters.names}
            if parameters.variadic is not None:
                values[renamed[parameters.variadic]] = UNKNOWN
        elif missing:
            raise ShapeError(ErrorKind.ARGUMENT, f"{self.qualified_name} needs {', '.join(missing)}")
        return values | given

    @cached_property
    def places(self) -> tuple[str, ...]:
        """The operation's names for the arguments by position; ``*sizes`` is repeated."""
        parameters = self.parameters
        last = () if parameters.variadic is None else (parameters.variadic,) * MAX_SPREAD
        return tuple(self._renamed[name] for name in (*parameters.positional, *last))

    @cached_property
    def _defaults(self) -> dict[str, Any]:
        renamed = self._renamed
        return {renamed[name]: default for name, default in self.parameters.defaults.items()}

    def _gives(self, keywords: Mapping[str, Any], name: str) -> bool:
        """Tell whether ``keywords`` give the parameter ``name``, under this or another name."""
        meant = self._renamed[name]
        return any(
            self._renamed.get(keyword, self.operation.parameter(keyword, None)) == meant
            for keyword in keywords
        )

    @cached_property
    def _renamed(self) -> dict[str, str]:
        """The library's parameter names with the operation's."""
        parameters = self.parameters
        found = {name: self.operation.parameter(name, None) for name in parameters.names}
        found |= {name: self.operation.parameter(name, i) for i, name in enumerate(parameters.positional)}
        if parameters.variadic is not None:
            name = parameters.variadic
            found[name] = self.operation.parameter(name, len(parameters.positional))
        return found


class Mask(Shape):
    """The shape of an array of truth values: as an index it selects, and nobody knows how many."""

    __slots__ = ()
