from __future__ import annotations

import re

import pytest

from layoutlint.model.findings import Confidence, Coverage, Finding, Report, Severity, Witness
from layoutlint.model.origins import Location, SourceFile
from layoutlint.reports import concise, full
from layoutlint.reports.style import Style, for_stream
from layoutlint.run.scenes import Row, Scenes

TEXT = """\
import keras

SHAPE = (1, 8000)
model = keras.Sequential()
model.add(keras.layers.Conv1D(8, 3, input_shape=SHAPE))
"""


def finding(location: Location, *evidence: Witness, **more: object) -> Finding:
    given = {"interpretation": "Conv1D: (batch, steps=1, input_dim=8000)", "tip": "turn it"} | more
    return Finding("a-rule", Severity.WARNING, Confidence.HIGH, "it is wrong", location, evidence, **given)


def scenes(text: str = TEXT, path: str = "a.py", **more: object) -> Scenes:
    return Scenes({path: SourceFile(path, text, **more)})


def lines(found: Finding, around: Scenes) -> list[str]:
    return list(full.finding_lines(found, around))


def test_a_frame_with_evidence_above():
    found = finding(
        Location("a.py", 5, 11, 5, 55),
        Witness("the shape is written here", Location("a.py", 3, 9, 3, 18)),
    )
    assert lines(found, scenes()) == [
        "warning[a-rule]: it is wrong",
        " --> a.py:5:11",
        "  |",
        "3 | SHAPE = (1, 8000)",
        "  |         --------- the shape is written here",
        "4 | model = keras.Sequential()",
        "5 | model.add(keras.layers.Conv1D(8, 3, input_shape=SHAPE))",
        "  |           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ reads (batch, steps=1, input_dim=8000)",
        "  |",
        "  confidence: high",
        "  tip: turn it",
    ]


def test_lines_between_are_left_out():
    text = "a = 1\n" + "\n" * 97 + "b = 2\nc = 3\n"
    found = finding(Location("a.py", 99, 1, 99, 6), Witness("here", Location("a.py", 1, 1, 1, 6)))
    shown = lines(found, scenes(text))
    assert "..." in shown
    assert " 1 | a = 1" in shown
    assert "99 | b = 2" in shown


def test_evidence_in_another_file_has_a_block_of_its_own(tmp_path):
    other = tmp_path / "data.py"
    other.write_text("x = 1\ny = 2\n")
    found = finding(Location("a.py", 5, 11, 5, 55), Witness("made here", Location(str(other), 2, 1, 2, 6)))
    shown = lines(found, scenes())
    assert f" ::: {other}:2:1" in shown
    assert "2 | y = 2" in shown
    assert "  | ----- made here" in shown
    assert shown.index(" --> a.py:5:11") < shown.index(f" ::: {other}:2:1")


def test_a_file_that_has_gone_leaves_its_place():
    found = finding(Location("gone.py", 5, 11, 5, 55))
    assert " --> gone.py:5:11" in lines(found, Scenes())


def test_cells_of_a_notebook():
    around = scenes("a = 1\nb = 2\nc = 3\n", "n.ipynb", cells=((2, 1), (4, 2)))
    found = finding(
        Location("n.ipynb", 2, 1, 2, 6, cell=4), Witness("w", Location("n.ipynb", 1, 1, 1, 2, cell=2))
    )
    shown = lines(found, around)
    assert "2 | c = 3" in shown
    assert "1 | a = 1" in shown
    assert any("n.ipynb:cell 4:2:1" in line for line in shown)
    assert any("n.ipynb:cell 2:1:1" in line for line in shown)


@pytest.mark.parametrize(
    ("line", "column", "end", "mark"),
    [
        ("\tx = f(1)", 6, 10, "        ^^^^"),  # a tab takes the columns to the next stop
        ("größe = f(1)", 9, 13, "        ^^^^"),
        ("データ = f(1)", 7, 11, "         ^^^^"),  # wide characters take two columns each
        ("e\u0301 = f(1)", 6, 10, "    ^^^^"),  # a combining accent takes none
    ],
)
def test_marks_stand_below_what_they_mean(line, column, end, mark):
    found = finding(Location("a.py", 1, column, 1, end), interpretation=None)
    shown = lines(found, scenes(line + "\n"))
    assert f"  | {mark}" in shown


def test_a_span_of_several_lines_is_marked_to_the_end_of_its_first():
    found = finding(Location("a.py", 1, 5, 3, 2), interpretation=None)
    assert "  |     ^^" in lines(found, scenes("x = f(\n    1,\n)\n"))


def test_a_long_line_is_cut():
    found = finding(Location("a.py", 1, 1, 1, 5))
    shown = lines(found, scenes("x = " + "1 + " * 100_000 + "1\n"))
    assert max(map(len, shown)) < 200


def test_a_label_without_room_goes_below():
    text = "x" * 90 + " = f(1)\n"
    found = finding(Location("a.py", 1, 94, 1, 98))
    shown = lines(found, scenes(text))
    at = next(index for index, line in enumerate(shown) if "^^^^" in line)
    assert shown[at].endswith("^^^^")
    assert shown[at + 1].endswith("reads (batch, steps=1, input_dim=8000)")


def test_a_saved_model_shows_the_layers_around():
    rows = [Row(f"layer_{n}", "Dense", "(batch, features)", "(None, 3)") for n in range(9)]
    found = finding(
        Location("m.keras", layer="layer_4"), Witness("saved so", Location("m.keras", layer="layer_0"))
    )
    shown = lines(found, Scenes(models={"m.keras": rows}))
    assert [line.split()[:3] for line in shown if "layer_" in line and "|" in line] == [
        ["|", "layer_2", "Dense"],
        ["|", "layer_3", "Dense"],
        [">", "|", "layer_4"],
        ["|", "layer_5", "Dense"],
        ["|", "layer_6", "Dense"],
    ]
    assert "  reads: Conv1D: (batch, steps=1, input_dim=8000)" in shown
    assert "  evidence: saved so (layer_0)" in shown


def test_conditions_are_said():
    found = finding(Location("a.py", 5, 11, 5, 55), conditions=("wide is true",))
    assert "  only if: wide is true" in lines(found, scenes())


def test_nothing_steers_the_terminal():
    place = Location("\x1b[2Ja.py", 1, 1, 1, 2)
    found = Finding("a-rule", Severity.ERROR, Confidence.LOW, "\x1b[31mred", place, tip="two\nlines")
    around = scenes("x = '\x1b[31m'\n", "\x1b[2Ja.py")
    text = "\n".join(lines(found, around)) + concise.line(found)
    assert "\x1b" not in text
    assert "two\\nlines" in text


def test_colour_only_paints():
    found = finding(Location("a.py", 5, 11, 5, 55))
    report = Report([found], [Coverage("a.py", "source", "checked", layers=1, known=1)])
    painted = full.render(report, scenes(), Style(colour=True))
    assert "\x1b[" in painted
    assert re.sub(r"\x1b\[[\d;]*m", "", painted) == full.render(report, scenes())


class Terminal:
    def __init__(self, is_terminal: bool) -> None:
        self.is_terminal = is_terminal

    def isatty(self) -> bool:
        return self.is_terminal


@pytest.mark.parametrize(
    ("is_terminal", "environment", "colour"),
    [
        (True, {}, True),
        (False, {}, False),
        (True, {"NO_COLOR": "1"}, False),
        (True, {"NO_COLOR": ""}, True),  # https://no-color.org: only when it is not empty
        (True, {"TERM": "dumb"}, False),
        (False, {"FORCE_COLOR": "1"}, True),
        (False, {"FORCE_COLOR": "1", "NO_COLOR": "1"}, False),
    ],
)
def test_when_there_is_colour(is_terminal, environment, colour):
    assert for_stream(Terminal(is_terminal), environment).colour is colour


CLOSING = [
    ([], "nothing was checked"),
    ([Coverage("a", "source", "skipped", "no Keras code")], "nothing was checked"),
    ([Coverage("a", "source", "error", "line 2: bad")], "nothing was checked"),
    (
        [Coverage("a", "source", "checked", layers=3, known=1, partial=1, unknown=1)],
        "no findings in what was checked",
    ),
]


@pytest.mark.parametrize(("inputs", "verdict"), CLOSING)
def test_the_verdict_is_honest(inputs, verdict):
    assert full.render(Report([], inputs), Scenes()).splitlines()[0] == verdict


def test_the_coverage_counts_everything():
    inputs = [
        Coverage("a", "source", "checked", models=1, layers=5, known=3, partial=1, unknown=1),
        Coverage("b", "keras", "checked", "cut short", models=2, layers=1, known=1),
        Coverage("c", "source", "skipped", "no Keras code"),
        Coverage("d", "source", "skipped", "no Keras code"),
        Coverage("e", "unknown", "skipped", "Git LFS pointer without its content"),
        Coverage("f", "hdf5", "error", "is damaged"),
    ]
    assert full.render(Report([], inputs), Scenes()).splitlines()[1:] == [
        "checked 2 of 6 files: 3 models, 6 layers "
        "(4 of known shape, 1 of partly known shape, 1 of unknown shape)",
        "skipped 2: no Keras code",
        "skipped 1: Git LFS pointer without its content (e)",
        "unreadable 1: is damaged (f)",
        "in part: b: cut short",
    ]


def test_many_names_are_counted():
    inputs = [Coverage(f"m{n}.h5", "hdf5", "skipped", "weights") for n in range(8)]
    text = full.render(Report([], inputs), Scenes())
    assert "skipped 8: weights (m0.h5, m1.h5, m2.h5, m3.h5, m4.h5 and 3 more)" in text
