"""The form of a registry entry: everything that is known about one Keras layer class."""

from __future__ import annotations

import ast
import math
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from typing import Any, Protocol, TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from layoutlint.model.axes import Shape
from layoutlint.model.errors import ErrorKind, ShapeError, UndeterminedError
from layoutlint.model.sizes import Expression, Size, unknown_size

Shapes: TypeAlias = Any
"""``Nested[Shape | None]``: the structure of a layer's inputs or outputs, with a shape for each tensor; None
is a shape of unknown rank. (A Shape is itself a tuple, so a type checker cannot tell the two apart.)"""

COMMON_PARAMETERS = frozenset(
    [
        *("name", "dtype", "trainable", "autocast", "activity_regularizer", "weights", "dynamic"),
        *("batch_size", "input_shape", "batch_input_shape", "batch_shape", "input_dim", "input_length"),
        *("input_dtype", "build_config", "implementation"),
    ]
)
"""Keyword arguments that every layer takes in some Keras version."""


class Parameters(Struct, frozen=True, dict=True):
    """A constructor's signature, written as Python writes it: ``"filters, kernel_size, strides=1"``."""

    text: str

    @cached_property
    def _arguments(self) -> ast.arguments:
        parsed = ast.parse(f"lambda {self.text}: 0", mode="eval").body
        assert isinstance(parsed, ast.Lambda)
        return parsed.args

    @cached_property
    def positional(self) -> tuple[str, ...]:
        """The names that bind by position, in order."""
        return tuple(argument.arg for argument in self._arguments.args)

    @cached_property
    def variadic(self) -> str | None:
        """The name of ``*args``, if there is one."""
        return self._arguments.vararg.arg if self._arguments.vararg else None

    @cached_property
    def is_open(self) -> bool:
        """Whether any other keyword is taken too, and passed over."""
        return self._arguments.kwarg is not None

    @cached_property
    def defaults(self) -> dict[str, Any]:
        """The default of every parameter that has one."""
        arguments = self._arguments
        with_default = self.positional[len(self.positional) - len(arguments.defaults) :]
        found = dict(zip(with_default, map(ast.literal_eval, arguments.defaults), strict=True))
        for argument, default in zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True):
            if default is not None:
                found[argument.arg] = ast.literal_eval(default)
        return found

    @cached_property
    def names(self) -> frozenset[str]:
        """All parameter names."""
        return frozenset(self.positional) | {argument.arg for argument in self._arguments.kwonlyargs}

    @cached_property
    def required(self) -> tuple[str, ...]:
        """The names without a default."""
        keyword_only = (argument.arg for argument in self._arguments.kwonlyargs)
        return tuple(name for name in (*self.positional, *keyword_only) if name not in self.defaults)


class Infer(Protocol):
    """What a wrapper calls to learn what the layer that it wraps makes of a shape."""

    def __call__(self, layer: Any, inputs: Shapes, keywords: Mapping[str, Any] | None = None) -> Shapes: ...


class LayerArguments(Struct):
    """The bound arguments of a layer, with accessors that say what is known.

    A value that only the running program knows is an :class:`~layoutlint.model.sizes.Expression`. The
    accessors
    raise :class:`UndeterminedError` where the answer depends on one and :class:`ShapeError` where Keras would
    refuse the value. ``keywords`` are the arguments of the call after the inputs (tensors as shapes),
    ``infer`` asks for the output of a wrapped layer.
    """

    class_name: str
    values: Mapping[str, Any]
    keywords: Mapping[str, Any] = {}
    infer: Infer | None = None

    def __getitem__(self, name: str) -> Any:
        """Return the value, None where it was not given; numbers that numpy computes are sizes
        nobody knows.
        """
        value = self.values.get(name)
        if not isinstance(value, tuple):
            return value
        # numbers stand alone, in a tuple, or in a tuple of tuples
        may_hold = isinstance(value, Shape) or not _NESTED.isdisjoint(map(type, value))
        return _with_numbers(value) if may_hold else value

    def is_numpy_number(self, name: str) -> bool:
        """Tell whether the value is an array without axes: ``X.max()``, which is no ``int`` of Python."""
        return _is_number_of_numpy(self.values.get(name))

    def known(self, name: str) -> Any:
        """Return the value, if it holds no unknown part."""
        value = self[name]
        if isinstance(value, Expression):
            raise UndeterminedError(f"{name} is {value}")
        return value

    def flag(self, name: str) -> bool:
        """Return a truth value."""
        return bool(self.known(name))

    def text(self, name: str) -> str:
        """Return a string in lower case."""
        value = self.known(name)
        if not isinstance(value, str):
            raise ShapeError(ErrorKind.ARGUMENT, f"{self.class_name}: {name}={value!r} is not a string")
        return value.lower()

    def choice(self, name: str, choices: Sequence[str]) -> str:
        """Return a string out of ``choices``."""
        value = self.text(name)
        if value not in choices:
            raise ShapeError(
                ErrorKind.ARGUMENT, f"{self.class_name}: {name}={value!r} is not one of {', '.join(choices)}"
            )
        return value

    def size(self, name: str) -> int | Expression:
        """Return a number of units, filters, …: a number or a symbolic size."""
        return self._size(name, self[name])

    def sizes(self, name: str, count: int) -> tuple[int | Expression, ...]:
        """``count`` sizes, one number standing for all."""
        value = self[name]
        if isinstance(value, Expression) and count > 1:
            # an unknown value may be one number or a tuple of them
            return tuple(_part(value, index) for index in range(count))
        if isinstance(value, list | tuple):
            if len(value) != count:
                raise ShapeError(
                    ErrorKind.ARGUMENT, f"{self.class_name}: {name}={tuple(value)} needs {count} numbers"
                )
            return tuple(self._size(name, item) for item in value)
        return (self._size(name, value),) * count

    def _size(self, name: str, value: Any) -> int | Expression:
        if isinstance(value, Expression):
            return value
        is_whole = value.is_integer() if isinstance(value, float) else isinstance(value, int)
        if isinstance(value, bool) or not is_whole:
            raise ShapeError(ErrorKind.ARGUMENT, f"{self.class_name}: {name}={value!r} is not a whole number")
        return int(value)

    @property
    def channels_first(self) -> bool:
        """Whether ``data_format`` puts the channels right after the batch."""
        value = self.known("data_format")
        if value is None:
            return False
        return self.choice("data_format", ("channels_last", "channels_first")) == "channels_first"


_NESTED = frozenset([tuple, Shape])


def _is_number_of_numpy(value: Any) -> bool:
    return isinstance(value, Shape) and not value


def _with_numbers(value: Any) -> Any:
    if _is_number_of_numpy(value):
        return unknown_size()
    if isinstance(value, tuple) and any(map(_is_number_of_numpy, value)):
        return tuple(map(_with_numbers, value))
    return value


def _part(value: Expression, index: int) -> Expression:
    from layoutlint.model.sizes import symbol

    return symbol(f"{value}[{index}]")


ShapeFunction: TypeAlias = Callable[[LayerArguments, Any], Shapes]
"""(arguments, inputs) → outputs.

For a layer with one input, ``inputs`` is a :class:`Shape` (its rank already checked). For a layer that takes
several (``many=True``) it is the structure as it was given, with None for a tensor of unknown rank. The
function raises ShapeError where Keras would raise, UndeterminedError where the arguments are not known, and
returns None (or a structure with None) for an output of unknown rank.
"""

Reads: TypeAlias = "tuple[str, ...] | Callable[[LayerArguments, Shape], tuple[str, ...]]"
"""The names under which the layer reads its input's axes, ``"..."`` standing for any number of axes."""

Weights: TypeAlias = "dict[str, tuple[Size, ...]]"
WeightsFunction: TypeAlias = Callable[[LayerArguments, Any], "Weights"]


class LayerSpec(Struct, frozen=True, eq=False, dict=True):
    """All that is known about one Keras layer class.

    ``rank`` and ``min_rank`` are Keras's ``InputSpec(ndim=…)`` and ``InputSpec(min_ndim=…)``, the batch
    counted. ``shape`` is None for a class whose output is unknown on purpose, and ``why`` says why; next to a
    shape function it says what that does not know. ``keeps_axes`` says that every output axis *is* the input
    axis at its place (activations, dropout, normalisations). ``weights`` gives the shapes of the trained
    weights by name, the kernel's axes in Keras's order. ``check`` raises ShapeError for arguments that Keras
    refuses when the layer is made, before it sees any input. ``accepts`` are further keywords that the
    constructor takes out of its ``**kwargs``. ``takes_unknown`` says that the shape function has an answer
    even for an input of unknown rank, and then gets None for it. ``takes_rows`` says that the input may
    have more axes than ``rank``: each row of them is an input of its own. ``stricter``
    says of an entry of Keras 2 that it refuses what Keras 3 takes. ``converts`` makes of an argument
    what the constructor stores: Keras 2 writes ``padding`` in lower case, and ``units=8.0`` is 8 there.

    ``first`` says that only the first input counts and further ones do not change the output (the initial
    states of a recurrent layer).

    ``many`` says that the shape function takes the first argument of the call with its structure. Which
    that is, in every front end: a single positional argument as it was written (``Add()([a, b])`` gives
    ``[a, b]``, ``Dropout(0.5)(x)`` gives ``x``); a list of them where the call has several
    (``MultiHeadAttention(…)(q, v)`` gives ``[q, v]``); an empty list where it has none. All that is given
    by name goes to ``LayerArguments.keywords``, tensors as their shapes: ``MultiHeadAttention(…)(query=q,
    value=v)`` gives ``[]`` and ``{"query": q, "value": v}``. Only a tensor given as ``inputs=`` counts as
    positional.
    """

    name: str
    parameters: Parameters
    shape: ShapeFunction | None
    reads: Reads = ("batch", "...")
    rank: int | None = None
    min_rank: int | None = None
    many: bool = False
    first: bool = False
    takes_unknown: bool = False
    keeps_axes: bool = False
    weights: WeightsFunction | None = None
    check: Callable[[LayerArguments], None] | None = None
    why: str = ""
    aliases: tuple[str, ...] = ()
    accepts: tuple[str, ...] = ()
    takes_rows: bool = False
    stricter: bool = False
    converts: Mapping[str, Callable[[Any], Any]] = {}

    @cached_property
    def keywords(self) -> frozenset[str]:
        """All that the constructor takes by keyword."""
        return self.parameters.names | COMMON_PARAMETERS | frozenset(self.accepts)

    def bind(self, positional: Sequence[Any], keywords: Mapping[str, Any]) -> dict[str, Any]:
        """Return every parameter's value: by position, by keyword, or its default.

        Raises ShapeError (kind ``argument``) where Keras would refuse the call: too many positional
        arguments, an unexpected or doubled keyword, a missing one.
        """
        parameters = self.parameters
        values = dict(parameters.defaults)
        if len(positional) > len(parameters.positional):
            if parameters.variadic is None:
                raise ShapeError(
                    ErrorKind.ARGUMENT,
                    f"{self.name} takes {len(parameters.positional)} positional arguments, "
                    f"got {len(positional)}",
                )
            values[parameters.variadic] = tuple(positional[len(parameters.positional) :])
        given = dict(zip(parameters.positional, positional, strict=False))
        for name, value in keywords.items():
            if name in given:
                raise ShapeError(ErrorKind.ARGUMENT, f"{self.name} got {name} twice")
            if name not in self.keywords and not parameters.is_open:
                raise ShapeError(ErrorKind.ARGUMENT, f"{self.name} has no argument {name}")
            given[name] = value
        missing = [name for name in parameters.required if name not in given]
        if missing:
            raise ShapeError(ErrorKind.ARGUMENT, f"{self.name} needs {', '.join(missing)}")
        return values | given

    def converted(self, values: Mapping[str, Any]) -> Mapping[str, Any]:
        """Return the arguments as the layer stores them."""
        if not self.converts:
            return values
        made = {name: convert(values[name]) for name, convert in self.converts.items() if name in values}
        return {**values, **made}

    def weights_for(self, arguments: LayerArguments, shapes: Shapes) -> Weights | None:
        """Return the shapes of the weights for an input by name; None where nobody can say."""
        if self.weights is None:
            return None
        try:
            if self.converts:
                arguments = replace(arguments, values=self.converted(arguments.values))
            return self.weights(arguments, shapes)
        except (ShapeError, UndeterminedError, ValueError, OverflowError):
            return None


def lower_case(value: Any) -> Any:
    """Return a text in lower case; anything else as it is."""
    return value.lower() if isinstance(value, str) else value


def whole(value: Any) -> Any:
    """Return what ``int(value)`` makes of a number, numpy's too, or of one in a text; others as they are."""
    if _is_number_of_numpy(value):
        return unknown_size()
    is_number = (
        math.isfinite(value) if isinstance(value, float) else isinstance(value, str) and value.isdecimal()
    )
    return int(value) if is_number else value


def layer(name: str, parameters: str, shape: ShapeFunction | None, **details: Any) -> LayerSpec:
    """Return a registry entry, with its parameters written as in Python."""
    return LayerSpec(name, Parameters(parameters), shape, **details)
