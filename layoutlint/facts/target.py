"""Facts about targets: what a model is told to give, against an output of the model and its loss."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from layoutlint.axes import Shape
from layoutlint.facts.index import Index
from layoutlint.facts.registry import Subject, Table
from layoutlint.facts.values import UNKNOWN, Type, Value
from layoutlint.graph import Feed, Loss, Tensor, flatten
from layoutlint.origins import Origin

TABLE = Table(Subject.TARGET)


class TargetView:
    """What facts about a target are computed from: the one for the ``position``-th output of the model."""

    def __init__(self, index: Index, feed: Feed, position: int) -> None:
        self.index = index
        self.feed = feed
        self.position = position

    @property
    def origin(self) -> Origin:
        """Where the targets are written."""
        return self.feed.target_origin or self.feed.origin

    @cached_property
    def array(self) -> Tensor | None:
        """The target, the samples first."""
        return _tensor(self.feed.targets, self.position)

    @cached_property
    def model_side(self) -> Tensor | None:
        """The model's output for the data, the batch first."""
        return _tensor(self.feed.call.outputs, self.position)

    @property
    def target(self) -> Shape | None:
        """The shape of the target, the samples first."""
        return None if self.array is None else self.array.shape

    @property
    def output(self) -> Shape | None:
        """The shape of the model's output, the batch first."""
        return None if self.model_side is None else self.model_side.shape

    @cached_property
    def loss(self) -> Loss | None:
        """The loss of this output, if it is one of Keras's."""
        losses = list(flatten(self.feed.losses))
        found = losses[0] if len(losses) == 1 else (losses[self.position : self.position + 1] or [None])[0]
        return found if isinstance(found, Loss) else None


def _tensor(nested: Any, position: int) -> Tensor | None:
    tensors = list(flatten(nested))
    tensor = tensors[position] if position < len(tensors) else None
    return tensor if isinstance(tensor, Tensor) else None


@TABLE.fact(
    Type.TEXT, "the method that takes the targets", ("fit", "evaluate", "train_on_batch", "test_on_batch")
)
def target_method(view: TargetView) -> Value:
    return view.feed.method


@TABLE.fact(Type.TEXT, "the loss of the output: `sparse_categorical_crossentropy`")
def loss(view: TargetView) -> Value:
    return UNKNOWN if view.loss is None or view.loss.name is None else view.loss.name


@TABLE.fact(Type.LIST, "the sizes of the target, the samples first")
def target_sizes(view: TargetView) -> Value:
    return UNKNOWN if view.target is None else view.target.sizes


@TABLE.fact(Type.NUMBER, "the number of axes of the target, the samples counted")
def target_rank(view: TargetView) -> Value:
    return UNKNOWN if view.target is None else view.target.rank


@TABLE.fact(Type.LIST, "the sizes of the output that the target is for, the batch first")
def output_sizes(view: TargetView) -> Value:
    return UNKNOWN if view.output is None else view.output.sizes


@TABLE.fact(Type.NUMBER, "the number of axes of the output that the target is for, the batch counted")
def output_rank(view: TargetView) -> Value:
    return UNKNOWN if view.output is None else view.output.rank
