from __future__ import annotations

import os
import re
import unicodedata
from pathlib import Path

import pytest
from msgspec.structs import replace

import layoutlint
from layoutlint.model.findings import Confidence, Coverage, Finding, Report, Severity, Witness
from layoutlint.model.origins import Cell, Location, SourceFile
from layoutlint.reports import concise, full
from layoutlint.reports.style import Style, for_stream, width, wrapped
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
        "  = tip: turn it",
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
    around = scenes("a = 1\nb = 2\nc = 3\n", "n.ipynb", cells=(Cell(2, 1), Cell(4, 2)))
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
    assert max(map(len, shown)) <= 100


LONG = "x = [" + "12345, " * 40 + "f(1), " + "67890, " * 40 + "]\n"
"""The call is at columns 286 to 290."""


@pytest.mark.parametrize(
    ("line", "column", "end"),
    [
        (LONG, 286, 290),
        (LONG, 286, 400),  # longer than the line that is shown
        (LONG, 1, 2),
        (LONG, 6, 18),
        (LONG, 550, 570),
        ("    " + "データ, " * 30 + "f(1), " + "x, " * 30 + "\n", 155, 159),
    ],
)
@pytest.mark.parametrize("columns", [40, 60, 80, 120])
def test_a_cut_line_keeps_what_is_marked(line, column, end, columns):
    found = finding(Location("a.py", 1, column, 1, end))
    shown = list(full.finding_lines(found, scenes(line), Style(columns=columns)))
    at = next(index for index, text in enumerate(shown) if "^" in text)
    first, last = shown[at].index("^"), shown[at].rindex("^") + 1
    cells = "".join(c + ("" if unicodedata.east_asian_width(c) != "W" else "\0") for c in shown[at - 1])
    marked = cells[first:last].replace("\0", "")
    assert marked
    assert line[column - 1 : end - 1].startswith(marked)
    assert marked == line[column - 1 : end - 1] or last - first > columns // 4
    assert all(width(text) <= columns for text in shown)


@pytest.mark.parametrize("start", [1, 20, 41, 60, 80, 96])
def test_a_label_is_below_its_own_marks_or_ends_with_the_line(start):
    found = finding(Location("a.py", 1, start, 1, start + 4), interpretation="f: " + "y" * 40)
    shown = list(full.finding_lines(found, scenes(" " * (start - 1) + "f(1)\n"), Style(columns=100)))
    marks = next(line for line in shown if "^" in line)
    label = next(line for line in shown if "reads" in line)
    assert label is marks or label.index("reads") == marks.index("^") or len(label) == 100


def test_what_one_view_of_a_line_has_no_room_for_gets_another_one():
    line = "first(" + "x, " * 40 + "last)\n"
    end = len(line) - 1
    far = Witness("declared here", Location("a.py", 1, end - 4, 1, end))
    shown = list(
        full.finding_lines(finding(Location("a.py", 1, 1, 1, 6), far), scenes(line), Style(columns=60))
    )
    (source,) = (at for at, text in enumerate(shown) if text.startswith("1 | first("))
    (again,) = (at for at, text in enumerate(shown) if text.endswith("x, last..."))
    assert shown[source + 1].lstrip(" |").startswith("^^^^^")
    marked = shown[again + 1]
    assert shown[again][marked.index("-") : marked.rindex("-") + 1] == "last"
    assert all(len(text) <= 60 for text in shown)


def test_the_name_and_the_argument_at_fault_are_marked():
    report = layoutlint.check_source(
        "import keras\n"
        "x = keras.Input((9, 8))\n"
        "y = keras.layers.MultiHeadAttention(2, 8, use_bias=False, attention_axes=0)(x, x)\n"
    )
    shown = str(report).splitlines()
    at = next(index for index, line in enumerate(shown) if "^" in line)
    assert [shown[at - 1][m.start() : m.end()] for m in re.finditer(r"\^+", shown[at])] == [
        "keras.layers.MultiHeadAttention",
        "attention_axes=0",
    ]


def test_an_argument_in_another_line_is_marked_there():
    text = "x = f(\n    1,\n    axis=0,\n)\n"
    places = (Location("a.py", 1, 5, 1, 6), Location("a.py", 3, 5, 3, 11))
    shown = lines(finding(Location("a.py", 1, 5, 4, 2), focus=places), scenes(text))
    assert "  |     ^ reads (batch, steps=1, input_dim=8000)" in shown
    assert shown[shown.index("3 |     axis=0,") + 1] == "  |     ^^^^^^"


def test_what_keras_says_is_a_footer():
    found = finding(
        Location("a.py", 5, 11, 5, 55), Witness("Keras raises: no such axis", Location("a.py", 5, 11, 5, 55))
    )
    shown = lines(found, scenes())
    assert "  = keras: no such axis" in shown
    assert not any("raises" in line for line in shown)


def test_confidence_is_told_where_it_is_not_high():
    place = Location("a.py", 5, 11, 5, 55)
    assert not any("confidence" in line for line in lines(finding(place), scenes()))
    medium = replace(finding(place), confidence=Confidence.MEDIUM)
    assert "  = confidence: medium" in lines(medium, scenes())


def test_long_text_hangs():
    text = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen"
    found = finding(Location("a.py", 5, 11, 5, 55), tip=text)
    shown = list(full.finding_lines(found, scenes(), Style(columns=40)))
    at = shown.index("  = tip: one two three four five six")
    assert shown[at + 1] == "         seven eight nine ten eleven"


@pytest.mark.parametrize(
    ("text", "columns", "lines"),
    [
        ("a b c", 3, ["a b", "c"]),
        ("reads (batch, steps=1) here", 16, ["reads", "(batch, steps=1)", "here"]),
        ("f(" + "a, " * 20 + "b) c", 30, None),  # too long to be kept together
        ("データ データ データ", 13, ["データ データ", "データ"]),
        ("", 9, [""]),
        ("unbreakable", 3, ["unbreakable"]),
        ("(open", 9, ["(open"]),
    ],
)
def test_wrapped(text, columns, lines):
    found = wrapped(text, columns)
    assert " ".join(found) == text
    if lines is not None:
        assert found == lines


def test_a_link_leads_to_the_page_of_the_rule(tmp_path):
    around = scenes()
    around.pages["a-rule"] = tmp_path / "a-rule.md"
    found = finding(Location("a.py", 5, 11, 5, 55))
    (head, *_) = full.finding_lines(found, around, Style(links=True))
    assert (
        head == f"warning[\x1b]8;;{(tmp_path / 'a-rule.md').as_uri()}\x1b\\a-rule\x1b]8;;\x1b\\]: it is wrong"
    )
    assert "\x1b" not in next(full.finding_lines(found, around, Style()))


@pytest.mark.parametrize("columns", [60, 80, 120])
def test_snapshot_of_a_width(columns):
    """Write the snapshots anew with ``LAYOUTLINT_SNAPSHOTS=write``, and read the difference."""
    text = "".join(
        full.render(layoutlint.check_source(program, "a.py"), scenes(program), Style(columns=columns))
        for program in WIDE_PROGRAMS
    )
    file = Path(__file__).parent / "snapshots" / f"full-{columns}.txt"
    if os.environ.get("LAYOUTLINT_SNAPSHOTS") == "write":
        file.write_text(text, encoding="utf-8")
    assert file.read_text(encoding="utf-8") == text


WIDE_PROGRAMS = (
    """\
import tensorflow as tf

model = tf.keras.models.Sequential([
    tf.keras.layers.Input((28, 28)),
    tf.keras.layers.Flatten(),
    tf.keras.layers.Reshape((1, 784)),
    tf.keras.layers.Conv1D(16, 3, padding="same", use_bias=False, activation="relu", name="the_first_one"),
    tf.keras.layers.Dense(10),
])
""",
    # one line
    "import keras; from keras import layers; inputs = keras.Input((180, 8)); "
    "outputs = layers.MultiHeadAttention(num_heads=4, key_dim=10, use_bias=False, attention_axes=0)"
    "(inputs, inputs); model = keras.Model(inputs, layers.GlobalAveragePooling1D()(outputs))\n",
)


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
    assert "    = reads: Conv1D: (batch, steps=1, input_dim=8000)" in shown
    assert "    = evidence: saved so (layer_0)" in shown


def test_conditions_are_said():
    found = finding(Location("a.py", 5, 11, 5, 55), conditions=("wide is true",))
    assert "  = only if: wide is true" in lines(found, scenes())


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
        "checked 2 of 6 files: 3 models, 6 layers (4 of known shape, 1 of partly known shape, 1 of unknown",
        "    shape)",
        "skipped 2: no Keras code",
        "skipped 1: Git LFS pointer without its content (e)",
        "unreadable 1: is damaged (f)",
        "in part: b: cut short",
    ]


def test_many_names_are_counted():
    inputs = [Coverage(f"m{n}.h5", "hdf5", "skipped", "weights") for n in range(8)]
    text = full.render(Report([], inputs), Scenes())
    assert "skipped 8: weights (m0.h5, m1.h5, m2.h5, m3.h5, m4.h5 and 3 more)" in text
