"""``explain`` names the first place where knowledge was lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from layoutlint.explain.gaps import gaps
from layoutlint.readers.source import read

HEAD = "import mystery\nfrom keras import Input, layers\n"
CASES = [
    # program, constructor line asked about, words that the answer holds, line that it names
    (
        "x = Input((9, 4))\ny = mystery.turn(x)\nz = layers.ReLU()(y)\nlayers.Dense(3)(z)\n",
        6,
        "mystery.turn",
        4,
    ),
    ("def build(steps):\n    x = Input((steps, 4))\n    return layers.Conv1D(8, 3)(x)\n", 5, "steps", 3),
    ("x = Input((9, 4))\nlayers.Lambda(mystery.turn)(x)\n", 4, "Lambda", 4),
    ("data = mystery.load()\nlayers.Dense(3)(data)\n", 4, "mystery.load", 3),
]


@pytest.mark.parametrize(("program", "line", "words", "place"), CASES)
def test_the_first_place(program: str, line: int, words: str, place: int, tmp_path: Path) -> None:
    path = tmp_path / "program.py"
    path.write_text(HEAD + program)
    graph = read(HEAD + program, str(path))
    call = next(c for c in graph.calls if c.layer.kind == "layer" and c.layer.origin.locate().line == line)
    said, origin = next(gaps(call))
    assert words in said
    assert origin is not None
    assert origin.locate().line == place


def test_nothing_is_lost_where_all_is_known(tmp_path: Path) -> None:
    graph = read(HEAD + "layers.Dense(3)(Input((9, 4)))\n", str(tmp_path / "program.py"))
    assert [list(gaps(call)) for call in graph.calls] == [[], []]
