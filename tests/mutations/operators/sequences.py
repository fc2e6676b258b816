"""Recurrent layers and embeddings."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import Final

from tests.mutations.mutants import Draft, Program, keyword, operator, short_name, with_argument

RECURRENT: Final = frozenset(["LSTM", "GRU", "SimpleRNN", "RNN", "CuDNNLSTM", "CuDNNGRU", "ConvLSTM2D"])


def _recurrent(program: Program) -> Iterator[ast.Call]:
    for call in program.calls():
        if short_name(call) in RECURRENT and isinstance(call.func, ast.Name | ast.Attribute):
            yield call


def _is(node: ast.keyword | None, value: bool) -> bool:
    return node is not None and isinstance(node.value, ast.Constant) and node.value.value is value


@operator("return-sequences-dropped", "return_sequences=True becomes False")
def dropped(program: Program) -> Iterator[Draft]:
    for call in _recurrent(program):
        given = keyword(call, "return_sequences")
        if _is(given, True) and given is not None:
            edit = program.replaced(given.value, "False")
            yield Draft(call, (edit,), f"{short_name(call)}: return_sequences=True -> False")


@operator("return-sequences-added", "a recurrent layer returns its sequence")
def added(program: Program) -> Iterator[Draft]:
    for call in _recurrent(program):
        given = keyword(call, "return_sequences")
        if given is not None and not _is(given, False):
            continue
        edit = (
            with_argument(program, call, "return_sequences", "True")
            if given is None
            else program.replaced(given.value, "True")
        )
        yield Draft(call, (edit,), f"{short_name(call)}: return_sequences=True added")


@operator("embedding-arguments", "input_dim and output_dim of an Embedding change places")
def embedding_arguments(program: Program) -> Iterator[Draft]:
    for call in program.calls():
        if short_name(call) != "Embedding" or any(isinstance(a, ast.Starred) for a in call.args):
            continue
        named = {k.arg: k.value for k in call.keywords}
        parts = dict(zip(("input_dim", "output_dim"), call.args, strict=False)) | named
        rows, width = parts.get("input_dim"), parts.get("output_dim")
        if rows is not None and width is not None:
            edits = program.exchanged(rows, width)
            said = f"Embedding({program.source(rows)}, {program.source(width)}): arguments swapped"
            yield Draft(call, edits, said)


@operator("embedding-length", "input_length of an Embedding contradicts the data")
def embedding_length(program: Program) -> Iterator[Draft]:
    for call in program.calls():
        given = keyword(call, "input_length")
        if short_name(call) == "Embedding" and given is not None:
            text = f"{program.source(given.value)} + 7"
            yield Draft(call, (program.replaced(given.value, text),), f"input_length -> {text}")


@operator("repeat-vector-dropped", "a RepeatVector is taken away")
def repeat_vector(program: Program) -> Iterator[Draft]:
    from tests.mutations.operators.places import without

    for call, _ in program.layers("RepeatVector"):
        draft = without(program, call)
        if draft is not None:
            yield draft


@operator("time-distributed-dropped", "a TimeDistributed is taken away and its layer left")
def time_distributed(program: Program) -> Iterator[Draft]:
    for call in program.calls():
        if short_name(call) == "TimeDistributed" and call.args:
            text = program.source(call.args[0])
            yield Draft(call, (program.replaced(call, text),), f"{program.source(call)} -> {text}"[:120])
