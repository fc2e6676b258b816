"""Facts about the labels of a generator of images, which are in the order of the files, beside predictions
of its batches, which are in the order of the shuffling.

Part of the facts about a layer; ``layoutlint.facts.registry`` puts them beside the others.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from layoutlint.facts.broadcasts import PAIRING
from layoutlint.facts.fact_values import Type, Value
from layoutlint.facts.index import Index
from layoutlint.facts.layer_view import TABLE, LayerView
from layoutlint.facts.picked_items import ROW_PICKERS
from layoutlint.facts.predicted_classes import PREDICTION, asked
from layoutlint.model.graph import Call, Tensor, flatten

FILE_ORDER: Final = "order_of_files"
COMPARING: Final = PAIRING | {"metric"}
MAX_WAY: Final = 16


def _kept(call: Call, tensor: Tensor) -> list[Tensor]:
    """Return what a call makes where its rows are still in the order of the one that it reads."""
    return [] if call.layer.class_name in ROW_PICKERS else call.output_tensors


def _sources(tensors: Iterator[Tensor]) -> Iterator[Call]:
    """Yield the calls that made arrays, and those before them, as long as no rows are picked."""
    queue = list(tensors)
    for tensor in queue:
        made = tensor.producer
        if made is not None and len(queue) < MAX_WAY:
            yield made
            queue += made.input_tensors if made.layer.class_name not in ROW_PICKERS else ()


def _is_predicted_of(index: Index, tensors: Iterator[Tensor], files: Call) -> bool:
    """Tell whether arrays come from a prediction of the batches of a generator."""
    for made in _sources(tensors):
        feed = index.once(asked).get(id(getattr(made.origin, "node", None)))
        if made.layer.class_name != PREDICTION or feed is None:
            continue
        if any(isinstance(t, Tensor) and t.origin is files.layer.origin for t in flatten(feed.data)):
            return True
    return False


def _beside_predictions(index: Index, files: Call) -> bool:
    for call, labels in index.onward(files.output_tensors, _kept, MAX_WAY):
        others = (tensor for tensor in call.input_tensors if tensor is not labels)
        if call.layer.class_name in COMPARING and _is_predicted_of(index, others, files):
            return True
    for feed in index.feeds:
        targets = (tensor for tensor in flatten(feed.targets) if isinstance(tensor, Tensor))
        data = (tensor for tensor in flatten(feed.data) if isinstance(tensor, Tensor))
        if files in _sources(targets) and _is_predicted_of(index, data, files):
            return True
    return False


@TABLE.fact(
    Type.TRUTH,
    "the labels of all files of a generator that shuffles them, compared with what a model predicts of its "
    "batches, or learnt with it",
    of_class=lambda view: view.layer.class_name == FILE_ORDER,
)
def meets_shuffled_predictions(view: LayerView) -> Value:
    return view.layer.class_name == FILE_ORDER and _beside_predictions(view.index, view.call)


@TABLE.fact(Type.TEXT, "the attribute of a generator that is read for the labels of all files: `classes`")
def read_attribute(view: LayerView) -> Value:
    return str(view.layer.config.get("read", ""))
