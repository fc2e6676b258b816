"""Kernels and pools: wider than the axis, strides by position, another data format."""

from __future__ import annotations

import ast
import math
from collections.abc import Iterator
from typing import Any, Final

from tests.mutations.mutants import (
    Draft,
    Edit,
    Program,
    argument,
    keyword,
    number,
    operator,
    short_name,
    with_argument,
)

CONVOLUTIONS: Final = ("Conv1D", "Conv2D", "SeparableConv1D", "SeparableConv2D", "DepthwiseConv2D")
POOLS: Final = ("MaxPooling1D", "MaxPooling2D", "AveragePooling1D", "AveragePooling2D")
NAMES: Final = ("Conv", "Separable", "Depthwise", "Max", "Average")
"""How a constructor call begins whose arguments are those of the class, and not a helper's own."""
MAX_WEIGHTS: Final = 4_000_000


@operator("kernel-wider", "a kernel or a pool is wider than the axis that it slides along")
def kernel_wider(program: Program) -> Iterator[Draft]:
    for call, seen in program.layers(*CONVOLUTIONS, *POOLS):
        if not seen.inputs or not seen.outputs or not short_name(call).startswith(NAMES):
            continue
        spatial = seen.inputs[0][1:-1]
        channels = (seen.inputs[0][-1] or 1) * (seen.outputs[0][-1] or 1)
        place = 0 if seen.class_name in (*POOLS, "DepthwiseConv2D") else 1
        value = argument(call, place, "kernel_size", "pool_size")
        if value is None or any(size is None or size < 2 for size in spatial):
            continue
        wide = [size + 3 for size in spatial if size is not None]
        if seen.class_name not in POOLS and math.prod(wide) * channels > MAX_WEIGHTS:
            continue
        text = str(wide[0]) if len(wide) == 1 else str(tuple(wide))
        said = f"{seen.class_name} over {seen.inputs[0]}: {program.source(value)} -> {text}"
        yield Draft(call, (program.replaced(value, text),), said, "window")


@operator("strides-by-position", "Conv2D(f, (3, 3)) becomes Conv2D(f, 3, 3)")
def strides_by_position(program: Program) -> Iterator[Draft]:
    for call, _ in program.layers("Conv2D"):
        if (
            not short_name(call).startswith(NAMES)
            or len(call.args) != 2
            or keyword(call, "strides") is not None
        ):
            continue
        kernel: Any = call.args[1]
        if isinstance(kernel, ast.Tuple) and len(kernel.elts) == 2 and kernel.elts:
            text = ", ".join(program.source(element) for element in kernel.elts)
        elif (number(kernel) or 0) > 1:
            text = f"{program.source(kernel)}, {program.source(kernel)}"
        else:
            continue
        yield Draft(call, (program.replaced(kernel, text),), f"Conv2D(…, {program.source(kernel)}) -> {text}")


@operator("data-format", "one layer of a model works channels first")
def data_format(program: Program) -> Iterator[Draft]:
    for call, seen in program.layers("Conv2D", "MaxPooling2D", "AveragePooling2D", "SeparableConv2D"):
        given = keyword(call, "data_format")
        if given is None and seen.rank == 4:
            edit: Edit = with_argument(program, call, "data_format", '"channels_first"')
            yield Draft(call, (edit,), f"{seen.class_name}: data_format channels_first")
