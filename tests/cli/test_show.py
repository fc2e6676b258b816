from __future__ import annotations

from pathlib import Path

from tests.cli.helpers import ERROR, RIGHT, WRONG

EXAMPLES = Path(__file__).parents[2] / "examples"


def test_source_is_a_summary_with_named_axes(run):
    run.write("a.py", WRONG)
    result = run("show", "a.py")
    assert result.code == 0
    assert result.out.splitlines() == [
        "a.py",
        "  Conv1D  line 4",
        "    reads   (batch, steps=1, input_dim=8000)",
        "    kernel  (3, 8000, 32)",
        "    output  (None, 1, 32)",
        "    weights 768,032",
        "  Flatten  line 5",
        "    reads   (batch, axis 1=1, axis 2=32)",
        "    output  (None, 32)",
        "",
        "  Sequential  line 3: 2 layers",
        "    inputs  (None, 1, 8000)",
        "    outputs (None, 32)",
        "    weights 768,032",
        "",
    ]
    assert "checked 1 of 1 file: 1 model, 2 layers (2 of known shape)" in result.err


def test_a_saved_model(run):
    result = run("show", EXAMPLES / "signal_right.keras")
    assert result.code == 0
    assert "reads   (batch, steps=8000, input_dim=1)" in result.out
    assert "kernel  (16, 1, 8)" in result.out
    assert "output  (None, 8000, 8)" in result.out


def test_layers_of_a_loop_stand_together(run):
    run.write(
        "a.py",
        "import keras\nx = keras.Input((28, 28, 1))\nfor n in (8, 8, 16):\n"
        "    x = keras.layers.Conv2D(n, 3)(x)\n",
    )
    out = run("show", "a.py").out
    assert out.count("Conv2D") == 1
    assert "Conv2D  line 4  x 3" in out
    for output in ("(None, 26, 26, 8)", "(None, 24, 24, 8)", "(None, 22, 22, 16)"):
        assert f"output  {output}" in out


def test_what_keras_refuses_and_what_is_unknown_is_said(run):
    run.write("a.py", ERROR)
    assert "refused Conv1D: expected" in run("show", "a.py").out
    run.write("b.py", "import keras\nfrom house import f\nx = keras.layers.Dense(3)(f(keras.Input((2,))))\n")
    result = run("show", "b.py")
    assert "output  (None, 3)" not in result.out
    assert "of known shape)" not in result.err.replace("0 of known shape", "")


def test_one_line_each(run):
    run.write("a.py", WRONG)
    result = run("show", "a.py", "--output-format", "concise")
    assert result.out.splitlines()[0] == "a.py:4:11 Conv1D (batch, steps=1, input_dim=8000) -> (None, 1, 32)"


def test_layers_of_another_file_are_told_by_it(run):
    run.write("model.py", RIGHT)
    run.write("a.py", "import keras\nimport model\nmodel.model.add(keras.layers.Dense(3))\n")
    out = run("show", "a.py").out
    assert "Conv1D  model.py, line 4" in out
    assert "Dense  line 3" in out


def test_exit_codes(run):
    run.write("plain.py", "print(1)\n")
    run.write("bad.py", "import keras\nx = )\n")
    assert run("show", "plain.py").code == 3
    assert run("show", "bad.py").code == 2
    assert run("show", "gone.py").code == 2
    assert run("show").code == 2


WRAPPED = """\
import keras
from keras import layers
model = keras.Sequential([
    keras.Input((10, 4)),
    layers.Bidirectional(layers.LSTM(3, return_sequences=True)),
    layers.TimeDistributed(layers.Dense(2)),
    layers.RNN([layers.LSTMCell(3), layers.GRUCell(2)]),
])
unused = layers.Dense(3)
"""


def test_wrapped_layers_belong_to_their_wrappers(run):
    run.write("a.py", WRAPPED)
    result = run("show", "a.py")
    for wrapper, count in (("Bidirectional", 1), ("TimeDistributed", 1), ("RNN", 2)):
        assert result.out.count(f"used by {wrapper}") == count
    assert result.out.count("never called here") == 1
    assert "4 layers (3 of known shape, 1 of unknown shape)" in result.err


def test_connections_and_totals(run):
    run.write(
        "a.py",
        "import keras\nfrom keras import layers\n"
        "inputs = keras.Input((9, 4), name='signal')\n"
        "x = layers.BatchNormalization(name='normal')(inputs)\n"
        "y = layers.Dense(4)(x)\ny = layers.Dense(4)(y)\n"
        "model = keras.Model(inputs, layers.Add()([x, y * 2.0]), name='net')\n"
        "lost = layers.Dense(3)(house(x))\n",
    )
    out = run("show", "a.py").out
    assert "    from    normal, Dense of line 6" in out
    assert out.count("    from    ") == 1  # the others come from the layer above
    assert "  Functional  net  line 7: 4 layers" in out
    # 4 * 4 of the normalization, two that are moving; twice (4 + 1) * 4
    assert "    weights 56, 48 of them trainable" in out
    assert "    weights unknown" in out
