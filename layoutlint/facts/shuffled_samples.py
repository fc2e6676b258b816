"""Facts about samples that come in another order each time: nothing else is in the order of their
predictions, the states of a model meet other samples, and the parts of a data set are other ones.

Part of the facts about what is fed; ``layoutlint.facts.registry`` puts them beside the others.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

from layoutlint.facts.broadcasts import PAIRING
from layoutlint.facts.fact_values import UNKNOWN, Type, Value
from layoutlint.facts.feed import TABLE, FeedView, keeps_states
from layoutlint.facts.index import Index, trains, written_at
from layoutlint.facts.picked_items import picks_computed_rows
from layoutlint.facts.predicted_classes import PREDICTION
from layoutlint.inference.labels import ONE_HOT, is_constant
from layoutlint.model.graph import Call, Tensor, flatten
from layoutlint.model.origins import SourceOrigin
from layoutlint.model.sizes import is_nameless

METRIC: Final = "metric"
REORDERING: Final = frozenset(["sort", "argsort", "permutation", "shuffle", "unique"])
MAX_WAY: Final = 32
JOINING: Final = frozenset(["concatenate", "hstack", "append"])
ARRANGED: Final = (
    frozenset(["array", "cast", "reshape", "expand_dims", "ravel", "convert_to_tensor"]) | ONE_HOT
)
"""Operations that leave the labels in their order."""
MIXED: Final = re.compile(r"shuffle\(|permut|\.sample\(|argsort")
"""What puts samples in another order, in place too."""


class _Way:
    """What made an array: the calls that predicted it, whether rows were put in another order, and whether
    anything but a number is known of it.
    """

    def __init__(self, tensors: Iterator[Tensor]) -> None:
        self.predicted: set[int] = set()
        self.reordered = False
        self.counts = False
        queue = list(tensors)
        for tensor in queue:
            self.counts = self.counts or bool(tensor.shape)
            made = tensor.producer
            if made is None or len(queue) > MAX_WAY:
                continue
            if made.layer.class_name == PREDICTION:
                self.predicted.add(written_at(made))
            self.reordered = self.reordered or _reorders(made)
            queue += made.input_tensors


def _reorders(call: Call) -> bool:
    return call.layer.class_name in REORDERING or picks_computed_rows(call)


def _tensors(nested: Any) -> Iterator[Tensor]:
    return (tensor for tensor in flatten(nested) if isinstance(tensor, Tensor))


def _compares_rows(call: Call) -> bool:
    """Tell whether a call holds the rows of two arrays against each other: a row for all is not one."""
    if call.layer.class_name == METRIC:
        return True
    shapes = [tensor.shape for tensor in call.input_tensors if tensor.shape]
    if call.layer.class_name not in PAIRING or not len(shapes) == len(call.input_tensors) == 2:
        return False
    return shapes[0].rank == shapes[1].rank and all(shape[0].size != 1 for shape in shapes)


def _compared(index: Index) -> list[tuple[_Way, _Way]]:
    """Return the ways of the two sides of each comparison, and of what a model learns and from what."""
    pairs = [
        (_Way(iter(call.input_tensors[:1])), _Way(iter(call.input_tensors[1:])))
        for call in index.graph.calls
        if _compares_rows(call)
    ]
    learnt = (feed for feed in index.feeds if feed.targets)
    return pairs + [(_Way(_tensors(feed.data)), _Way(_tensors(feed.targets))) for feed in learnt]


@TABLE.fact(
    Type.TRUTH,
    "samples are predicted that come in another order each time (a shuffling generator or data set), and the "
    "predictions are compared with an array, or learnt with one, that is not of the same predictions",
)
def meets_another_order(view: FeedView) -> Value:
    if view.feed.method != "predict" or not view.feed.shuffled:
        return False
    asked = written_at(view.feed.call)
    for one, other in view.index.once(_compared):
        for side, against in ((one, other), (other, one)):
            is_met = asked in side.predicted and asked not in against.predicted and against.counts
            if is_met and not side.reordered and not against.reordered:
                return True
    return False


@TABLE.fact(
    Type.TRUTH,
    "a model with a stateful recurrent layer learns from several batches of samples that are shuffled: the "
    "states of a batch are handed on to samples that do not follow",
)
def states_meet_other_samples(view: FeedView) -> Value:
    learns = view.feed.method == "fit" and trains(view.feed) and view.feed.shuffled
    if not learns or not keeps_states(view.network):
        return False
    if view.feed.in_batches:
        return True
    count, batch = None if view.given is None else view.given[0].size, view.feed.batch_size
    if count is None or is_nameless(count) or not isinstance(batch, int):
        return UNKNOWN  # all of them may be one batch
    return count > batch if isinstance(count, int) else True


@TABLE.fact(
    Type.TEXT,
    "the method that leaves the other part of a data set that is shuffled anew each time, where a model "
    "learns from that part: `take` or `skip`; the empty text if there is none",
)
def other_part_learnt(view: FeedView) -> Value:
    part = view.feed.part
    if part is None or trains(view.feed):
        return ""
    learnt = (feed.part for feed in view.index.feeds if trains(feed) and feed.part is not None)
    return next((name for name, shuffled_at in learnt if shuffled_at == part[1] and name != part[0]), "")


def _is_in_blocks(target: Tensor) -> bool:
    """Tell whether labels are all of one class, then all of the next: ``append(zeros(n), ones(m))``."""
    made = target.producer
    for _ in range(MAX_WAY):
        if made is None or made.layer.kind != "operation" or made.layer.class_name not in ARRANGED:
            break
        before = next(iter(made.input_tensors), None)
        made = before.producer if isinstance(before, Tensor) else None
    if made is None or made.layer.class_name not in JOINING or len(made.input_tensors) < 2:
        return False
    return _joins_samples(made) and all(map(is_constant, made.input_tensors))


def _joins_samples(made: Call) -> bool:
    """Tell whether arrays are joined along their first axis; ``hstack`` joins columns side by side."""
    first = made.input_tensors[0].shape
    if made.layer.class_name == "hstack":
        return first is not None and first.rank == 1
    return (made.layer.config.get("axis") or 0) == 0


@TABLE.fact(
    Type.TRUTH,
    "the last samples are kept back for the validation, and the labels are all of one class, then all of the "
    "next: nothing in the file mixes them",
)
def holds_out_last_class(view: FeedView) -> Value:
    if not view.feed.holds_out or not any(map(_is_in_blocks, view.targets)):
        return False
    return not isinstance(view.origin, SourceOrigin) or MIXED.search(view.origin.file.text) is None
