"""Facts about items that are picked out of an array: a step, a sample or a unit, and rows of all samples.

Part of the facts about a layer; ``layoutlint.facts.registry`` puts them beside the others.
"""

from __future__ import annotations

import ast
from typing import Final

from layoutlint.facts.batch_axis import has_batch
from layoutlint.facts.broadcasts import COUNTS, PAIRING, is_predicted, same_samples
from layoutlint.facts.consumers import downstream
from layoutlint.facts.data_formats import keeps_order
from layoutlint.facts.fact_values import Type, Value
from layoutlint.facts.index import Index, unwrapped
from layoutlint.facts.layer_view import TABLE, LayerView
from layoutlint.facts.trace import upstream
from layoutlint.inference.masks import RECURRENT
from layoutlint.model.graph import Call, Slot, Tensor
from layoutlint.model.origins import SourceOrigin
from layoutlint.operations.indexing import by_axis
from layoutlint.operations.spec import UNKNOWN

PICKS_AN_ITEM: Final = frozenset(["getitem"])
SEQUENCES: Final = RECURRENT - {"ConvLSTM1D", "ConvLSTM2D", "ConvLSTM3D"}
FIRST_OR_LAST: Final = ((0, 0), (0, -1))
"""The axis of the samples, with the first or the last of them."""
MAX_WAY: Final = 16


def _may_pick(view: LayerView) -> bool:
    return view.layer.class_name in PICKS_AN_ITEM


def _picked(view: LayerView) -> tuple[int, int] | None:
    """Return the only axis of which an index does not take all, and the item that it picks there; None for
    other indexes, and for those that add axes.
    """
    key = view.layer.config.get("key")
    if not _may_pick(view) or view.shape is None or key is None or (isinstance(key, tuple) and None in key):
        return None
    picks = [(axis, part) for axis, part in by_axis(key, view.shape.rank) if part != slice(None)]
    return picks[0] if len(picks) == 1 and type(picks[0][1]) is int else None


def _is_written(call: Call) -> bool:
    """Tell whether the first index is written as a number; a name may count the samples one by one."""
    node = call.origin.node if isinstance(call.origin, SourceOrigin) else None
    if not isinstance(node, ast.Subscript):
        return False
    index = node.slice
    first = index.elts[0] if isinstance(index, ast.Tuple) and index.elts else index
    if isinstance(first, ast.UnaryOp) and isinstance(first.op, ast.USub):
        first = first.operand
    return isinstance(first, ast.Constant)


def _returns_sequence(call: Call) -> bool:
    """Tell whether a call is of a recurrent layer, batch first, that returns what it makes of every step."""
    layer, hidden = unwrapped(call.layer)
    if call.layer.kind != "layer" or hidden or layer.class_name not in SEQUENCES:
        return False
    return layer.config.get("return_sequences") is True and not layer.config.get("time_major")


def _is_sequence(tensor: Tensor) -> bool:
    """Tell whether a tensor is a recurrent layer's sequence, with nothing behind but what keeps the axes."""
    for _ in range(MAX_WAY):
        made = tensor.producer
        if made is None or tensor.shape is None or tensor.shape.rank != 3:
            return False
        if _returns_sequence(made):
            return made.output_tensors[0] is tensor
        if not keeps_order(made) or len(made.input_tensors) != 1:
            return False
        tensor = made.input_tensors[0]
    return False


@TABLE.fact(
    Type.TEXT,
    "what the last index picks out of all that a recurrent layer returns for the steps, (batch, steps, "
    "units), where that is not the last step: the last `sample`, or the last `unit` of every step; the empty "
    "text for all else",
    ("", "sample", "unit"),
    of_class=_may_pick,
)
def picked_for_step(view: LayerView) -> Value:
    picked, tensor = _picked(view), view.tensor
    if picked is None or tensor is None or tensor.shape is None or not _is_sequence(tensor):
        return ""
    axis, item = picked
    if axis == 0 and item == -1 and _is_written(view.call):
        return "sample" if tensor.shape[0].role in COUNTS or has_batch(view.index, tensor) else ""
    *_, units = tensor.shape.sizes
    is_last = item == -1 or (isinstance(units, int) and item == units - 1)
    if axis != 2 or not is_last or 1 in tensor.shape.sizes[1:] or _takes_units_apart(view.index, tensor):
        return ""
    return "unit"


def _takes_units_apart(index: Index, tensor: Tensor) -> bool:
    """Tell whether another index takes a slice of the units: then each of them has a meaning of its own."""
    return any(
        isinstance(part, slice) and part != slice(None)
        for reader in index.consumers.get(id(tensor), ())
        if reader.layer.class_name in PICKS_AN_ITEM and reader.layer.config.get("key") is not None
        for axis, part in by_axis(reader.layer.config["key"], 3)
        if axis == 2
    )


@TABLE.fact(
    Type.TRUTH,
    "one sample is picked out of a model's tensor, whose batch is free, of several axes a sample, by an "
    "index written as 0 or -1",
    of_class=_may_pick,
)
def picks_one_sample(view: LayerView) -> Value:
    picked, tensor = _picked(view), view.tensor
    if picked not in FIRST_OR_LAST or tensor is None or tensor.shape is None or tensor.shape.rank < 3:
        return False
    return tensor.shape[0].size is None and has_batch(view.index, tensor) and _is_written(view.call)


@TABLE.fact(
    Type.TEXT,
    "for an index written as a number that takes one sample of a tensor with a free batch, `(batch, k)`, "
    "where the samples 0 to k - 1 are all taken so, one by one: `samples 0 and 1`; the "
    "empty text for all else",
    of_class=_may_pick,
)
def samples_for_columns(view: LayerView) -> Value:
    tensor = view.tensor
    if tensor is None or not tensor.shape or tensor.shape.rank != 2 or _item_of(view.call) is None:
        return ""
    columns = tensor.shape[1].size
    if not isinstance(columns, int) or columns < 2 or not _is_free_batch(view.index, tensor):
        return ""
    taken = {_item_of(reader) for reader in view.index.consumers.get(id(tensor), [])} - {None}
    if taken != set(range(columns)):
        return ""
    return f"samples {', '.join(map(str, range(columns - 1)))} and {columns - 1}"


def _item_of(call: Call) -> int | None:
    """Return the number with which an index takes one sample, where it is written as one."""
    key = call.layer.config.get("key") if call.layer.class_name in PICKS_AN_ITEM else None
    return key if type(key) is int and len(call.input_tensors) == 1 and _is_written(call) else None


def _cuts_samples(call: Call) -> bool:
    """Tell whether an index takes one sample, or not all of them: numbers that the source writes."""
    key, tensors = call.layer.config.get("key"), call.input_tensors
    if call.layer.class_name not in PICKS_AN_ITEM or len(tensors) != 1 or key is None or not tensors[0].shape:
        return False
    first = key[0] if isinstance(key, tuple) and key else key
    if isinstance(first, slice):
        return first.step is None and (type(first.start) is int or type(first.stop) is int)
    return first in (0, -1) and type(first) is int and _is_written(call)


def _as_large(call: Call, tensor: Tensor) -> list[Tensor]:
    """Return what a call makes of one array alone, value by value."""
    return [
        made
        for made in call.output_tensors
        if len(call.input_tensors) == 1 and tensor.shape is not None and made.shape is not None
        if made.shape.sizes == tensor.shape.sizes
    ]


@TABLE.fact(
    Type.TRUTH,
    "an index that is written as a number takes one sample, or cuts some off, of a tensor with a free batch, "
    "and the rest is combined value by value with something of all samples",
    of_class=_may_pick,
)
def part_meets_batch(view: LayerView) -> Value:
    tensor = view.tensor
    if tensor is None or not _is_free_batch(view.index, tensor) or not _cuts_samples(view.call):
        return False
    behind = view.index.onward(view.call.output_tensors, _as_large, MAX_WAY)
    return any(
        other is not part and _is_of_all(view.index, other)
        for reader, part in behind
        if reader.layer.class_name in PAIRING
        for other in reader.input_tensors
    )


def _is_of_all(index: Index, tensor: Tensor) -> bool:
    """Tell whether a tensor has something of every sample of a free batch, none cut off before."""
    if not _is_free_batch(index, tensor):
        return False
    made = tensor.producer
    return made is None or not any(map(_cuts_samples, (made, *upstream(made))))


def _is_free_batch(index: Index, tensor: Tensor) -> bool:
    """Tell whether the first of several axes is a batch of any size, of a model or of what a loss takes."""
    shape = tensor.shape
    if not shape or shape.rank < 2 or shape[0].size is not None:
        return False
    return shape[0].role in COUNTS or has_batch(index, tensor)


ROW_PICKERS: Final = {
    "getitem": "key",
    "take": "indices",
    "gather": "indices",
    "gather_nd": "indices",
    "boolean_mask": "mask",
    "compress": "mask",
}
"""Operations that pick rows, with the parameter that says which; most have an axis too."""


@TABLE.fact(
    Type.TRUTH,
    "somewhere after this call rows are picked out of all samples, by an index or a mask that the program "
    "computes or is given",
)
def rows_picked_later(view: LayerView) -> Value:
    return any(_picks_rows(view.index, call) for call in downstream(view))


def _picks_rows(index: Index, call: Call) -> bool:
    picked = call.layer.config.get("x")
    if not isinstance(picked, Slot) or not picks_computed_rows(call):
        return False
    return has_batch(index, call.input_tensors[picked.index])


def picks_computed_rows(call: Call) -> bool:
    """Tell whether a call picks rows of an array by an index or a mask that is computed."""
    config = call.layer.config
    parameter = ROW_PICKERS.get(call.layer.class_name)
    if parameter is None or config.get("axis") not in (None, 0):
        return False
    wanted = config.get(parameter)
    first = wanted[0] if isinstance(wanted, tuple) and wanted else wanted
    return isinstance(first, Slot) or first is UNKNOWN


PICKED_ALONG: Final = frozenset(["getitem", "take", "gather"])
DIAGONAL: Final = frozenset(["diag", "diagonal", "diag_part", "einsum", "trace"])


def _index_of_samples(view: LayerView) -> Tensor | None:
    """Return the array that says which items are picked along one axis behind the samples, of all of them."""
    tensors, config = view.call.input_tensors, view.layer.config
    if view.layer.class_name not in PICKED_ALONG or len(tensors) != 2 or view.shape is None:
        return None
    if view.layer.class_name == "getitem":
        key = config.get("key")
        picks = by_axis(key, view.shape.rank) if isinstance(key, tuple) and None not in key else ()
        axes = [axis for axis, part in picks if part != slice(None)]
    else:
        given = config.get("axis")
        axes = [given % view.shape.rank] if type(given) is int and not config.get("batch_dims") else []
    return tensors[1] if len(axes) == 1 and axes[0] > 0 else None


def _is_written_down(index: Tensor) -> bool:
    """Tell whether an index is a range, or a list of numbers in the program: it is not of the samples."""
    made = index.producer
    given = None if made is None else made.layer.config.get("x")
    listed = isinstance(given, list | tuple) and all(type(number) is int for number in given)
    return made is not None and (made.layer.class_name == "arange" or listed)


@TABLE.fact(
    Type.TRUTH,
    "items of what a model makes are picked along an axis behind the samples by an array with one index for "
    "each sample, `q[:, actions]`: every sample gets the items of all",
    of_class=lambda view: view.layer.class_name in PICKED_ALONG,
)
def picks_for_all_samples(view: LayerView) -> Value:
    index, values = _index_of_samples(view), view.tensor
    if index is None or values is None or not index.shape or not values.shape or index.shape.rank > 2:
        return False
    if _is_written_down(index) or not same_samples(values.shape, index.shape) or not is_predicted(values):
        return False
    behind = view.index.onward(view.call.output_tensors, lambda call, _: call.output_tensors, MAX_WAY)
    return not any(reader.layer.class_name in DIAGONAL for reader, _ in behind)
