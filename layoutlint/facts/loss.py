"""Facts about losses: what ``compile`` gives an output of a model, whether or not the targets are seen."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import Final

from msgspec.structs import replace

from layoutlint.facts import target
from layoutlint.facts.activations import activation_name
from layoutlint.facts.fact_values import UNKNOWN, Type, Value
from layoutlint.facts.index import Index, unwrapped
from layoutlint.facts.layer_view import LayerView
from layoutlint.facts.pairing import losses_for, outputs_of
from layoutlint.facts.registry import Subject, Table
from layoutlint.facts.softmax import softmax_of
from layoutlint.facts.target import TargetView
from layoutlint.inference import labels
from layoutlint.inference.losses import LossOutcome, Wants, contract_of
from layoutlint.model.axes import Shape
from layoutlint.model.graph import Compilation, Layer, Loss, Network, Tensor, flatten
from layoutlint.model.origins import Origin

TABLE = Table(Subject.LOSS)

SHARED: Final = ("loss", "loss_wants", "output_sizes", "output_rank", "output_values", "output_layer")
"""Facts about the output and its loss that do not ask for a target."""

ACTIVATIONS: Final = {"Softmax": "softmax", "LogSoftmax": "log_softmax"}
OPERATIONS: Final = frozenset(["softmax", "log_softmax", "sigmoid"])
UNITS: Final = ("Dense", "EinsumDense")
CALLED: Final = "loss"
"""The method of a feed that stands for a loss which the program calls itself."""
MAX_NESTED: Final = 8

for _name in SHARED:
    TABLE[_name] = replace(target.TABLE[_name], subject=Subject.LOSS)


def called_by_hand(index: Index) -> Iterator[Compilation]:
    """Yield what a training loop's own calls of losses say, as ``compile`` would say it."""
    for feed in index.feeds:
        if feed.method == CALLED and feed.losses is not None and feed.call.outputs is not None:
            network = Network("", [], feed.call.outputs, (), feed.origin)
            yield Compilation(network, feed.losses, feed.origin)


class LossView:
    """What facts about a loss are computed from: the one of the ``position``-th output."""

    def __init__(self, index: Index, compilation: Compilation, position: int) -> None:
        self.index = index
        self.compilation = compilation
        self.position = position

    @cached_property
    def model_side(self) -> Tensor | None:
        """The output, as the model's layers make it."""
        tensor = list(flatten(self.compilation.network.outputs))[self.position]
        return tensor if isinstance(tensor, Tensor) else None

    @property
    def output(self) -> Shape | None:
        """The output's shape, the batch first."""
        side = self.model_side
        if side is not None and side.shape is None and side.producer is not None:
            # a model that is not built yet: the units are known, and no more
            units = side.producer.layer.config.get("units")
            if side.producer.layer.class_name in UNITS and isinstance(units, int):
                return Shape.of(None, units)
        return None if side is None else side.shape

    @cached_property
    def loss(self) -> Loss | None:
        """The loss of this output."""
        outputs = outputs_of(self.compilation.network.outputs)
        return losses_for(self.compilation.losses, outputs)[self.position]

    @cached_property
    def wants(self) -> Wants | None:
        """What the loss takes for a target."""
        contract = contract_of(self.loss.name) if self.loss is not None else None
        return None if contract is None else contract.wants

    @property
    def origin(self) -> Origin:
        """Where the loss is written."""
        return self.compilation.origin if self.loss is None else self.loss.origin

    @property
    def targets(self) -> Iterator[TargetView]:
        """The targets that are given for this loss."""
        for feed in self.index.feeds:
            if not any(found is self.loss for found in flatten(feed.losses)):
                continue
            for position in range(sum(1 for _ in flatten(feed.targets))):
                view = TargetView(self.index, feed, position)
                if view.loss is self.loss and view.array is not None:
                    yield view


def _made_inside(tensor: Tensor | None) -> Tensor | None:
    """Return the tensor inside of a model of one output, where a call of the model made it."""
    for _ in range(MAX_NESTED):
        network = None if tensor is None or tensor.producer is None else tensor.producer.layer.network
        if network is None:
            return tensor
        inside = list(flatten(network.outputs))
        tensor = inside[0] if len(inside) == 1 and isinstance(inside[0], Tensor) else None
    return None


@TABLE.fact(Type.TEXT, "the activation of the layer that makes the output: `linear` for none")
def output_activation(view: LossView) -> Value:
    side = _made_inside(view.model_side)
    if side is None or side.producer is None or side.producer.layer.kind not in ("layer", "operation"):
        return UNKNOWN
    if side.producer.layer.kind == "operation":
        name = side.producer.layer.class_name
        return name if name in OPERATIONS else UNKNOWN
    layer, _ = unwrapped(side.producer.layer)
    activation = layer.config.get("activation", UNKNOWN)
    if isinstance(activation, Layer):
        layer = activation
    if layer.class_name in ACTIVATIONS:
        return ACTIVATIONS[layer.class_name]
    if activation is None:
        return "linear"
    return activation_name(activation) or UNKNOWN


@TABLE.fact(Type.SIZE, "the number of values that compete in the softmax that makes the output")
def competing_values(view: LossView) -> Value:
    side = _made_inside(view.model_side)
    made = None if side is None else side.producer
    softmax = None if made is None else softmax_of(LayerView(view.index, made))
    if softmax is None:
        return target.output_values(view) if made is not None and made.layer.class_name in UNITS else UNKNOWN
    return softmax.shape[softmax.axes[0]].size if len(softmax.axes) == 1 else UNKNOWN


@TABLE.fact(Type.TRUTH, "the loss is told that the output holds logits: `from_logits=True`")
def expects_logits(view: LossView) -> Value:
    given = UNKNOWN if view.loss is None else view.loss.options.get("from_logits", False)
    return given if isinstance(given, bool) else UNKNOWN


@TABLE.fact(Type.TRUTH, "the targets are known: Keras refuses them, or their number of classes is known")
def targets_tell(view: LossView) -> Value:
    return any(
        (found.meeting is not None and found.meeting.outcome is LossOutcome.REFUSED)
        or (found.array is not None and labels.classes_of(found.array) is not None)
        for found in view.targets
    )


@TABLE.fact(Type.TRUTH, "the program gives targets for the loss")
def is_trained(view: LossView) -> Value:
    return any(True for _ in view.targets)


# ---------------------------------------------------------------------- losses against outputs


def _names(view: LossView) -> list[str] | None:
    """Return the names of the model's outputs in Keras's order, where all of them are known."""
    names = [output.name for output in outputs_of(view.compilation.network.outputs)]
    known = [name for name in names if isinstance(name, str)]
    return known if len(known) == len(names) else None


@TABLE.fact(Type.NUMBER, "the number of losses in a list of them; unknown where one is for all, or by name")
def listed_losses(view: LossView) -> Value:
    losses = view.compilation.losses
    return len(losses) if isinstance(losses, list | tuple) else UNKNOWN


@TABLE.fact(Type.NUMBER, "the number of the model's outputs")
def output_count(view: LossView) -> Value:
    network = view.compilation.network
    return UNKNOWN if network.has_open_ends(network.outputs) else sum(1 for _ in flatten(network.outputs))


@TABLE.fact(Type.NUMBER, "the position of the output, counted from 0")
def output_place(view: LossView) -> Value:
    return view.position


@TABLE.fact(Type.LIST, "the names of the model's outputs, in the order in which Keras takes them")
def output_names(view: LossView) -> Value:
    return _names(view) or UNKNOWN


@TABLE.fact(
    Type.TEXT,
    "a key of the metrics that no output of the model has; the empty text if there is none, or if a name is "
    "not known",
)
def unknown_metric_name(view: LossView) -> Value:
    names = [output.name for output in outputs_of(view.compilation.network.outputs)]
    if None in names:
        return ""
    return next((name for name in view.compilation.metrics if name not in names), "")


@TABLE.fact(Type.TEXT, "a name in a dict of losses that no output of the model has; the empty text if none")
def unknown_loss_name(view: LossView) -> Value:
    losses, names = view.compilation.losses, _names(view)
    if not isinstance(losses, dict) or names is None:
        return ""
    return next((str(name) for name in losses if str(name) not in names), "")


@TABLE.fact(
    Type.TRUTH,
    "a list of different losses is for outputs in a dict whose keys are not written in alphabetical order: "
    "Keras sorts them",
)
def losses_meet_sorted_names(view: LossView) -> Value:
    losses, outputs = view.compilation.losses, view.compilation.network.outputs
    if not isinstance(losses, list | tuple) or not isinstance(outputs, dict):
        return False
    written = [str(key) for key in outputs]
    kinds = {loss.name for loss in losses if isinstance(loss, Loss)}
    return written != sorted(written) and len(kinds) > 1
