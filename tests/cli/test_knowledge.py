"""The user's own entries of the knowledge base, through the command line."""

from __future__ import annotations

import json

import pytest

PYPROJECT = '[tool.layoutlint]\nknowledge = ["layout"]\n'
ENTRY = """\
# Our recorder gives the electrodes first.
lab.recorder.trials:
  source: "the handbook of the recorder, chapter 4"
  parameters: "path, seconds=4"
  returns: {samples: null, channels: 16, steps: "seconds * 128"}
"""
PROGRAM = """\
import keras
from keras import layers
from lab.recorder import trials

X = trials("monday.bin")
model = keras.Sequential([
    layers.LSTM(8, input_shape=X.shape[1:]),
    layers.Dense(1),
])
"""
OWN = """\
import keras
from keras import layers


def trials(path, seconds=4):
    with open(path, "rb") as file:
        return decode(file.read(), seconds)


class Recorder:
    def __init__(self, port):
        self.port = port

    def trials(self):
        return self.port.read()


X = {call}
model = keras.Sequential([
    layers.LSTM(8, input_shape=X.shape[1:]),
    layers.Dense(1),
])
"""


def found(run):
    result = run("check", "--output-format", "json", ".")
    return [(f["rule"], f["line"]) for f in json.loads(result.out)["findings"]]


@pytest.fixture
def project(run):
    run.write("pyproject.toml", PYPROJECT)
    run.write("layout/lab.yaml", ENTRY)
    run.write("train.py", PROGRAM)
    return run


def test_what_a_package_of_the_user_gives(project):
    assert found(project) == [("swapped-steps-and-features", 7)]
    project.write("pyproject.toml", "[tool.layoutlint]\n")
    assert found(project) == []


def test_one_file_instead_of_a_folder(project):
    project.write("pyproject.toml", PYPROJECT.replace('"layout"', '"layout/lab.yaml"'))
    assert found(project) == [("swapped-steps-and-features", 7)]


def test_a_described_function_of_the_project_is_not_entered(project):
    project.write("lab/__init__.py", "")
    project.write(
        "lab/recorder.py", "import numpy as np\n\ndef trials(path):\n    return np.zeros((5, 9, 3))\n"
    )
    assert found(project) == [("swapped-steps-and-features", 7)]


@pytest.mark.parametrize(
    ("name", "call"), [("train.trials", "trials('a')"), ("train.Recorder.trials", "Recorder(None).trials()")]
)
def test_what_the_checked_file_itself_defines(project, name, call):
    project.write("train.py", OWN.replace("{call}", call))
    assert found(project) == []
    project.write("layout/lab.yaml", ENTRY.replace("lab.recorder.trials", name))
    assert found(project) == [("swapped-steps-and-features", 20)]


def test_objects_and_their_methods(project):
    project.write(
        "layout/lab.yml",
        """\
recorder.Session: {returns: recorder.Session}
recorder.Session.frames: {returns: {samples: null, channels: 16, steps: 500}}
""",
    )
    program = PROGRAM.replace("from lab.recorder import trials", "import recorder as r")
    project.write("train.py", program.replace('trials("monday.bin")', 'r.Session("monday").frames()'))
    assert found(project) == [("swapped-steps-and-features", 7)]


def test_an_entry_of_the_user_counts_before_ours(project):
    project.write("layout/librosa.yaml", "librosa.load: {returns: [{samples: null, channels: 2}, number]}\n")
    program = PROGRAM.replace("from lab.recorder import trials", "import librosa")
    project.write("train.py", program.replace('trials("monday.bin")', 'librosa.load("a.wav")[0][None]'))
    assert "input_dim=2" in project("show", "train.py").out or "(None, 2)" in project("show", "train.py").out


def test_the_cache_knows_the_content(project):
    assert found(project) == [("swapped-steps-and-features", 7)]
    assert found(project) == [("swapped-steps-and-features", 7)]
    turned = ENTRY.replace('channels: 16, steps: "seconds * 128"', 'steps: "seconds * 128", channels: 16')
    project.write("layout/lab.yaml", turned)
    assert found(project) == []


MISTAKES = {
    "lab.io.load: {returns: {channel: 3}}": ("1: lab.io.load", "unknown role channel"),
    "\n\nload: {returns: null}": ("3: load", "package.module.function"),
    "lab.io.load: {return: null}": ("1: lab.io.load", "no key `return`"),
    "lab.io.load: {source: x}": ("1: lab.io.load", "no `returns`"),
    "lab.io.load: {returns: like x}": ("1: lab.io.load", "has no `parameters`"),
    "lab.io.load: {parameters: 'x, y', returns: like z}": ("1: lab.io.load", "z is not among"),
    "lab.io.load: {parameters: 'x y', returns: null}": ("1: lab.io.load", "not a signature"),
    "lab.io.load: {parameters: 'x', returns: {steps: 'x ** 2'}}": ("1: lab.io.load", "not a size"),
    "lab.io.load: {parameters: 'x', returns: {steps: '__import__(x)'}}": ("1: lab.io.load", "not a size"),
    "lab.io.load: {returns: array}": ("1: lab.io.load", "not a value to return"),
    "lab.io.load: {returns: {steps: -1}}": ("1: lab.io.load", "not a size"),
    "a.b: {returns: null}\na.b: {returns: null}": ("2: a.b", "a second time"),
    "a.b: {returns: null}\n - x": ("2", "expected"),
    "[1, 2]": ("1", "a mapping"),
    "a.b: {returns: !!python/object/apply:os.system ['true']}": ("1", "constructor"),
    "a.b: &x {returns: {fields: {y: *x}}}": ("", "more than"),
}


@pytest.mark.parametrize("text", MISTAKES)
def test_a_mistake_is_one_line_with_its_place(project, text):
    project.write("layout/lab.yaml", text)
    place, said = MISTAKES[text]
    result = project("check", ".")
    assert result.code == 2
    assert len(result.err.strip().splitlines()) == 1
    assert f"lab.yaml:{place}" in result.err or not place
    assert said in result.err


def test_a_path_that_is_not_there(project):
    project.write("pyproject.toml", '[tool.layoutlint]\nknowledge = ["nowhere"]\n')
    result = project("check", ".")
    assert result.code == 2
    assert "knowledge names a file or folder that does not exist" in result.err


def test_a_mistake_counts_where_there_is_nothing_to_check(project):
    project.write("layout/lab.yaml", "a.b: {}")
    project.write("train.py", "print('no model')\n")
    assert project("check", ".").code == 2
