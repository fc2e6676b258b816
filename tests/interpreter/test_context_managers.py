"""What stands under a ``with`` runs between what its manager does: Python is the judge."""

from __future__ import annotations

import pytest

from layoutlint.readers.source import read

HEAD = """
import contextlib
from contextlib import contextmanager
from keras import Input

state = {"width": 1}

class Timer:
    def __init__(self, count):
        self.count = count
    def __enter__(self):
        self.count += 1
        return self.count
    def __exit__(self, *error):
        self.count = 100

@contextmanager
def width(value):
    before = state["width"]
    state["width"] = value
    try:
        yield value * 2
    finally:
        state["width"] = before

@contextlib.contextmanager
def nested(value):
    with width(value):
        yield

class Made:
    width = 4
    @contextmanager
    def at(self, width):
        self.width, before = width, self.width
        yield self
        self.width = before
"""

PROGRAMS = {
    "an object": "t = Timer(2)\nwith t as k:\n    Input((t.count, k))\nInput((t.count,))",
    "a generator": "with width(5) as d:\n    Input((state['width'], d))\nInput((state['width'],))",
    "two at once": (
        "with width(5) as d, width(7) as e:\n    Input((state['width'], d, e))\nInput((state['width'],))"
    ),
    "one inside of the other": "with nested(9):\n    Input((state['width'],))\nInput((state['width'],))",
    "a method": "m = Made()\nwith m.at(6) as n:\n    Input((m.width, n.width))\nInput((m.width,))",
    "an error inside": (
        "try:\n    with width(3):\n        raise ValueError\nexcept ValueError:\n    Input((state['width'],))"
    ),
    "rounds that are left early": (
        "for i in range(1, 4):\n    with width(i):\n        if i == 2:\n            continue\n"
        "        Input((state['width'],))\nInput((state['width'],))"
    ),
    "a return inside": (
        "def made(flag):\n    with width(8):\n        if flag:\n            return state['width']\n"
        "        Input((state['width'],))\n    return state['width']\n"
        "Input((made(True), made(False), state['width']))"
    ),
}


@pytest.mark.parametrize("name", PROGRAMS)
def test_what_stands_under_it_sees_what_its_manager_set(name: str) -> None:
    text = HEAD + PROGRAMS[name]
    wanted: list[tuple[int, ...]] = []
    exec(text.replace("from keras import Input", ""), {"Input": wanted.append})
    graph = read(text, "program.py")
    shapes = [declaration.shape.sizes for declaration in graph.declarations]
    assert shapes == wanted


def test_a_branch_of_which_nobody_knows_leaves_the_manager_as_well() -> None:
    text = HEAD + (
        "from settings import flag\ndef made():\n    with width(8):\n"
        "        if flag():\n            return 8\n    return 8\nmade()\nInput((state['width'],))"
    )
    assert read(text, "program.py").declarations[-1].shape.sizes == (1,)


def test_what_its_expression_makes_is_made_once() -> None:
    text = (
        HEAD
        + "def timer():\n    Input((3,))\n    return Made()\nwith timer().at(2) as m:\n    Input((m.width,))"
    )
    text += "\nwith unknown(timer()).scope():\n    pass"
    shapes = [declaration.shape.sizes for declaration in read(text, "program.py").declarations]
    assert shapes == [(3,), (2,), (3,)]
