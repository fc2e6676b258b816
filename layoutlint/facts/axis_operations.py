"""Facts about operations that name axes: reshapes, permutations, normalisations, joins, reductions.

Part of the facts about a layer; ``layoutlint.facts.registry`` puts them beside the others.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any, Final

from msgspec import Struct

from layoutlint.facts.fact_values import UNKNOWN, Type, Value, shown
from layoutlint.facts.index import Index, activated_by, keeps_axes, unwrapped
from layoutlint.facts.layer import FORMATS, SPATIAL, TABLE, LayerView, format_of, keeps_order, spoken
from layoutlint.facts.names import written_product
from layoutlint.facts.purpose import is_only_shown
from layoutlint.facts.rearrangement import Move, NamedMove, merged, move, named_move
from layoutlint.facts.roles import FEATURES, roles_of
from layoutlint.facts.spelled import transposed
from layoutlint.facts.trace import is_array, upstream
from layoutlint.inference import layer_call
from layoutlint.model import sizes
from layoutlint.model.axes import Axis, Shape
from layoutlint.model.code import Code
from layoutlint.model.graph import Call, Scenario, Tensor, flatten
from layoutlint.model.origins import SourceFile, SourceOrigin
from layoutlint.model.sizes import Expression, Size
from layoutlint.model.syntax_text import syntax_if_any, written

TRANSPOSES: Final = frozenset(
    ["Permute", "transpose", "swapaxes", "moveaxis", "rollaxis", "matrix_transpose", "permute_dims"]
)
CHANNELS_LAST_LAYERS: Final = frozenset(
    ["LSTM", "GRU", "SimpleRNN", "RNN", "Bidirectional", "Dense", "Embedding", "EinsumDense", "RepeatVector"]
)
"""Layers without a data format whose outputs have their channels (units) on the last axis."""

MAX_SEARCH: Final = 64

REFILL: Final = "refill"
"""``np.resize`` and ``x.resize``: the values in memory order, repeated or cut to the new number."""


@TABLE.fact(
    Type.TRUTH,
    "the call happens under a condition of the source that is not known; choices whose values are all "
    "followed do not count",
)
def conditional(view: LayerView) -> Value:
    return not all(isinstance(condition, Scenario) for condition in view.call.conditions)


# Reshape used as a transpose ----------------------------------------------------------------


AROUND_RESHAPE: Final = frozenset(
    [
        "reshape",
        "shape",
        "Reshape",
        "K",
        "backend",
        "keras",
        "tf_keras",
        "ops",
        "tf",
        "tensorflow",
        "np",
        "numpy",
    ]
)
"""Names in the code of a Lambda that does no more than a reshape, beside that of its argument."""


def _is_reshape(call: Call) -> bool:
    code = call.layer.config.get("function")
    if isinstance(code, Code) and call.layer.class_name == "Lambda":
        return "reshape" in code.names and len(code.names - AROUND_RESHAPE) <= 1
    return call.layer.class_name in ("Reshape", "reshape")


def _shape_of(tensors: Sequence[Tensor | None]) -> Shape | None:
    first = tensors[0] if tensors else None
    return first.shape if isinstance(first, Tensor) and isinstance(first.shape, Shape) else None


def _sizes_of(tensors: Sequence[Tensor | None]) -> tuple[Size, ...] | None:
    shape = _shape_of(tensors)
    return None if shape is None else shape.sizes


def _without_batch(shape: Shape) -> str:
    return (Shape(shape[1:]) if shape and shape[0].size is None else shape).words


def _written_target(view: LayerView) -> Sequence[object]:
    target = view.layer.config.get("shape")
    if isinstance(target, tuple) and len(target) == 1 and isinstance(target[0], list | tuple):
        target = target[0]  # the method: x.reshape((2, 3))
    return target if isinstance(target, list | tuple) else ()


def _move(view: LayerView) -> Move | NamedMove | None:
    """Return the move of axes that a reshape shows; None for other calls, and if it undoes another."""
    call = view.call
    if not (_is_reshape(call) or call.layer.class_name == REFILL) or call.error is not None:
        return None
    order = _order_of(call)
    if order not in ("C", "F"):
        return None
    before, after = _sizes_of(view.inputs), _sizes_of(call.output_tensors)
    if before is None:
        return named_move(array_name(view), _written_target(view))
    earlier = _reshape_before(view.inputs[0])
    if after is None or (earlier is not None and _undoes(earlier, call, after)):
        return None
    if (
        call.layer.class_name == REFILL
        and sizes.equal(sizes.product(before), sizes.product(after)) is not True
    ):
        return None
    found = move(before, after, _channels_of(view), written_product(call))
    whole = None if earlier is None else _merged_by(earlier)
    if order == "F":
        # Fortran's order takes axes apart that C's order has merged, or changes their places
        is_torn = whole is not None and len(whole) > len(before) < len(_long(after))
        return (
            Move("moved axis", None) if is_torn else found if found and found.kind == "permutation" else None
        )
    return found if found is not None or whole is None else move(whole, after)


def _long(shape: Sequence[Size]) -> list[Size]:
    """Return the sizes of a shape that are not 1."""
    return [size for size in shape if size != 1]


def _reshape_before(tensor: Tensor) -> Call | None:
    """Return the reshape or Flatten before a tensor, with nothing but layers that keep the axes between."""
    while tensor.producer is not None and len(tensor.producer.input_tensors) == 1:
        earlier = tensor.producer
        if _is_reshape(earlier) or earlier.layer.class_name == "Flatten":
            return earlier
        if not keeps_axes(earlier.layer):
            return None
        tensor = earlier.input_tensors[0]
    return None


def _order_of(reshape: Call) -> object:
    return reshape.layer.config.get("order") or "C"


def _undoes(earlier: Call, call: Call, after: tuple[Size, ...]) -> bool:
    """Tell whether a reshape leads back to the shape that the one before it came from."""
    return _sizes_of(earlier.input_tensors) == after and _order_of(earlier) == _order_of(call)


def _merged_by(earlier: Call) -> tuple[Size, ...] | None:
    """Return the shape of the array whose neighbouring axes a reshape merges: ``x.reshape(n, -1)``; None for
    other reshapes.
    """
    before, after = _sizes_of(earlier.input_tensors), _sizes_of(earlier.output_tensors)
    if before is None or after is None or _order_of(earlier) != "C":
        return None
    return before if merged(before, after) else None


def _channels_of(view: LayerView) -> set[int]:
    """Return the axes of a reshape's source that hold channels, by their role."""
    tensor = view.tensor
    if tensor is None or tensor.shape is None:
        return set()
    shape, told = tensor.shape, roles_of(view.index, tensor)
    return {
        place
        for place, (axis, role) in enumerate(zip(shape, told, strict=True))
        if (axis.role in FEATURES and place) or (role is not None and role.role in FEATURES)
    }


def array_name(view: LayerView) -> str | None:
    """Return what the program calls the array of unknown shape that an operation is given."""
    if view.tensor is not None:
        return view.tensor.name
    node = getattr(view.call.origin, "node", None)
    first = node.args[0] if isinstance(node, ast.Call) and node.args else None
    return written(first) if isinstance(first, ast.Name | ast.Attribute | ast.Subscript) else None


@TABLE.fact(
    Type.TEXT,
    "for a reshape whose target has the sizes of a transpose: `permutation` (the source's own axes in "
    "another order), `moved axis` (one axis in another position, the others merged or split), `moved "
    "pair` (height and width in another position, with a third axis split around them), `blocks` (pixels "
    "made of channels), `patches` (runs of pixels as long as square patches), `names` (by the names of the "
    "sizes), `like names` (of an array with a similar name); else the empty text, and for one whose result "
    "is only looked at",
    ("", "permutation", "moved axis", "moved pair", "blocks", "patches", "names", "like names"),
)
def reshape_moves(view: LayerView) -> Value:
    found = _move(view)
    if found is not None and _is_reshape(view.call) and is_only_shown(view.call):
        return ""
    if isinstance(found, NamedMove):
        return "names" if found.is_own else "like names"
    return "" if found is None else found.kind


def _parts_of_batch(sizes_before: tuple[Size, ...], merged: Size) -> tuple[Size, Size] | None:
    """Return the first two sizes, where one is the free batch and a first size is their product."""
    if len(sizes_before) < 2 or not isinstance(merged, Expression):
        return None
    first, second = sizes_before[:2]
    factor = second if first is None else first if second is None else None
    whole = sizes.multiply(sizes.FREE_BATCH, factor) if isinstance(factor, int) and factor > 1 else None
    return (first, second) if whole is not None and sizes.equal(whole, merged) is True else None


def _merged_as(view: LayerView) -> tuple[Size, Size] | None:
    """Return how earlier reshapes merged the batch and an axis that this one takes apart in another order."""
    call = view.call
    before, after = _sizes_of(view.inputs), _sizes_of(call.output_tensors)
    if not _is_reshape(call) or not before or after is None:
        return None
    parts = _parts_of_batch(after, before[0])
    if parts is None:
        return None
    found = set()
    for earlier in upstream(call, MAX_SEARCH):
        given, made = _sizes_of(earlier.input_tensors), _sizes_of(earlier.output_tensors)
        if _is_reshape(earlier) and given is not None and made and made[0] == before[0]:
            found.add(_parts_of_batch(given, made[0]))
    return parts[::-1] if found == {parts[::-1]} else None


@TABLE.fact(
    Type.TEXT,
    "for a reshape that takes samples and another axis apart, `(heads, batch)`, which reshapes before it had "
    "merged in the other order: that order; the empty text for all else",
)
def merged_in_order(view: LayerView) -> Value:
    found = _merged_as(view)
    return "" if found is None else shown(tuple("batch" if size is None else size for size in found))


@TABLE.fact(Type.TEXT, "for a reshape: the shape that it is given, without a free batch")
def reshape_source(view: LayerView) -> Value:
    before = _shape_of(view.inputs)
    if before is None:
        name = array_name(view)
        return UNKNOWN if name is None else f"the axes of {name}"
    return _without_batch(before)


@TABLE.fact(Type.TEXT, "for a reshape: the shape that it makes, without a free batch")
def reshape_target(view: LayerView) -> Value:
    after = _shape_of(view.call.output_tensors)
    return UNKNOWN if after is None else _without_batch(after)


@TABLE.fact(Type.TEXT, "for a reshape used as a transpose: the transpose that gives the same shape, as code")
def transpose_instead(view: LayerView) -> Value:
    found = _move(view)
    if found is None or found.order is None:
        return UNKNOWN
    if view.layer.class_name == "Reshape":
        return f"Permute({shown(found.order[1:])})" if found.order[0] == 0 else UNKNOWN
    return transposed(view.call, shown(found.order))


@TABLE.fact(Type.TRUTH, "a transpose or permutation reads what this call makes")
def transposed_after(view: LayerView) -> Value:
    return any(
        call.layer.class_name in TRANSPOSES
        for tensor in view.call.output_tensors
        for call in _readers(view, tensor)
    )


def _readers(view: LayerView, tensor: Tensor) -> Sequence[Call]:
    """Return the calls that read a tensor; for what a layer's function (of a Lambda, of an activation) makes
    last, those that read the layer.
    """
    found = view.index.consumers.get(id(tensor), [])
    if found or tensor.producer is None or not view.index.has_functions_of_layers:
        return found
    known = view.index.behind_functions
    if id(tensor.producer) not in known:
        known[id(tensor.producer)] = _behind_function(view.index, tensor.producer)
    return known[id(tensor.producer)]


def _behind_function(index: Index, last: Call) -> list[Call]:
    """Return the calls that read the layer whose function ends with a call; none for any other call."""
    for call in (last, *upstream(last, MAX_SEARCH)):
        for source in call.input_tensors if call.layer.kind == "operation" else ():
            if (layer := activated_by(source)) is not None:
                return [c for t in layer.output_tensors for c in index.consumers.get(id(t), [])]
            if (reader := index.lambdas.get(id(source))) is not None:
                outputs = [t for t in reader.output_tensors if isinstance(t, Tensor)]
                return [c for t in outputs for c in index.consumers.get(id(t), [])]
    return []


# Permutations ----------------------------------------------------------------


@TABLE.fact(Type.LIST, "the order of the axes as it was written: `dims` of a Permute, `axes` of a transpose")
def permutation(view: LayerView) -> Value:
    config = view.layer.config
    order = config.get("dims") if view.layer.class_name == "Permute" else config.get("axes")
    if isinstance(order, list | tuple) and len(order) == 1 and isinstance(order[0], list | tuple):
        order = order[0]  # the method: x.transpose((0, 2, 1))
    if not isinstance(order, list | tuple) or not all(_is_place(place) for place in order):
        return UNKNOWN
    return tuple(order)


def _is_place(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


@TABLE.fact(Type.TRUTH, "the permutation puts every axis where it was")
def permutes_nothing(view: LayerView) -> Value:
    order = permutation(view)
    if order is UNKNOWN:
        return UNKNOWN
    first = 1 if view.layer.class_name == "Permute" else 0
    keeps = len(order) > 1 and list(order) == list(range(first, first + len(order)))
    return keeps and not _is_one_of_several(view)


def _is_one_of_several(view: LayerView) -> bool:
    """Tell whether another branch of an `if` makes the same layer: a data format or a name decides there."""
    origin = view.layer.origin
    if not isinstance(origin, SourceOrigin) or not isinstance(origin.node, ast.Call):
        return False
    line, made = origin.node.lineno, written(origin.node.func)
    return any(
        here.first <= line <= here.last and not other.first <= line <= other.last and made in other.called
        for sides in _branches(origin.file)
        for here, other in (sides, sides[::-1])
    )


class _Side(Struct, frozen=True):
    """One side of an `if`: its first and last line, and what is called there."""

    first: int
    last: int
    called: frozenset[str]


@lru_cache(maxsize=8)
def _branches(file: SourceFile) -> tuple[tuple[_Side, _Side], ...]:
    """Return the two sides of each `if` of a file that has an `else`."""
    tree = syntax_if_any(file.text)
    parts = ast.walk(tree) if tree is not None else ()
    return tuple(
        (_side(part.body), _side(part.orelse)) for part in parts if isinstance(part, ast.If) and part.orelse
    )


def _side(statements: list[ast.stmt]) -> _Side:
    called = (
        written(part.func)
        for statement in statements
        for part in ast.walk(statement)
        if isinstance(part, ast.Call)
    )
    return _Side(statements[0].lineno, statements[-1].end_lineno or 0, frozenset(called))


@TABLE.fact(Type.TEXT, "for a Permute counted from 0: the dims that were meant, counted from 1")
def permutation_from_one(view: LayerView) -> Value:
    order = permutation(view)
    if view.layer.class_name != "Permute" or order is UNKNOWN or sorted(order) != list(range(len(order))):
        return UNKNOWN
    needed = None if view.shape is None else view.shape.rank
    if order[0] == 0 and (needed is None or needed == len(order)):
        return shown(order[1:])  # the batch was counted too
    return shown(tuple(place + 1 for place in order))


# The axis of a normalisation, a softmax, a join ------------------------------------------------


def axes_of(shape: Shape | None, given: object) -> tuple[int, ...] | None:
    """Return the axes that an `axis` names, counted from 0; None where nobody can say."""
    axes: Sequence[Any] = given if isinstance(given, list | tuple) else (given,)
    if shape is None or not axes or not all(_is_place(axis) for axis in axes):
        return None
    if any(not -shape.rank <= axis < shape.rank for axis in axes):
        return None
    return tuple(sorted(axis % shape.rank for axis in axes))


def folded_axes(call: Call) -> tuple[int, ...] | None:
    """Return the axes that a reduction of one array folds; None where nobody can say."""
    shape = call.input_tensors[0].shape if len(call.input_tensors) == 1 else None
    if call.layer.kind != "operation" or shape is None:
        return None
    given = call.layer.config.get("axis")
    return tuple(range(shape.rank)) if given is None else axes_of(shape, given)


@TABLE.fact(
    Type.LIST, "the axes that the layer's or operation's `axis` names, counted from 0, the batch counted"
)
def along(view: LayerView) -> Value:
    found = axes_of(view.shape, view.layer.config.get("axis"))
    return UNKNOWN if found is None else found


@TABLE.fact(Type.TEXT, "what `axis` says, as it was written")
def axis_written(view: LayerView) -> Value:
    return shown(view.layer.config["axis"]) if "axis" in view.layer.config else UNKNOWN


@TABLE.fact(Type.SIZE, "the size of the one axis that `axis` names")
def along_size(view: LayerView) -> Value:
    axes = along(view)
    if axes is UNKNOWN or len(axes) != 1 or view.shape is None:
        return UNKNOWN
    return view.shape[axes[0]].size


def _channels(view: LayerView) -> tuple[Call, int] | None:
    """Return this layer or the nearest, before or else after it, that knows which axis has the channels, and
    that axis of the innermost layer's input.
    """
    shape = view.tensor.shape if view.tensor is not None else None
    if shape is None:
        return None
    rank = shape.rank
    for way in ((view.call,), _before(view.call), _after(view)):
        for call in way:
            at = _channel_axis(view, call, rank)
            if at is not None:
                return call, at - view.hidden
    return None


def _channel_axis(view: LayerView, call: Call, rank: int) -> int | None:
    known = view.index.channel_axes
    if (id(call), rank) not in known:
        known[id(call), rank] = _own_channel_axis(view, call, rank)
    return known[id(call), rank]


def _own_channel_axis(view: LayerView, call: Call, rank: int) -> int | None:
    if not _has_rank(call, rank):
        return None
    known = format_of(view.index, call)
    if known is not UNKNOWN:
        return rank - 1 if known == FORMATS[0] else 1 + unwrapped(call.layer)[1]
    return rank - 1 if call.layer.class_name in CHANNELS_LAST_LAYERS else None


def _has_rank(call: Call, rank: int) -> bool:
    tensors = [t for t in (*call.output_tensors, *call.input_tensors) if isinstance(t, Tensor)]
    return any(tensor.shape is not None and tensor.shape.rank == rank for tensor in tensors)


def _before(call: Call) -> Iterator[Call]:
    """Yield the layers before a call, nearest first, up to and with the first on each branch that may move
    axes.
    """
    seen = {id(call)}
    queue = [call]
    for current in queue:
        for tensor in current.input_tensors:
            before = tensor.producer if isinstance(tensor, Tensor) else None
            if before is None or id(before) in seen or len(seen) > MAX_SEARCH:
                continue
            seen.add(id(before))
            yield before
            if keeps_order(before):
                queue.append(before)


def _after(view: LayerView) -> Iterator[Call]:
    seen: set[int] = set()
    queue = [tensor for tensor in view.call.output_tensors if isinstance(tensor, Tensor)]
    for tensor in queue:
        for call in _readers(view, tensor):
            if id(call) in seen or len(seen) > MAX_SEARCH:
                continue
            seen.add(id(call))
            yield call
            if keeps_order(call):
                queue.extend(t for t in call.output_tensors if isinstance(t, Tensor))


@TABLE.fact(
    Type.NUMBER,
    "the axis on which the nearest layer has the channels, counted from 0: a convolution, a pooling, a "
    "recurrent or dense layer, with nothing between that moves axes",
)
def channel_axis(view: LayerView) -> Value:
    found = _channels(view)
    return UNKNOWN if found is None else found[1]


@TABLE.fact(Type.TEXT, "the layer that `channel_axis` is about")
def channel_layer(view: LayerView) -> Value:
    found = _channels(view)
    return UNKNOWN if found is None else spoken(found[0])


@TABLE.fact(Type.TRUTH, "no layer reads the output, so it is the model's prediction")
def is_last(view: LayerView) -> Value:
    return not any(True for tensor in view.call.output_tensors for _ in _readers(view, tensor))


@TABLE.fact(Type.TEXT, "the data format of the nearest layer before this one that has one")
def nearest_data_format(view: LayerView) -> Value:
    for call in _before(view.call):
        known = format_of(view.index, call)
        if known is not UNKNOWN:
            return known
    return UNKNOWN


@TABLE.fact(Type.TEXT, "the data format that the author wrote for this layer; the empty text if none")
def written_data_format(view: LayerView) -> Value:
    value = view.layer.config.get("data_format")
    return value.lower() if isinstance(value, str) and "data_format" in view.layer.written else ""


@TABLE.fact(
    Type.TRUTH, "the inputs have equal sizes on all axes but the channels, so they can be joined along those"
)
def fits_along_channels(view: LayerView) -> Value:
    shapes = [t.shape for t in view.call.input_tensors if isinstance(t, Tensor) and t.shape is not None]
    found = _channels(view)
    if found is None or len(shapes) < 2 or len(shapes) != len(view.call.input_tensors):
        return UNKNOWN
    if len({shape.rank for shape in shapes}) > 1:
        return False
    first = shapes[0]
    return all(
        sizes.equal(first[place].size, other[place].size) is not False
        for other in shapes[1:]
        for place in range(1, first.rank)
        if place != found[1]
    )


@TABLE.fact(
    Type.TRUTH, "an input of this call was cut out of another tensor: a join puts the pieces together again"
)
def joins_pieces(view: LayerView) -> Value:
    return any(
        call.layer.class_name.startswith(("getitem", "split", "Cropping", "slice", "unstack"))
        for call in upstream(view.call, MAX_SEARCH)
    )


@TABLE.fact(Type.LIST, "the axes that a MultiHeadAttention attends along, counted from 0 with the batch")
def attention_axes(view: LayerView) -> Value:
    given = view.layer.config.get("attention_axes")
    axes = tuple(given) if isinstance(given, list | tuple) else (given,)
    return axes if axes and all(_is_place(axis) and axis >= 0 for axis in axes) else UNKNOWN


LOSS_VALUE: Final = "loss_value"
"""The operation that stands in the graph for Keras taking what a loss of the program returns."""
FOLDS: Final = frozenset(["mean", "sum", "max", "min", "prod", "var", "std", "median", "logsumexp", "norm"])
"""Operations that make one value of all that stand along an axis."""


@TABLE.fact(
    Type.TRUTH,
    "an operation reduces the batch and nothing else (a sum, a mean, a maximum along axis 0), of several "
    "values a sample",
    of_class=lambda view: view.layer.class_name in FOLDS,
)
def folds_batch(view: LayerView) -> Value:
    shape = view.shape
    if view.layer.class_name not in FOLDS or shape is None or shape.rank < 2:
        return False
    if view.layer.config.get("keepdims") not in (None, False):
        return False
    return along(view) == (0,) and any(size != 1 for size in shape.sizes[1:])


@TABLE.fact(
    Type.TRUTH,
    "what this call makes goes to a layer or out of a model, directly or after operations that keep the "
    "order of the axes: it is not only a statistic of a batch",
)
def goes_on(view: LayerView) -> Value:
    made = [tensor for tensor in view.call.output_tensors if isinstance(tensor, Tensor)]
    readers = [call for tensor in made for call in _readers(view, tensor)]
    ends = view.index.final_outputs | view.index.part_outputs
    return (bool(readers) and all(call.layer.kind == "layer" for call in readers)) or any(
        id(tensor) in ends for tensor in _standing_for(view, made)
    )


@TABLE.fact(
    Type.TRUTH,
    "what this call makes is what a loss of the program returns, with nothing between but operations that "
    "keep the axes: Keras wants one value for each sample, or one for all",
)
def ends_loss(view: LayerView) -> Value:
    seen: set[int] = set()
    queue = [tensor for tensor in view.call.output_tensors if isinstance(tensor, Tensor)]
    for tensor in queue:
        for call in view.index.consumers.get(id(tensor), []):
            if call.layer.class_name == LOSS_VALUE:
                return bool(call.input_tensors[0].shape)
            if keeps_order(call) and id(call) not in seen and len(seen) < MAX_SEARCH:
                seen.add(id(call))
                queue.extend(call.output_tensors)
    return False


def _standing_for(view: LayerView, made: list[Tensor]) -> Iterator[Tensor]:
    """Yield the tensors, and the outputs of the Lambdas whose functions make them last."""
    yield from made
    for tensor in view.call.input_tensors:
        for reader in view.index.consumers.get(id(tensor), []):
            if reader.layer.class_name == "Lambda":
                yield from (output for output in reader.output_tensors if isinstance(output, Tensor))


PICKS: Final = frozenset(["argmax", "argmin"])

# The batch ----------------------------------------------------------------


@TABLE.fact(
    Type.TRUTH, "every input comes from a model's inputs, through whatever is between, with a free batch"
)
def has_model_batch(view: LayerView) -> Value:
    tensors = [tensor for tensor in view.inputs if isinstance(tensor, Tensor)]
    return bool(tensors) and all(has_batch(view.index, tensor) for tensor in tensors)


@TABLE.fact(
    Type.TRUTH, "axis 0 of the first input is a batch, in a model or in what a loss or a metric is given"
)
def first_axis_is_batch(view: LayerView) -> Value:
    return view.shape is not None and view.shape.rank > 0 and view.shape[0].role == "batch"


@TABLE.fact(Type.TRUTH, "the first input comes from a model's inputs, with a free batch")
def first_has_model_batch(view: LayerView) -> Value:
    return view.tensor is not None and has_batch(view.index, view.tensor)


def has_batch(index: Index, tensor: Tensor) -> bool:
    producer = tensor.producer
    if producer is None or not tensor.shape:
        return False
    if tensor.shape[0].size is not None and tensor.shape[0].role != "batch":
        return False
    return id(producer) in index.once(_behind_the_batch)


def _behind_the_batch(index: Index) -> frozenset[int]:
    """Return the ids of the calls at which the batch enters, and of all that come behind one."""
    found: set[int] = set()
    for call in index.graph.calls:
        made_by = (tensor.producer for tensor in call.input_tensors if isinstance(tensor, Tensor))
        if _takes_batch(call) or any(id(producer) in found for producer in made_by):
            found.add(id(call))
    return frozenset(found)


def _takes_batch(call: Call) -> bool:
    """Tell whether the batch enters here: an input, or a layer of a model class on any number of samples."""
    return call.layer.kind == "input" or (
        call.layer.kind == "layer"
        and any(isinstance(t, Tensor) and t.shape and t.shape[0].role == "batch" for t in call.input_tensors)
    )


def _batch_place(view: LayerView) -> int | None:
    """Return where the batch of a model's tensor is, behind transposes; None where nobody can say, or it is
    gone.
    """
    if view.index.class_names.isdisjoint(TRANSPOSES):
        return None
    way = view.trace
    root = None if way is None else way.root
    if (
        way is None
        or root is None
        or root.producer is None
        or not root.shape
        or root.shape[0].size is not None
    ):
        return None
    if way.end not in ("input", "layer") or is_array(root.producer):
        return None
    place = 0
    for call in reversed(way.calls):
        before, after = call.input_tensors[0].shape, call.output_tensors[0].shape
        if before is None or after is None or len(call.input_tensors) != 1:
            return None
        if call.layer.class_name not in TRANSPOSES:
            if place and (place >= after.rank or before.sizes != after.sizes):
                return None
            if not after.rank or after[place].size is not None:
                return None  # a reshape has put something else in front
            continue
        marked = Shape(Axis(axis.size, "batch" if at == place else "") for at, axis in enumerate(before))
        found = [at for at, axis in enumerate(axes_behind(call, marked) or ()) if axis.role == "batch"]
        if len(found) != 1:
            return None
        place = found[0]
    return place


def axes_behind(call: Call, given: Shape) -> Shape | None:
    """Return the axes behind a call with one input, with the roles that the call is given them with."""
    made = layer_call.infer(call.layer, [given] if isinstance(call.inputs, list) else given, {}).outputs
    return made if isinstance(made, Shape) else None


def _may_have_rows(view: LayerView) -> bool:
    return view.layer.class_name == "reshape"


@TABLE.fact(
    Type.TRUTH,
    "a reshape of a model's tensors, whose batch a transpose has moved away from axis 0, puts values of "
    "several samples into each row",
    of_class=_may_have_rows,
)
def rows_mix_samples(view: LayerView) -> Value:
    if view.layer.class_name != "reshape" or view.shape is None:
        return False
    place = _batch_place(view)
    if not place:
        return False
    kept = _values_of_a_row(view)
    target = _written_target(view)
    if kept is None and len(target) == 2 and target[1] == -1:
        kept = sizes.product([size for at, size in enumerate(view.shape.sizes) if at != place])
    of_a_sample = sizes.product(view.shape.sizes[place + 1 :])
    return isinstance(kept, int) and isinstance(of_a_sample, int) and kept > of_a_sample


@TABLE.fact(
    Type.TRUTH,
    "a transpose has moved the batch of a model's tensors away from axis 0, and the layer reads it as steps "
    "or as a spatial axis",
    of_graph=lambda index: not index.class_names.isdisjoint(TRANSPOSES),
)
def along_moved_batch(view: LayerView) -> Value:
    if view.hidden or not any(name in SPATIAL for name in view.names[1:]):
        return False  # before the way back is followed
    place = _batch_place(view)
    return place is not None and 0 < place < len(view.names) and view.names[place] in SPATIAL


@TABLE.fact(
    Type.NUMBER,
    "the axis to which transposes have moved the batch, counted from 0; unknown where there are none",
)
def batch_place(view: LayerView) -> Value:
    place = _batch_place(view)
    return UNKNOWN if place is None else place


@TABLE.fact(
    Type.TRUTH, "the first axis of the input counts the samples of an array: it is what a model predicted"
)
def first_axis_is_samples(view: LayerView) -> Value:
    return bool(view.shape) and view.shape is not None and view.shape[0].role in ("samples", "batch")


@TABLE.fact(
    Type.SIZE,
    "how many values an argmax or argmin compares: the size of its axis, or all values without an axis",
    of_class=lambda view: view.layer.class_name in PICKS,
)
def compared_values(view: LayerView) -> Value:
    if view.layer.class_name not in PICKS or view.shape is None:
        return UNKNOWN
    if not view.shape.rank or view.layer.config.get("axis") is None:
        return sizes.product(view.shape.sizes)
    return along_size(view)


def _sample_count(view: LayerView) -> Size:
    return view.shape[0].size if view.shape else None


@TABLE.fact(Type.TRUTH, "the input may be a single sample")
def one_sample(view: LayerView) -> Value:
    return _sample_count(view) == 1


@TABLE.fact(
    Type.TRUTH,
    "the input is known to be more than one sample: by its size, or because a model is trained on as many",
)
def several_samples(view: LayerView) -> Value:
    count = _sample_count(view)
    if isinstance(count, Expression):
        return count in view.index.once(_trained_counts)
    return isinstance(count, int) and count > 1


def _trained_counts(index: Index) -> frozenset[Expression]:
    """Return the numbers of samples that are not known, of all arrays that models are trained on at once."""
    arrays = (leaf for feed in index.feeds if feed.method == "fit" for leaf in flatten(feed.data))
    counts = (leaf.shape[0].size for leaf in arrays if isinstance(leaf, Tensor) and leaf.shape)
    return frozenset(count for count in counts if isinstance(count, Expression))


@TABLE.fact(
    Type.TRUTH, "a layer reads what this operation makes, directly or after layers that keep the axes"
)
def read_by_layer(view: LayerView) -> Value:
    return any(call.layer.kind == "layer" for call in _after(view))


@TABLE.fact(
    Type.NUMBER,
    "the units of a Dense layer that reads what this call makes, directly or after layers that keep the "
    "axes; unknown where there is none",
)
def units_of_next_dense(view: LayerView) -> Value:
    queue = list(view.call.output_tensors)
    for tensor in queue:
        for call in view.index.consumers.get(id(tensor), []):
            units = call.layer.config.get("units")
            if call.layer.class_name == "Dense" and isinstance(units, int):
                return units
            if keeps_axes(call.layer) and len(call.input_tensors) == 1 and len(queue) < MAX_SEARCH:
                queue.extend(call.output_tensors)
    return UNKNOWN


@TABLE.fact(Type.TRUTH, "a global pooling over axes of size 1: it only removes them")
def only_squeezes(view: LayerView) -> Value:
    if not view.layer.class_name.startswith("Global"):
        return False
    pooled = [
        size
        for name, size in zip(view.names, view.shape.sizes if view.shape else (), strict=False)
        if name in SPATIAL
    ]
    if not pooled or any(size is None or (isinstance(size, int) and size != 1) for size in pooled):
        return False
    return True if all(size == 1 for size in pooled) else UNKNOWN


@TABLE.fact(Type.TRUTH, "another reshape comes somewhere after this call")
def reshaped_later(view: LayerView) -> Value:
    return any(map(_is_reshape, downstream(view)))


@TABLE.fact(
    Type.TRUTH,
    "what this operation makes goes on in the model: a layer reads it, whatever is between, or it becomes an "
    "output; what only a loss reads does not",
)
def goes_on_in_model(view: LayerView) -> Value:
    reached = list(downstream(view))
    if any(call.layer.kind in ("layer", "model") for call in reached):
        return True
    ends = (view.index.final_outputs, view.index.part_outputs, view.index.returned)
    made = (tensor for call in (view.call, *reached) for tensor in call.output_tensors)
    return any(id(tensor) in end for tensor in made for end in ends)


def downstream(view: LayerView) -> Iterator[Call]:
    """Yield the calls that read what this one makes, directly or after others."""
    seen: set[int] = set()
    queue = list(view.call.output_tensors)
    for tensor in queue:
        for call in _readers(view, tensor):
            if id(call) not in seen and len(seen) < MAX_SEARCH:
                seen.add(id(call))
                queue.extend(call.output_tensors)
                yield call


@TABLE.fact(
    Type.SIZE,
    "for a reshape of a model's tensors whose first size is -1: into how many rows it cuts each sample (1 if "
    "the samples stay whole)",
    of_class=_may_have_rows,
)
def rows_of_a_sample(view: LayerView) -> Value:
    whole, kept = _values_of_a_sample(view), _values_of_a_row(view)
    if whole is None or kept is None or sizes.modulo(whole, kept) != 0:
        return UNKNOWN
    return sizes.floor_divide(whole, kept)


def _values_of_a_sample(view: LayerView) -> Size:
    return sizes.product(view.shape.sizes[1:]) if view.shape else None


def _values_of_a_row(view: LayerView) -> Size:
    """Return how many values a reshape with -1 in front puts into each row."""
    target = _written_target(view) if view.layer.class_name == "reshape" else ()
    if len(target) < 2 or target[0] != -1:
        return None
    kept: list[Size] = [size for size in target[1:] if isinstance(size, int | Expression)]
    return sizes.product(kept) if len(kept) == len(target) - 1 else None


@TABLE.fact(Type.SIZE, "the number of values of one sample of the input")
def sample_values(view: LayerView) -> Value:
    whole = _values_of_a_sample(view)
    return UNKNOWN if whole is None else whole


@TABLE.fact(
    Type.SIZE,
    "for a reshape whose first size is -1: the number of values of a row, after that axis",
    of_class=_may_have_rows,
)
def row_values(view: LayerView) -> Value:
    kept = _values_of_a_row(view)
    return UNKNOWN if kept is None else kept


@TABLE.fact(
    Type.TRUTH,
    "neither `row_values` goes into `sample_values` nor the other way round",
    of_class=_may_have_rows,
)
def uneven_rows(view: LayerView) -> Value:
    whole, kept = _values_of_a_sample(view), _values_of_a_row(view)
    if not isinstance(whole, int) or not isinstance(kept, int) or not whole or not kept:
        return UNKNOWN
    return whole % kept != 0 and kept % whole != 0
