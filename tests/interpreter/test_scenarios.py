"""A choice among a few known values is followed for each of them, and what is found says for which."""

from __future__ import annotations

import pytest

from layoutlint.engine.judge import Options, judge
from layoutlint.engine.rules import builtin
from layoutlint.model.findings import Confidence
from layoutlint.model.graph import Scenario
from tests.interpreter.snippets import graph_of

HEAD = "import os\nimport settings\nimport keras\nfrom keras import layers\n"

WIDTHS = {
    "an expression": (
        "width = 8 if settings.small else 64\nx = layers.Dense(width)(keras.Input((4,)))\n",
        [(None, 8), (None, 64)],
    ),
    "a branch": (
        "if settings.name == 'a':\n    shape, width = (28, 28, 1), 4\n"
        "elif settings.name == 'b':\n    shape, width = (32, 32, 3), 8\nelse:\n    raise ValueError\n"
        "i = keras.Input(shape)\nx = layers.Flatten()(i)\nx = layers.Dense(width)(x)\n",
        [(None, 4), (None, 8)],
    ),
    "settings of a class or its small variant": (
        "class Config:\n    WIDTH = 64\nclass Small(Config):\n    WIDTH = 8\n"
        "def build(config):\n    return layers.Dense(config.WIDTH)(keras.Input((4,)))\n"
        "config = Small() if settings.small else Config()\nbuild(config)\n",
        [(None, 8), (None, 64)],
    ),
    "a function that returns either": (
        "def width_of():\n    if settings.small:\n        return 8\n    return 64\n"
        "width = width_of()\nlayers.Dense(width)(keras.Input((4,)))\n",
        [(None, 8), (None, 64)],
    ),
    "a table with an unknown key": (
        "width = {'small': 8, 'large': 64}[settings.size]\nlayers.Dense(width)(keras.Input((4,)))\n",
        [(None, 8), (None, 64)],
    ),
    "a data format": (
        "order = 'channels_first' if settings.gpu else 'channels_last'\n"
        "i = keras.Input((8, 8, 8))\nx = layers.MaxPooling2D(2, data_format=order)(i)\nlayers.Dense(3)(x)\n",
        [(None, 8, 4, 3), (None, 4, 4, 3)],
    ),
    "an environment variable with a default": (
        "width = int(os.environ.get('WIDTH', '16'))\nlayers.Dense(width)(keras.Input((4,)))\n"
        "layers.Dense(int(os.getenv('WIDTH', 8)))(keras.Input((4,)))\n",
        [(None, 16), (None, 8)],
    ),
    "settings that the command line may change": (
        "import sys\noptions = {'width': 16}\n"
        "for word in sys.argv[1:]:\n    key, value = word.split('=')\n    options[key] = int(value)\n"
        "layers.Dense(options['width'])(keras.Input((4,)))\n",
        [(None, 16)],
    ),
    "options of getopt": (
        "import getopt, sys\nwidth = 16\noptions, rest = getopt.getopt(sys.argv[1:], 'w:')\n"
        "for name, value in options:\n    width = int(value)\n"
        "layers.Dense(width)(keras.Input((4,)))\n",
        [(None, 16)],
    ),
}


@pytest.mark.parametrize("name", WIDTHS)
def test_every_size_is_known(name):
    text, wanted = WIDTHS[name]
    calls = [call for call in graph_of(HEAD + text).calls if call.layer.class_name == "Dense"]
    assert [call.output_tensors[0].shape.sizes for call in calls] == wanted


def conditions_of(text: str) -> list[tuple[str, tuple[str, ...]]]:
    found = judge(graph_of(HEAD + text), builtin(), Options(min_confidence=Confidence.MEDIUM))
    return [(finding.rule, finding.conditions) for finding in found]


SIZE = "size = 28 if settings.small else 224\ni = keras.Input((size, size, 3))\n"


def test_what_holds_for_one_value_says_for_which():
    text = SIZE + "x = layers.Conv2D(8, 40)(i)\n"
    assert conditions_of(text) == [("kernel-wider-than-input", ("settings.small",))]


def test_what_holds_for_every_value_holds_without_a_condition():
    text = SIZE + "x = layers.Conv2D(8, 300)(i)\n"
    assert conditions_of(text) == [("kernel-wider-than-input", ())]


def test_what_does_not_depend_on_the_choice_is_found_as_before():
    text = SIZE + "x = layers.Conv2D(8, 3, padding='full')(keras.Input((9, 9, 3)))\ny = layers.Flatten()(i)\n"
    assert conditions_of(text) == [("refused-call", ())]


def test_a_condition_that_was_chosen_stays_chosen():
    text = (
        SIZE + "if settings.small:\n    x = layers.Conv2D(8, 3)(i)\nelse:\n    x = layers.Conv2D(8, 40)(i)\n"
    )
    assert conditions_of(text) == []


ANOTHER = {
    "a name": "small = settings.first()\nsize = 28 if small else 224\nsmall = settings.second()\n",
    "an attribute": (
        "class A:\n    pass\na = A()\na.small = settings.first()\n"
        "size = 28 if a.small else 224\na.small = settings.second()\n"
    ),
    "a number that is drawn": "import random\nsize = 28 if random.random() < 0.5 else 224\n",
    "a parameter of the same name": (
        "def block(x, small):\n    if small:\n        return layers.Conv2D(8, 3)(x)\n"
        "    return layers.Conv2D(8, 40)(x)\n"
        "small = settings.first()\nsize = 28 if small else 224\n"
    ),
}
TESTS = {
    "a name": "small",
    "an attribute": "a.small",
    "a number that is drawn": "random.random() < 0.5",
}


@pytest.mark.parametrize("name", ANOTHER)
def test_a_condition_on_another_value_is_not_decided(name):
    """Each kernel may meet each image, so each of the four calls is there: one of them is refused."""
    text = ANOTHER[name] + "i = keras.Input((size, size, 3))\n"
    if name in TESTS:
        text += f"if {TESTS[name]}:\n    x = layers.Conv2D(8, 3)(i)\nelse:\n    x = layers.Conv2D(8, 40)(i)\n"
    else:
        text += "x = block(i, settings.third())\n"
    calls = [call for call in graph_of(HEAD + text).calls if call.layer.class_name == "Conv2D"]
    assert len(calls) == 4
    assert [call for call in calls if call.error is not None] != []


def test_another_condition_may_decide_the_same():
    text = "size = {'a': 28, 'b': 224}[settings.name]\ni = keras.Input((size, size, 3))\n"
    text += "if settings.name == 'b':\n    x = layers.Conv2D(8, 40)(i)\n"
    assert conditions_of(text) == []


def test_choices_in_choices_end():
    text = "".join(f"w{n} = 8 if settings.f{n} else 64\n" for n in range(30))
    text += "x = keras.Input((4,))\n" + "".join(f"x = layers.Dense(w{n})(x)\n" for n in range(30))
    assert not graph_of(HEAD + text).notes


def test_a_round_that_stands_for_any_number_of_them_makes_its_own_choice():
    text = (
        "x = keras.Input((4,))\nfor place in range(settings.count):\n"
        "    if place == 0:\n        width = 8\n    else:\n        width = 4\n"
        "    x = layers.Dense(width)(x)\n"
    )
    calls = graph_of(HEAD + text).calls
    assert [call for call in calls if any(isinstance(each, Scenario) for each in call.conditions)] == []
