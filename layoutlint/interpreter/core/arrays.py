"""Arrays and tensors in the program: operations on them, their attributes, and what makes them.

What an operation does to a shape is known to ``layoutlint.operations``; here values become its arguments
and its answer becomes values again.
"""

from __future__ import annotations

import ast
from types import EllipsisType
from typing import Final, assert_never, cast

from msgspec.structs import replace

from layoutlint import operations
from layoutlint.inference import operation_call
from layoutlint.inference.labels import COLUMN, drawn
from layoutlint.inference.named_axes import with_named_axes
from layoutlint.interpreter.core.arguments import Arguments
from layoutlint.interpreter.core.extent import is_small
from layoutlint.interpreter.core.journal import join, join_all, join_shapes
from layoutlint.interpreter.core.open_lists import filled, is_of_unknown_length
from layoutlint.interpreter.core.ranks import ranked
from layoutlint.interpreter.core.settings import forget_settings_of, may_set
from layoutlint.interpreter.core.site import Site
from layoutlint.interpreter.core.tensor_values import array_behind, as_value
from layoutlint.interpreter.core.values import (
    BoundMethod,
    Choice,
    ClassValue,
    Decorated,
    Deferred,
    External,
    FunctionValue,
    Instance,
    LayerValue,
    LibraryObject,
    ModelValue,
    ModuleValue,
    Native,
    NativeMethod,
    Others,
    Partial,
    Ratio,
    Rest,
    Scope,
    Super,
    Unknown,
    Value,
    has_rest,
    is_number,
)
from layoutlint.model.axes import Shape
from layoutlint.model.errors import ShapeError, UndeterminedError
from layoutlint.model.graph import Call, Layer, Nested, Slot, Tensor, map_nested
from layoutlint.model.sizes import FREE_BATCH, Expression, product, unknown_size
from layoutlint.operations import OperationSpec, elementwise
from layoutlint.operations.bound_arguments import BoundArguments, may_be_several, surely_number

SAME_SHAPE_METHODS = frozenset(
    [
        "astype",
        "copy",
        "clip",
        "round",
        "fillna",
        "abs",
        "cumsum",
        "sort_index",
        "rename",
        "to_numpy",
        "float",
        "double",
        "cpu",
        "detach",
        "numpy",
    ]
)
"""Methods that leave the shape of an unknown array as it is: the result is *like* the array."""

RUN_TIME_SHAPES = frozenset(["tensorflow.shape", "keras.backend.shape", "keras.ops.shape"])

LIST = "builtins.list"
"""The kind of the object that ``tolist()`` makes of an array."""

MAX_ITERATED = 64
MAX_WRITTEN = 10_000
"""A list of more numbers than this counts as an array of that length."""


def apply(
    site: Site,
    spec: OperationSpec,
    arguments: Arguments,
    *,
    receiver: Value = None,
) -> Value:
    """Return the value of an operation on arrays, tensors and numbers."""
    if spec.name == "arange" and _has_free_bound(arguments):
        return _counted(site, spec)
    positional = arguments.positional if receiver is None else (receiver, *arguments.positional)
    positional = ranked(spec, positional, arguments)
    if not all(map(is_small, (*positional, *arguments.keywords.values()))):
        return site.lost("a list of too many parts")
    if any(is_of_unknown_length(value) for value in positional):
        return _for_any_length(site, spec, positional, arguments)
    tensors: list[Tensor] = []
    try:
        further = _argument
        if spec.parameters.variadic is not None:
            # x.reshape(n, 1, m): what follows the array are numbers, known or not; s may be a tuple
            further = _inner if len(positional) > 2 else _only_argument
        bound = spec.bind(
            [(_argument if index == 0 else further)(v, tensors) for index, v in enumerate(positional)],
            {name: _argument(value, tensors) for name, value in arguments.keywords.items()},
            is_open=arguments.open,
        )
    except (ShapeError, UndeterminedError) as problem:
        return site.lost(str(problem))
    if bound.get("data_format", "") is None and spec.qualified_name.startswith("keras."):
        bound["data_format"] = site.evaluator.data_format or unknown_size()
    if spec.operation.value is not None:
        try:
            filled_in = operation_call.filled(bound, [tensor.shape for tensor in tensors])
            made_of: Value = operation_call.evaluate(spec, filled_in)
            return _as_numbers(made_of) if spec.qualified_name in RUN_TIME_SHAPES else made_of
        except (ShapeError, UndeterminedError) as problem:
            if spec.operation.shape is None:
                return _named_value(spec, positional, site, str(problem))
    if not tensors:
        if spec.operation.number is not None:
            try:
                return cast("Value", spec.operation.number(BoundArguments(spec.name, bound)))
            except UndeterminedError:
                pass  # not numbers that are known
        result = operation_call.infer(spec, bound)
        if result.outputs is None or result.error is not None:
            return _like_unknown(spec, positional, site, result.reason or str(result.error))
    layer = Layer(spec.name, bound, site.origin, spec.qualified_name, kind="operation")
    made = site.use(layer, [*tensors], layer.origin)
    made.outputs = with_named_axes(made)
    if (labels := drawn(made)) is not None and isinstance(made.outputs, Tensor):
        made.outputs = replace(made.outputs, labels=labels)
    if isinstance(made.outputs, Tensor) and made.outputs.shape is None:
        source = next((v for v in positional if isinstance(v, Tensor) and v.shape is None and v.name), None)
        unknown = next((v for v in positional if isinstance(v, Unknown)), None)
        if source is None and unknown is not None and spec.operation.name in ELEMENTWISE:
            return Unknown(None, unknown.origin, unknown.reason, like=unknown.like or unknown)
    copied: Nested[Tensor] = map_nested(lambda tensor: tensor, made.outputs)
    return as_value(copied)


def _as_numbers(shape: Value) -> Value:
    """Return a shape that is read while the program runs: a free batch is a number there."""
    match shape:
        case (None, *further):
            return (FREE_BATCH, *further)
        case _:
            return shape


def _for_any_length(
    site: Site,
    spec: OperationSpec,
    positional: tuple[Value, ...],
    arguments: Arguments,
) -> Value:
    """Return an operation on a list that a loop filled: what it makes of one and of two further items,
    joined.

    ``np.array(windows)`` has an unknown number of windows, and the sizes of a window are known.
    """

    def with_items(count: int) -> Value:
        items = tuple(filled(value, count) for value in positional)
        return apply(site, spec, Arguments(items, arguments.keywords, arguments.open))

    one, two = with_items(1), with_items(2)
    if isinstance(one, Tensor) and isinstance(two, Tensor):
        return Tensor(join_shapes(one.shape, two.shape), two.producer, two.origin)
    return join(one, two)


ELEMENTWISE = frozenset({"elementwise", "unary", "array", "cast", "copy", "add", "multiply"})


def _counted(site: Site, spec: OperationSpec) -> Tensor:
    """Return the numbers up to a free size: as many as there are."""
    made = Call(Layer(spec.name, {}, site.origin, spec.qualified_name, kind="operation"), [], {}, site.origin)
    made.outputs = Tensor(Shape.of(None), made, site.origin)
    site.evaluator.record(made)
    return made.outputs


def _has_free_bound(arguments: Arguments) -> bool:
    """Tell whether a range ends at a free size: ``tf.range(tf.shape(x)[1])``, where None does not stand for
    "not given".
    """
    values: list[tuple[str | int, Value]] = [*enumerate(arguments.positional), *arguments.keywords.items()]
    return any(
        value == FREE_BATCH or (value is None and not isinstance(arguments.nodes.get(at), ast.Constant))
        for at, value in values
    )


def _like_unknown(spec: OperationSpec, positional: tuple[Value, ...], site: Site, reason: str) -> Value:
    first = positional[0] if positional else None
    if isinstance(first, Unknown) and spec.name in ELEMENTWISE:
        return Unknown(None, first.origin, first.reason, like=first.like or first)
    if isinstance(first, Unknown) and first.like is None and spec.name == "max" and len(positional) == 1:
        return first.part(".max()")  # np.max(X) is X.max()
    if isinstance(first, Unknown) and spec.name in STATISTICS:
        return Unknown((first.like or first).part(f".{spec.name}()").name, site.origin, reason)
    if surely_number(first) and len(positional) == 1 and spec.operation.shape is elementwise.keep:
        # np.sqrt(n): a number of a number
        return unknown_size()
    return site.lost(reason)


def _named_value(spec: OperationSpec, positional: tuple[Value, ...], site: Site, reason: str) -> Value:
    """``np.shape(X)``, ``len(X)`` of an unknown X: a value that is named after it."""
    first = positional[0] if positional else None
    if isinstance(first, Unknown) and spec.name == "shape":
        return (first.like or first).part(".shape")
    return site.lost(reason)


def _argument(value: Value, tensors: list[Tensor]) -> object:
    """Return a value as an operation's argument: a :class:`Slot` for a tensor, UNKNOWN for what
    may be one.
    """
    match value:
        case Tensor():
            tensors.append(value)
            return Slot(len(tensors) - 1)
        case Expression() if value == FREE_BATCH:
            return None
        case int() | float() | complex() | str() | bytes() | Expression() | range() | EllipsisType() | None:
            return value
        case Unknown():
            return value.size() if ".shape[" in value.path else operations.UNKNOWN
        case list() | tuple():
            if has_rest(value):
                return operations.UNKNOWN
            if value and all(type(item) is int or type(item) is float for item in value):
                return Shape.of(len(value)) if len(value) > MAX_WRITTEN else value[:]
            items = [_inner(item, tensors) for item in value]
            return tuple(items) if isinstance(value, tuple) else items
        case slice():
            bounds = (value.start, value.stop, value.step)
            return slice(*(part if part == FREE_BATCH else _inner(part, tensors) for part in bounds))
        case LibraryObject():
            return operations.UNKNOWN if value.array is None else _argument(value.array, tensors)
        case External():
            # np.float32, tf.image.ResizeMethod.BILINEAR: what libraries are told by a name
            return value.name.rsplit(".", 1)[-1] if value.is_definite else operations.UNKNOWN
        case Choice():
            return _one_of_several(value, tensors)
        case Ratio():
            return unknown_size() if is_number(value) else operations.UNKNOWN
        case dict() | set() | frozenset() | Rest() | Others():
            return operations.UNKNOWN
        case FunctionValue() | ClassValue() | Instance() | ModuleValue() | Deferred() | Decorated():
            return operations.UNKNOWN
        case BoundMethod() | NativeMethod() | Partial() | Super() | Native() | LayerValue() | ModelValue():
            return operations.UNKNOWN
        case _:
            assert_never(value)


def _only_argument(value: Value, tensors: list[Tensor]) -> object:
    """Return the one argument where several sizes could be given: it may be a tuple of them."""
    return operations.UNKNOWN if may_be_several(value) else _argument(value, tensors)


def _one_of_several(value: Choice, tensors: list[Tensor]) -> object:
    """Return what holds of all that a value may be; None and a flag stand for no array."""
    given = [each for each in value.alternatives if each is not None and not isinstance(each, bool)]
    possible: list[Value] = [each for each in given if isinstance(each, Tensor)]
    if possible:
        return _argument(join_all(possible), tensors) if len(possible) == len(given) else operations.UNKNOWN
    return unknown_size() if all(map(is_number, value.alternatives)) else operations.UNKNOWN


def _inner(value: Value, tensors: list[Tensor]) -> object:
    """Return an entry of a list or slice: an unknown one counts as a number that only the program knows."""
    return value.size() if isinstance(value, Unknown) else _argument(value, tensors)


def operator(site: Site, sign: str, operands: list[Value]) -> Value:
    """``+``, ``*``, ``@``, ``==`` … on arrays and tensors."""
    spec = operations.find_operator(sign, len(operands))
    if spec is None:
        return Tensor(None)
    return apply(site, spec, Arguments(tuple(operands)))


def getitem(site: Site, tensor: Tensor, key: Value) -> Value:
    """``tensor[key]``."""
    spec = operations.find_method("__getitem__")
    assert spec is not None
    if isinstance(key, tuple) and any(isinstance(part, Unknown) for part in key):
        return Tensor(None, None, site.origin, reason="an index that may be a number, a slice or a new axis")
    if any(map(_may_be_array, key if isinstance(key, tuple) else (key,))):
        return Tensor(None, None, site.origin, reason="an index that may be a number or an array")
    return apply(site, spec, Arguments((key,)), receiver=tensor)


def _may_be_array(key: Value) -> bool:
    """Tell whether an index was computed from something that may be an array: ``places // width``."""
    return isinstance(key, Expression | Ratio) and array_behind(key) is not None


def iterate_tensor(tensor: Tensor) -> list[Value] | None:
    """Return the items along the first axis, if their number is known and small."""
    assert tensor.shape is not None
    count = tensor.shape[0].size
    made = tensor.producer
    # a column of a table may hold lists and arrays
    is_column = made is not None and made.layer.class_name == COLUMN
    item = Tensor(None if is_column else Shape(tensor.shape[1:]), made, tensor.origin)
    if isinstance(count, int) and count <= MAX_ITERATED:
        return [item] * count
    return [Rest(item)]


def tensor_attribute(site: Site, tensor: Tensor, name: str) -> Value:
    """``tensor.shape`` and the like; methods become :class:`NativeMethod`."""
    shape = tensor.shape
    if name in ("shape", "_keras_shape"):
        if shape is None:
            return Unknown(
                f"{tensor.name}.shape" if tensor.name else None, tensor.origin, "a tensor of unknown shape"
            )
        return shape.sizes
    if name == "ndim":
        return shape.rank if shape is not None else site.lost("a tensor of unknown rank")
    if name == "size" and shape is not None:
        return product(shape.sizes)
    if name == "T":
        spec = operations.find_method("T")
        return apply(site, spec, Arguments(), receiver=tensor) if spec else Tensor(None)
    if name in ("values", "iloc", "loc", "data", "real"):
        return tensor
    if name in ("dtype", "name", "op", "graph", "device"):
        return site.lost(f"the {name} of an array")
    return NativeMethod(tensor, name)


def tensor_method(site: Site, tensor: Tensor, name: str, arguments: Arguments) -> Value:
    """``tensor.name(...)``."""
    if name in ("get_shape", "as_list"):
        return tensor_attribute(site, tensor, "shape")
    if name == "resize":
        return _resized_in_place(site, tensor, arguments)
    if name == "tolist":
        return LibraryObject(LIST, site.origin, site.journal.born({}))
    spec = operations.find_method(name)
    if spec is None:
        return site.lost(f"the method {name} of an array is not followed")
    return apply(site, spec, arguments, receiver=tensor)


def _is_of_an_array(owner: Unknown, arguments: Arguments) -> bool:
    """``x.resize((x.shape[1], x.shape[0]))``, ``x.resize((64, 64, 3))``: x is no image of Pillow."""
    given = [
        size for value in arguments.positional for size in (value if isinstance(value, tuple) else (value,))
    ]
    # an unknown first one may be the image that a function of a module resizes
    has_channels = len(given) > 2 and isinstance(arguments.positional[0], tuple | int)
    return has_channels or any(
        isinstance(size, Unknown) and size.serial == owner.serial and ".shape[" in size.path for size in given
    )


def _resized_in_place(site: Site, tensor: Tensor, arguments: Arguments) -> Value:
    """``x.resize(shape)`` changes x itself, and returns None."""
    spec = operations.find("numpy.resize")
    sizes = arguments.positional[0] if len(arguments.positional) == 1 else arguments.positional
    if spec is None or "new_shape" in arguments.keywords:
        return None
    made = apply(site, spec, Arguments((tensor, sizes)))
    node = site.node.func if isinstance(site.node, ast.Call) else None
    owner = node.value if isinstance(node, ast.Attribute) else None
    scope: Scope | None = site.scope
    while isinstance(owner, ast.Name) and scope is not None and owner.id not in scope.variables:
        scope = scope.outer
    if isinstance(owner, ast.Name) and scope is not None:
        site.journal.touch(scope.variables)
        scope.variables[owner.id] = made
    return None


def unknown_call(site: Site, callee: Unknown, arguments: Arguments) -> Value:
    """Return a call of something unknown: an array's method keeps what its arguments say, the rest is
    unknown.
    """
    match site.node:
        case ast.Call(ast.Attribute(attr=name)) if callee.path.endswith(name):
            found = _method_of_unknown(site, callee, name, arguments)
            if found is not None:
                return found
    for value in arguments.positional:
        if isinstance(value, Instance):
            value.is_changed()
        if site.node is site.evaluator.statement and may_set(callee.name):
            forget_settings_of(site, value, f"{callee.name or 'a function'} is not followed, and may set it")
    tensors = [v for v in arguments.positional if isinstance(v, Tensor)]
    if any(t.producer is not None and t.producer.layer.kind != "operation" for t in tensors):
        # an unknown function of a Keras tensor most likely gives a tensor
        reason = f"{callee.name or 'this function'} is not followed"
        return Tensor(None, None, site.origin, reason=reason)
    is_plain = not arguments.positional and not arguments.keywords
    is_shown = is_plain or callee.path.rpartition(".")[2] in STATISTICS
    shown = callee.part("()") if callee.name and is_shown else None
    return Unknown(
        shown.name if shown else None,
        site.origin,
        f"{callee.name or 'this function'} is not followed",
    )


def _method_of_unknown(site: Site, callee: Unknown, name: str, arguments: Arguments) -> Value:
    """Return a method of something unknown that may be an array; None where its name says nothing."""
    owner = callee.owner(name)
    if owner.name in MODULE_NAMES or _is_function(arguments):
        return None
    if name == "max" and not arguments.positional and not arguments.keywords:
        return owner.part(".max()")
    if name in SAME_SHAPE_METHODS:
        return Unknown(None, callee.origin, callee.reason, like=owner)
    if name in ("get_shape", "as_list"):
        return owner if owner.path.endswith("shape") else owner.part(".shape")
    if name == "resize" and _is_of_an_array(owner, arguments):
        return _resized_in_place(site, Tensor(None, None, callee.origin, owner.name), arguments)
    spec = operations.find_method(name) if name in RESHAPING_METHODS else None
    if spec is None or _is_function_of_an_array(arguments.positional):
        return None
    receiver = owner if name == "transpose" else Tensor(None, None, callee.origin, owner.name)
    made = apply(site, spec, arguments, receiver=receiver)
    return made if isinstance(made, Tensor) and made.shape is not None else None


def _is_function_of_an_array(given: tuple[Value, ...]) -> bool:
    """Tell whether arguments are an array and a shape: what is called is a module's function, no method."""
    first, *others = given or (None,)
    is_array = isinstance(first, Tensor) and first.shape != ()
    return is_array or any(isinstance(each, list | tuple) for each in others)


RESHAPING_METHODS = frozenset({"reshape", "transpose"})

STATISTICS: Final = frozenset(["min", "max", "mean", "std", "var", "median", "ptp", "sum"])
"""Methods that fold an array: along whichever axes, what is left fits the array itself in arithmetic."""

MODULE_NAMES = frozenset({"np", "numpy", "tf", "tensorflow", "K", "ops", "jnp", "torch"})
"""What arrays are not called: where such a name is not known, a star import brought the library."""


def _is_function(arguments: Arguments) -> bool:
    """``lib.reshape(x, (n, 8))``: a method of x itself takes all sizes as one tuple, or none."""
    given = arguments.positional
    return len(given) > 1 and any(isinstance(value, list | tuple | dict | Tensor) for value in given)
