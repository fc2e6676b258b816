"""A notebook keeps the numbers of its runs and its errors: Keras did not refuse what it shows to have run."""

import pytest

from tests.cli.helpers import notebook

MODEL = """\
import numpy as np
from keras import Sequential, layers

model = Sequential([layers.Input((10,)), layers.Dense(4), layers.Dense(1)])
model.compile(loss="mse")

def train(x):
    model.fit(x, np.zeros((20, 1)))
"""
FED = "train(np.zeros((20, 9)))"
REFUSED = f"{MODEL}\n{FED}"
IMPORTS = "from keras import Sequential, layers\n"
BUILT = f"{IMPORTS}model = Sequential([layers.Input((10,)), layers.LSTM(4)])"
ONE_STEP = f"{IMPORTS}model = Sequential([layers.Input((1, 8000)), layers.Conv1D(4, 1)])"
ROWS = """\
import numpy as np
from keras import Sequential, layers

ids = np.array([[0, 3, 10], [1, 2, 4]])
model = Sequential([layers.Input((3,)), layers.Embedding(10, 8)])
model.predict(ids)
"""
ERROR = {"output_type": "error", "ename": "ValueError", "evalue": "Input 0 of layer", "traceback": []}
TEXT = {"output_type": "stream", "name": "stdout", "text": ["1/1"]}


def shown(run: int | None, outputs: object) -> dict[str, object]:
    return {"execution_count": run, "outputs": outputs}


RAN, FAILED, NEVER = shown(1, [TEXT]), shown(2, [TEXT, ERROR]), shown(None, [])


def found(run, *cells: tuple[str, dict[str, object]]) -> list[str]:
    run.write("a.ipynb", notebook(*(("code", *cell) for cell in cells)))
    result = run("check", "a.ipynb", "--output-format", "json")
    return [f"{each['severity']} {each['rule']} {each['confidence']}" for each in result.json["findings"]]


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ([(REFUSED, NEVER)], ["error fed-shape high"]),
        ([(REFUSED, FAILED)], ["error fed-shape high"]),
        ([(REFUSED, RAN)], []),
        ([(MODEL, RAN), (FED, NEVER)], ["error fed-shape high"]),
        ([(MODEL, RAN), (FED, FAILED)], ["error fed-shape high"]),
        ([(MODEL, NEVER), (FED, RAN)], []),
        ([(BUILT, FAILED)], ["error missing-features-axis high"]),
        ([(BUILT, RAN)], []),
    ],
)
def test_an_error_that_did_not_come_is_not_reported(run, cells, expected):
    assert found(run, *cells) == expected


@pytest.mark.parametrize("ended", [RAN, FAILED, NEVER])
def test_what_runs_in_silence_is_reported_whatever_ran(run, ended):
    assert found(run, (ONE_STEP, ended)) == ["warning conv-single-step high"]


def test_a_graphics_card_does_not_raise(run):
    assert found(run, (ROWS, NEVER)) == ["error ids-beyond-embedding high"]
    assert found(run, (ROWS, RAN)) == ["warning ids-beyond-embedding high"]


def test_the_note_says_why(run):
    run.write("a.ipynb", notebook(("code", REFUSED, RAN)))
    result = run("check", "a.ipynb", "--output-format", "full", "--min-confidence", "low")
    assert "the notebook shows that this ran without an error" in result.out


@pytest.mark.parametrize("outputs", [None, "x", [3], [{"output_type": "pyerr"}]])
def test_odd_outputs_show_nothing(run, outputs):
    assert found(run, (REFUSED, shown(1, outputs))) == ["error fed-shape high"]
