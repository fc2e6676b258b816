"""What other programs of the folder save: ``train.py`` makes the model that ``predict.py`` loads."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest

from layoutlint.engine.judge import Options, judge
from layoutlint.engine.rules import builtin
from layoutlint.interpreter.core.budget import Budget, Limits
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

OTHER_SETTING = BY_NAME.replace("FILE", "NEXT")
PICTURES = """
import keras
import numpy as np
from keras.applications import {family}
from keras.utils import img_to_array, load_img

def picture(path):
    return {prepared}

if __name__ == "__main__":
    x = np.stack([picture(path) for path in ("a.png", "b.png")])
    {used}
"""
TRAINED = """model = keras.Sequential([keras.layers.Input((64, 64, 3)), keras.layers.Conv2D(1, 64)])
    model.compile("adam", "mse")
    model.fit(x, np.zeros((2, 1, 1, 1)))
    model.save("it.keras")"""
USED = "keras.models.load_model('it.keras').predict(x)"
RAW = "img_to_array(load_img(path, target_size=(64, 64)))"


def _pictures(used: str, prepared: str, family: str = "resnet50") -> str:
    return PICTURES.format(family=family, prepared=prepared.format(RAW), used=used)


SETTINGS = 'FILE = "it.keras"\nNEXT = "next.keras"\n'
PREDICTED = PREDICT.format(names=FROM, path="FILE")

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
    "three that save under a setting": (
        {"settings.py": SETTINGS, "a.py": OTHER_SETTING, "b.py": OTHER_SETTING, "train.py": BY_NAME},
        PREDICTED,
        ["fed-shape"],
    ),
    "more than three that do": (
        {
            "settings.py": SETTINGS,
            **dict.fromkeys(["a.py", "b.py", "c.py"], OTHER_SETTING),
            "train.py": BY_NAME,
        },
        PREDICTED,
        [],
    ),
    "a folder of 100 others": (
        {**{f"other_{number}.py": "" for number in range(99)}, "train.py": SAVED},
        ASKED,
        ["fed-shape"],
    ),
    "images prepared by another function": (
        {"train.py": _pictures(TRAINED, "mobilenet_v2.preprocess_input({})", "mobilenet_v2")},
        _pictures(USED, "resnet50.preprocess_input({})"),
        ["images-unlike-training"],
    ),
    "images divided for the training alone": (
        {"train.py": _pictures(TRAINED, "{} / 255.0")},
        _pictures(USED, "{}"),
        ["images-unlike-training"],
    ),
    "images prepared as for the training": (
        {"train.py": _pictures(TRAINED, "{} / 255.0")},
        _pictures(USED, "{} / 255"),
        [],
    ),
    "the same shape": ({"train.py": OTHER}, ASKED, []),
    "what it loads fails": ({"train.py": "import keras\nmodel.save('it.keras'\n"}, ASKED, []),
    "each loads from the other": ({"train.py": ASKED + "model.save('it.keras')\n"}, ASKED, []),
}


def model_file(path: Path, steps: int) -> None:
    """Write the part of a model that says what it is fed."""
    layers = [
        {"class_name": "InputLayer", "config": {"batch_shape": [None, steps, 3], "name": "in"}},
        {"class_name": "Flatten", "config": {"name": "flatten"}},
        {"class_name": "Dense", "config": {"name": "out", "units": 1}},
    ]
    config = {"module": "keras", "class_name": "Sequential", "config": {"name": "it", "layers": layers}}
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("metadata.json", json.dumps({"keras_version": "3.5.0"}))
        archive.writestr("config.json", json.dumps(config))


@pytest.mark.parametrize(("in_file", "rules"), [(24, []), (48, ["fed-shape"])])
def test_the_file_that_is_there_comes_before_what_another_program_saves(
    in_file: int, rules: list[str], tmp_path: Path
) -> None:
    (tmp_path / "train.py").write_text(SAVED.replace("48", str(72 - in_file)))
    model_file(tmp_path / "it.keras", in_file)
    program = tmp_path / "predict.py"
    program.write_text(ASKED)
    found = judge(read(ASKED, str(program)), builtin(), Options())
    assert [finding.rule for finding in found] == rules
    # one that cannot be read says nothing
    (tmp_path / "it.keras").write_text("version https://git-lfs.github.com/spec/v1\n")
    found = judge(read(ASKED, str(program)), builtin(), Options())
    assert [finding.rule for finding in found] == ([] if rules else ["fed-shape"])


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


def test_a_folder_of_more_modules_is_a_library(tmp_path: Path) -> None:
    for number in range(100):
        (tmp_path / f"other_{number}.py").write_text("")
    (tmp_path / "train.py").write_text(SAVED)
    program = tmp_path / "predict.py"
    program.write_text(ASKED)
    assert not judge(read(ASKED, str(program)), builtin(), Options(min_confidence=Confidence.LOW))


def test_what_another_program_costs_ends_with_the_budget() -> None:
    spent = Budget(Limits(seconds=-1.0))
    assert spent.is_exhausted
    assert spent.part().seconds == 0
    fresh = Budget(Limits(steps=100, items=10, seconds=1000.0))
    assert (fresh.part().steps, fresh.part().items, fresh.part().seconds) == (50, 5, 500.0)
    for _ in range(40):
        fresh.step()
    fresh.charge(4)
    part = fresh.part()
    assert (part.steps, part.items) == (30, 3)
    assert part.seconds <= 500.0


def test_an_evaluation_is_late_where_that_of_a_part_is() -> None:
    whole, part = Budget(Limits()), Budget(Limits(seconds=-1.0))
    whole.spend(part)
    assert not whole.was_late
    assert part.is_exhausted
    whole.spend(part)
    assert whole.was_late
