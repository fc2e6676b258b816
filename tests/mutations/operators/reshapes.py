"""Reshapes for transposes, transposes for reshapes, and either with its numbers wrong."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import Any

from tests.mutations.mutants import Draft, Program, argument, number, operator, root_name, short_name
from tests.mutations.operators.axes import TENSOR_ROOTS
from tests.mutations.operators.shapes import written


def _numbers(node: Any) -> list[int] | None:
    if not isinstance(node, ast.Tuple | ast.List):
        return None
    found = [number(element) for element in node.elts]
    return None if None in found else [n for n in found if n is not None]


@operator("reshape-for-permute", "a Permute or a transpose of tensors becomes the reshape of the same shape")
def reshape_for_permute(program: Program) -> Iterator[Draft]:
    for call, seen in program.layers("Permute"):
        sizes = seen.outputs[0][1:]
        if sum(size is None for size in sizes) <= 1:
            name, edits = program.spelled(call, "Reshape")
            text = f"{name}({written([str(-1 if s is None else s) for s in sizes])})"
            yield Draft(call, (*edits, program.replaced(call, text)), f"{program.source(call)} -> {text}")
    for call in program.calls():
        if short_name(call) in ("transpose", "permute_dims") and root_name(call.func) in TENSOR_ROOTS:
            order = _numbers(argument(call, 1, "axes", "perm"))
            if order and call.args and isinstance(call.args[0], ast.Name):
                of = program.source(call.args[0])
                shape = [("-1" if axis == 0 else f"{of}.shape[{axis}]") for axis in order]
                module = program.source(call.func.value) if isinstance(call.func, ast.Attribute) else ""
                text = f"{module}.reshape({of}, {written(shape)})"
                yield Draft(call, (program.replaced(call, text),), f"{program.source(call)} -> {text}")


@operator("permute-for-reshape", "a Reshape that keeps the rank becomes a Permute")
def permute_for_reshape(program: Program) -> Iterator[Draft]:
    for call, seen in program.layers("Reshape"):
        rank = len(seen.outputs[0])
        if seen.rank == rank and rank > 2:
            name, edits = program.spelled(call, "Permute")
            text = f"{name}({tuple(range(rank - 1, 0, -1))})"
            yield Draft(call, (*edits, program.replaced(call, text)), f"{program.source(call)} -> {text}")


@operator("reshape-target", "the sizes of a Reshape's target change places")
def reshape_target(program: Program) -> Iterator[Draft]:
    for call in program.calls():
        target: Any = None
        batched = False
        if short_name(call) == "Reshape":
            target = argument(call, 0, "target_shape")
        elif short_name(call) == "reshape" and root_name(call.func) in TENSOR_ROOTS:
            target, batched = argument(call, 1, "newshape", "shape"), True
        if not isinstance(target, ast.Tuple | ast.List) or len(target.elts) < 2 + batched:
            continue
        texts = [program.source(element) for element in target.elts]
        swapped = [*texts[:-2], texts[-1], texts[-2]]
        text = written(swapped, isinstance(target, ast.List))
        yield Draft(call, (program.replaced(target, text),), f"{program.source(target)} -> {text}")


@operator("permute-order", "a Permute leaves the axes where they are, or counts them from 0")
def permute_order(program: Program) -> Iterator[Draft]:
    for call, _ in program.layers("Permute"):
        dims = argument(call, 0, "dims")
        order = _numbers(dims)
        if order:
            for other in (sorted(order), [axis - 1 for axis in order]):
                text = written([str(axis) for axis in other])
                yield Draft(
                    call, (program.replaced(dims, text),), f"Permute({program.source(dims)}) -> {text}"
                )


@operator("transpose-order", "a transpose of tensors moves other axes")
def transpose_order(program: Program) -> Iterator[Draft]:
    for call in program.calls():
        if short_name(call) in ("transpose", "permute_dims") and root_name(call.func) in TENSOR_ROOTS:
            axes = argument(call, 1, "axes", "perm")
            order = _numbers(axes)
            if order and len(order) > 2:
                other = [order[0], order[2], order[1], *order[3:]]
                text = written([str(axis) for axis in other])
                yield Draft(call, (program.replaced(axes, text),), f"{program.source(axes)} -> {text}")
