"""Facts about targets: what a model is told to give, against an output of the model and its loss."""

from __future__ import annotations

from functools import cached_property
from typing import Any, Final

from layoutlint.facts.fact_values import UNKNOWN, SizesOf, Type, Value
from layoutlint.facts.index import Index, keeps_axes, unwrapped
from layoutlint.facts.layer_view import spoken
from layoutlint.facts.pairing import Output, losses_for, outputs_of, places
from layoutlint.facts.registry import Subject, Table
from layoutlint.inference import labels, spans
from layoutlint.inference.losses import LossOutcome, Meeting, Wants, contract_of, meet
from layoutlint.inference.pixels import pixels_of
from layoutlint.model import sizes
from layoutlint.model.axes import Shape
from layoutlint.model.graph import Call, Feed, Loss, Tensor, flatten, is_unknown
from layoutlint.model.origins import Origin

TABLE = Table(Subject.TARGET)

RECURRENT: Final = frozenset(
    ["LSTM", "GRU", "SimpleRNN", "RNN", "CuDNNLSTM", "CuDNNGRU", "ConvLSTM1D", "ConvLSTM2D", "ConvLSTM3D"]
)
ROW_BY_ROW: Final = frozenset(["Dense", "TimeDistributed", "EinsumDense"])
"""Layers that leave the axes between the batch and the last one as they are."""


class TargetView:
    """What facts about a target are computed from: the ``position``-th that a model is given."""

    def __init__(self, index: Index, feed: Feed, position: int) -> None:
        self.index = index
        self.feed = feed
        self.position = position

    @property
    def origin(self) -> Origin:
        """Where the targets are written."""
        return self.feed.target_origin or self.feed.origin

    @cached_property
    def targets(self) -> list[Tensor]:
        """All targets that the model is given; none of a generator that puts inputs in their place."""
        network = self.feed.call.layer.network
        if self.feed.in_batches and network is not None:
            inputs, given = (sum(1 for _ in flatten(nested)) for nested in (network.inputs, self.feed.data))
            if inputs != given:
                return []
        return [tensor for tensor in flatten(self.feed.targets) if isinstance(tensor, Tensor)]

    @cached_property
    def array(self) -> Tensor | None:
        """The target, the samples first."""
        return self.targets[self.position] if self.position < len(self.targets) else None

    @cached_property
    def outputs(self) -> list[Output]:
        """The model's outputs."""
        network = self.feed.call.layer.network
        return outputs_of(self.feed.call.outputs if network is None else network.outputs)

    @cached_property
    def place(self) -> int | None:
        """Which of the model's outputs the target is for."""
        found = places(self.feed.targets, self.outputs)
        return found[self.position] if self.position < len(found) else None

    @cached_property
    def model_side(self) -> Tensor | None:
        """The model's output as its own layers make it."""
        network = self.feed.call.layer.network
        return self._output(None if network is None else network.outputs) or self._output(
            self.feed.call.outputs
        )

    def _output(self, nested: Any) -> Tensor | None:
        tensors = list(flatten(nested))
        found = tensors[self.place] if self.place is not None and self.place < len(tensors) else None
        return found if isinstance(found, Tensor) else None

    @property
    def target(self) -> Shape | None:
        """The shape of the target, the samples first."""
        return None if self.array is None else self.array.shape

    @property
    def output(self) -> Shape | None:
        """The shape of the model's output for the data, or for any; the batch first."""
        made = self._output(self.feed.call.outputs)
        if made is not None and made.shape is not None:
            return made.shape
        return None if self.model_side is None else self.model_side.shape

    @cached_property
    def losses(self) -> list[Loss | None]:
        """The loss of each output."""
        return losses_for(self.feed.losses, self.outputs)

    @cached_property
    def loss(self) -> Loss | None:
        """The loss of this output; without a name if it is a function of the program."""
        return None if self.place is None else self.losses[self.place]

    @cached_property
    def wants(self) -> Wants | None:
        """What the loss takes for a target."""
        contract = contract_of(self.loss.name) if self.loss is not None else None
        return None if contract is None else contract.wants

    @cached_property
    def meeting(self) -> Meeting | None:
        """What becomes of the target beside the output."""
        if self.loss is None or self.target is None or self.output is None:
            return None
        return meet(self.loss.name, self.loss.options, self.target, self.output)

    @cached_property
    def last_recurrent(self) -> Call | None:
        """The last recurrent layer, if only layers that work step by step stand behind it."""
        tensor = self.model_side
        while tensor is not None and tensor.producer is not None:
            call = tensor.producer
            inner, _ = unwrapped(call.layer)
            if inner.class_name in RECURRENT:
                return call
            if call.layer.class_name not in ROW_BY_ROW and not keeps_axes(call.layer):
                return None
            before = call.input_tensors
            tensor = before[0] if len(before) == 1 and isinstance(before[0], Tensor) else None
        return None


@TABLE.fact(
    Type.TEXT,
    "the method that takes the targets; `loss` for a loss that the program calls itself",
    ("fit", "evaluate", "train_on_batch", "test_on_batch", "loss"),
)
def target_method(view: TargetView) -> Value:
    return view.feed.method


@TABLE.fact(Type.TEXT, "the loss of the output, by the name of Keras's function: `mean_squared_error`")
def loss(view: TargetView) -> Value:
    return UNKNOWN if view.loss is None or view.loss.name is None else view.loss.name


@TABLE.fact(
    Type.TEXT,
    "what the loss takes for a target: whole numbers (`labels`), a value for each class (`one-hot`), the "
    "output's own shape (`alike`), rows of labels of any length (`sequences`)",
    tuple(wants.value for wants in Wants),
)
def loss_wants(view: TargetView) -> Value:
    return UNKNOWN if view.wants is None else view.wants.value


@TABLE.fact(
    Type.TEXT,
    "how the target fits the output: it fits, Keras refuses it, or Keras silently broadcasts one value",
    tuple(outcome.value for outcome in LossOutcome),
)
def target_outcome(view: TargetView) -> Value:
    meeting = view.meeting
    return UNKNOWN if meeting is None or meeting.outcome is None else meeting.outcome.value


@TABLE.fact(Type.TEXT, "Keras's error message for the target")
def target_refusal(view: TargetView) -> Value:
    meeting = view.meeting
    return UNKNOWN if meeting is None or meeting.message is None else meeting.message


@TABLE.fact(Type.LIST, "the sizes of the target, the samples first: free in a batch")
def target_sizes(view: TargetView) -> Value:
    shape = view.target
    if shape is None or not shape.rank:
        return UNKNOWN if shape is None else ()
    return SizesOf(shape.replaced(0, None) if view.feed.in_batches else shape)


@TABLE.fact(Type.NUMBER, "the number of axes of the target, the samples counted")
def target_rank(view: TargetView) -> Value:
    return UNKNOWN if view.target is None else view.target.rank


@TABLE.fact(Type.LIST, "the sizes of the output that the target is for, the batch first")
def output_sizes(view: TargetView) -> Value:
    return UNKNOWN if view.output is None else SizesOf(view.output)


@TABLE.fact(Type.NUMBER, "the number of axes of the output that the target is for, the batch counted")
def output_rank(view: TargetView) -> Value:
    return UNKNOWN if view.output is None else view.output.rank


@TABLE.fact(Type.SIZE, "how many values the target has per step or pixel: its last axis, 1 for `(n,)`")
def target_values(view: TargetView) -> Value:
    shape = view.target
    if shape is None or not shape.rank:
        return UNKNOWN
    return shape[-1].size if shape.rank > 1 else 1


@TABLE.fact(Type.SIZE, "how many values the output has per step or pixel: its last axis")
def output_values(view: TargetView) -> Value:
    shape = view.output
    return UNKNOWN if shape is None or shape.rank < 2 else shape[-1].size


@TABLE.fact(
    Type.NUMBER, "the number of the target's axes between the samples and the values: 1 for a target per step"
)
def target_positions(view: TargetView) -> Value:
    shape, beside = view.target, view.output
    if shape is None or not shape.rank:
        return UNKNOWN
    if view.wants is Wants.LABELS:
        if beside is None or (shape.rank == beside.rank and not isinstance(shape[-1].size, int)):
            return UNKNOWN
        return shape.rank - (2 if shape.rank == beside.rank and shape[-1].size == 1 else 1)
    return max(shape.rank - 2, 0)


@TABLE.fact(
    Type.NUMBER, "the number of the output's axes between the batch and the values: 1 for an output per step"
)
def output_positions(view: TargetView) -> Value:
    return UNKNOWN if view.output is None else max(view.output.rank - 2, 0)


@TABLE.fact(
    Type.TRUTH,
    "the output has one value per step (or pixel), and the target one per sample",
)
def output_has_more_positions(view: TargetView) -> Value:
    target, output = view.target, view.output
    if target is None or output is None or view.wants is None or not target.rank:
        return UNKNOWN
    if output.rank < 3:
        return False
    if view.meeting is not None and view.meeting.outcome is LossOutcome.FITS:
        return False
    if view.wants is Wants.LABELS:
        has = target_positions(view)
        return UNKNOWN if has is UNKNOWN else has < output.rank - 2
    if max(target.rank, 2) >= output.rank:
        return False
    if output[-1].size != 1 or target.rank == 1 or output.rank - target.rank > 1:
        alike = target.rank > 1 and sizes.equal(target[-1].size, output[-1].size) is True
        known = isinstance(output[-1].size, int) or output.rank - target.rank > 1
        return known or alike or UNKNOWN
    # (n, k) beside (n, steps, 1), which Keras squeezes
    same = sizes.equal(target[1].size, output[1].size)
    if target[1].size == 1 and same is None:
        return steps_from(view) is not UNKNOWN or UNKNOWN
    return UNKNOWN if same is None else not same


@TABLE.fact(
    Type.TRUTH,
    "the target has one value per step (or pixel), and the output one per sample",
)
def target_has_more_positions(view: TargetView) -> Value:
    target, output = view.target, view.output
    if target is None or output is None or view.wants is None or output.rank < 2:
        return UNKNOWN
    if view.wants is Wants.LABELS:
        has = target_positions(view)
        return UNKNOWN if has is UNKNOWN else has > output.rank - 2
    if target.rank <= output.rank or (view.meeting is not None and view.meeting.outcome is LossOutcome.FITS):
        return False
    return UNKNOWN if any(sizes.equal(axis.size, 1) is not False for axis in target[1:-1]) else True


@TABLE.fact(Type.TRUTH, "the target's rows have one value for each class, by what made them")
def target_is_one_hot(view: TargetView) -> Value:
    return UNKNOWN if view.array is None else labels.is_one_hot(view.array)


@TABLE.fact(Type.TRUTH, "the target's values are integer class labels, by what made them")
def target_is_labels(view: TargetView) -> Value:
    return UNKNOWN if view.array is None else labels.labels_of(view.array) is not None


@TABLE.fact(Type.NUMBER, "how many classes the target has, as far as known")
def target_classes(view: TargetView) -> Value:
    if view.array is None:
        return UNKNOWN
    found = labels.classes_of(view.array)
    if (
        found is None
        and view.wants is Wants.LABELS
        and (highest := spans.highest_label(view.array)) is not None
    ):
        found = highest + 1
    return UNKNOWN if found is None else found


@TABLE.fact(
    Type.NUMBER, "the lowest whole number in the target, where the program writes, draws or counts its values"
)
def target_lowest(view: TargetView) -> Value:
    span = None if view.array is None else spans.span_of(view.array)
    return UNKNOWN if span is None else span.lowest


@TABLE.fact(Type.TRUTH, "the loss passes over one label: `SparseCategoricalCrossentropy(ignore_class=-1)`")
def ignores_a_label(view: TargetView) -> Value:
    return view.loss is not None and view.loss.options.get("ignore_class") is not None


@TABLE.fact(
    Type.NUMBER,
    "the highest whole number in the target, where the program writes, draws or counts its values",
)
def target_highest(view: TargetView) -> Value:
    span = None if view.array is None else spans.span_of(view.array)
    return UNKNOWN if span is None else span.highest


@TABLE.fact(
    Type.NUMBER, "for a target that is images, as masks are: the highest value that a pixel may have: 255, 1"
)
def target_highest_pixel(view: TargetView) -> Value:
    found = None if view.array is None else pixels_of(view.array)
    return UNKNOWN if found is None else found.highest


@TABLE.fact(
    Type.TEXT,
    "a key of the dict `class_weight` that is a text, where a class is a number: `'melanoma'`; the empty "
    "text if there is none",
)
def named_class_weight(view: TargetView) -> Value:
    return next((repr(key) for key in view.feed.weighted_classes if isinstance(key, str)), "")


@TABLE.fact(
    Type.TRUTH,
    "`class_weight` has a key for each class, and counts them from 1, as the labels are not known to",
)
def class_weights_from_one(view: TargetView) -> Value:
    span = None if view.array is None else spans.span_of(view.array)
    if span is not None and span.lowest > 0:
        return False
    keys, units = sorted(map(str, view.feed.weighted_classes)), output_values(view)
    classes = 2 if units == 1 else units
    return isinstance(classes, int) and keys == sorted(map(str, range(1, classes + 1)))


@TABLE.fact(Type.NUMBER, "the highest label of the target, as far as known")
def highest_label(view: TargetView) -> Value:
    found = target_classes(view)
    return UNKNOWN if found is UNKNOWN else found - 1


@TABLE.fact(Type.TRUTH, "all values of the target are the same: `np.ones((n, 1))`")
def target_is_constant(view: TargetView) -> Value:
    return UNKNOWN if view.array is None else labels.is_constant(view.array)


@TABLE.fact(
    Type.TEXT,
    "for as many targets in a dict as the model has outputs: the keys that are no output's name; the empty "
    "text if all are, or if a name is not known",
)
def unknown_target_names(view: TargetView) -> Value:
    given, names = view.feed.targets, [output.name for output in view.outputs]
    if not isinstance(given, dict) or view.position or None in names or len(given) != len(names):
        return ""
    return ", ".join(str(key) for key in given if str(key) not in names)


@TABLE.fact(Type.TEXT, "the names of the model's outputs, in order: `(age, kind)`")
def names_of_outputs(view: TargetView) -> Value:
    return f"({', '.join(output.name or '?' for output in view.outputs)})"


@TABLE.fact(Type.NUMBER, "the number of targets that the model is given")
def target_count(view: TargetView) -> Value:
    given = view.feed.targets
    return UNKNOWN if given is None or is_unknown(given) else len(view.targets) or UNKNOWN


@TABLE.fact(Type.NUMBER, "the number of the model's outputs that have a loss")
def trained_outputs(view: TargetView) -> Value:
    """Count the outputs with a loss: one without (``loss=[..., None]``) takes no target."""
    network = view.feed.call.layer.network
    if network is not None and network.has_open_ends(network.outputs):
        return UNKNOWN
    if isinstance(view.feed.losses, Loss):
        return len(view.outputs)
    return len(view.outputs) if view.losses and None not in view.losses else UNKNOWN


@TABLE.fact(
    Type.SIZE,
    "where the only sample holds all of them: axis 1 of the data, the targets and the output's values are "
    "of this size, and the data and the targets have one sample",
)
def samples_in_one(view: TargetView) -> Value:
    data, target, output = view.feed.data, view.target, view.output
    given = data.shape if isinstance(data, Tensor) else None
    if given is None or target is None or output is None or view.feed.in_batches or view.feed.in_list:
        return UNKNOWN
    if given.rank < 3 or target.rank != 2 or output.rank != 2 or (given[0].size, target[0].size) != (1, 1):
        return UNKNOWN
    count = given[1].size
    alike = sizes.equal(count, target[1].size) and sizes.equal(count, output[1].size)
    return count if alike and count != 1 else UNKNOWN


@TABLE.fact(Type.TEXT, "the class of the layer that makes the output")
def output_layer(view: TargetView) -> Value:
    side = view.model_side
    return UNKNOWN if side is None or side.producer is None else spoken(side.producer)


@TABLE.fact(
    Type.TEXT,
    "the last recurrent layer, where it returns every step and the output has one value for each",
)
def steps_from(view: TargetView) -> Value:
    call = view.last_recurrent
    return spoken(call) if call is not None and _gives_steps(call) else UNKNOWN


@TABLE.fact(Type.TEXT, "the last recurrent layer, where it returns only its last output")
def steps_ended_by(view: TargetView) -> Value:
    call = view.last_recurrent
    return UNKNOWN if call is None or _gives_steps(call) is not False else spoken(call)


@TABLE.fact(
    Type.TRUTH,
    "the target has as many steps as the last recurrent layer reads: one for each of them; unknown "
    "where one of both is",
)
def target_follows_steps(view: TargetView) -> Value:
    call, target = view.last_recurrent, view.target
    before = call.input_tensors[0] if call is not None and call.input_tensors else None
    steps = (
        before.shape[1].size
        if isinstance(before, Tensor) and before.shape and before.shape.rank > 1
        else None
    )
    if steps is None or target is None or target.rank < 2:
        return UNKNOWN
    same = sizes.equal(steps, target[1].size)
    return UNKNOWN if same is None else same


@TABLE.fact(Type.LIST, "the sizes of the target for one sample")
def target_sample(view: TargetView) -> Value:
    return UNKNOWN if view.target is None else SizesOf(Shape(view.target[1:]))


@TABLE.fact(Type.SIZE, "how many values the target has for one sample")
def target_sample_values(view: TargetView) -> Value:
    return UNKNOWN if view.target is None else sizes.product(view.target.sizes[1:])


def _gives_steps(call: Call) -> bool | None:
    answer = unwrapped(call.layer)[0].config.get("return_sequences", False)
    return answer if isinstance(answer, bool) else None
