"""Facts about what a model is fed: one array against the input of the model that it is for.

How an array may differ from an input stands in :mod:`layoutlint.facts.differences`.
"""

from __future__ import annotations

import ast
from functools import cached_property
from typing import Final

from layoutlint.facts import differences
from layoutlint.facts.differences import Difference, Given
from layoutlint.facts.fact_values import UNKNOWN, SizesOf, Type, Value, shown
from layoutlint.facts.index import Index, unwrapped
from layoutlint.facts.purpose import is_guarded, stops_on_purpose
from layoutlint.facts.registry import Subject, Table
from layoutlint.inference.layer_call import has_open_inputs
from layoutlint.model import sizes
from layoutlint.model.axes import Shape
from layoutlint.model.graph import Call, Feed, Network, Tensor, flatten
from layoutlint.model.origins import Origin, SourceOrigin
from layoutlint.model.sizes import Expression, Size, is_nameless
from layoutlint.model.syntax_text import short_text

TABLE = Table(Subject.FEED)

ASKING: Final = ("predict", "predict_on_batch", "call", "set_tensor", "run")
"""Methods that are given data for their answer."""

TRAINING, TESTING = "samples for training", "samples for testing"


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
        one_for_each = len(self.arrays) == len(self.inputs) and not self.missing_name
        if not one_for_each or self.feed.in_list or "x" in self.feed.numbers:
            return None
        return self.arrays[self.position] if self.position < len(self.arrays) else None

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
    def targets(self) -> list[Tensor]:
        """All targets that are given with them."""
        return [tensor for tensor in flatten(self.feed.targets) if isinstance(tensor, Tensor)]

    @cached_property
    def inputs(self) -> list[Tensor]:
        """All inputs of the model."""
        network = self.network
        return [] if network is None else network.input_tensors

    @property
    def missing_name(self) -> str:
        """The name of an input for which data by names have nothing; empty if there is none."""
        error = self.feed.call.error
        return str(error.facts.get("missing", "")) if error is not None else ""

    @cached_property
    def difference(self) -> Difference | None:
        """How the array differs from the input; None where it fits, or nobody can say."""
        if self.given is None or self.wanted is None:
            return None
        for other in range(len(self.inputs)):
            if other != self.position and self._are_exchanged(other):
                return Difference("order")
        whole = None if self.array is None else _picked_from(self.array.producer)
        known = Given(
            in_batches=self.feed.in_batches,
            picked=whole is not None,
            of_samples=whole is not None and whole.shape is not None and whole.shape.rank == self.wanted.rank,
            asked=self.feed.method in ASKING,
            counted=any(
                target.shape is not None
                and target.shape.rank > 0
                and self.given.rank > 0
                and sizes.equal(target.shape[0].size, self.given[0].size) is True
                for target in self.targets
            ),
        )
        found = differences.between(self.given.sizes, self.wanted.sizes, known)
        return None if found is not None and found.kind == "axes" and self.is_sized_by_data else found

    @cached_property
    def is_sized_by_data(self) -> bool:
        """Whether the model has the sizes of the first data that it was fed, and takes other ones too."""
        tensor, network = self.model_side, self.network
        if tensor is None or network is None or self.index.declaration(tensor) is not None:
            return False
        made_at = getattr(tensor.origin, "node", None)
        if all(getattr(feed.call.origin, "node", None) is not made_at for feed in self.index.graph.feeds):
            return False
        return all(
            unwrapped(call.layer)[0].class_name not in ("Flatten", "Reshape") for call in network.calls
        )

    def _are_exchanged(self, other: int) -> bool:
        """Tell whether this array and another one are each for the other's input."""
        shapes = [tensor.shape for tensor in (*self.arrays, *self.inputs)]
        here, there = shapes[self.position], shapes[other]
        here_wanted, there_wanted = (
            shapes[len(self.arrays) + self.position],
            shapes[len(self.arrays) + other],
        )
        if here is None or there is None or here_wanted is None or there_wanted is None:
            return False
        return (
            differences.fits(here.sizes, here_wanted.sizes) is False
            and differences.fits(here.sizes, there_wanted.sizes) is True
            and differences.fits(there.sizes, here_wanted.sizes) is True
        )

    @cached_property
    def learnt_from(self) -> FeedView | None:
        """What ``fit`` is given for the same input of the same model elsewhere, and takes."""
        for feed in self.index.graph.feeds:
            same = feed.call.layer.network is self.network and self.network is not None
            if same and feed is not self.feed and feed.method == "fit" and feed.argument == "x":
                other = FeedView(self.index, feed, self.position)
                if other.given is not None and feed.call.error is None:
                    return other
        return None

    @property
    def text(self) -> str:
        """The array as the program writes it, if that is short; else `x`."""
        node = self.origin.node if isinstance(self.origin, SourceOrigin) else None
        if isinstance(node, ast.List | ast.Tuple) and len(node.elts) == len(self.arrays) > 1:
            node = node.elts[self.position]
        return short_text(node, "x")

    @cached_property
    def is_list_of_samples(self) -> bool:
        """Whether the data are a list with an array for every sample, for a model of one input."""
        if len(self.inputs) != 1 or isinstance(self.feed.data, Tensor | dict):
            return False
        if len(self.arrays) < 2 and not self.feed.in_list:
            return False
        wanted = self.inputs[0].shape
        return wanted is not None and all(
            tensor.shape is not None and differences.is_sample(tensor.shape.sizes, wanted.sizes)
            for tensor in self.arrays
        )


def _picked_from(producer: Call | None) -> Tensor | None:
    """Return the array that an array is one item of, ``X`` for ``X[0]``; None for others."""
    while producer is not None and producer.layer.class_name != "getitem":
        # X[0] / 255
        before = producer.input_tensors
        if producer.layer.kind != "operation" or len(before) != 1:
            return None
        producer = before[0].producer
    key = None if producer is None else producer.layer.config.get("key")
    if producer is None or isinstance(key, bool) or not isinstance(key, int | Expression):
        return None
    return producer.input_tensors[0]


# ---------------------------------------------------------------------- the feed


@TABLE.fact(
    Type.TEXT,
    "the method that takes the data; `call` for `model(array)`, `set_tensor` and `run` of a converted model",
    ("fit", "evaluate", "train_on_batch", "test_on_batch", *ASKING),
)
def method(view: FeedView) -> Value:
    return view.feed.method


@TABLE.fact(Type.TEXT, "the argument that the data are given by", ("x", "validation_data"))
def fed_by(view: FeedView) -> Value:
    return view.feed.argument


@TABLE.fact(Type.TEXT, "what takes the data, in words: `fit`, `validation_data of fit`, `the model`")
def taker(view: FeedView) -> Value:
    if view.feed.argument != "x":
        return f"{view.feed.argument} of {view.feed.method}"
    return "the model" if view.feed.method == "call" else view.feed.method


@TABLE.fact(Type.TRUTH, "the data come in batches: a data set, a generator")
def in_batches(view: FeedView) -> Value:
    return view.feed.in_batches


@TABLE.fact(Type.TRUTH, "Keras refuses the data")
def refused(view: FeedView) -> Value:
    call = view.feed.call
    return call.error is not None and not stops_on_purpose(call) and not is_guarded(call)


@TABLE.fact(Type.TEXT, "Keras's error message for the data")
def refusal(view: FeedView) -> Value:
    return UNKNOWN if view.feed.call.error is None else str(view.feed.call.error)


@TABLE.fact(Type.TRUTH, "conditions of the source with unknown values lead here")
def fed_under_conditions(view: FeedView) -> Value:
    return bool(view.feed.call.conditions)


# ---------------------------------------------------------------------- one array


@TABLE.fact(Type.LIST, "the sizes of the array, the samples first")
def given_sizes(view: FeedView) -> Value:
    return UNKNOWN if view.given is None else SizesOf(view.given)


@TABLE.fact(Type.NUMBER, "the number of axes of the array, the samples counted")
def given_rank(view: FeedView) -> Value:
    return UNKNOWN if view.given is None else view.given.rank


@TABLE.fact(Type.LIST, "the sizes of the model's input, the batch first")
def input_sizes(view: FeedView) -> Value:
    return UNKNOWN if view.wanted is None else SizesOf(view.wanted)


@TABLE.fact(Type.NUMBER, "the number of axes of the model's input, the batch counted")
def input_rank(view: FeedView) -> Value:
    return UNKNOWN if view.wanted is None else view.wanted.rank


@TABLE.fact(Type.TEXT, "the model's input in words: `the model's input`, `input 2 of the model`")
def input_words(view: FeedView) -> Value:
    if len(view.inputs) == 1:
        return "the model's input"
    made = None if view.model_side is None else view.model_side.producer
    name = None if made is None else made.layer.name
    return f"input {view.position + 1} of the model" + (f", {name}," if name else "")


@TABLE.fact(
    Type.TEXT,
    "how the array differs from the model's input. `one sample`: it has every axis but the batch; "
    "`samples counted`: it has, but there is a target for each of its rows: the declared shape counts the"
    " samples; `order`: it is for another input; `axes`: its axes are the input's in another order; "
    "`batched twice`; `flat` where the input has axes; `not flat` where it has one; `no axis` and `axis`,"
    " where one of size 1 is missing or too many; `rank`, `size`: something else; the empty text where it"
    " fits, or where that is unknown",
    ("", *differences.KINDS),
)
def difference(view: FeedView) -> Value:
    return "" if view.difference is None else view.difference.kind


@TABLE.fact(
    Type.TRUTH,
    "no other array explains the refusal: each has the shape of its input, and this is the first of them",
)
def is_first_suspect(view: FeedView) -> Value:
    others = (FeedView(view.index, view.feed, at) for at in range(len(view.arrays)) if at != view.position)
    return view.position == 0 and all(other.difference is None for other in others)


@TABLE.fact(Type.TEXT, "what makes the array fit, as code: `x.reshape(-1, 28, 28, 1)`")
def remedy(view: FeedView) -> Value:
    found = view.difference
    if found is None or found.remedy is None:
        return UNKNOWN
    return found.remedy.format(x=view.text)


@TABLE.fact(Type.SIZE, "the number of samples that Keras sees in the array: the size of its first axis")
def seen_samples(view: FeedView) -> Value:
    return view.given[0].size if view.given is not None and view.given.rank else UNKNOWN


@TABLE.fact(Type.TEXT, "how Keras reads the array: `28 samples of (28, 1)`, `4 samples`")
def taken_for(view: FeedView) -> Value:
    if view.given is None or not view.given.rank:
        return UNKNOWN
    count, *each = view.given.sizes
    known = "many" if count is None or is_nameless(count) else shown(count)
    return f"{known} samples of {shown(each)}" if each else f"{known} samples"


@TABLE.fact(Type.LIST, "the sizes that Keras sees of each sample: all but the first")
def sample_sizes(view: FeedView) -> Value:
    return SizesOf(Shape(view.given[1:])) if view.given is not None and view.given.rank else UNKNOWN


@TABLE.fact(Type.LIST, "the sizes of the data that `fit` gets for the same input of the same model elsewhere")
def fitted_sizes(view: FeedView) -> Value:
    learnt = view.learnt_from
    return UNKNOWN if learnt is None or learnt.given is None else SizesOf(learnt.given)


# ---------------------------------------------------------------------- all arrays


@TABLE.fact(Type.NUMBER, "the number of arrays that are fed")
def given_count(view: FeedView) -> Value:
    return UNKNOWN if view.feed.in_list else len(view.arrays)


@TABLE.fact(Type.NUMBER, "the number of the model's inputs")
def wanted_count(view: FeedView) -> Value:
    return len(view.inputs) if view.inputs else UNKNOWN


@TABLE.fact(Type.TEXT, "the name of an input that is missing in data given by name; the empty text if none")
def missing_name(view: FeedView) -> Value:
    return view.missing_name


@TABLE.fact(Type.TEXT, "the names under which data are given: `image, meta`")
def given_names(view: FeedView) -> Value:
    return ", ".join(map(str, view.feed.data)) if isinstance(view.feed.data, dict) else ""


@TABLE.fact(Type.TEXT, "the sizes of all arrays, or of the first three of them: `(8, 4) and (8, 5)`")
def all_given(view: FeedView) -> Value:
    shapes = [tensor.shape for tensor in view.arrays[:3]]
    if len(shapes) > 1 and all(shape is None for shape in shapes):
        return "arrays of unknown shape"
    texts = ["an array of unknown shape" if shape is None else shape.words for shape in shapes]
    if len(view.arrays) > 3 or view.feed.in_list:
        texts.append("…")
    return ", ".join(texts) if len(texts) != 2 else " and ".join(texts)


@TABLE.fact(Type.TEXT, "the sizes of all inputs of the model: `(None, 4) and (None, 5)`")
def all_wanted(view: FeedView) -> Value:
    return " and ".join("an unknown shape" if t.shape is None else t.shape.words for t in view.inputs)


@TABLE.fact(
    Type.TRUTH, "the data are a Python list with an array for every sample, and the model has one input"
)
def is_list_of_samples(view: FeedView) -> Value:
    return view.is_list_of_samples


@TABLE.fact(Type.TEXT, "what is given as Python lists of numbers: the data, the targets, or nothing")
def lists_of_numbers(view: FeedView) -> Value:
    words = {"x": "data", "y": "targets"}
    return " and ".join(words[name] for name in view.feed.numbers)


@TABLE.fact(Type.TRUTH, "the samples in the list have a batch axis of 1 each: `[(1, 28, 28), (1, 28, 28)]`")
def listed_in_batches(view: FeedView) -> Value:
    shape = view.arrays[0].shape if view.arrays else None
    wanted = view.inputs[0].shape if view.inputs else None
    return shape is not None and wanted is not None and shape.rank == wanted.rank


@TABLE.fact(Type.TRUTH, "the model is a Sequential: it silently takes only the first of several arrays")
def ignores_arrays(view: FeedView) -> Value:
    network = view.network
    if network is None or network.class_name != "Sequential" or len(view.inputs) != 1:
        return False
    return not has_open_inputs(network)


@TABLE.fact(Type.TRUTH, "axis 1 of the only array counts the model's inputs: `(n, 2, 28, 28)` for two inputs")
def inputs_on_an_axis(view: FeedView) -> Value:
    if len(view.arrays) != 1 or len(view.inputs) < 2 or view.arrays[0].shape is None:
        return False
    given = view.arrays[0].shape.sizes
    if len(given) < 2 or given[1] != len(view.inputs):
        return False
    behind = (given[0], *given[2:])
    return all(t.shape is not None and differences.fits(behind, t.shape.sizes) for t in view.inputs)


# ---------------------------------------------------------------------- samples


def _counts(tensors: list[Tensor]) -> list[Size]:
    return [t.shape[0].size for t in tensors if t.shape is not None and t.shape.rank]


def _pair(view: FeedView) -> tuple[Size, Size] | None:
    """Return two numbers of samples that differ for certain: of the data and the targets, or of
    two arrays.
    """
    data, targets = _counts(view.arrays), _counts(view.targets)
    for first, second in [
        *((a, b) for a in data[:1] for b in targets),
        *((data[0], b) for b in data[1:]),
    ]:
        if sizes.equal(first, second) is False or {str(first), str(second)} == {TRAINING, TESTING}:
            return first, second
    return None


@TABLE.fact(
    Type.TRUTH,
    "the data and the targets, or two arrays of the data, certainly have different numbers of samples",
)
def counts_differ(view: FeedView) -> Value:
    if view.is_list_of_samples or (view.difference is not None and view.difference.kind == "one sample"):
        return False
    return _pair(view) is not None


@TABLE.fact(Type.TRUTH, "the samples that differ are those of two arrays of the data, not of the targets")
def counts_differ_in_data(view: FeedView) -> Value:
    pair = _pair(view)
    targets = _counts(view.targets)
    return pair is not None and not any(pair[1] is size for size in targets)


@TABLE.fact(Type.SIZE, "where numbers of samples differ: that of the data")
def data_count(view: FeedView) -> Value:
    pair = _pair(view)
    return UNKNOWN if pair is None else pair[0]


@TABLE.fact(Type.SIZE, "where numbers of samples differ: that of the targets, or of another array")
def other_count(view: FeedView) -> Value:
    pair = _pair(view)
    return UNKNOWN if pair is None else pair[1]


@TABLE.fact(
    Type.TRUTH, "one side is the training part of a split, the other its testing part (`train_test_split`)"
)
def mixes_a_split(view: FeedView) -> Value:
    pair = _pair(view)
    return pair is not None and {shown(pair[0]), shown(pair[1])} == {TRAINING, TESTING}


# ---------------------------------------------------------------------- batches of one size


def keeps_states(network: Network | None) -> bool:
    """Tell whether a recurrent layer of a model keeps its states from batch to batch."""
    calls = network.calls if network is not None else ()
    return any(
        keeps_states(c.layer.network) or unwrapped(c.layer)[0].config.get("stateful") is True for c in calls
    )


@TABLE.fact(
    Type.NUMBER,
    "the batch size that a model with a stateful recurrent layer was built for; it takes no other",
)
def stateful_batch(view: FeedView) -> Value:
    first = view.wanted[0].size if view.wanted is not None and view.wanted.rank else None
    return first if isinstance(first, int) and keeps_states(view.network) else UNKNOWN


@TABLE.fact(Type.NUMBER, "the size of a batch of the feed that is not the size `stateful_batch`")
def other_batch(view: FeedView) -> Value:
    wanted = stateful_batch(view)
    if wanted is UNKNOWN or view.given is None or not view.given.rank:
        return UNKNOWN
    count, batch = view.given[0].size, view.feed.batch_size
    if batch is None:
        found = [count]
    elif not isinstance(batch, int):
        return UNKNOWN
    elif isinstance(count, int):
        found = [min(batch, count), count % batch or batch] if count >= batch else [count]
    else:
        found = [batch] if batch < wanted else []
    return next((size for size in found if isinstance(size, int) and size != wanted), UNKNOWN)
