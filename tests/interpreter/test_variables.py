"""A variable that is made to hold a place has the shape of what the program gives it later."""

from __future__ import annotations

import pytest

from tests.interpreter.snippets import UNKNOWN, sizes_of_x

START = "from keras import backend as K\ns = K.variable(np.zeros((1, 1)))\n"
OPEN = "s = tf.Variable(np.zeros((1, 1)), shape=tf.TensorShape(None))\n"
TWO = "from keras import backend as K\npair = [K.variable(np.zeros((1, 1))) for _ in range(2)]\n"
GIVEN = "given = [np.ones((8, 4)), np.ones((8, 1))]\n"


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        (f"{START}x = s", (1, 1)),
        (f"{START}s.set_value(np.ones((8, 4)))\nx = s", (8, 4)),
        (f"{START}s.set_value(np.ones((8, 4)))\nx = s[2:6]", (4, 4)),
        (f"{START}s.set_value(unknown)\nx = s", UNKNOWN),
        (f"{START}K.set_value(s, np.ones((8, 4)))\nx = s.get_value()", (8, 4)),
        (f"{START}K.batch_set_value([(s, np.ones((8, 4)))])\nx = K.get_value(s)", (8, 4)),
        (f"{START}K.update(s, np.ones((8, 4)))\nx = -s", (8, 4)),
        (f"{START}t = s\nt.set_value(np.ones((8, 4)))\nx = s * 2", (8, 4)),
        (f"{START}if unknown:\n    s.set_value(np.ones((1, 4)))\nx = s", (1, UNKNOWN)),
        (f"{START}def fill(v):\n    v.set_value(np.ones((8, 4)))\nfill(s)\nx = s", (8, 4)),
        (f"{TWO}{GIVEN}for v, g in zip(pair, given):\n    v.set_value(g)\nx = pair[0][0:2]", (2, 4)),
        (f"{TWO}for v, g in zip(pair, unknown):\n    v.set_value(g)\nx = pair[0][0:2]", UNKNOWN),
        (f"{TWO}for v in pair:\n    K.set_value(v, unknown)\nx = pair[1]", UNKNOWN),
        (f"{TWO}{GIVEN}for i in range(2):\n    pair[i].set_value(given[i])\nx = pair[0]", (8, 4)),
        (f"{TWO}pair[i].set_value(np.ones((1, 4)))\nx = pair[0]", (1, UNKNOWN)),
        (f"{TWO}K.set_value(pair[i], np.ones((1, 4)))\nx = pair[0]", UNKNOWN),
        (
            f"{START}class Store:\n    def __init__(self):\n        self.held = s\nstore = Store()\n"
            "store.held.set_value(np.ones((8, 4)))\nx = store.held",
            (8, 4),
        ),
        (f"{OPEN}s.assign(np.ones((8, 4)))\nx = s", (8, 4)),
        (f"{OPEN}s.assign(np.ones((8, 4)))\ns.assign_add(np.ones((8, 4)))\nx = s.numpy()", (8, 4)),
        ("s = tf.Variable(np.zeros((2, 3)))\ns.assign(unknown)\nx = s", (2, 3)),
        (f"{START}x = Input(tensor=s)", (1, 1)),
    ],
)
def test_of_what_it_holds(code: str, expected: object) -> None:
    assert sizes_of_x(code) == expected
