"""Facts about what a model is fed: one array against the input of the model that it is for."""

from __future__ import annotations

from functools import cached_property

from layoutlint import sizes
from layoutlint.axes import Shape
from layoutlint.facts.index import Index
from layoutlint.facts.registry import Subject, Table
from layoutlint.facts.values import UNKNOWN, Type, Value
from layoutlint.graph import Feed, Network, Tensor, flatten
from layoutlint.origins import Origin

TABLE = Table(Subject.FEED)


class FeedView:
    """What facts about a fed array are computed from: the ``position``-th input of the model."""

    def __init__(self, index: Index, feed: Feed, position: int) -> None:
        self.index = index
        self.feed = feed
        self.position = position

    @property
    def network(self) -> Network | None:
        """The model that is fed; None for a class of the program."""
        return self.feed.call.layer.network

    @property
    def origin(self) -> Origin:
        """Where the data are written."""
        return self.feed.origin

    @cached_property
    def array(self) -> Tensor | None:
        """The array itself, the samples first; None where it is not told for which input it is."""
        return self.arrays[self.position] if len(self.arrays) == len(self.inputs) else None

    @cached_property
    def model_side(self) -> Tensor | None:
        """The input of the model that the array is for."""
        return self.inputs[self.position] if self.position < len(self.inputs) else None

    @property
    def given(self) -> Shape | None:
        """The array's shape, the samples first."""
        return None if self.array is None else self.array.shape

    @property
    def wanted(self) -> Shape | None:
        """The shape of the model's input, the batch first."""
        return None if self.model_side is None else self.model_side.shape

    @cached_property
    def arrays(self) -> list[Tensor]:
        """All arrays that are fed."""
        return [tensor for tensor in flatten(self.feed.data) if isinstance(tensor, Tensor)]

    @cached_property
    def inputs(self) -> list[Tensor]:
        """All inputs of the model."""
        network = self.network
        return [] if network is None else [t for t in flatten(network.inputs) if isinstance(t, Tensor)]


@TABLE.fact(
    Type.TEXT,
    "the method that takes the data",
    ("fit", "evaluate", "predict", "train_on_batch", "test_on_batch", "predict_on_batch"),
)
def method(view: FeedView) -> Value:
    return view.feed.method


@TABLE.fact(Type.TEXT, "the argument that the data are given by", ("x", "validation_data"))
def fed_by(view: FeedView) -> Value:
    return view.feed.argument


@TABLE.fact(Type.TRUTH, "the data come in batches: a data set, a generator")
def in_batches(view: FeedView) -> Value:
    return view.feed.in_batches


@TABLE.fact(Type.LIST, "the sizes of the array, the samples first")
def given_sizes(view: FeedView) -> Value:
    return UNKNOWN if view.given is None else view.given.sizes


@TABLE.fact(Type.NUMBER, "the number of axes of the array, the samples counted")
def given_rank(view: FeedView) -> Value:
    return UNKNOWN if view.given is None else view.given.rank


@TABLE.fact(Type.LIST, "the sizes of the model's input, the batch first")
def input_sizes(view: FeedView) -> Value:
    return UNKNOWN if view.wanted is None else view.wanted.sizes


@TABLE.fact(Type.NUMBER, "the number of axes of the model's input, the batch counted")
def input_rank(view: FeedView) -> Value:
    return UNKNOWN if view.wanted is None else view.wanted.rank


@TABLE.fact(Type.NUMBER, "the number of arrays that are fed")
def given_count(view: FeedView) -> Value:
    return len(view.arrays)


@TABLE.fact(Type.NUMBER, "the number of the model's inputs")
def wanted_count(view: FeedView) -> Value:
    return len(view.inputs) if view.inputs else UNKNOWN


@TABLE.fact(Type.TRUTH, "Keras would refuse the data: the feed's call raises")
def refused(view: FeedView) -> Value:
    return view.feed.call.error is not None


@TABLE.fact(Type.TEXT, "what Keras would say of the data")
def refusal(view: FeedView) -> Value:
    return UNKNOWN if view.feed.call.error is None else str(view.feed.call.error)


@TABLE.fact(Type.TRUTH, "the array is one sample: it has every axis of the model's input but the batch")
def is_one_sample(view: FeedView) -> Value:
    given, wanted = view.given, view.wanted
    if given is None or wanted is None:
        return UNKNOWN
    if given.rank != wanted.rank - 1 or view.feed.in_batches:
        return False
    answers = [sizes.equal(a, b) for a, b in zip(given.sizes, wanted.sizes[1:], strict=True) if b is not None]
    if False in answers:
        return False
    return True if answers and all(answers) else UNKNOWN
