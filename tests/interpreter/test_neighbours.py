"""What other programs of the folder save: ``train.py`` makes the model that ``predict.py`` loads."""

from __future__ import annotations

from pathlib import Path

import pytest

from layoutlint.engine.judge import Options, judge
from layoutlint.engine.rules import builtin
from layoutlint.model.findings import Confidence
from layoutlint.readers.source import read

TRAIN = """
import keras
{names}
def build():
    return keras.Sequential([keras.layers.Input((48, 3)), keras.layers.Flatten(), keras.layers.Dense(1)])

if __name__ == "__main__":
    model = build()
    model.compile("adam", "mse")
    {saved}
"""
PREDICT = """
import numpy as np
import keras
{names}
model = keras.models.load_model({path})
print(model.predict(np.zeros((1, 24, 3))))
"""
WEIGHTS = """
import keras

model = keras.Sequential([keras.layers.Input((48, 3)), keras.layers.Flatten(), keras.layers.Dense(2)])
model.load_weights("it.weights.h5")
"""
LITE = """
import numpy as np
import tensorflow as tf

interpreter = tf.lite.Interpreter(model_path="it.tflite")
interpreter.allocate_tensors()
interpreter.set_tensor(interpreter.get_input_details()[0]["index"], np.zeros((48, 3), "float32"))
"""
CONVERTED = """
import tensorflow as tf

model = tf.keras.Sequential([tf.keras.layers.Input((48, 3)), tf.keras.layers.Conv1D(4, 3)])
with open("it.tflite", "wb") as file:
    file.write(tf.lite.TFLiteConverter.from_keras_model(model).convert())
"""
SAVED = TRAIN.format(names="", saved='model.save("it.keras")')
ASKED = PREDICT.format(names="", path='"it.keras"')
FROM = "from settings import FILE"
BY_NAME = TRAIN.format(names=FROM, saved="model.save(FILE)")
OTHER = SAVED.replace("48", "24")

CASES = {
    "saved under the same name": ({"train.py": SAVED}, ASKED, ["fed-shape"]),
    "by another spelling of the path": (
        {"train.py": TRAIN.format(names="", saved='model.save("./out/it.keras")')},
        PREDICT.format(names="import os", path='os.path.join("out", "it.keras")'),
        ["fed-shape"],
    ),
    "by a callback": (
        {
            "train.py": TRAIN.format(
                names="",
                saved='model.fit(x, y, callbacks=[keras.callbacks.ModelCheckpoint("it.keras")])',
            )
        },
        ASKED,
        ["fed-shape"],
    ),
    "the name is a setting": (
        {"settings.py": 'FILE = "it.keras"\n', "train.py": BY_NAME},
        PREDICT.format(names=FROM, path="FILE"),
        ["fed-shape"],
    ),
    "weights": (
        {"train.py": TRAIN.format(names="", saved='model.save_weights("it.weights.h5")')},
        WEIGHTS,
        ["weights-contradict-shape"],
    ),
    "a converted model": ({"export.py": CONVERTED}, LITE, ["interpreter-input"]),
    "another file": ({"train.py": SAVED.replace("it.keras", "that.keras")}, ASKED, []),
    "saved by two, which differ": ({"train.py": SAVED, "train_small.py": OTHER}, ASKED, []),
    "the same shape": ({"train.py": OTHER}, ASKED, []),
    "what it loads fails": ({"train.py": "import keras\nmodel.save('it.keras'\n"}, ASKED, []),
    "each loads from the other": ({"train.py": ASKED + "model.save('it.keras')\n"}, ASKED, []),
}


@pytest.mark.parametrize("case", CASES)
def test_what_another_program_saved(case: str, tmp_path: Path) -> None:
    files, text, rules = CASES[case]
    for name, content in files.items():
        (tmp_path / name).write_text(content)
    program = tmp_path / "predict.py"
    program.write_text(text)
    graph = read(text, str(program))
    found = judge(graph, builtin(), Options(min_confidence=Confidence.LOW))
    assert [finding.rule for finding in found] == rules
    # the other program may not be what ran last
    assert all(finding.confidence == Confidence.MEDIUM for finding in found)
    assert {name for name in files if name != "settings.py"} <= {
        Path(path).name for kind, path, _ in graph.reads.facts if kind == "content"
    }
