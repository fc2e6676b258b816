"""Models that are given data: compiled, trained, evaluated, asked for predictions.

What is fed where goes into the graph as :class:`~layoutlint.graph.Feed`. A model that is not built yet
takes its shape from its data. Source: ``keras/src/trainers/trainer.py``.
"""

from __future__ import annotations

import ast
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, Final, Literal

from layoutlint import inference
from layoutlint.axes import Axis, Shape
from layoutlint.graph import Call, Feed, Layer, Network, Tensor, flatten, map_nested
from layoutlint.interpreter import data, loss_functions
from layoutlint.interpreter.evaluator import Arguments, Evaluator
from layoutlint.interpreter.keras_inputs import declare
from layoutlint.interpreter.keras_models import build
from layoutlint.interpreter.networks import layer_of
from layoutlint.interpreter.values import ModelValue, Scope, Unknown, Value
from layoutlint.origins import Origin
from layoutlint.sizes import unknown_size


@dataclass(frozen=True, slots=True)
class Method:
    """A method that takes data: Keras 3's name, its arguments for data and targets in their places."""

    name: str
    data: str = "x"
    targets: bool = True
    validation: int | None = None
    """The place of ``validation_data``."""


FEEDING: Final = {
    "fit": Method("fit", validation=7),
    "fit_generator": Method("fit", "generator", targets=False, validation=5),
    "evaluate": Method("evaluate"),
    "evaluate_generator": Method("evaluate", "generator", targets=False),
    "train_on_batch": Method("train_on_batch"),
    "test_on_batch": Method("test_on_batch"),
    "predict": Method("predict", targets=False),
    "predict_generator": Method("predict", "generator", targets=False),
    "predict_on_batch": Method("predict_on_batch", targets=False),
    "predict_classes": Method("predict", targets=False),
    "predict_proba": Method("predict", targets=False),
}
PREDICTIONS: Final = ("predict", "predict_generator", "predict_on_batch", "predict_proba")

Build = Callable[[Tensor], Call | None]


def compile_model(
    ev: Evaluator, model: ModelValue, arguments: Arguments, node: ast.expr, scope: Scope
) -> Value:
    """``model.compile(optimizer, loss)``: the loss is kept for what the model will be fed."""
    at = arguments.node(1, "loss")
    ev.journal.touch(model.state)
    model.state["losses"] = loss_functions.compiled(
        arguments.get(1, "loss"), ev.origin(at if at is not None else node, scope)
    )
    return None


def feed(
    ev: Evaluator,
    model: ModelValue,
    name: str,
    arguments: Arguments,
    node: ast.expr,
    scope: Scope,
    call: Build | None = None,
) -> Value:
    """``model.fit(…)`` and the like, recorded; the result of a prediction.

    ``call`` carries out the ``call`` of a model that is a class of the program.
    """
    method = FEEDING[name]
    batches = _Given.of(ev, arguments, method, node, scope)
    outputs = _record(ev, model, method.name, "x", batches, node, scope, call)
    if method.validation is not None and arguments.has(method.validation, "validation_data"):
        further = _Given.of_validation(ev, arguments, method.validation, node, scope)
        _record(ev, model, method.name, "validation_data", further, node, scope, call)
    if name in PREDICTIONS:
        return _prediction(ev, outputs, batches.data, node, scope)
    return ev.lost(node, scope, "the result of training")


@dataclass(frozen=True, slots=True)
class _Given:
    """What stands in the arguments of one call: nested tensors with the samples first, None if unknown."""

    data: Any
    targets: Any
    origin: Origin
    target_origin: Origin
    in_batches: bool

    @classmethod
    def of(cls, ev: Evaluator, arguments: Arguments, method: Method, node: ast.expr, scope: Scope) -> _Given:
        at, to = arguments.node(0, method.data), arguments.node(1, "y")
        targets = arguments.get(1, "y") if method.targets else None
        origin = ev.origin(at if at is not None else node, scope)
        to_origin = ev.origin(to, scope) if to is not None else origin
        return cls._made(ev, arguments.get(0, method.data), targets, origin, to_origin, node, scope)

    @classmethod
    def of_validation(
        cls, ev: Evaluator, arguments: Arguments, position: int, node: ast.expr, scope: Scope
    ) -> _Given:
        value = arguments.get(position, "validation_data")
        at = arguments.node(position, "validation_data")
        origin = ev.origin(at if at is not None else node, scope)
        if isinstance(value, tuple | list) and len(value) in (2, 3):
            places = at.elts if isinstance(at, ast.Tuple | ast.List) else ()
            one, two = [ev.origin(place, scope) for place in places[:2]] or (origin, origin)
            return cls._made(ev, value[0], value[1], one, two, node, scope)
        return cls._made(ev, value, None, origin, origin, node, scope)

    @classmethod
    def _made(
        cls,
        ev: Evaluator,
        value: Value,
        targets: Value,
        origin: Origin,
        target_origin: Origin,
        node: ast.expr,
        scope: Scope,
    ) -> _Given:
        from layoutlint.interpreter import libraries

        element = libraries.batch(ev, value, node, scope)
        if element is None:
            return cls(_nested(value), _nested(targets), origin, target_origin, in_batches=False)
        inputs, targets = (*element, None)[:2] if isinstance(element, tuple) else (element, None)
        return cls(_nested(inputs), _nested(targets), origin, origin, in_batches=True)


def _nested(value: Value) -> Any:
    """Arrays in the structure in which they are given; None for nothing, or nothing known."""
    if value is None:
        return None
    tensors = data.to_tensors(value)
    return tensors if all(isinstance(leaf, Tensor) for leaf in flatten(tensors)) else None


def _record(
    ev: Evaluator,
    model: ModelValue,
    method: str,
    argument: Literal["x", "validation_data"],
    given: _Given,
    node: ast.expr,
    scope: Scope,
    call: Build | None,
) -> Any:
    """Put into the graph what is fed; the model's outputs for it."""
    batch = None if given.data is None else map_nested(_one_batch, given.data)
    if call is not None:
        made = call(batch if batch is not None else Tensor(None))
    else:
        made = _on_batch(ev, model, batch, node, scope)
    if made is None:
        return model.state.get("outputs")
    if given.data is not None and not _trains_itself(model):
        ev.graph.feeds.append(
            Feed(
                method,
                argument,
                given.data,
                made,
                given.origin,
                given.targets,
                given.target_origin,
                model.state.get("losses"),
                given.in_batches,
            )
        )
    return made.outputs


def _trains_itself(model: ModelValue) -> bool:
    """Whether a model class of the program takes its data apart itself."""
    steps = ("train_step", "test_step", "predict_step", "compute_loss")
    return model.instance is not None and any(model.instance.cls.find(step)[0] for step in steps)


def _one_batch(tensor: Tensor) -> Tensor:
    """The data with any number of samples, as Keras traces a model; a vector is a column of numbers."""
    shape = tensor.shape
    if shape is None or not shape.rank:
        return tensor
    behind = shape[1:] if shape.rank > 1 else (Axis(1),)
    return Tensor(Shape((Axis(None, "batch"), *behind)), tensor.producer, tensor.origin, tensor.name)


def _on_batch(ev: Evaluator, model: ModelValue, batch: Any, node: ast.expr, scope: Scope) -> Call | None:
    """The model on a batch; one that is not built yet is built on it."""
    origin = ev.origin(node, scope)
    if "outputs" not in model.state and model.members:
        if not (isinstance(batch, Tensor) and batch.shape is not None and batch.shape.rank):
            return None
        start = declare(ev, Layer("InputLayer", {}, origin), "fed", batch.shape, None, origin)
        build(ev, model, start, node, scope)
    layer = layer_of(ev, model)
    if layer is None or layer.network is None or batch is None:
        return None
    arranged = _arranged(layer.network, batch)
    if arranged is None:
        return None
    used = replace(layer, config={**layer.config, inference.ADJUSTS_RANK: True})
    return inference.call(used, arranged, origin, None, tuple(ev.conditions))


def _arranged(network: Network, batch: Any) -> Any:
    """The data in the order of the model's inputs; None where names do not tell it."""
    if not isinstance(batch, dict) or isinstance(network.inputs, dict):
        return batch
    names = [
        tensor.producer.layer.name if isinstance(tensor, Tensor) and tensor.producer is not None else None
        for tensor in flatten(network.inputs)
    ]
    return [batch[name] for name in names] if all(name in batch for name in names) else None


def _prediction(ev: Evaluator, outputs: Any, given: Any, node: ast.expr, scope: Scope) -> Value:
    """As many predictions as there are samples."""
    first = next(flatten(given), None) if given is not None else None
    count = first.shape[0].size if isinstance(first, Tensor) and first.shape else None
    samples = Axis(unknown_size() if count is None else count, "samples")

    def predicted(tensor: Any) -> Value:
        if not isinstance(tensor, Tensor) or tensor.shape is None or not tensor.shape.rank:
            return Unknown(reason="a prediction of unknown shape")
        return Tensor(Shape((samples, *tensor.shape[1:])), None, ev.origin(node, scope))

    if outputs is None:
        return ev.lost(node, scope, "a prediction of unknown shape")
    return map_nested(predicted, outputs)
