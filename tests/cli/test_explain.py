from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.helpers import ERROR, RIGHT, WRONG, notebook

EXAMPLES = Path(__file__).parents[2] / "examples"


def test_the_story_of_a_line(run):
    run.write("a.py", WRONG)
    result = run("explain", "a.py:4")
    assert result.code == 0
    for words in (
        "Conv1D at a.py:4:11",
        "axis 1  steps      1",
        "axis 2  input_dim  8000",
        "(kernel_size, input_dim, filters) = (3, 8000, 32), 768,000 weights",
        "summed away",
        "Its output is (None, 1, 32).",
        "an input of shape (8000, 1) instead of (1, 8000)",
        "Conv2D(32, (3, 8000))",
        "Conv2D(32, (1, 3))",
        "warning[conv-single-step]",
    ):
        assert words in result.out, words
    assert "Flatten" not in result.out


def test_the_story_of_a_layer_of_a_saved_model(run):
    result = run("explain", f"{EXAMPLES / 'signal_right.keras'}:conv1d_1")
    assert result.code == 0
    assert "(kernel_size, input_dim, filters) = (16, 1, 8), 128 weights" in result.out
    assert "Dense in" not in result.out


def test_without_a_place_every_layer_is_told(run):
    run.write("a.py", RIGHT)
    result = run("explain", "a.py")
    assert "Conv1D at a.py:4:11" in result.out
    assert "Flatten at a.py:5:11" in result.out


def test_what_keras_refuses(run):
    run.write("a.py", ERROR)
    result = run("explain", "a.py:4")
    assert "Keras refuses this input: Conv1D: expected" in result.out


@pytest.mark.parametrize("place", ["1", "99", "no_such_layer", "x:y"])
def test_a_place_without_a_layer(run, place):
    run.write("a.py", WRONG)
    result = run("explain", f"a.py:{place}")
    assert result.code == 2
    assert result.out == ""
    assert "there are 4, 5" in result.err


@pytest.mark.parametrize(("content", "code"), [("print(1)\n", 3), ("import keras\nx = )\n", 2), (None, 2)])
def test_nothing_to_explain(run, content, code):
    if content is not None:
        run.write("a.py", content)
    result = run("explain", "a.py")
    assert result.code == code
    assert "a.py" in result.err


def test_a_path_with_colons(run):
    run.write("a:4.py", WRONG)
    assert run("explain", "a:4.py:4").code == 0
    assert run("explain", "a:4.py").code == 0


def test_a_mistake_in_the_middle_of_a_notebook(run):
    run.write("a.ipynb", notebook(("markdown", "x"), ("code", WRONG)))
    assert "Conv1D at a.ipynb:cell 2:4:11" in run("explain", "a.ipynb:2:4").out
    assert run("explain", "a.ipynb:1:4").code == 2


def test_nothing_to_prove(run):
    run.write("a.py", "import keras\nm = keras.Sequential([keras.layers.Dense(3, input_shape=(2,))])\n")
    result = run("explain", "a.py", "--prove")
    assert result.code == 3
    assert "nothing to prove" in result.err
