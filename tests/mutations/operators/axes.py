"""Axes by number: of normalisations, softmaxes, joins, reductions, new and dropped axes."""

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
    with_argument,
)

TENSOR_ROOTS: Final = frozenset(["tf", "ops", "K", "backend", "keras", "tensorflow"])
REDUCTIONS: Final = frozenset(
    [
        "mean",
        "sum",
        "max",
        "min",
        "prod",
        "std",
        "var",
        "logsumexp",
        "reduce_mean",
        "reduce_sum",
        "reduce_max",
        "reduce_min",
    ]
)


def _axis(program: Program, call: ast.Call, value: int, place: int | None = None) -> Draft:
    """``axis=value`` of a call, put where the axis is written, else added."""
    given = keyword(call, "axis")
    node: Any = given.value if given is not None else None
    if node is None and place is not None and place < len(call.args):
        node = call.args[place]
    edit = (
        program.replaced(node, str(value))
        if node is not None
        else with_argument(program, call, "axis", str(value))
    )
    was = program.source(node) if node is not None else "the default"
    return Draft(call, (edit,), f"{short_name(call)}: axis {was} -> {value}")


def _others(rank: int, taken: int | None, first: int = 1) -> list[int]:
    """The other axes of a tensor, from ``first`` on."""
    if taken is not None and taken < 0:
        taken += rank
    return [axis for axis in range(first, rank) if axis != taken]


def _layer_axes(program: Program, *names: str) -> Iterator[Draft]:
    for call, seen in program.layers(*names):
        given = argument(call, 0, "axis")
        taken = -1 if given is None else number(given)
        if seen.rank < 2:
            continue
        if taken is None:
            # bn_axis and the like: what Keras saw is channels last
            taken = -1
        for axis in _others(seen.rank, taken)[:1]:
            yield _axis(program, call, axis, 0)


@operator("batchnorm-axis", "BatchNormalization over another axis")
def batchnorm_axis(program: Program) -> Iterator[Draft]:
    yield from _layer_axes(program, "BatchNormalization")


@operator("layernorm-axis", "LayerNormalization over another axis")
def layernorm_axis(program: Program) -> Iterator[Draft]:
    yield from _layer_axes(program, "LayerNormalization", "GroupNormalization", "RMSNormalization")


@operator("softmax-axis", "a softmax over another axis, the batch among them")
def softmax_axis(program: Program) -> Iterator[Draft]:
    for place, (call, seen) in enumerate(program.layers("Softmax")):
        taken = argument(call, 0, "axis")
        others = _others(seen.rank, -1 if taken is None else number(taken), 0)
        if others:
            yield _axis(program, call, others[place % len(others)], 0)
    for place, call in enumerate(c for c in program.calls() if short_name(c) == "softmax"):
        if root_name(call.func) in TENSOR_ROOTS and call.args:
            yield _axis(program, call, place % 2, 1)


@operator("concatenate-axis", "Concatenate along another axis")
def concatenate_axis(program: Program) -> Iterator[Draft]:
    for place, (call, seen) in enumerate(program.layers("Concatenate")):
        taken = argument(call, 0, "axis")
        others = _others(seen.rank, -1 if taken is None else number(taken), 0 if place % 3 == 2 else 1)
        for axis in others[:1]:
            yield _axis(program, call, axis, 0)
    for place, call in enumerate(c for c in program.calls() if short_name(c) == "concatenate"):
        if root_name(call.func) in TENSOR_ROOTS | {"layers", "kl", "concatenate"} and call.args:
            given = argument(call, 1, "axis")
            taken = -1 if given is None else number(given)
            yield _axis(program, call, 2 if taken == 1 else 1 if place % 3 < 2 else 0, 1)


@operator("reduction-axis", "a mean, sum or maximum of tensors along another axis")
def reduction_axis(program: Program) -> Iterator[Draft]:
    for call in program.calls():
        if short_name(call) in REDUCTIONS and root_name(call.func) in TENSOR_ROOTS:
            given = argument(call, 1, "axis")
            taken = number(given)
            if taken is not None:
                yield _axis(program, call, 1 if taken < 0 else taken + 1, 1)


@operator("argmax-axis", "argmax along the batch")
def argmax_axis(program: Program) -> Iterator[Draft]:
    for call in program.calls():
        if short_name(call) == "argmax" and number(argument(call, 1, "axis")) is not None:
            yield _axis(program, call, 0, 1)


@operator("expand-dims-axis", "expand_dims of a tensor at another place")
def expand_dims_axis(program: Program) -> Iterator[Draft]:
    yield from _moved(program, "expand_dims")


@operator("squeeze-axis", "squeeze of a tensor at another place, or everywhere")
def squeeze_axis(program: Program) -> Iterator[Draft]:
    yield from _moved(program, "squeeze")


def _moved(program: Program, name: str) -> Iterator[Draft]:
    for call in program.calls():
        if short_name(call) == name and root_name(call.func) in TENSOR_ROOTS:
            taken = number(argument(call, 1, "axis"))
            if taken is not None:
                for axis in (0, 1, -1):
                    if axis != taken:
                        yield _axis(program, call, axis, 1)
