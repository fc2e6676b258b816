"""Facts about the axis that a normalisation, a softmax, a join or a reduction names.

Part of the facts about a layer; ``layoutlint.facts.registry`` puts them beside the others.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final

from layoutlint.facts.consumers import MAX_SEARCH, readers_after
from layoutlint.facts.data_formats import FORMATS, format_of, keeps_order
from layoutlint.facts.fact_values import UNKNOWN, Type, Value, shown
from layoutlint.facts.index import unwrapped
from layoutlint.facts.layer_view import SPATIAL, TABLE, LayerView, spoken
from layoutlint.facts.permutations import is_place
from layoutlint.facts.trace import upstream
from layoutlint.model import sizes
from layoutlint.model.axes import Shape
from layoutlint.model.graph import Call, Tensor

CHANNELS_LAST_LAYERS: Final = frozenset(
    ["LSTM", "GRU", "SimpleRNN", "RNN", "Bidirectional", "Dense", "Embedding", "EinsumDense", "RepeatVector"]
)
"""Layers without a data format whose outputs have their channels (units) on the last axis."""


# The axis of a normalisation, a softmax, a join ------------------------------------------------


def axes_of(shape: Shape | None, given: object) -> tuple[int, ...] | None:
    """Return the axes that an `axis` names, counted from 0; None where nobody can say."""
    axes: Sequence[Any] = given if isinstance(given, list | tuple) else (given,)
    if shape is None or not axes or not all(is_place(axis) for axis in axes):
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
    for way in ((view.call,), _before(view.call), readers_after(view)):
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
    Type.TRUTH,
    "an input of this call was cut out of another tensor, so that a join puts the pieces together again, or "
    "all inputs are the same tensor, which the join repeats",
)
def joins_pieces(view: LayerView) -> Value:
    if any(
        call.layer.class_name.startswith(("getitem", "split", "Cropping", "slice", "unstack"))
        for call in upstream(view.call, MAX_SEARCH)
    ):
        return True
    joined = [source for tensor in view.call.input_tensors for source in _repeated(tensor)]
    return len(view.call.input_tensors) > 1 and len({id(source) for source in joined}) == 1


REPEATING: Final = frozenset(["Concatenate", "concatenate", "tile", "repeat", "identity", "join", "flip"])
"""Operations that make a larger tensor of the values of one."""


def _repeated(tensor: Tensor) -> Iterator[Tensor]:
    """Yield the tensors of which one is joined: ``x`` of ``concat([concat([x, x], 2), x], 2)``."""
    seen: set[int] = set()
    queue = [tensor]
    for current in queue:
        made = current.producer
        if made is None or made.layer.class_name not in REPEATING or len(queue) > MAX_SEARCH:
            yield current
            continue
        for source in made.input_tensors:
            if id(source) not in seen:
                seen.add(id(source))
                queue.append(source)


@TABLE.fact(Type.LIST, "the axes that a MultiHeadAttention attends along, counted from 0 with the batch")
def attention_axes(view: LayerView) -> Value:
    given = view.layer.config.get("attention_axes")
    axes = tuple(given) if isinstance(given, list | tuple) else (given,)
    return axes if axes and all(is_place(axis) and axis >= 0 for axis in axes) else UNKNOWN


FOLDS: Final = frozenset(["mean", "sum", "max", "min", "prod", "var", "std", "median", "logsumexp", "norm"])
"""Operations that make one value of all that stand along an axis."""


PICKS: Final = frozenset(["argmax", "argmin"])


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
