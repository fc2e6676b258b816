"""Items of lists whose length is not known: what is not known of one need not be so of another."""

from __future__ import annotations

from tests.interpreter.snippets import graph_of

PYRAMID = """
from keras import layers, ops

class Pyramid(layers.Layer):
    def __init__(self, stages, dim):
        super().__init__()
        self.stages = stages
        self.projections = [layers.Conv2D(dim, 1) for _ in range(stages)]
        self.up = layers.UpSampling2D(2)

    def call(self, maps):
        states = [self.projections[i](m) for i, m in enumerate(maps)]
        y = states[-1]
        for i in range(self.stages - 1):
            y = ops.concatenate([self.up(y), states[self.stages - i - 2]], axis=-1)
        return y
"""


def test_two_items_are_not_taken_for_one():
    assert [call.error for call in graph_of(PYRAMID).calls if call.error] == []


def test_what_is_known_of_all_items_is_kept():
    joined = [call for call in graph_of(PYRAMID).calls if call.layer.class_name == "concatenate"]
    assert all(call.input_tensors[1].shape.rank == 4 for call in joined)
    assert {str(call.input_tensors[1].shape[-1].size) for call in joined} == {"dim"}


MEMORY = """
import numpy as np

class Memory:
    def __init__(self):
        self.states, self.rewards, self.names = [], [], ["start"]

    def add(self, reward: float, state=np.zeros(4)):
        self.states.append(np.asarray(state))
        self.rewards.append(reward)

    def batch(self):
        return np.array(self.states) * 1, np.array(self.rewards) * 1, np.array([0, 1]) * 1
"""


def test_a_list_that_a_method_fills_which_nothing_calls_has_any_number_of_items():
    products = [call for call in graph_of(MEMORY).calls if call.layer.class_name == "multiply"]
    assert [str(call.input_tensors[0].shape) for call in products] == ["(?, 4)", "(?,)", "(2,)"]


SLICED_AND_TURNED = """
import glob
import cv2
import numpy as np
from keras.utils import pad_sequences

class Pairs:
    def __init__(self, paths):
        self.paths = paths

    def __getitem__(self, index):
        return cv2.resize(cv2.imread(self.paths[index]), (64, 48)), np.zeros(7)

def loader(pairs, size):
    order = list(range(len(pairs.paths)))
    for start in range(0, len(order), size):
        images, labels = zip(*(pairs[i] for i in order[start:start + size]))
        yield np.stack(images), np.stack(labels)

for images, labels in loader(Pairs(sorted(glob.glob("*.png"))), 8):
    images * 1
    labels * 1
other, more, last = zip(*[(np.zeros(3), 1) for path in glob.glob("*.png")], [np.zeros(4), 2])
np.array(other) * 1
steps = [np.zeros((length, 6)) for length in map(len, glob.glob("*.png"))]
pad_sequences(steps[start:start + size], maxlen=40, dtype="float32") * 1
"""


def test_what_is_known_of_all_items_is_kept_in_a_slice_and_in_columns():
    products = [call for call in graph_of(SLICED_AND_TURNED).calls if call.layer.class_name == "multiply"]
    shapes = list(dict.fromkeys(str(call.input_tensors[0].shape) for call in products))
    assert shapes == ["(?, 48, 64, 3)", "(?, 7)", "(?, 40, 6)"]
