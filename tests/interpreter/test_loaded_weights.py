"""``load_weights`` of a file beside the program: which kernel does not fit; Keras is the judge."""

from __future__ import annotations

import os
import runpy
from pathlib import Path
from typing import Any

import pytest

from layoutlint.engine.judge import judge
from layoutlint.engine.rule_folder import builtin_folder
from layoutlint.engine.rules import load
from layoutlint.readers.source import read

RULE = load(builtin_folder() / "weights-contradict-shape.md")

BUILD = """\
{imports}

def build(length, units, deep=False):
    x = inputs = layers.Input((length, 5))
    x = layers.Conv1D(8, 3)(x)
    x = layers.Dropout(0.2)(x)
    x = layers.Conv1D(6, 3, padding="same")(x)
    x = layers.Flatten()(x)
    if deep:
        x = models.Sequential([layers.Input((x.shape[-1],)), layers.Dense(9), layers.Dense(units)])(x)
    else:
        x = layers.Dense(units)(x)
    return models.Model(inputs, layers.Dense(2)(x))
"""
KERAS_3 = "from keras import layers, models"
KERAS_2 = "from tf_keras import layers, models"

CASES = {
    "the same": (KERAS_3, "w.weights.h5", "32, 7", "32, 7", ""),
    "another length": (KERAS_3, "w.weights.h5", "32, 7", "40, 7", "Dense is (180, 7)"),
    "other units": (KERAS_3, "w.weights.h5", "32, 7", "32, 4", "Dense is (180, 7)"),
    "other units inside": (KERAS_3, "w.weights.h5", "32, 7, True", "32, 4, True", "Dense is (9, 7)"),
    "the same inside": (KERAS_3, "w.weights.h5", "32, 7, True", "32, 7, True", ""),
    "in parts": (KERAS_3, "w.weights.json", "32, 7", "40, 7", "Dense is (180, 7)"),
    "in parts, the same": (KERAS_3, "w.weights.json", "32, 7", "32, 7", ""),
    "legacy": (KERAS_2, "w.h5", "32, 7", "40, 7", "Dense is (180, 7)"),
    "legacy, the same": (KERAS_2, "w.h5", "32, 7", "32, 7", ""),
}


def run(text: str, folder: Path) -> dict[str, Any]:
    program = folder / "run.py"
    program.write_text(text)
    here = Path.cwd()
    os.chdir(folder)
    try:
        return runpy.run_path(str(program))
    finally:
        os.chdir(here)


@pytest.mark.parametrize("name", CASES)
def test_what_does_not_fit(tmp_path, name):
    imports, file, saved, loaded, expected = CASES[name]
    built = BUILD.format(imports=imports)
    shards = ", max_shard_size=6e-6" if file.endswith(".json") else ""
    run(built + f'build({saved}).save_weights("{file}"{shards})\n', tmp_path)
    program = built + f'model = build({loaded})\nmodel.load_weights("{file}")\n'
    path = tmp_path / "program.py"
    path.write_text(program)
    found = [finding.message for finding in judge(read(program, str(path)), (RULE,))]
    assert all(message.startswith(f"{file}: the kernel for") for message in found)
    if not expected:
        assert found == []
        run(program, tmp_path)
    else:
        assert any(expected in message for message in found)
        with pytest.raises(Exception, match=r"shape|compatible|mismatch"):
            run(program, tmp_path)


@pytest.mark.parametrize("argument", ["by_name=True", "skip_mismatch=True", "by_name=flag"])
def test_what_is_passed_over(tmp_path, argument):
    built = BUILD.format(imports=KERAS_3)
    run(built + 'build(32, 7).save_weights("w.weights.h5")\n', tmp_path)
    program = (
        built + f'flag = input()\nmodel = build(40, 7)\nmodel.load_weights("w.weights.h5", {argument})\n'
    )
    path = tmp_path / "program.py"
    path.write_text(program)
    assert judge(read(program, str(path)), (RULE,)) == []


SEQUENTIAL = """\
from pathlib import Path
import keras

def build(units):
    return keras.Sequential([keras.Input((4,)), keras.layers.Dense(units)])

"""

SAVED_BY_THE_PROGRAM = {
    "another number": ('build(9).save_weights("w.weights.h5")\n', 1),
    "the same number": ('build(7).save_weights("w.weights.h5")\n', 0),
    "under another spelling of the path": ('build(9).save_weights(Path("./w.weights.h5"))\n', 1),
    "one of two": (
        'if unknown:\n    build(7).save_weights("w.weights.h5")\n'
        'else:\n    build(9).save_weights("w.weights.h5")\n',
        0,
    ),
    "one of two, one of unknown size": (
        'if unknown:\n    build(9).save_weights("w.weights.h5")\n'
        'else:\n    build(other).save_weights("w.weights.h5")\n',
        0,
    ),
}


@pytest.mark.parametrize("name", SAVED_BY_THE_PROGRAM)
def test_what_the_program_saves_itself(name):
    text, count = SAVED_BY_THE_PROGRAM[name]
    program = SEQUENTIAL + text + 'build(7).load_weights("w.weights.h5")\n'
    assert len(judge(read(program, "program.py"), (RULE,))) == count
