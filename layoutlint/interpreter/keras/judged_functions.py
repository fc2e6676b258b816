"""What the program itself computes with targets and outputs: its own losses, metrics and train steps.

They are followed on one batch of what a model is fed, with the shapes that Keras hands them, so that their
operations are in the graph. Sources: ``LossFunctionWrapper`` in ``keras/src/losses/losses.py`` squeezes or
adds a trailing axis of 1 before a function; ``Loss`` and ``MeanMetricWrapper`` do not. Before Keras 3
``match_dtype_and_rank`` in ``compile_utils.py`` adds one to targets of one axis, for all of them.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from layoutlint.inference.losses import squeezed_or_expanded
from layoutlint.interpreter.core.arguments import Arguments
from layoutlint.interpreter.core.site import Site
from layoutlint.interpreter.core.tensor_values import as_value
from layoutlint.interpreter.core.values import (
    BoundMethod,
    FunctionValue,
    Instance,
    ModelValue,
    Partial,
    Value,
)
from layoutlint.model.axes import Axis, Shape
from layoutlint.model.graph import Call, Layer, Nested, Tensor, flatten
from layoutlint.model.keras_version import BEFORE_3

FUNCTIONS: Final = (FunctionValue, BoundMethod, Partial)
METHODS: Final = ("call", "update_state")
"""What Keras calls of an object of the program's own class of losses, of metrics."""
STEPS: Final = {"fit": "train_step", "train_on_batch": "train_step", "evaluate": "test_step"}
LOSS_VALUE: Final = "loss_value"
"""The operation that stands in the graph for Keras taking what a loss of the program returns."""
MAX_FUNCTIONS: Final = 32


def remember(model: ModelValue, arguments: Arguments) -> None:
    """Keep what ``compile`` was given for losses and metrics, as the program holds them."""
    metrics = [arguments.keywords.get(name) for name in ("metrics", "weighted_metrics")]
    model.judges = (arguments.get(1, "loss"), metrics)


def follow_compiled(site: Site, model: ModelValue, outputs: Nested[Tensor]) -> None:
    """Follow the losses that ``compile`` is given, for what the model returns.

    Of the targets nothing is known yet; where they come out of files or a generator, nothing will be.
    """
    losses, _ = model.judges
    if isinstance(losses, dict):
        return
    given = list(flatten(outputs))
    each = losses if isinstance(losses, list | tuple) else [losses] * len(given)
    for value, output in zip(each, given, strict=False):
        if (
            not isinstance(value, (*FUNCTIONS, Instance))
            or not isinstance(output, Tensor)
            or not output.shape
        ):
            continue
        # Keras takes a last axis of 1 away from a function's outputs if the targets have one axis less
        if isinstance(value, Instance) or output.shape.rank < 3 or output.shape[-1].size != 1:
            seen = Tensor(_of_batch(output.shape), None, output.origin, output.name)
            _judged(site, value, (Tensor(None, None, site.origin), seen), of_loss=True)


def _of_batch(shape: Shape) -> Shape:
    """Return the shape of a model's output, whose first axis is the batch if it is free."""
    return Shape((Axis(None, "batch"), *shape[1:])) if shape[0].size is None else shape


def follow(
    site: Site,
    model: ModelValue,
    method: str,
    data: Nested[Tensor],
    targets: Nested[Tensor],
    outputs: Nested[Tensor] | None,
    further: Nested[Tensor] | None = None,
) -> None:
    """Follow the model's own losses, metrics and steps on one batch: nested tensors, the batch first.

    ``further`` is the third part of a batch.
    """
    if not isinstance(targets, Tensor) or targets.shape is None or not targets.shape.rank:
        return
    if follow_step(site, model, method, (data, targets, *(() if further is None else (further,)))):
        return
    if not isinstance(outputs, Tensor) or outputs.shape is None or not outputs.shape.rank:
        return
    _own_loss(site, model, (data, targets, outputs, further))
    losses, metrics = model.judges
    target, output = targets.shape, outputs.shape
    if site.evaluator.keras.number in BEFORE_3 and target.rank == 1 and output.rank == 2:
        target = Shape((*target, Axis(1)))
        targets = _shaped(targets, target)
    for value in _leaves(losses):
        same = squeezed_or_expanded(target, output) if isinstance(value, FUNCTIONS) else None
        shapes = same or (target, output)
        pair = (_shaped(targets, shapes[0]), _shaped(outputs, shapes[1]))
        _judged(site, value, pair, of_loss=True)
    for value in _leaves(metrics):
        _judged(site, value, (targets, outputs))


def has_own(model: ModelValue, *methods: str) -> bool:
    """Tell whether a model is of a class of the program that has one of these methods itself."""
    return model.instance is not None and any(model.instance.cls.find(name)[0] for name in methods)


def follow_step(site: Site, model: ModelValue, method: str, batch: Nested[Tensor]) -> bool:
    """Follow the model's own step for a method on what a batch holds; tell whether it has one."""
    step = STEPS.get(method)
    if model.instance is None or step is None or not has_own(model, step):
        return False
    _run(site, BoundMethod(model.instance.cls.find(step)[1], model.instance), (as_value(batch),))
    return True


def _own_loss(site: Site, model: ModelValue, given: tuple[Nested[Tensor] | None, ...]) -> None:
    """Follow ``compute_loss`` of the model's own class, which Keras gives the targets as they are fed."""
    method = None if model.instance is None else model.instance.cls.find("compute_loss")[1]
    if model.instance is not None and isinstance(method, FunctionValue):
        _run(
            site,
            BoundMethod(method, model.instance),
            tuple(None if each is None else as_value(each) for each in given),
            of_loss=True,
        )


def _leaves(nested: Value) -> Iterator[Value]:
    for value in list(flatten(nested))[:MAX_FUNCTIONS]:
        if isinstance(value, (*FUNCTIONS, Instance)):
            yield value


def _shaped(tensor: Tensor, shape: Shape) -> Tensor:
    if shape is tensor.shape:
        return tensor
    return Tensor(shape, tensor.producer, tensor.origin, tensor.name)


def _judged(site: Site, value: Value, pair: tuple[Tensor, Tensor], *, of_loss: bool = False) -> None:
    if isinstance(value, Instance):
        method = next((value.cls.find(name)[1] for name in METHODS if value.cls.find(name)[0]), None)
        if not isinstance(method, FunctionValue):
            return
        value = BoundMethod(method, value)
    _run(site, value, pair, of_loss=of_loss)


def _run(site: Site, function: Value, given: tuple[Value, ...], *, of_loss: bool = False) -> None:
    """Call a function once for arguments of these shapes; what it changes is undone.

    What a loss returns is noted in the graph.
    """
    key = (id(function.function if isinstance(function, BoundMethod) else function), str(_shapes(given)))
    if key in site.evaluator.followed:
        return
    site.evaluator.followed.add(key)

    def run() -> None:
        value = site.call(function, Arguments(given))
        if of_loss and isinstance(value, Tensor):
            layer = Layer(LOSS_VALUE, {}, site.origin, kind="operation")
            site.evaluator.record(Call(layer, [value], {}, layer.origin))

    site.evaluator.attempt(run)


def _shapes(given: Value) -> list[str | None]:
    return [str(leaf.shape) if isinstance(leaf, Tensor) else None for leaf in flatten(given)]
