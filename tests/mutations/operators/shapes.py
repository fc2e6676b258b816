"""Declared shapes: axes swapped, added, forgotten."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from typing import Any, Final

from tests.mutations.mutants import Draft, Program, keyword, operator, short_name

SHAPE_NAME: Final = re.compile(r"(?i)(?:^|_)(?:shape|input_shape|image_shape|img_shape|in_shape)$")
NOT_SHAPES: Final = frozenset(["target_shape", "output_shape", "noise_shape", "new_shape", "se_shape"])
INPUTS: Final = frozenset(["Input", "InputLayer"])


def declarations(program: Program) -> Iterator[tuple[Any, bool]]:
    """The tuples and lists that declare an input's shape, in order; and whether they hold the batch."""
    found: dict[ast.AST, bool] = {}
    own = {n.name: n for n in ast.walk(program.tree) if isinstance(n, ast.FunctionDef)}
    for node in ast.walk(program.tree):
        if isinstance(node, ast.Call):
            name = short_name(node)
            for given in node.keywords:
                if given.arg in ("batch_shape", "batch_input_shape"):
                    found[given.value] = True
                elif (given.arg == "shape" and name in INPUTS) or (
                    given.arg and given.arg != "shape" and _names_a_shape(given.arg)
                ):
                    found[given.value] = False
            if node.args and (name in INPUTS or _takes_a_shape(own.get(name))):
                found[node.args[0]] = False
        elif isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            if _names_a_shape(node.targets[0].id):
                found[node.value] = False
        elif isinstance(node, ast.FunctionDef):
            arguments = node.args.args[len(node.args.args) - len(node.args.defaults) :]
            for parameter, default in zip(arguments, node.args.defaults, strict=True):
                if _names_a_shape(parameter.arg):
                    found[default] = False
    shapes = [
        (node, batched)
        for node, batched in found.items()
        if isinstance(node, ast.Tuple | ast.List) and not any(isinstance(e, ast.Starred) for e in node.elts)
    ]
    yield from sorted(shapes, key=lambda pair: (pair[0].lineno, pair[0].col_offset))


def _names_a_shape(name: str) -> bool:
    return SHAPE_NAME.search(name) is not None and name.lower() not in NOT_SHAPES


def _takes_a_shape(function: ast.FunctionDef | None) -> bool:
    if function is None:
        return False
    names = [a.arg for a in function.args.args if a.arg != "self"]
    return bool(names) and _names_a_shape(names[0])


def written(elements: list[str], list_form: bool = False) -> str:
    """A shape as it is written down."""
    if list_form:
        return f"[{', '.join(elements)}]"
    return f"({', '.join(elements)}{',' if len(elements) == 1 else ''})"


def _ordered(program: Program, node: Any, batched: bool, order: tuple[int, ...]) -> Draft:
    texts = [program.source(element) for element in node.elts]
    before, sample = texts[: int(batched)], texts[int(batched) :]
    return _becomes(program, node, [*before, *(sample[place] for place in order)])


def _becomes(program: Program, node: Any, elements: list[str], speaks: str = "") -> Draft:
    text = written(elements, isinstance(node, ast.List))
    return Draft(node, (program.replaced(node, text),), f"{program.source(node)} -> {text}", speaks)


def _samples(program: Program, rank: int) -> Iterator[tuple[Any, bool, list[str]]]:
    for node, batched in declarations(program):
        texts = [program.source(element) for element in node.elts[int(batched) :]]
        if len(texts) == rank:
            yield node, batched, texts


@operator("one-step", "a declared (n, 1) becomes (1, n)")
def one_step(program: Program) -> Iterator[Draft]:
    for node, batched, texts in _samples(program, 2):
        if texts[1] == "1":
            yield _ordered(program, node, batched, (1, 0))


@operator("steps-and-features", "a declared (steps, features) becomes (features, steps)")
def steps_and_features(program: Program) -> Iterator[Draft]:
    for node, batched, texts in _samples(program, 2):
        if "1" not in texts:
            yield _ordered(program, node, batched, (1, 0))


@operator("height-and-width", "a declared (height, width, channels) becomes (width, height, channels)")
def height_and_width(program: Program) -> Iterator[Draft]:
    for node, batched, _ in _samples(program, 3):
        yield _ordered(program, node, batched, (1, 0, 2))


@operator("channels-first", "the channels of a declared shape stand first")
def channels_first(program: Program) -> Iterator[Draft]:
    for rank, order in ((3, (2, 0, 1)), (4, (3, 0, 1, 2))):
        for node, batched, _ in _samples(program, rank):
            yield _ordered(program, node, batched, order)


@operator("two-axes-swapped", "two other axes of a declared shape change places")
def two_axes(program: Program) -> Iterator[Draft]:
    for rank, order in ((3, (0, 2, 1)), (4, (1, 0, 2, 3)), (4, (0, 1, 3, 2))):
        for node, batched, _ in _samples(program, rank):
            yield _ordered(program, node, batched, order)


@operator("batch-added", "a declared shape counts the batch: (None, …), (32, …)")
def batch_added(program: Program) -> Iterator[Draft]:
    for place, (node, batched) in enumerate(declarations(program)):
        texts = [program.source(element) for element in node.elts]
        if not batched:
            yield _becomes(program, node, ["32" if place % 2 else "None", *texts])


@operator("batch-of-the-data", "X.shape[1:] becomes X.shape in a declaration")
def batch_of_the_data(program: Program) -> Iterator[Draft]:
    for node in ast.walk(program.tree):
        if (
            isinstance(node, ast.Subscript)
            and isinstance(node.slice, ast.Slice)
            and isinstance(node.value, ast.Attribute)
            and node.value.attr == "shape"
            and isinstance(node.slice.lower, ast.Constant)
            and node.slice.lower.value == 1
            and node.slice.upper is None
            and _declares(program, node)
        ):
            text = program.source(node.value)
            yield Draft(node, (program.replaced(node, text),), f"{program.source(node)} -> {text}", "data")


def _declares(program: Program, node: ast.AST) -> bool:
    parent = program.parents.get(node)
    if isinstance(parent, ast.keyword):
        return parent.arg in ("shape", "input_shape")
    return isinstance(parent, ast.Call) and short_name(parent) in INPUTS


@operator("features-axis-missing", "the last axis of a declared shape is forgotten")
def last_axis_missing(program: Program) -> Iterator[Draft]:
    for node, batched in declarations(program):
        texts = [program.source(element) for element in node.elts]
        if len(texts) - int(batched) >= 2:
            yield _becomes(program, node, texts[:-1])


@operator("time-axis-missing", "the first axis of a declared (time, height, width, channels) is forgotten")
def time_axis_missing(program: Program) -> Iterator[Draft]:
    for node, batched, texts in _samples(program, 4):
        before = [program.source(element) for element in node.elts[: int(batched)]]
        yield _becomes(program, node, [*before, *texts[1:]])


@operator("samples-as-steps", "X.shape[1] becomes X.shape[0] where a shape is declared or named")
def samples_as_steps(program: Program) -> Iterator[Draft]:
    declared = {id(e) for node, batched in declarations(program) for e in node.elts[int(batched) :]}
    for node in ast.walk(program.tree):
        if not (
            isinstance(node, ast.Subscript)
            and isinstance(node.value, ast.Attribute)
            and node.value.attr == "shape"
            and isinstance(node.slice, ast.Constant)
            and node.slice.value == 1
        ):
            continue
        if id(node) in declared or _is_named(program, node):
            text = f"{program.source(node.value)}[0]"
            yield Draft(node, (program.replaced(node, text),), f"{program.source(node)} -> {text}", "data")


def _is_named(program: Program, node: ast.AST) -> bool:
    """``n_timesteps = X.shape[1]``, alone or in a tuple, at the top of the program."""
    parent = program.parents.get(node)
    if isinstance(parent, ast.Tuple):
        parent = program.parents.get(parent)
    return isinstance(parent, ast.Assign) and isinstance(program.parents.get(parent), ast.Module)


@operator("picture-size-swapped", "(width, height) of a loader or a resize change places")
def picture_size(program: Program) -> Iterator[Draft]:
    for call in program.calls():
        given = keyword(call, "target_size", "image_size", "dsize")
        value = given.value if given is not None else None
        if value is None and short_name(call) == "resize" and len(call.args) > 1:
            value = call.args[1]
        if isinstance(value, ast.Tuple | ast.List) and len(value.elts) == 2:
            yield _becomes(program, value, [program.source(e) for e in reversed(value.elts)], "data")
