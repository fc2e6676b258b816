"""Facts about the axis of predictions that has the classes, by the softmax or the loss at the end of a model:
whether an argmax runs along it.

Part of the facts about a layer; ``layoutlint.facts.registry`` puts them beside the others.
"""

from __future__ import annotations

from typing import Final

from layoutlint.facts.axis_operations import PICKS, along
from layoutlint.facts.broadcasts import COUNTS
from layoutlint.facts.data_formats import keeps_order
from layoutlint.facts.fact_values import UNKNOWN, Type, Value
from layoutlint.facts.feed import ASKING
from layoutlint.facts.index import Index, written_at
from layoutlint.facts.layer_view import TABLE, LayerView
from layoutlint.facts.pairing import loss_for, outputs_of
from layoutlint.facts.softmax import SOFTMAXES, softmax_of
from layoutlint.inference.losses import Wants, contract_of
from layoutlint.model.graph import Call, Feed, Tensor
from layoutlint.operations.indexing import by_axis

PREDICTION: Final = "predict"
OF_CLASSES: Final = (Wants.LABELS, Wants.ONE_HOT)
MAX_WAY: Final = 16


def _may_pick(view: LayerView) -> bool:
    return view.layer.class_name in PICKS


def _axis_of_classes(index: Index, tensor: Tensor) -> tuple[int, int] | None:
    """Return the axis that has the classes, counted from the end, and how many axes there are with the
    samples; None where no softmax and no loss tells.
    """
    for _ in range(MAX_WAY):
        made = tensor.producer
        if made is None or tensor.shape is None:
            return None
        if made.layer.class_name in SOFTMAXES:
            found = softmax_of(LayerView(index, made))
            return None if found is None or len(found.axes) != 1 else (found.axes[0] - tensor.shape.rank, 0)
        if made.layer.kind == "model" or made.layer.class_name == PREDICTION:
            feed = index.once(_asked).get(written_at(made))
            axis = None if feed is None else _told_by(index, feed)
            return None if axis is None else (axis, tensor.shape.rank)
        if made.layer.kind != "operation" or len(made.input_tensors) != 1 or not _keeps_last_axes(made):
            return None
        tensor = made.input_tensors[0]
    return None


def _keeps_last_axes(call: Call) -> bool:
    """Tell whether a call leaves all axes, or picks some of the first ones."""
    shape = call.input_tensors[0].shape
    if call.layer.class_name != "getitem" or shape is None:
        return keeps_order(call)
    key = call.layer.config.get("key")
    if key is None or (isinstance(key, tuple) and None in key):
        return False
    parts = [part for _, part in by_axis(key, shape.rank)]
    return len(parts) < shape.rank or parts[-1] == slice(None)


def _asked(index: Index) -> dict[int, Feed]:
    """Return what models are given for their answer, by the id of the syntax that asks."""
    asking = (feed for feed in index.graph.feeds if feed.method in ASKING)
    return {written_at(feed.call): feed for feed in asking}


def _told_by(index: Index, feed: Feed) -> int | None:
    """Return the axis on which a model of one output has its classes, counted from the end: that of the
    softmax at its end, or the last one of what a loss of classes reads.
    """
    network = feed.call.layer.network
    output = feed.call.outputs if network is None else network.outputs
    last = output.producer if isinstance(output, Tensor) else None
    if last is None:
        return None
    found = softmax_of(LayerView(index, last))
    if found is not None:
        return found.axes[0] - found.shape.rank if len(found.axes) == 1 else None
    loss = loss_for(feed.losses, outputs_of(output), 0)
    contract = None if loss is None or loss.options.get("axis", -1) != -1 else contract_of(loss.name)
    return -1 if contract is not None and contract.wants in OF_CLASSES else None


@TABLE.fact(
    Type.NUMBER,
    "for an argmax along one axis of what a model predicts, if that axis is neither that of the classes nor "
    "that of the samples: the axis of the classes, counted from 0; they are told by a softmax or by the loss",
    of_class=_may_pick,
)
def missed_classes_axis(view: LayerView) -> Value:
    picked, shape = along(view), view.shape
    if not _may_pick(view) or picked is UNKNOWN or len(picked) != 1 or shape is None or view.tensor is None:
        return UNKNOWN
    found = _axis_of_classes(view.index, view.tensor)
    if found is None:
        return UNKNOWN
    classes, rank = shape.rank + found[0], found[1]
    is_of_samples = picked[0] - shape.rank == -rank or shape[picked[0]].role in COUNTS
    return UNKNOWN if picked[0] == classes or is_of_samples or shape.rank < 2 else classes
