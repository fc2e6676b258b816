"""Configurations of Keras 1 and early Keras 2, written as they stand in files of that time, which no Keras
that can
be installed here still writes. The expected shapes are computed by the same model in Keras 3.
"""

from __future__ import annotations

import json

import h5py
import keras
import numpy as np
import pytest
from keras import layers

from layoutlint.readers.formats import read_model
from tests.oracle.models import read_shapes, truth


def _shapes(tmp_path, config):
    with h5py.File(tmp_path / "old.h5", "w") as file:
        file.attrs["model_config"] = json.dumps(config).encode()
        file.attrs["keras_version"] = b"1.2.2"
    return read_shapes(read_model(tmp_path / "old.h5"), trust_file=False)


KERAS_1 = {
    "class_name": "Sequential",
    "config": [
        {
            "class_name": "Convolution1D",
            "config": {
                "name": "convolution1d_1",
                "trainable": True,
                "batch_input_shape": [None, 100, 3],
                "input_dtype": "float32",
                "nb_filter": 32,
                "filter_length": 5,
                "init": "glorot_uniform",
                "activation": "relu",
                "border_mode": "same",
                "subsample_length": 2,
                "W_regularizer": None,
                "b_regularizer": None,
                "activity_regularizer": None,
                "W_constraint": None,
                "b_constraint": None,
                "bias": True,
                "input_dim": 3,
                "input_length": 100,
            },
        },
        {
            "class_name": "MaxPooling1D",
            "config": {
                "name": "maxpooling1d_1",
                "trainable": True,
                "pool_length": 4,
                "stride": 4,
                "border_mode": "valid",
            },
        },
        {
            "class_name": "LSTM",
            "config": {
                "name": "lstm_1",
                "trainable": True,
                "output_dim": 7,
                "init": "glorot_uniform",
                "inner_init": "orthogonal",
                "forget_bias_init": "one",
                "activation": "tanh",
                "inner_activation": "hard_sigmoid",
                "return_sequences": True,
                "go_backwards": False,
                "stateful": False,
                "unroll": False,
                "consume_less": "cpu",
                "W_regularizer": None,
                "U_regularizer": None,
                "b_regularizer": None,
                "dropout_W": 0.0,
                "dropout_U": 0.0,
                "input_dim": 32,
                "input_length": None,
            },
        },
        {
            "class_name": "Dense",
            "config": {
                "name": "dense_1",
                "trainable": True,
                "output_dim": 2,
                "init": "glorot_uniform",
                "activation": "linear",
                "W_regularizer": None,
                "b_regularizer": None,
                "activity_regularizer": None,
                "W_constraint": None,
                "b_constraint": None,
                "bias": True,
                "input_dim": 7,
            },
        },
    ],
}


def test_keras_1(tmp_path):
    model = keras.Sequential(
        [
            layers.Input((100, 3)),
            layers.Conv1D(32, 5, padding="same", strides=2, name="convolution1d_1"),
            layers.MaxPooling1D(4, name="maxpooling1d_1"),
            layers.LSTM(7, return_sequences=True, name="lstm_1"),
            layers.Dense(2, name="dense_1"),
        ]
    )
    assert _shapes(tmp_path, KERAS_1) == truth(model)


def _convolution(name, **config):
    return {
        "class_name": "Conv2D",
        "name": name,
        "config": {"name": name, "trainable": True, "kernel_size": [3, 3], **config},
    }


@pytest.mark.parametrize("class_name", ["Model", "Functional"])
def test_a_shared_model_counted_from_one(tmp_path, class_name):
    """``Model`` is what Keras 2 called a functional model; a nested one's own making is call number 0."""
    image = {"class_name": "InputLayer", "config": {"batch_input_shape": [None, 8, 8, 3], "name": "image"}}
    inner = {
        "class_name": class_name,
        "name": "inner",
        "config": {
            "name": "inner",
            "layers": [
                {**image, "name": "image", "inbound_nodes": []},
                {**_convolution("conv", filters=4), "inbound_nodes": [[["image", 0, 0, {}]]]},
            ],
            "input_layers": [["image", 0, 0]],
            "output_layers": [["conv", 0, 0]],
        },
    }
    inputs = [
        {**image, "name": name, "inbound_nodes": [], "config": {**image["config"], "name": name}}
        for name in ("left", "right")
    ]
    outer = {
        "class_name": class_name,
        "config": {
            "name": "outer",
            "layers": [
                *inputs,
                {**inner, "inbound_nodes": [[["left", 0, 0, {}]], [["right", 0, 0, {}]]]},
                {
                    "class_name": "Concatenate",
                    "name": "both",
                    "config": {"name": "both", "trainable": True, "axis": -1},
                    "inbound_nodes": [[["inner", 1, 0, {}], ["inner", 2, 0, {}]]],
                },
            ],
            "input_layers": [["left", 0, 0], ["right", 0, 0]],
            "output_layers": [["both", 0, 0]],
        },
    }
    x = keras.Input((8, 8, 3))
    model = keras.Model(x, layers.Conv2D(4, 3, name="conv")(x), name="inner")
    left, right = keras.Input((8, 8, 3)), keras.Input((8, 8, 3))
    joined = layers.Concatenate(name="both")([model(left), model(right)])
    assert _shapes(tmp_path, outer) == truth(keras.Model([left, right], joined))


def test_an_embedding_that_names_its_length(tmp_path):
    config = {
        "class_name": "Sequential",
        "config": {
            "name": "sequential_1",
            "layers": [
                {
                    "class_name": "Embedding",
                    "config": {
                        "name": "embedding_1",
                        "trainable": True,
                        "batch_input_shape": [None, 50],
                        "dtype": "float32",
                        "input_dim": 1000,
                        "output_dim": 16,
                        "embeddings_initializer": {
                            "class_name": "RandomUniform",
                            "config": {"minval": -0.05, "maxval": 0.05, "seed": None},
                        },
                        "mask_zero": False,
                        "input_length": 50,
                    },
                },
                {
                    "class_name": "Bidirectional",
                    "config": {
                        "name": "bidirectional_1",
                        "trainable": True,
                        "layer": {
                            "class_name": "CuDNNGRU",
                            "config": {
                                "name": "cu_dnngru_1",
                                "trainable": True,
                                "return_sequences": True,
                                "return_state": False,
                                "go_backwards": False,
                                "stateful": False,
                                "units": 6,
                            },
                        },
                        "merge_mode": "concat",
                    },
                },
                {"class_name": "Attention", "config": {"name": "own", "trainable": True, "step_dim": 50}},
            ],
        },
    }
    model = keras.Sequential(
        [
            layers.Input((50,)),
            layers.Embedding(1000, 16, name="embedding_1"),
            layers.Bidirectional(layers.GRU(6, return_sequences=True), name="bidirectional_1"),
        ]
    )
    # a class of the user's own that only has the name of one of Keras: old files do not say whose it is
    assert _shapes(tmp_path, config) == {**truth(model), "own": [[None]]}


def _layer(class_name, name, before=None, **config):
    written = {"class_name": class_name, "name": name, "config": {"name": name, **config}}
    return {**written, "inbound_nodes": [[[before, 0, 0]]] if before else []}


@pytest.mark.parametrize("order", ["th", "tf"])
def test_layers_without_a_stored_order_have_that_of_the_others(tmp_path, order):
    """Keras 1 stored none for upsampling, padding and cropping."""
    convolution = {"nb_filter": 6, "nb_row": 3, "nb_col": 3, "border_mode": "same", "dim_ordering": order}
    shape = (3, 24, 20) if order == "th" else (24, 20, 3)
    members = [
        _layer("InputLayer", "image", batch_input_shape=[None, *shape], input_dtype="float32"),
        _layer("ZeroPadding2D", "pad", "image", padding=[2, 2]),
        _layer("Convolution2D", "conv", "pad", **convolution),
        _layer("UpSampling2D", "up", "conv", size=[2, 2]),
        _layer("Convolution2D", "last", "up", **convolution),
    ]
    ends = {"input_layers": [["image", 0, 0]], "output_layers": [["last", 0, 0]]}
    found = _shapes(tmp_path, {"class_name": "Model", "config": {"name": "m", "layers": members, **ends}})
    data_format = "channels_first" if order == "th" else "channels_last"
    image = keras.Input(shape, name="image")
    x = layers.ZeroPadding2D(2, data_format=data_format, name="pad")(image)
    x = layers.Conv2D(6, 3, padding="same", data_format=data_format, name="conv")(x)
    x = layers.UpSampling2D(2, data_format=data_format, name="up")(x)
    x = layers.Conv2D(6, 3, padding="same", data_format=data_format, name="last")(x)
    assert found == truth(keras.Model(image, x))


def _branch(number, width):
    config = {"name": f"dense_{number}", "output_dim": 8, "batch_input_shape": [None, width]}
    return {"class_name": "Sequential", "config": [{"class_name": "Dense", "config": config}]}


MERGED = {
    "keras_version": "1.2.2",
    "class_name": "Sequential",
    "config": [
        {
            "class_name": "Merge",
            "config": {
                "name": "merge_1",
                "mode": "concat",
                "concat_axis": -1,
                "mode_type": "raw",
                "arguments": {},
                "layers": [_branch(1, 3), _branch(2, 4)],
            },
        },
        {"class_name": "Dense", "config": {"name": "dense_3", "output_dim": 5}},
    ],
}


def test_a_sequential_that_begins_with_merged_models(tmp_path):
    """Its inputs are those of both models, and what follows is of known shape."""
    (tmp_path / "merged.json").write_text(json.dumps(MERGED))
    first, second = keras.Input((3,)), keras.Input((4,))
    joined = layers.Concatenate(name="merge_1")(
        [layers.Dense(8, name="dense_1")(first), layers.Dense(8, name="dense_2")(second)]
    )
    outputs = layers.Dense(5, name="dense_3")(joined)
    graph = read_model(tmp_path / "merged.json")
    assert [tensor.shape.sizes for tensor in graph.models[-1].input_tensors] == [(None, 3), (None, 4)]
    assert [tensor.shape.sizes for tensor in graph.calls[-1].output_tensors] == [tuple(outputs.shape)]


def test_a_sequential_that_was_built_on_a_list(tmp_path):
    model = keras.Sequential([layers.Concatenate(), layers.Dense(5)])
    answer = model([np.zeros((2, 3)), np.zeros((2, 4))])
    (tmp_path / "list.json").write_text(model.to_json())
    graph = read_model(tmp_path / "list.json")
    assert [tensor.shape.sizes for tensor in graph.models[-1].input_tensors] == [(None, 3), (None, 4)]
    assert [tensor.shape.sizes for tensor in graph.calls[-1].output_tensors] == [(None, *answer.shape[1:])]
