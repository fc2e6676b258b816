"""Every layer class that either Keras can save, in a file of each format: it binds, and has Keras's shape."""

from __future__ import annotations

import pytest

from layoutlint.readers.formats import read_model
from tests.oracle.models import read_shapes, truth, truth_of_keras_2

SEQUENCE, IMAGE, VOLUME, FLAT = (12, 6), (12, 12, 4), (8, 8, 8, 4), (6,)

BOTH = [
    # class, arguments, input shape
    ("Activation", {"activation": "relu"}, FLAT),
    ("ActivityRegularization", {"l1": 0.1}, FLAT),
    ("AlphaDropout", {"rate": 0.1}, FLAT),
    ("AveragePooling1D", {"pool_size": 3, "strides": 2}, SEQUENCE),
    ("AveragePooling2D", {"pool_size": 2, "padding": "same"}, IMAGE),
    ("AveragePooling3D", {"pool_size": 2}, VOLUME),
    ("BatchNormalization", {"axis": 1}, IMAGE),
    ("BatchNormalization", {}, IMAGE),
    ("Conv1D", {"filters": 4, "kernel_size": 3, "padding": "causal", "dilation_rate": 2}, SEQUENCE),
    ("Conv1DTranspose", {"filters": 4, "kernel_size": 3, "strides": 2}, SEQUENCE),
    ("Conv2D", {"filters": 4, "kernel_size": (3, 2), "strides": 2, "groups": 2}, IMAGE),
    ("Conv2DTranspose", {"filters": 4, "kernel_size": 3, "strides": 2, "padding": "same"}, IMAGE),
    ("Conv3D", {"filters": 4, "kernel_size": 3}, VOLUME),
    ("Conv3DTranspose", {"filters": 4, "kernel_size": 3}, VOLUME),
    ("ConvLSTM1D", {"filters": 4, "kernel_size": 3}, (5, 12, 6)),
    ("ConvLSTM2D", {"filters": 4, "kernel_size": 3, "return_sequences": True}, (5, 12, 12, 4)),
    ("Cropping1D", {"cropping": (1, 2)}, SEQUENCE),
    ("Cropping2D", {"cropping": ((1, 2), (0, 3))}, IMAGE),
    ("Cropping3D", {"cropping": 1}, VOLUME),
    ("Dense", {"units": 3, "activation": "relu"}, SEQUENCE),
    ("DepthwiseConv1D", {"kernel_size": 3, "depth_multiplier": 2}, SEQUENCE),
    ("DepthwiseConv2D", {"kernel_size": 3, "depth_multiplier": 2}, IMAGE),
    ("Dropout", {"rate": 0.1}, FLAT),
    ("ELU", {}, FLAT),
    ("EinsumDense", {"equation": "abc,cd->abd", "output_shape": (12, 9)}, SEQUENCE),
    ("Embedding", {"input_dim": 10, "output_dim": 7}, (5,)),
    ("Flatten", {}, IMAGE),
    ("GRU", {"units": 5, "return_state": True}, SEQUENCE),
    ("GaussianDropout", {"rate": 0.1}, FLAT),
    ("GaussianNoise", {"stddev": 0.1}, FLAT),
    ("GlobalAveragePooling1D", {}, SEQUENCE),
    ("GlobalAveragePooling2D", {"keepdims": True}, IMAGE),
    ("GlobalMaxPooling3D", {}, VOLUME),
    ("GroupNormalization", {"groups": 2}, IMAGE),
    ("LSTM", {"units": 5, "return_sequences": True, "go_backwards": True}, SEQUENCE),
    ("LayerNormalization", {"axis": [1, 2]}, IMAGE),
    ("LayerNormalization", {}, IMAGE),
    ("LeakyReLU", {}, FLAT),
    ("Masking", {}, SEQUENCE),
    ("MaxPooling1D", {}, SEQUENCE),
    ("MaxPooling2D", {"data_format": "channels_first"}, IMAGE),
    ("MaxPooling3D", {}, VOLUME),
    ("PReLU", {"shared_axes": [1]}, SEQUENCE),
    ("Permute", {"dims": (3, 1, 2)}, IMAGE),
    ("ReLU", {"max_value": 6.0}, FLAT),
    ("RepeatVector", {"n": 4}, FLAT),
    ("Rescaling", {"scale": 0.5}, IMAGE),
    ("Reshape", {"target_shape": (-1, 2)}, SEQUENCE),
    ("Resizing", {"height": 5, "width": 7}, IMAGE),
    ("CenterCrop", {"height": 5, "width": 7}, IMAGE),
    ("RandomCrop", {"height": 5, "width": 7}, IMAGE),
    ("RandomFlip", {}, IMAGE),
    ("RandomRotation", {"factor": 0.1}, IMAGE),
    ("RandomZoom", {"height_factor": 0.1}, IMAGE),
    ("RandomTranslation", {"height_factor": 0.1, "width_factor": 0.1}, IMAGE),
    ("SeparableConv1D", {"filters": 4, "kernel_size": 3}, SEQUENCE),
    ("SeparableConv2D", {"filters": 4, "kernel_size": 3, "strides": 2}, IMAGE),
    ("SimpleRNN", {"units": 5}, SEQUENCE),
    ("Softmax", {"axis": 1}, SEQUENCE),
    ("SpatialDropout1D", {"rate": 0.1}, SEQUENCE),
    ("UnitNormalization", {}, SEQUENCE),
    ("UpSampling1D", {"size": 3}, SEQUENCE),
    ("UpSampling2D", {"size": (2, 3), "interpolation": "bilinear"}, IMAGE),
    ("UpSampling3D", {}, VOLUME),
    ("ZeroPadding1D", {"padding": (1, 2)}, SEQUENCE),
    ("ZeroPadding2D", {"padding": ((1, 2), (0, 3))}, IMAGE),
    ("ZeroPadding3D", {"padding": 2}, VOLUME),
    ("CategoryEncoding", {"num_tokens": 5, "output_mode": "multi_hot"}, (3,)),
]

ONLY_KERAS_2 = [
    ("LocallyConnected1D", {"filters": 4, "kernel_size": 3}, SEQUENCE),
    ("LocallyConnected2D", {"filters": 4, "kernel_size": 3}, IMAGE),
    ("ThresholdedReLU", {}, FLAT),
    ("LSTM", {"units": 5, "time_major": True, "return_sequences": True}, SEQUENCE),
    ("BatchNormalization", {"renorm": True}, IMAGE),
]

UNKNOWN_ON_PURPOSE = {"time_major"}


def _keras_3(name, arguments, shape):
    import keras

    x = keras.Input(shape)
    return keras.Model(x, getattr(keras.layers, name)(**arguments)(x))


def _keras_2(name, arguments, shape):
    import tf_keras

    x = tf_keras.Input(shape)
    return tf_keras.Model(x, getattr(tf_keras.layers, name)(**arguments)(x))


@pytest.mark.parametrize("extension", [".keras", ".h5"])
@pytest.mark.parametrize(("name", "arguments", "shape"), BOTH)
def test_keras_3(tmp_path, name, arguments, shape, extension):
    model = _keras_3(name, arguments, shape)
    _assert_exact(model, truth(model), tmp_path / f"model{extension}", name)


@pytest.mark.parametrize("extension", [".keras", ".h5"])
@pytest.mark.parametrize(("name", "arguments", "shape"), [*BOTH, *ONLY_KERAS_2])
def test_keras_2(tmp_path, name, arguments, shape, extension):
    model = _keras_2(name, arguments, shape)
    unknown = UNKNOWN_ON_PURPOSE & arguments.keys()
    expected = {path: [[None]] for path in truth_of_keras_2(model)} if unknown else truth_of_keras_2(model)
    _assert_exact(model, expected, tmp_path / f"model{extension}", None if unknown else name)


def _assert_exact(model, expected, path, name):
    model.save(path)
    graph = read_model(path)
    assert read_shapes(graph, trust_file=False) == expected
    assert read_shapes(graph) == expected
    if name is not None:
        assert [layer.class_name for layer in graph.layers] == ["InputLayer", name]
