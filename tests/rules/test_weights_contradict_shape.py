"""Saved files whose declared shape is not the one that their weights were trained on, made of real ones."""

from __future__ import annotations

import json
import zipfile

import h5py
import keras
import numpy as np
import pytest
from keras import layers

from layoutlint.engine.judge import judge
from layoutlint.engine.rules import builtin
from layoutlint.readers.formats import read_model

RULES = builtin()
RULE = "weights-contradict-shape"


def _declare(config, shape):
    """The same model, said to be for another input, as somebody would write it by hand."""
    for layer in config["config"]["layers"]:
        layer.pop("build_config", None)
        if layer["class_name"] == "InputLayer":
            layer["config"]["batch_shape"] = list(shape)
    config.pop("build_config", None)


def _edited(model, folder, change):
    """The model's archive with its config.json changed."""
    model.save(folder / "trained.keras")
    with (
        zipfile.ZipFile(folder / "trained.keras") as trained,
        zipfile.ZipFile(folder / "edited.keras", "w") as edited,
    ):
        for name in trained.namelist():
            data = trained.read(name)
            if name == "config.json":
                config = json.loads(data)
                change(config)
                data = json.dumps(config).encode()
            edited.writestr(name, data)
    return folder / "edited.keras"


def _found(path):
    return [(f.rule, f.location.layer, f.message) for f in judge(read_model(path), RULES)]


def _refused(path, fed):
    """Whether real Keras loads the file, or takes this input then."""
    try:
        keras.models.load_model(path).predict(np.zeros(fed), verbose=0)
    except Exception:
        return True
    return False


def _sequence(*inside, shape):
    return keras.Sequential([keras.Input(shape), *inside, layers.Flatten(), layers.Dense(3, name="last")])


CHANGED = [
    (
        lambda: _sequence(layers.Conv1D(32, 3, padding="same", name="c1"), shape=(100, 64)),
        (None, 64, 100),
        "Conv1D was trained on 64 channels, but the file declares 100 channels: its kernel is (3, 64, 32), "
        "its input (None, 64, 100), and all weights fit (None, 100, 64)",
    ),
    (
        lambda: _sequence(layers.Conv1D(32, 3, name="c1"), shape=(100, 64)),
        (None, 6400, 1),
        "Conv1D was trained on 64 channels, but the file declares 1 channel: its kernel is (3, 64, 32), "
        "its input (None, 6400, 1)",
    ),
    (
        lambda: _sequence(layers.Conv1D(32, 3, groups=2, name="c1"), shape=(100, 64)),
        (None, 100, 32),
        "Conv1D was trained on 64 channels, but the file declares 32 channels: its kernel is (3, 32, 32), "
        "its input (None, 100, 32)",
    ),
    (
        # what else would be said of one step is a consequence
        lambda: _sequence(layers.Conv1D(32, 3, padding="same", name="c1"), shape=(6400, 1)),
        (None, 1, 6400),
        "Conv1D was trained on 1 channel, but the file declares 6400 channels: its kernel is (3, 1, 32), its "
        "input (None, 1, 6400), and all weights fit (None, 6400, 1)",
    ),
    (
        lambda: _sequence(layers.Conv2D(8, 3, padding="same", name="c1"), shape=(32, 32, 3)),
        (None, 3, 32, 32),
        "Conv2D was trained on 3 channels, but the file declares 32 channels: its kernel is (3, 3, 3, 8), "
        "its input (None, 3, 32, 32), and all weights fit (None, 32, 32, 3)",
    ),
    (
        lambda: _sequence(layers.Bidirectional(layers.LSTM(8), name="c1"), shape=(50, 12)),
        (None, 50, 8),
        "Bidirectional(LSTM) was trained on 12 features, but the file declares 8 features: its kernel is "
        "(12, 32), its input (None, 50, 8)",
    ),
    (
        lambda: _sequence(layers.SeparableConv1D(8, 3, name="c1"), shape=(50, 12)),
        (None, 50, 8),
        "SeparableConv1D was trained on 12 channels, but the file declares 8 channels: its depthwise_kernel "
        "is (3, 12, 1), its input (None, 50, 8)",
    ),
    (
        lambda: _sequence(layers.BatchNormalization(name="c1"), shape=(8, 6)),
        (None, 8, 5),
        "BatchNormalization was trained on 6 features, but the file declares 5 features: its gamma is (6,), "
        "its input (None, 8, 5)",
    ),
    (
        lambda: _sequence(layers.Dropout(0.1), shape=(100, 4)),
        (None, 200, 4),
        "Dense was trained on 400 features, but it gets 800 features: its kernel is (400, 3), its input "
        "(None, 800)",
    ),
]


@pytest.mark.parametrize(("build", "shape", "message"), CHANGED)
def test_another_shape_is_declared(build, shape, message, tmp_path):
    path = _edited(build(), tmp_path, lambda config: _declare(config, shape))
    assert _found(path) == [(RULE, "c1" if "Dense" not in message else "last", message)]
    assert _refused(path, (1, *shape[1:]))
    assert RULE not in {rule for rule, _, _ in _found(tmp_path / "trained.keras")}


def test_another_configuration(tmp_path):
    model = keras.Sequential(
        [keras.Input((20,)), layers.Embedding(50, 8, name="words"), layers.GRU(3, name="gru")]
    )

    def fewer_words(config):
        _declare(config, (None, 20))
        config["config"]["layers"][1]["config"]["input_dim"] = 40

    def wider(config):
        _declare(config, (None, 20))
        config["config"]["layers"][2]["config"]["units"] = 5

    path = _edited(model, tmp_path, fewer_words)
    assert _found(path) == [
        (
            RULE,
            "words",
            "the embeddings of Embedding does not fit its configuration and input (None, 20): it is (50, 8), "
            "not (40, 8)",
        )
    ]
    assert _refused(path, (1, 20))
    path = _edited(model, tmp_path, wider)
    assert [(rule, layer) for rule, layer, _ in _found(path)] == [(RULE, "gru")]
    assert _refused(path, (1, 20))


def test_a_layer_behind_one_that_contradicts_is_its_consequence(tmp_path):
    model = _sequence(layers.Conv1D(8, 3, name="c1"), layers.LSTM(4, name="c2"), shape=(100, 64))
    path = _edited(model, tmp_path, lambda config: _declare(config, (None, 90, 60)))
    assert [layer for _, layer, _ in _found(path)] == ["c1"]


def test_kernels_with_the_channels_first(tmp_path):
    """As a converter leaves them that copies PyTorch's weights without transposing them."""
    model = keras.Sequential(
        [
            keras.Input((32, 32, 3)),
            layers.Conv2D(16, 5, name="conv"),
            layers.Conv2DTranspose(4, 2, name="up"),
            layers.GlobalAveragePooling2D(),
            layers.Dense(7, name="dense"),
        ],
        name="converted",
    )
    path = tmp_path / "converted.h5"
    model.save(path)
    with h5py.File(path, "r+") as file:
        for name in ("conv", "up"):
            group = file["model_weights"][name]["converted"][name]
            kernel = group["kernel"][()]
            del group["kernel"]
            group["kernel"] = kernel.transpose(3, 2, 0, 1)
    with pytest.raises(ValueError, match="shape"):
        keras.models.load_model(path)
    found = _found(path)
    # the second has a first that contradicts before it
    assert found == [
        (
            RULE,
            "conv",
            "the kernel of Conv2D is stored in the order of PyTorch and Theano, (filters, channels, height, "
            "width): (16, 3, 5, 5), but Keras needs (5, 5, 3, 16)",
        )
    ]


def test_a_nested_model(tmp_path):
    fed = keras.Input((100, 64))
    inner = keras.Model(fed, layers.Conv1D(32, 3, name="c1")(fed), name="inner")
    outer = keras.Sequential([keras.Input((100, 64)), inner, layers.GlobalMaxPooling1D()])

    def change(config):
        nested = config["config"]["layers"][1]
        nested["config"]["layers"][1]["config"]["filters"] = 16

    assert [(rule, layer) for rule, layer, _ in _found(_edited(outer, tmp_path, change))] == [
        (RULE, "inner/c1")
    ]
