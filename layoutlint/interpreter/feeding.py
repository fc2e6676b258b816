"""Models that are given data: trained, evaluated, asked for predictions."""

from __future__ import annotations

import ast

from layoutlint.axes import Axis, Shape
from layoutlint.graph import Layer, Tensor
from layoutlint.interpreter.evaluator import Arguments, Evaluator
from layoutlint.interpreter.keras_inputs import declare
from layoutlint.interpreter.keras_models import build
from layoutlint.interpreter.values import (
    ModelValue,
    Scope,
    Value,
)
from layoutlint.sizes import unknown_size


def fit(ev: Evaluator, model: ModelValue, arguments: Arguments, node: ast.expr, scope: Scope) -> Value:
    """Training and prediction: a model that is not built takes its shape from what it is fed."""
    given = fed(arguments)
    if "outputs" not in model.state and model.members:
        tensor = given if isinstance(given, Tensor) else None
        if tensor is not None and tensor.shape is not None and tensor.shape.rank:
            shape = Shape((Axis(None, "batch"), *tensor.shape[1:]))
            origin = ev.origin(node, scope)
            start = declare(ev, Layer("InputLayer", {}, origin), "fed", shape, None, origin)
            build(ev, model, start, node, scope)
    return ev.lost(node, scope, "the result of training")


def fed(arguments: Arguments) -> Value:
    """What a model is fed: an array, or the inputs in a batch of a data set."""
    from layoutlint.interpreter import libraries

    return libraries.fed(arguments.get(0, "x"))


def predict(ev: Evaluator, model: ModelValue, arguments: Arguments, node: ast.expr, scope: Scope) -> Value:
    fit(ev, model, arguments, node, scope)
    outputs = model.state.get("outputs")
    given = fed(arguments)
    if isinstance(outputs, Tensor) and outputs.shape is not None and outputs.shape.rank:
        count = given.shape[0].size if isinstance(given, Tensor) and given.shape else unknown_size()
        batch = unknown_size() if count is None else count
        return Tensor(Shape((Axis(batch, "samples"), *outputs.shape[1:])), None, ev.origin(node, scope))
    return ev.lost(node, scope, "a prediction of unknown shape")
