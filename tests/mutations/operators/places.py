"""Layers that end the places (Flatten, global pooling): taken away, or put where axes are still needed."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import Final

from tests.mutations.mutants import Draft, Edit, Program, keyword, operator

ENDS: Final = (
    "Flatten",
    "GlobalAveragePooling1D",
    "GlobalMaxPooling1D",
    "GlobalAveragePooling2D",
    "GlobalMaxPooling2D",
    "GlobalAveragePooling3D",
)
NEEDS_PLACES: Final = (
    "Conv1D",
    "Conv2D",
    "Conv3D",
    "SeparableConv2D",
    "DepthwiseConv2D",
    "Conv2DTranspose",
    "MaxPooling1D",
    "MaxPooling2D",
    "AveragePooling2D",
    "LSTM",
    "GRU",
    "SimpleRNN",
    "Bidirectional",
    "UpSampling2D",
    "GlobalAveragePooling2D",
    "GlobalAveragePooling1D",
    "MultiHeadAttention",
)


def without(program: Program, call: ast.Call) -> Draft | None:
    """The program without a layer: its use becomes its input, its place in a list or an add is empty."""
    said = f"{program.source(call)} taken away"[:120]
    parent = program.parents.get(call)
    if isinstance(parent, ast.Call) and parent.func is call and len(parent.args) == 1:
        return Draft(call, (program.replaced(parent, program.source(parent.args[0])),), said)
    if isinstance(parent, ast.List | ast.Tuple):
        start, end = program.span(call)
        after = program.text[end:]
        comma = len(after) - len(after.lstrip()) + 1 if after.lstrip().startswith(",") else 0
        kept = "\n" * program.text[start : end + comma].count("\n")
        return Draft(call, (Edit(start, end + comma, kept),), said)
    statement = program.parents.get(parent) if parent is not None else None
    if isinstance(parent, ast.Call) and isinstance(statement, ast.Expr) and call in parent.args:
        return Draft(call, (program.replaced(statement, "None"),), said)
    return None


@operator("flatten-dropped", "a Flatten or a global pooling is taken away")
def flatten_dropped(program: Program) -> Iterator[Draft]:
    for call, seen in program.layers(*ENDS):
        if keyword(call, "input_shape") is None and seen.rank > 2:
            draft = without(program, call)
            if draft is not None:
                yield draft


@operator("flatten-inserted", "a Flatten stands before a layer that needs the axes")
def flatten_inserted(program: Program) -> Iterator[Draft]:
    for call, seen in program.layers(*NEEDS_PLACES):
        if seen.rank < 3 or keyword(call, "input_shape", "batch_input_shape") is not None:
            continue
        name, edits = program.spelled(call, "Flatten")
        said = f"Flatten() before {seen.class_name}"
        parent = program.parents.get(call)
        if isinstance(parent, ast.Call) and parent.func is call and len(parent.args) == 1:
            inner = program.source(parent.args[0])
            edits = [*edits, program.replaced(parent.args[0], f"{name}()({inner})")]
            yield Draft(call, tuple(edits), said)
        elif isinstance(parent, ast.List | ast.Tuple):
            start, _ = program.span(call)
            yield Draft(call, (*edits, Edit(start, start, f"{name}(), ")), said)
        elif isinstance(parent, ast.Call) and isinstance(program.parents.get(parent), ast.Expr):
            start, _ = program.span(program.parents[parent])
            text = f"{program.source(parent.func)}({name}()); "
            yield Draft(call, (*edits, Edit(start, start, text)), said)
