"""Facts about the batch: whether the first axis is one, and of how many samples.

Part of the facts about a layer; ``layoutlint.facts.registry`` puts them beside the others.
"""

from __future__ import annotations

from typing import Final

from layoutlint.facts.axis_operations import FOLDS, along, folded_axes
from layoutlint.facts.broadcasts import COUNTS
from layoutlint.facts.consumers import downstream, readers_after
from layoutlint.facts.data_formats import keeps_order
from layoutlint.facts.fact_values import Type, Value
from layoutlint.facts.index import Index
from layoutlint.facts.layer_view import TABLE, LayerView
from layoutlint.facts.single_value_statistics import (
    CASTS,
    DIVISIONS,
    GUARDED,
    MAX_WAY,
    goes_to_powers,
    made_of,
)
from layoutlint.facts.trace import upstream
from layoutlint.model.axes import Shape
from layoutlint.model.graph import Call, Slot, Tensor, flatten
from layoutlint.model.sizes import Expression, Size

JOINS: Final = frozenset(["Concatenate", "concatenate"])
NORMS: Final = frozenset(["sum", "norm"])
LEVELLING: Final = DIVISIONS | {"subtract"}
SAME_PLACES: Final = CASTS | {"square", "abs", "power", "multiply", "exp"}
"""Operations of one array that leave something of every value in its place."""


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
    "all that is joined comes from parts of a batch, split or sliced along its first axis, each perhaps on a "
    "device of its own",
    of_class=lambda view: view.layer.class_name in JOINS,
)
def joins_parts(view: LayerView) -> Value:
    tensors = [tensor for tensor in view.inputs if isinstance(tensor, Tensor)]
    return view.layer.class_name in JOINS and bool(tensors) and all(map(_is_of_part, tensors))


@TABLE.fact(
    Type.TRUTH,
    "somewhere after a join parts of the batch are taken, split or sliced along its first axis: heads that "
    "were put behind each other, real and made samples that went through one model",
    of_class=lambda view: view.layer.class_name in JOINS,
)
def parts_taken_later(view: LayerView) -> Value:
    return view.layer.class_name in JOINS and any(map(_takes_part, downstream(view)))


def _is_of_part(tensor: Tensor) -> bool:
    made = tensor.producer
    return made is not None and any(_takes_part(call) for call in (made, *upstream(made)))


def _takes_part(call: Call) -> bool:
    """Tell whether a call takes some samples of a batch. A Lambda whose function is not known may do so."""
    config = call.layer.config
    match call.layer.class_name:
        case "split" | "split_sizes" | "array_split" | "unstack":
            return bool(config.get("axis", 0) == 0)
        case "getitem":
            first = _first_key(call)
            return isinstance(first, slice) and not first.start is first.stop is None
        case "slice":
            return True
        case "Lambda":
            computed = call.computed
            is_followed = isinstance(computed, Tensor) and computed.producer not in (None, call)
            return not is_followed or (isinstance(computed, Tensor) and _is_of_part(computed))
        case _:
            return False


@TABLE.fact(
    Type.TRUTH,
    "a statistic of everything, the batch too, of several values a sample, that is then subtracted from the "
    "values of each sample or divides them; the largest value in front of an exp() is not, nor one of other "
    "inputs than they come from",
    of_class=lambda view: view.layer.class_name in FOLDS,
)
def levels_samples(view: LayerView) -> Value:
    shape = view.shape
    if view.layer.class_name not in FOLDS or shape is None or shape.rank < 2 or shape[0].size == 1:
        return False
    if len(folded_axes(view.call) or ()) != shape.rank or all(size == 1 for size in shape.sizes[1:]):
        return False
    behind = view.index.onward(view.call.output_tensors, _guarded, MAX_WAY)
    return any(_levels(view.index, shape, reader, statistic) for reader, statistic in behind)


def _guarded(call: Call, statistic: Tensor) -> list[Tensor]:
    return call.output_tensors if call.layer.class_name in GUARDED else []


def _levels(index: Index, shape: Shape, reader: Call, statistic: Tensor) -> bool:
    name, given = reader.layer.class_name, reader.input_tensors
    if name not in LEVELLING or len(given) != 2 or given[1] is not statistic or given[0].shape is None:
        return False
    is_alike = given[0].shape.sizes == shape.sizes and has_batch(index, given[0])
    return (
        is_alike
        and _share_a_source(given[0], statistic)
        and not (name == "subtract" and goes_to_powers(index, reader))
    )


def _share_a_source(one: Tensor, other: Tensor) -> bool:
    """Tell whether two tensors come from one input: the other batch of a relativistic loss does not."""
    return not _sources(one).isdisjoint(_sources(other))


def _sources(tensor: Tensor) -> set[int]:
    made = tensor.producer
    return {id(tensor)} if made is None else {id(made), *map(id, upstream(made))}


@TABLE.fact(
    Type.TRUTH,
    "the sum or the norm of everything, the batch of any size too, that then divides the very array that it "
    "is of",
    of_class=lambda view: view.layer.class_name in NORMS,
)
def divides_own_batch(view: LayerView) -> Value:
    shape, axes = view.shape, folded_axes(view.call)
    if view.layer.class_name not in NORMS or shape is None or shape.rank < 2:
        return False
    if axes is None or len(axes) != shape.rank:
        return False
    if shape[0].size is not None or all(size == 1 for size in shape.sizes[1:]):
        return False
    (source,) = view.call.input_tensors
    if shape[0].role not in COUNTS and not has_batch(view.index, source):
        return False
    array = made_of(source, SAME_PLACES)
    return any(
        reader.layer.class_name in DIVISIONS
        and len(reader.input_tensors) == 2
        and reader.input_tensors[1] is statistic
        and made_of(reader.input_tensors[0], SAME_PLACES) is array
        for reader, statistic in view.index.onward(view.call.output_tensors, _guarded, MAX_WAY)
    )


@TABLE.fact(
    Type.TRUTH, "every input comes from a model's inputs, through whatever is between, with a free batch"
)
def has_model_batch(view: LayerView) -> Value:
    tensors = [tensor for tensor in view.inputs if isinstance(tensor, Tensor)]
    return bool(tensors) and all(has_batch(view.index, tensor) for tensor in tensors)


@TABLE.fact(
    Type.TRUTH,
    "the call adds an axis of 1 in front of all others: `expand_dims(x, 0)`, `x[None]`, `x[tf.newaxis, :]`",
)
def puts_axis_first(view: LayerView) -> Value:
    config = view.layer.config
    if view.layer.class_name == "expand_dims":
        return config.get("axis") == 0
    if view.layer.class_name != "getitem" or len(view.call.input_tensors) != 1 or "key" not in config:
        return False
    key = config["key"]
    parts = key if isinstance(key, tuple) else (key,)
    return parts[:1] == (None,) and all(part in (slice(None), Ellipsis) for part in parts[1:])


@TABLE.fact(
    Type.TRUTH,
    "the first axis of what the call makes meets a longer one of another array, to whose length it is "
    "stretched: `x[None] - x[:, None]` takes every pair of samples",
)
def first_axis_is_stretched(view: LayerView) -> Value:
    ranks = {tensor.shape.rank for tensor in view.call.output_tensors if tensor.shape}
    return any(
        tensor.shape and tensor.shape.rank in ranks and tensor.shape[0].size != 1
        for reader in readers_after(view)
        if len(reader.input_tensors) > 1 and keeps_order(reader)
        for tensor in reader.input_tensors
    )


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
        if _takes_batch(call) or (
            not _takes_one_sample(call) and any(id(producer) in found for producer in made_by)
        ):
            found.add(id(call))
    return frozenset(found)


def _takes_one_sample(call: Call) -> bool:
    """Tell whether one sample of a batch is taken: the first axis of ``x[0]`` is one of a sample."""
    return call.layer.class_name == "getitem" and type(_first_key(call)) is int


def _first_key(call: Call) -> object:
    key = call.layer.config.get("key")
    return key[0] if isinstance(key, tuple) and key else key


def _takes_batch(call: Call) -> bool:
    """Tell whether the batch enters here: an input, or a layer of a model class on any number of samples."""
    return call.layer.kind == "input" or (
        call.layer.kind == "layer"
        and any(isinstance(t, Tensor) and t.shape and t.shape[0].role == "batch" for t in call.input_tensors)
    )


@TABLE.fact(
    Type.TRUTH,
    "the first axis of the input counts the samples of an array, and no other does: it is what a model "
    "predicted",
)
def first_axis_is_samples(view: LayerView) -> Value:
    counts = [axis.role in COUNTS for axis in view.shape or ()]
    return counts[:1] == [True] and not any(counts[1:])


@TABLE.fact(
    Type.TRUTH, "what is found along the first axis is an index of it: `x[np.argmax(scores, axis=0)]`"
)
def indexes_first_axis(view: LayerView) -> Value:
    return (id(view.call), _sample_count(view)) in view.index.once(_indices)


def _indices(index: Index) -> frozenset[tuple[int, Size]]:
    """Return the ids of the calls that make indices of the first axis of an array, each with its size."""
    found: set[tuple[int, Size]] = set()
    for call in index.graph.calls:
        first = _first_key(call) if call.layer.class_name == "getitem" else None
        if isinstance(first, Slot):
            array, made = call.input_tensors[0], call.input_tensors[first.index].producer
            if made is not None and array.shape:
                found.add((id(made), array.shape[0].size))
    return frozenset(found)


def _sample_count(view: LayerView) -> Size:
    return view.shape[0].size if view.shape else None


@TABLE.fact(Type.TRUTH, "the input may be a single sample")
def one_sample(view: LayerView) -> Value:
    return _sample_count(view) == 1


@TABLE.fact(
    Type.TRUTH,
    "the input is a batch of one sample, made by a layer, and the same code is also called on a batch of "
    "several",
    of_class=lambda view: view.layer.class_name == "squeeze",
)
def one_sample_of_several(view: LayerView) -> Value:
    shape = view.shape
    if view.layer.class_name != "squeeze" or not shape or shape[0].role != "batch" or shape[0].size != 1:
        return False
    made = next((call for call in upstream(view.call) if call.layer.kind != "operation"), None)
    if made is None or made.layer.kind != "layer":
        return False  # what a whole model made is often squeezed to be shown
    others = (call.input_tensors[0].shape for call in view.index.calls_written_as(view.call))
    return any(bool(other) and other is not None and other[0].size != 1 for other in others)


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
