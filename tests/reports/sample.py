"""One report with every kind of place: source, a cell of a notebook, a saved model, standard input."""

from __future__ import annotations

from pathlib import Path

from layoutlint.engine.rule_folder import builtin_folder
from layoutlint.model.findings import (
    Confidence,
    Coverage,
    Finding,
    Proposal,
    ReadAxis,
    Report,
    Severity,
    TextEdit,
    Witness,
)
from layoutlint.model.keras_version import KerasVersion
from layoutlint.model.origins import Cell, Location, SourceFile
from layoutlint.run.scenes import Row, Scenes

SOURCE = """\
import keras
from keras.layers import Conv1D, Flatten

SHAPE = (1, 8000)
größe = "→"; model = keras.Sequential([Conv1D(8, 3, padding="same", input_shape=SHAPE), Flatten()])
"""
AXES = (ReadAxis("batch", None), ReadAxis("steps", 1), ReadAxis("input_dim", 8000))

IN_SOURCE = Finding(
    "conv-single-step",
    Severity.WARNING,
    Confidence.HIGH,
    "Conv1D has a single step to slide along: it reads (steps=1, input_dim=8000)",
    Location("src/train, 100%.py", 5, 40, 5, 86),
    (
        Witness("input_shape=(1, 8000) is declared here", Location("src/train, 100%.py", 4, 9, 4, 18)),
        Witness("the rows are signals", Location("src/data.py", 2, 1, 2, 6)),
    ),
    "Conv1D: (batch, steps=1, input_dim=8000)",
    "put the signal along the steps: shape (8000, 1)",
    ("wide is true",),
    "swap-input-axes",
    axes=AXES,
)
IN_NOTEBOOK = Finding(
    "refused-call",
    Severity.ERROR,
    Confidence.HIGH,
    "Keras refuses this: two\nlines",
    Location("a.ipynb", 3, 1, 3, 9, cell=2),
)
IN_MODEL = Finding(
    "rnn-single-step",
    Severity.WARNING,
    Confidence.MEDIUM,
    "LSTM reads (steps=1, features=20)",
    Location("m.keras", layer="encoder/lstm"),
    (Witness("saved with this shape", Location("m.keras", layer="input")),),
    "LSTM: (batch, steps=1, features=20)",
)
NOTE = Finding(
    "unused-suppression",
    Severity.NOTE,
    Confidence.HIGH,
    "there is nothing to ignore: conv-single-step finds nothing here",
    Location("-", 7, 3, 7, 30),
    tip="remove the comment, or move it to a line of the layer that it is about",
)
FIX = Proposal((TextEdit(Location("src/train, 100%.py", 4, 10, 4, 17), "8000, 1"),), safe=True)

REPORT = Report(
    [IN_SOURCE, IN_NOTEBOOK, IN_MODEL, NOTE],
    [
        Coverage(
            "src/train, 100%.py",
            "source",
            "checked",
            models=1,
            layers=2,
            known=2,
            keras=KerasVersion(3, "it imports keras"),
        ),
        Coverage("a.ipynb", "notebook", "checked", layers=1, unknown=1, unread=("cell 3, line 1: bad",)),
        Coverage("m.keras", "keras", "checked", models=1, layers=3, known=3),
        Coverage("-", "source", "checked", layers=1, known=1),
        Coverage("gone.py", "unknown", "error", "does not exist"),
        Coverage("plain.py", "source", "skipped", "no Keras code"),
        Coverage("clean.py", "source", "checked", models=1, layers=1, known=1),
    ],
    ignored=2,
    severe={(finding.rule, finding.location) for finding in (IN_SOURCE, IN_NOTEBOOK, IN_MODEL)},
)


def scenes() -> Scenes:
    return Scenes(
        sources={
            "src/train, 100%.py": SourceFile("src/train, 100%.py", SOURCE),
            "src/data.py": SourceFile("src/data.py", "import numpy\nx = 1\n"),
            "a.ipynb": SourceFile("a.ipynb", "a = 1\nb = 2\nc = 3\nd = f(x)\n", (Cell(1, 1), Cell(2, 2))),
            "-": SourceFile("-", "\n" * 6 + "  # layoutlint: ignore[x]\n"),
        },
        models={
            "m.keras": [
                Row("input", "InputLayer", "", "(None, 1, 20)"),
                Row("encoder/lstm", "LSTM", "(batch, steps=1, features=20)", "(None, 4)"),
            ]
        },
        pages={
            finding.rule: Path(builtin_folder() / f"{finding.rule}.md")
            for finding in REPORT.findings
            if finding is not NOTE
        },
        proposals={(IN_SOURCE.rule, IN_SOURCE.location): FIX},
    )
