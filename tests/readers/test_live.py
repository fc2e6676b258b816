"""Models in memory: any object that answers as a Keras model does."""

from __future__ import annotations

import subprocess
import sys

import keras
import pytest
from keras import layers

from layoutlint.model.unreadable import NothingToReadError, UnreadableError
from layoutlint.readers import live
from tests.oracle.models import read_shapes, truth, truth_of_keras_2
from tests.readers.conftest import keras_2_models, keras_3_models


def test_keras_3():
    for name, model in keras_3_models().items():
        graph = live.read(model)
        assert read_shapes(graph) == truth(model), name
        assert read_shapes(graph, trust_file=False) == truth(model), name


def test_keras_2():
    for name, model in keras_2_models().items():
        assert read_shapes(live.read(model)) == truth_of_keras_2(model), name


class Subclassed(keras.Model):
    def __init__(self):
        super().__init__()
        self.convolution = layers.Conv1D(4, 3, strides=2)
        self.head = keras.Sequential([layers.Flatten(), layers.Dense(7)])

    def call(self, inputs):
        return self.head(self.convolution(inputs))


def test_a_subclassed_model():
    model = Subclassed()
    model(keras.ops.zeros((2, 21, 3)))
    graph = live.read(model)
    assert graph.path == f"<{model.name}>"
    (convolution,) = [call for call in graph.calls if call.layer.class_name == "Conv1D"]
    assert str(convolution.interpretation) == "Conv1D: (batch, steps=21, input_dim=3)"
    assert convolution.outputs.shape.sizes == (None, 10, 4)
    (dense,) = [call for call in graph.calls if call.layer.class_name == "Dense"]
    assert dense.outputs.shape.sizes[1:] == (7,)
    assert "subclassed" in graph.notes[0]


def test_an_unbuilt_model():
    graph = live.read(keras.Sequential([layers.Conv1D(4, 3), layers.Dense(2)]))
    assert [call.layer.class_name for call in graph.calls] == ["Conv1D", "Dense"]
    assert graph.calls[1].outputs.shape.sizes[2] == 2


def test_what_is_no_model():
    with pytest.raises(UnreadableError, match="str is not a Keras model"):
        live.read("model")
    with pytest.raises(NothingToReadError):
        live.read(keras.Model())


def test_a_layer_of_the_users_own_that_cannot_be_saved():
    class Own(layers.Layer):
        def __init__(self, callback):
            super().__init__()
            self.callback = callback

        def call(self, inputs):
            return self.callback(inputs)

        def get_config(self):
            return {**super().get_config(), "callback": self.callback, "of": {1: object()}}

    x = keras.Input((10, 3))
    model = keras.Model(x, layers.Dense(2)(Own(lambda t: t[:, ::2])(x)))
    graph = live.read(model)
    (dense,) = [call for call in graph.calls if call.layer.class_name == "Dense"]
    assert dense.outputs.shape.sizes == (None, 5, 2)


def test_nothing_of_keras_is_imported():
    code = (
        "import sys, layoutlint.readers.live, layoutlint.readers.formats\n"
        "print([name for name in ('keras', 'tensorflow', 'h5py', 'pyfive', 'numpy') if name in sys.modules])"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout == "[]\n"
