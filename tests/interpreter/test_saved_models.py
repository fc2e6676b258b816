"""Models that a program loads from files beside it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from layoutlint.model.axes import Shape
from layoutlint.readers.source import read
from tests.oracle.comparison import compare
from tests.oracle.recorder import record

import keras  # isort: skip  (after the oracle has set up its environment)
from keras import layers  # isort: skip


def sequential() -> Any:
    return keras.Sequential([keras.Input((20, 4)), layers.Conv1D(8, 3), layers.Flatten(), layers.Dense(5)])


def functional() -> Any:
    start = keras.Input((12, 6), name="start")
    inner = keras.Sequential([keras.Input((12, 6)), layers.LSTM(9)], name="inner")
    other = layers.GlobalMaxPooling1D(name="other")(start)
    return keras.Model(start, layers.Dense(3)(layers.Concatenate()([inner(start), other])))


USES = {
    "sequential": """
model = load_model("models/{file}")
features = keras.Model(model.inputs, model.layers[-2].output)
keras.layers.Dense(2)(features(keras.Input((20, 4))))
model.pop()
model.add(keras.layers.Dense(7))
keras.layers.Dense(3)(model(keras.Input((20, 4))))
""",
    "functional": """
model = load_model("models/{file}")
keras.layers.Dense(2)(model.output)
keras.layers.Dense(4)(model.get_layer("other").output)
keras.layers.Dense(4)(keras.models.clone_model(model)(keras.Input((12, 6))))
""",
}


@pytest.mark.parametrize("ending", ["keras", "h5"])
@pytest.mark.parametrize("build", [sequential, functional])
def test_a_model_beside_the_program(build: Any, ending: str, tmp_path: Path) -> None:
    (tmp_path / "models").mkdir()
    build().save(tmp_path / "models" / f"it.{ending}")
    program = tmp_path / "program.py"
    uses = USES[build.__name__].format(file=f"it.{ending}").replace('load_model("', 'load_model(HERE + "/')
    program.write_text(
        "import os\nimport keras\nfrom keras.models import load_model\n"
        "HERE = os.path.dirname(os.path.abspath(__file__))\n" + uses
    )
    recording = record(program)
    assert recording.error is None, recording.error
    verdicts = compare(program, recording)
    assert verdicts
    assert [str(verdict) for verdict in verdicts if verdict.status != "exact"] == []


@pytest.mark.parametrize("path", ["damaged.keras", "none.keras", "../outside.keras", "a\0b"])
def test_what_cannot_be_read_is_unknown(path: str, tmp_path: Path) -> None:
    folder = tmp_path / "project"
    folder.mkdir()
    sequential().save(tmp_path / "outside.keras")
    (folder / "damaged.keras").write_bytes((tmp_path / "outside.keras").read_bytes()[:200])
    program = folder / "program.py"
    text = f"import keras\nmodel = keras.models.load_model({path!r})\nkeras.layers.Dense(2)(model.output)\n"
    program.write_text(text)
    graph = read(text, str(program))
    (dense,) = (call for call in graph.calls if call.layer.class_name == "Dense")
    (output,) = dense.output_tensors
    assert output.shape is None or not output.shape.is_known
    assert not graph.models


def output_of_loaded(written: str) -> Shape | None:
    """Return the output shape of what is loaded from a path, after a model was saved as models/net.keras."""
    code = f"""
import os
from pathlib import Path
import keras
OUT = Path("models")
keras.Sequential([keras.Input((20, 6)), keras.layers.LSTM(8)]).save(OUT / "net.keras")
again = keras.models.load_model({written})
keras.layers.Dense(2)(again.output)
"""
    (dense,) = [call for call in read(code, "x.py").calls if call.layer.class_name == "Dense"]
    return dense.input_tensors[0].shape


@pytest.mark.parametrize(
    "written",
    [
        '"models/net.keras"',
        '"./models//net.keras"',
        'OUT / "net.keras"',
        'OUT.joinpath("net.keras")',
        'str(OUT / "net.keras")',
        'os.fspath(OUT / "net.keras")',
        'os.path.join(OUT, "net.keras")',
        'f"{OUT}/net.keras"',
        '(OUT / "net.h5").with_suffix(".keras")',
        '(OUT / "old.keras").with_stem("net")',
        'Path("models", "old").with_name("net.keras")',
        '(OUT / "deep" / "net.keras").parent.parent / "net.keras"',
    ],
)
def test_a_model_is_found_again_however_its_path_is_written(written):
    assert str(output_of_loaded(written)) == "(None, 8)"


@pytest.mark.parametrize("written", ['OUT / "other.keras"', "OUT / unknown", "str(unknown)", 'f"{unknown}"'])
def test_another_path_is_another_model(written):
    assert output_of_loaded(written) is None


def test_the_text_of_one_of_two_paths_is_not_none():
    code = """
from pathlib import Path
import keras
if unknown:
    OUT = Path("net.keras")
else:
    OUT = Path("old.keras")
text = str(OUT)
keras.layers.Dense(2 if text is None else 3)(keras.Input((4,)))
"""
    (dense,) = [call for call in read(code, "x.py").calls if call.layer.class_name == "Dense"]
    assert dense.output_tensors[0].shape.sizes == (None, 3)
