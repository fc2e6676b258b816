"""Mistakes that show in saved form alone, in files that Keras wrote: which rule finds them, and where."""

from __future__ import annotations

import keras
import pytest
import tf_keras
from keras import layers, ops

from layoutlint.engine.judge import judge
from layoutlint.readers.formats import read_model
from layoutlint.run.configuration import Configuration
from layoutlint.run.rule_choice import chosen_rules


def sequential(*members):
    return keras.Sequential([*members, layers.Flatten(), layers.Dense(2, name="answer")])


def behind(scaled, network):
    inputs = keras.Input((64, 64, 3))
    return keras.Model(inputs, network(scaled(inputs)))


def attentive(shape):
    inputs = keras.Input((64,))
    tokens = layers.Reshape(shape)(inputs)
    read = layers.MultiHeadAttention(4, 4, name="attention")(tokens, tokens)
    return keras.Model(inputs, layers.Dense(2)(layers.Flatten()(read)))


def compiled(activation, loss):
    model = keras.Sequential([keras.Input((4,)), layers.Dense(3, activation=activation)])
    model.compile(loss=loss)
    return model


def mobile_net():
    return keras.applications.MobileNetV3Small(
        (64, 64, 3), include_top=False, weights=None, include_preprocessing=True
    )


def plain_mobile_net():
    return keras.applications.MobileNetV2((64, 64, 3), include_top=False, weights=None)


SCALE = {"name": "scale"}
LOGITS = keras.losses.SparseCategoricalCrossentropy(from_logits=True)

MODELS = {
    "one frame": (
        lambda: sequential(
            keras.Input((1, 8, 8, 3)),
            layers.TimeDistributed(layers.Conv2D(4, 3)),
            layers.TimeDistributed(layers.Flatten()),
            layers.LSTM(4, name="rnn"),
        ),
        {"rnn-single-step@rnn"},
    ),
    "four frames": (
        lambda: sequential(
            keras.Input((4, 8, 8, 3)), layers.TimeDistributed(layers.Flatten()), layers.LSTM(4, name="rnn")
        ),
        set(),
    ),
    "a row": (
        lambda: sequential(keras.Input((1, 128, 8)), layers.Conv2D(8, 3, padding="same", name="conv")),
        {"kernel-wider-than-input@conv"},
    ),
    "a row, a flat kernel": (
        lambda: sequential(keras.Input((1, 128, 8)), layers.Conv2D(8, (1, 3), padding="same")),
        set(),
    ),
    "one token": (lambda: attentive((1, 64)), {"attention-over-one-token@attention"}),
    "many tokens": (lambda: attentive((64, 1)), set()),
    "frames of a ConvLSTM": (
        lambda: sequential(keras.Input((2, 8, 12, 3)), layers.ConvLSTM2D(4, 5, padding="same")),
        set(),
    ),
    "scaled for MobileNetV3": (
        lambda: behind(layers.Rescaling(1 / 255, **SCALE), mobile_net()),
        {"rescaling-twice@scale"},
    ),
    "scaled for MobileNetV2": (
        lambda: behind(layers.Rescaling(1 / 255, **SCALE), plain_mobile_net()),
        set(),
    ),
    "softmax of a softmax": (lambda: compiled("softmax", LOGITS), {"probabilities-as-logits@"}),
    "logits": (lambda: compiled(None, LOGITS), set()),
    "a reshape in a Lambda": (
        lambda: sequential(
            keras.Input((128, 4)),
            layers.Lambda(lambda x: ops.reshape(x, (-1, 4, 128)), output_shape=(4, 128), name="code"),
        ),
        {"reshape-as-transpose@code"},
    ),
    "a transpose in a Lambda": (
        lambda: sequential(
            keras.Input((128, 4)),
            layers.Lambda(lambda x: ops.transpose(x, (0, 2, 1)), output_shape=(4, 128), name="code"),
        ),
        set(),
    ),
    "both in a Lambda": (
        lambda: sequential(
            keras.Input((128, 4)),
            layers.Lambda(
                lambda x: ops.transpose(ops.reshape(x, (-1, 128, 4)), (0, 2, 1)), output_shape=(4, 128)
            ),
        ),
        set(),
    ),
    "an axis in front, in a Lambda": (
        lambda: sequential(
            keras.Input((128,)),
            layers.Lambda(lambda x: ops.expand_dims(x, 1), output_shape=(1, 128)),
            layers.Conv1D(4, 1, name="conv"),
        ),
        {"conv-single-step@conv"},
    ),
    "an axis behind, in a Lambda": (
        lambda: sequential(
            keras.Input((128,)),
            layers.Lambda(lambda x: ops.expand_dims(x, -1), output_shape=(128, 1)),
            layers.Conv1D(4, 3, name="conv"),
        ),
        set(),
    ),
}


def found(path):
    graph = read_model(path)
    rules = chosen_rules(Configuration())
    return {f"{finding.rule}@{finding.location.layer}" for finding in judge(graph, rules)}


@pytest.mark.parametrize("extension", [".keras", ".h5"])
@pytest.mark.parametrize("name", MODELS)
def test_what_is_found_in_a_saved_model(tmp_path, name, extension):
    build, expected = MODELS[name]
    path = tmp_path / f"model{extension}"
    build().save(path)
    said = found(path)
    assert said == expected


def test_the_code_of_a_lambda_of_keras_2(tmp_path):
    model = tf_keras.Sequential(
        [
            tf_keras.layers.Input((128, 4)),
            tf_keras.layers.Lambda(
                lambda x: tf_keras.backend.reshape(x, (-1, 4, 128)), output_shape=(4, 128), name="code"
            ),
            tf_keras.layers.LSTM(3),
        ]
    )
    model.save(tmp_path / "model.h5")
    assert found(tmp_path / "model.h5") == {"reshape-as-transpose@code"}
