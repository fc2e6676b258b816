"""The data: arrays made with their axes in another order, turned or cut before they are fed; targets."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import Any, Final

from tests.mutations.mutants import (
    Draft,
    Program,
    argument,
    keyword,
    number,
    operator,
    root_name,
    short_name,
)

FEEDING: Final = frozenset(["fit", "evaluate", "predict", "train_on_batch", "fit_generator"])
DRAWN: Final = frozenset(["rand", "randn", "random", "normal", "uniform", "randint", "zeros", "ones"])
ARRAY_ROOTS: Final = frozenset(["np", "numpy"])
SWAPPED_LOSS: Final = {
    "categorical_crossentropy": "sparse_categorical_crossentropy",
    "sparse_categorical_crossentropy": "categorical_crossentropy",
}


@operator("array-axes-swapped", "an array is made with two axes swapped: np.random.rand(20, 3, 100)")
def array_axes(program: Program) -> Iterator[Draft]:
    for call in program.calls():
        if short_name(call) not in DRAWN:
            continue
        sizes: Any = keyword(call, "size")
        tuples = [a for a in call.args if isinstance(a, ast.Tuple | ast.List)]
        shape = sizes.value if sizes is not None else tuples[0] if tuples else None
        if isinstance(shape, ast.Tuple | ast.List):
            parts = shape.elts
        elif short_name(call) in ("rand", "randn"):
            parts = call.args
        else:
            continue
        if len(parts) >= 3 and not any(isinstance(part, ast.Starred) for part in parts):
            a, b = parts[1], parts[2]
            yield Draft(call, program.exchanged(a, b), f"{program.source(call)}: axes 1 and 2 swapped"[:120])


@operator("array-reshape", "the sizes of an array's reshape change places")
def array_reshape(program: Program) -> Iterator[Draft]:
    for call in program.calls():
        if short_name(call) != "reshape" or not isinstance(call.func, ast.Attribute):
            continue
        if root_name(call.func) in ("tf", "ops", "K", "keras", "layers"):
            continue
        rest = call.args[1:] if root_name(call.func) in ARRAY_ROOTS else call.args
        parts = rest[0].elts if rest and isinstance(rest[0], ast.Tuple | ast.List) else rest
        if len(parts) >= 3 and not any(isinstance(part, ast.Starred) for part in parts):
            a, b = parts[-2], parts[-1]
            yield Draft(
                call, program.exchanged(a, b), f"{program.source(call)}: last two sizes swapped"[:120]
            )


@operator("array-reshape-for-transpose", "np.transpose of an array becomes the reshape of the same shape")
def array_reshape_for_transpose(program: Program) -> Iterator[Draft]:
    for call in program.calls():
        if short_name(call) != "transpose" or not isinstance(call.func, ast.Attribute):
            continue
        if root_name(call.func) in ARRAY_ROOTS and call.args:
            of, axes = call.args[0], argument(call, 1, "axes")
        else:
            of, axes = call.func.value, call.args[0] if len(call.args) == 1 else None
            if len(call.args) > 1:
                axes = ast.Tuple(elts=call.args)
        if not isinstance(of, ast.Name) or not isinstance(axes, ast.Tuple | ast.List):
            continue
        if root_name(of) in ("tf", "ops", "K", "keras"):
            continue
        name = program.source(of)
        order = [number(element) for element in axes.elts]
        if None not in order:
            text = f"{name}.reshape({', '.join(f'{name}.shape[{axis}]' for axis in order)})"
            yield Draft(call, (program.replaced(call, text),), f"{program.source(call)} -> {text}")


@operator("array-axis", "expand_dims, concatenate or stack of arrays along another axis")
def array_axis(program: Program) -> Iterator[Draft]:
    for call in program.calls():
        if short_name(call) not in ("expand_dims", "concatenate", "stack"):
            continue
        if root_name(call.func) not in ARRAY_ROOTS:
            continue
        given = argument(call, 1, "axis")
        taken = number(given)
        if taken is not None:
            other = 1 if taken != 1 else 0
            said = f"{program.source(call)}: axis {taken} -> {other}"[:120]
            yield Draft(call, (program.replaced(given, str(other)),), said)


def fed(program: Program) -> Iterator[tuple[ast.Call, ast.expr, tuple[int, ...]]]:
    """The calls that feed an array with a name to a model, the name, and the shape that Keras saw."""
    for call in program.calls():
        if short_name(call) not in FEEDING or not isinstance(call.func, ast.Attribute):
            continue
        shapes = program.fed.get(call.lineno)
        data = argument(call, 0, "x")
        if shapes and isinstance(data, ast.Name):
            yield call, data, shapes[0]


@operator("data-transposed", "the data is turned as it is fed: fit(np.swapaxes(X, 1, 2), …)", feeding=True)
def data_transposed(program: Program) -> Iterator[Draft]:
    for call, data, shape in fed(program):
        if len(shape) >= 3:
            name = program.source(data)
            order = (0, 2, 1, *range(3, len(shape)))
            text = f"{name}.transpose{order}"
            yield Draft(call, (program.replaced(data, text),), f"{short_name(call)}({name}) -> {text}")


@operator(
    "data-reshaped", "the data is reshaped as it is fed, to its own sizes in another order", feeding=True
)
def data_reshaped(program: Program) -> Iterator[Draft]:
    for call, data, shape in fed(program):
        if len(shape) >= 3:
            name = program.source(data)
            order = (0, 2, 1, *range(3, len(shape)))
            text = f"{name}.reshape({', '.join(f'{name}.shape[{axis}]' for axis in order)})"
            yield Draft(call, (program.replaced(data, text),), f"{short_name(call)}({name}) -> {text}")


@operator("one-sample-fed", "one sample is fed without the batch: predict(X[0])", feeding=True)
def one_sample(program: Program) -> Iterator[Draft]:
    return _asked_with_an_index(program, "0")


@operator("batch-in-a-batch", "the batch axis is added to data that have it: predict(X[None])", feeding=True)
def batch_in_a_batch(program: Program) -> Iterator[Draft]:
    return _asked_with_an_index(program, "None")


def _asked_with_an_index(program: Program, index: str) -> Iterator[Draft]:
    for call, data, shape in fed(program):
        if short_name(call) == "predict" and len(shape) >= 2:
            text = f"{program.source(data)}[{index}]"
            yield Draft(call, (program.replaced(data, text),), f"predict({program.source(data)}) -> {text}")


@operator("inputs-exchanged", "two of a model's inputs change places: fit([b, a], …)", feeding=True)
def inputs_exchanged(program: Program) -> Iterator[Draft]:
    for call in program.calls():
        data = argument(call, 0, "x") if short_name(call) in FEEDING else None
        parts = data.elts if isinstance(data, ast.List | ast.Tuple) else []
        if len(parts) >= 2 and all(
            isinstance(part, ast.Name | ast.Attribute | ast.Subscript) for part in parts
        ):
            a, b = parts[:2]
            yield Draft(
                call, program.exchanged(a, b), f"{program.source(data)}: the first two change places"[:120]
            )


@operator("targets-not-one-hot", "a to_categorical is forgotten", feeding=True)
def targets_sparse(program: Program) -> Iterator[Draft]:
    for call in program.calls():
        if short_name(call) == "to_categorical" and call.args:
            text = program.source(call.args[0])
            yield Draft(call, (program.replaced(call, text),), f"{program.source(call)} -> {text}"[:120])


@operator(
    "loss-for-other-targets", "categorical_crossentropy and its sparse sister change places", feeding=True
)
def loss(program: Program) -> Iterator[Draft]:
    for call in program.calls():
        if short_name(call) != "compile":
            continue
        given = argument(call, 1, "loss")
        if isinstance(given, ast.Constant) and given.value in SWAPPED_LOSS:
            text = f'"{SWAPPED_LOSS[given.value]}"'
            yield Draft(given, (program.replaced(given, text),), f"loss={given.value} -> {text}")


@operator("units-against-targets", "the last Dense has one unit more", feeding=True)
def units(program: Program) -> Iterator[Draft]:
    if not program.fed:
        return
    for call, seen in program.layers("Dense"):
        given = argument(call, 0, "units")
        activation = keyword(call, "activation")
        is_head = (
            activation is not None
            and isinstance(activation.value, ast.Constant)
            and (activation.value.value in ("softmax", "sigmoid"))
        )
        if given is not None and is_head and seen.outputs:
            text = f"{program.source(given)} + 1"
            yield Draft(call, (program.replaced(given, text),), f"Dense({program.source(given)}) -> {text}")
