"""The same mistakes in other clothes: axes turned item by item, mirrors, other spellings, broadcasts."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import Final

from tests.mutations.mutants import Draft, Program, argument, operator, short_name
from tests.mutations.operators.data import fed

STEPWISE: Final = frozenset(["LSTM", "GRU", "SimpleRNN", "Conv1D"])
SQUARED: Final = ("mse", "MSE", "mean_squared_error", "mae", "mean_absolute_error")
DATA_CALLS: Final = ("Input", "InputLayer")


def _numpy(program: Program) -> str | None:
    """How the program calls numpy; None if it does not import it."""
    for node in ast.walk(program.tree):
        for alias in node.names if isinstance(node, ast.Import) else ():
            if alias.name == "numpy":
                return alias.asname or alias.name
    return None


@operator(
    "turned-item-by-item",
    "the data is turned in a list: fit(np.array([item.T for item in X]), …)",
    feeding=True,
)
def turned_item_by_item(program: Program) -> Iterator[Draft]:
    numpy = _numpy(program)
    for call, data, shape in fed(program):
        if numpy and len(shape) >= 3:
            name = program.source(data)
            text = f"{numpy}.array([item.swapaxes(0, 1) for item in {name}])"
            yield Draft(call, (program.replaced(data, text),), f"{short_name(call)}({name}) -> {text}")


@operator("channels-in-front", "images get their channels first: fit(np.moveaxis(X, -1, 1), …)", feeding=True)
def channels_in_front(program: Program) -> Iterator[Draft]:
    numpy = _numpy(program)
    for call, data, shape in fed(program):
        if numpy and len(shape) == 4:
            name = program.source(data)
            text = f"{numpy}.moveaxis({name}, -1, 1)"
            yield Draft(call, (program.replaced(data, text),), f"{short_name(call)}({name}) -> {text}")


@operator("last-step-alone", "a layer that reads steps gets the last one alone: LSTM(8)(x[:, -1:])")
def last_step(program: Program) -> Iterator[Draft]:
    inputs = {
        target.id
        for node in ast.walk(program.tree)
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Call)
        for target in node.targets
        if isinstance(target, ast.Name) and short_name(node.value) in DATA_CALLS
    }
    for call in program.calls():
        layer = call.func
        if not isinstance(layer, ast.Call) or short_name(layer) not in STEPWISE or len(call.args) != 1:
            continue
        seen, of = program.seen_at(layer), call.args[0]
        if seen is None or seen.rank != 3 or not isinstance(of, ast.Name) or of.id not in inputs:
            continue
        text = f"{of.id}[:, -1:]"
        yield Draft(call, (program.replaced(of, text),), f"{short_name(layer)}: {of.id} -> {text}")


@operator(
    "prediction-without-last-axis", "a loss takes the predictions as (batch,): (y_true - y_pred[..., 0]) ** 2"
)
def prediction_without_axis(program: Program) -> Iterator[Draft]:
    for call in program.calls():
        given = argument(call, 1, "loss") if short_name(call) == "compile" else None
        if isinstance(given, ast.Constant) and given.value in SQUARED:
            text = "lambda y_true, y_pred: (y_true - y_pred[..., 0]) ** 2"
            yield Draft(call, (program.replaced(given, text),), f"loss={program.source(given)} -> {text}")
