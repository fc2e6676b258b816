"""Soundness: programs of the corpus, changed at random, are still never inferred wrongly.

A wrong shape is the worst bug. A change may make a program crash under real Keras; what it made until then
is compared all the same.
"""

from __future__ import annotations

import ast
import random
import warnings
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.oracle.comparison import Verdict, compare
from tests.oracle.recorder import record

PROGRAMS = sorted((Path(__file__).parent.parent / "programs").glob("*.py"))
MUTANTS_OF_EACH = 4
CHANGES_OF_EACH = 3


def change_number(tree: ast.Module, chance: random.Random) -> None:
    """Another number in the place of a small one: a size, an axis, a count."""
    numbers = [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and type(node.value) is int and 0 <= node.value <= 512
    ]
    if numbers:
        node = chance.choice(numbers)
        node.value = chance.choice([node.value + 1, max(node.value - 1, 0), node.value * 2, 1])


def swap_arguments(tree: ast.Module, chance: random.Random) -> None:
    """Two positional arguments of a call, or two entries of a tuple, in the other order."""
    lists = [node.args for node in ast.walk(tree) if isinstance(node, ast.Call) and len(node.args) > 1]
    lists += [node.elts for node in ast.walk(tree) if isinstance(node, ast.Tuple) and len(node.elts) > 1]
    if lists:
        chosen = chance.choice(lists)
        first, second = chance.sample(range(len(chosen)), 2)
        chosen[first], chosen[second] = chosen[second], chosen[first]


def swap_statements(tree: ast.Module, chance: random.Random) -> None:
    """Two neighbouring statements in the other order."""
    bodies = [
        node.body
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.FunctionDef | ast.For) and len(node.body) > 2
    ]
    if bodies:
        body = chance.choice(bodies)
        at = chance.randrange(len(body) - 1)
        body[at], body[at + 1] = body[at + 1], body[at]


def drop_keyword(tree: ast.Module, chance: random.Random) -> None:
    """A call without one of its keywords: a default in the place of a choice."""
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and node.keywords]
    if calls:
        call = chance.choice(calls)
        call.keywords.remove(chance.choice(call.keywords))


CHANGES: tuple[Callable[[ast.Module, random.Random], None], ...] = (
    change_number,
    change_number,
    swap_arguments,
    swap_statements,
    drop_keyword,
)


def mutant(source: str, seed: int) -> str:
    """The program with a few changes."""
    chance = random.Random(seed)
    tree = ast.parse(source)
    for _ in range(CHANGES_OF_EACH):
        chance.choice(CHANGES)(tree, chance)
    return ast.unparse(ast.fix_missing_locations(tree)) + "\n"


def wrong_shapes(source: str, folder: Path) -> list[Verdict]:
    """What is inferred wrongly of a program, as far as it runs."""
    path = folder / "mutant.py"
    path.write_text(source, encoding="utf-8")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        recording = record(path)
    return [
        verdict
        for verdict in compare(path, recording)
        # where the program has stopped, what would have come after it is no mistake
        if verdict.status == "wrong" and (verdict.real is not None or recording.error is None)
    ]


@pytest.mark.parametrize("seed", range(6))
def test_a_few_mutants(seed: int, tmp_path: Path) -> None:
    program = PROGRAMS[(seed * 11) % len(PROGRAMS)]
    source = mutant(program.read_text(encoding="utf-8"), seed)
    assert not wrong_shapes(source, tmp_path), source


@pytest.mark.slow
@pytest.mark.parametrize("program", PROGRAMS, ids=lambda path: path.stem)
def test_mutants(program: Path, tmp_path: Path) -> None:
    for seed in range(MUTANTS_OF_EACH):
        source = mutant(program.read_text(encoding="utf-8"), 1000 + seed)
        found = wrong_shapes(source, tmp_path)
        assert not found, "\n".join([*map(str, found), source])
