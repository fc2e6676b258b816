"""Both sides of an unknown condition: what the one does to an object is undone for the other, then joined."""

from __future__ import annotations

import pytest

from layoutlint.model.errors import ErrorKind
from tests.interpreter.snippets import UNKNOWN, graph_of, sizes_of_x

PREAMBLE = """import settings
from keras import Input, Model, Sequential, layers
layer = layers.Dense(3)
model = Sequential()
"""
LEFT_ALONE = [
    ("a use of a layer", "layer(Input((4,)))", "layer(Input((5,)))\n    x = layer.input", (None, 5)),
    (
        "a member of a model",
        "model.add(Input((4,)))",
        "model.add(Input((5,)))\n    x = model.output",
        (None, 5),
    ),
    ("an attribute", "layer.sizes = 4", "x = Input((5,))\n    layer.sizes = 4", (None, 5)),
    ("an item of a list", "sizes[0] = 4", "x = Input((sizes[0],))", (None, 5)),
]


@pytest.mark.parametrize(
    ("one", "other", "sizes"), [case[1:] for case in LEFT_ALONE], ids=[case[0] for case in LEFT_ALONE]
)
def test_one_side_does_not_see_the_other(one, other, sizes):
    code = f"{PREAMBLE}sizes = [5]\nif settings.early:\n    {one}\n    x = Input((9,))\nelse:\n    {other}\n"
    ending = "    Input(batch_shape=x.shape, name='the_end')\n"
    layer = next(layer for layer in graph_of(code + ending).layers if layer.name == "the_end")
    assert layer.config["batch_shape"] == sizes


JOINED = [
    ("x = layer(Input((4,)))", "x = layer(Input((4, 4)))", UNKNOWN),
    ("x = layer(Input((4, 4)))", "x = layer(Input((5, 4)))", (None, UNKNOWN, 3)),
    ("layer(Input((4,)))\n    x = layer.input", "x = Input((4,))", (None, 4)),
]


@pytest.mark.parametrize(("one", "other", "sizes"), JOINED)
def test_what_holds_on_either_side(one, other, sizes):
    # what is defined behind the branch is called later: from there on, the sides are joined
    ending = "def later():\n    pass\n"
    assert sizes_of_x(f"{PREAMBLE}if settings.early:\n    {one}\nelse:\n    {other}\n{ending}") == sizes


def test_a_layer_is_built_on_one_side_alone():
    """Keras refuses an undefined last axis, unless the layer has its weights already."""
    graph = graph_of(
        f"{PREAMBLE}if settings.early:\n    layer.build((None, 4))\n    layer(Input((None,)))\n"
        "else:\n    layer(Input((None,)))\n"
    )
    errors = [
        call.error.kind if call.error else None for call in graph.calls if call.layer.class_name == "Dense"
    ]
    assert errors == [None, ErrorKind.UNDEFINED]


def test_a_layer_that_one_side_builds_may_not_be_built():
    graph = graph_of(f"{PREAMBLE}if settings.early:\n    layer.build((None, 4))\nlayer(Input((None,)))\n")
    assert [call.error.kind for call in graph.calls if call.error] == [ErrorKind.UNDEFINED]


@pytest.mark.parametrize(
    ("one", "other", "name"),
    [
        ("a, b, name='early'", "a, b", None),
        ("a, b", "a, b, name='late'", None),
        ("a, b, name='net'", "a, b, name='net'", "net"),
    ],
)
def test_a_model_has_the_name_on_which_both_sides_agree(one, other, name):
    graph = graph_of(
        f"""{PREAMBLE}
class Net(Model):
    def __init__(self):
        a = Input((4,))
        b = layer(a)
        if settings.early:
            super().__init__({one})
        else:
            super().__init__({other})

Net()
"""
    )
    assert [model.name for model in graph.models if model.class_name == "Net"] == [name]


FIRST, LAST = (
    "keras.config.set_image_data_format('channels_first')",
    'keras.config.set_image_data_format("channels_last")',
)


@pytest.mark.parametrize(
    ("before", "sizes"),
    [
        ("", (None, 6, 7, 4)),
        (FIRST, (None, 4, 7, 8)),
        (f"if settings.theano:\n    {FIRST}", (None, UNKNOWN, UNKNOWN, UNKNOWN)),
        (f"if settings.theano:\n    {FIRST}\nelse:\n    {LAST}", (None, UNKNOWN, UNKNOWN, UNKNOWN)),
        (f"if settings.theano:\n    {FIRST}\nelse:\n    {FIRST}", (None, 4, 7, 8)),
        (f"if settings.theano:\n    {FIRST}\n{LAST}", (None, 6, 7, 4)),
        (f"if 1 > 2:\n    {FIRST}", (None, 6, 7, 4)),
        (f"def set_up():\n    {FIRST}\nset_up()", (None, 4, 7, 8)),
    ],
)
def test_the_data_format_is_what_either_side_sets(before, sizes):
    code = f"import keras\n{PREAMBLE}{before}\nx = layers.Conv2D(4, 3)(Input((8, 9, 10)))\n"
    assert sizes_of_x(code) == sizes


LOADER = """import os
from keras import Input
def load(path):
    if path.endswith("txt"):
        return None
    return np.zeros((6, 4))
found = []
"""
FILL = "        found.append(one)\nx = np.array(found)"
EACH = "for path in os.listdir():\n    one, other = load(path), load(path)\n"
NOT_NONE = [
    f"{EACH}    if one is not None:\n{FILL}",
    f"{EACH}    if one is None:\n        continue\n    if True:\n{FILL}",
    f"{EACH}    if path and not (one is None):\n{FILL}",
    f"{EACH}    if (one := load(path)) is not None:\n{FILL}",
    f"while (one := load(input())) is not None:\n{FILL}",
    f"{EACH}    one = one if one is not None else other\n    if one:\n{FILL}",
    f"{EACH}    found.append(np.ones((6, 4)) if one is None else one)\nx = np.array(found)",
]


@pytest.mark.parametrize("code", NOT_NONE)
def test_what_is_not_none_is_known(code):
    assert sizes_of_x(LOADER + code) == (UNKNOWN, 6, 4)


@pytest.mark.parametrize(
    "test", ["one is not None or path", "one is None", "path", "one == path", "other is not None"]
)
def test_what_may_be_none_stays_so(test):
    assert sizes_of_x(f"{LOADER}{EACH}    if {test}:\n{FILL}") == UNKNOWN


CHOSEN = "def build(n, m, first):\n    x = Input((20, 8))\n    cls = {cls}\n{body}"
CALLED_UNDER = {
    "the condition that chose it": (
        "layers.LSTM if n > 3 else layers.Dense",
        "    if n > 3:\n        cls(4)(x)\n",
        ["LSTM"],
    ),
    "one of several on one side": (
        "(layers.LSTM if first else layers.Dense) if n > 3 else layers.LSTM",
        "    if n > 3:\n        cls(4)(x)\n",
        ["Dense", "LSTM"],
    ),
    "a condition written alike, of another value": (
        "layers.LSTM if n > 3 else layers.Dense",
        "    n = m\n    if n > 3:\n        cls(4)(x)\n",
        ["Dense", "LSTM"],
    ),
    "a condition of another function, written alike": (
        "layers.LSTM if n > 3 else layers.Dense",
        "    call(cls, m, x)\ndef call(cls, n, x):\n    if n > 3:\n        cls(4)(x)\n",
        ["Dense", "LSTM"],
    ),
}


@pytest.mark.parametrize(("cls", "body", "called"), CALLED_UNDER.values(), ids=CALLED_UNDER)
def test_what_a_condition_chose_is_called_under_another(cls, body, called):
    graph = graph_of(PREAMBLE + CHOSEN.format(cls=cls, body=body))
    assert sorted({call.layer.class_name for call in graph.calls} - {"InputLayer"}) == called
