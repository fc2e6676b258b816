"""Models that use every way of connecting layers, built by each Keras and saved in each of its formats."""

from __future__ import annotations

import inspect
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest


@dataclass(frozen=True)
class Saved:
    """A model with the files that Keras writes for it: most tests need one of them."""

    model: Any
    path: Path

    def file(self, extension: str) -> Path:
        """``.keras`` or ``.h5``; "folder", which Keras 2 alone writes, is a SavedModel."""
        if extension == "folder":
            if not self.path.exists():
                self.model.save(self.path, save_format="tf")
            return self.path
        path = self.path.with_suffix(extension)
        if not path.exists():
            self.model.save(path)
        return path


def _saved(models: dict[str, Any], folder: Path) -> dict[str, Saved]:
    return {name: Saved(model, folder / name) for name, model in models.items()}


def keras_3_models() -> dict[str, Any]:
    import keras
    from keras import layers, ops

    def sequential() -> Any:
        return keras.Sequential(
            [
                layers.Input((10, 3)),
                layers.Conv1D(4, 3),
                layers.Bidirectional(layers.LSTM(5, return_sequences=True)),
                layers.TimeDistributed(layers.Dense(2)),
            ]
        )

    def built_late() -> Any:
        model = keras.Sequential([layers.Conv1D(4, 3), layers.Flatten(), layers.Dense(2)])
        model.build((None, 10, 3))
        return model

    def operations() -> Any:
        x, y = keras.Input((8, 3)), keras.Input((8, 3), name="b")
        total = (x + y) * 2.0
        flat = ops.reshape(total[:, 1:5], (-1, 12))
        joined = ops.squeeze(ops.expand_dims(ops.concatenate([flat, flat], axis=-1), 1), 1)
        moved = ops.mean(ops.transpose(x, (0, 2, 1)), axis=1)
        return keras.Model([x, y], {"joined": layers.Dense(2)(joined), "moved": layers.Dense(3)(moved)})

    def keywords() -> Any:
        x, y = keras.Input((8, 3)), keras.Input((6, 3))
        attended = layers.MultiHeadAttention(2, 3)(x, y, key=y)
        out, h, c = layers.LSTM(5, return_state=True)(x)
        again = layers.LSTM(5, return_sequences=True)(y, initial_state=[h, c])
        return keras.Model([x, y], [attended, out, again])

    def shared() -> Any:
        short, long = keras.Input((8, 3)), keras.Input((12, 3))
        layer = layers.Conv1D(4, 3)
        return keras.Model(
            [short, long], layers.Concatenate(axis=1)([layer(layers.Dense(3)(long)), layer(short)])
        )

    def nested() -> Any:
        x = keras.Input((4,))
        innermost = keras.Model(x, layers.Dense(3, name="dense_inside")(x), name="innermost")
        y = keras.Input((4,))
        outer = keras.Model(
            y, layers.Concatenate(name="join")([innermost(y), innermost(layers.ReLU()(y))]), name="outer"
        )
        z = keras.Input((4,))
        twice = keras.Sequential([layers.Input((6,)), layers.Dense(6)], name="twice")
        a = twice(outer(z))
        return keras.Model(z, [twice(a), a, innermost(z)], name="top")

    def nested_variable() -> Any:
        x = keras.Input((None, 4))
        inner = keras.Model(x, layers.MaxPooling1D(2)(layers.Conv1D(6, 3)(x)), name="inner")
        a, b = keras.Input((20, 4)), keras.Input((30, 4))
        return keras.Model([a, b], [inner(a), inner(b)])

    def several_outputs() -> Any:
        x = keras.Input((9, 2))
        inner = keras.Model(
            x, {"steps": layers.Conv1D(3, 2)(x), "flat": layers.Flatten()(x)}, name="two_outputs"
        )
        y = keras.Input((9, 2))
        out = inner(y)
        return keras.Model(y, [layers.Dense(2)(out["flat"]), layers.Dense(5)(out["steps"])])

    def dictionaries() -> Any:
        a, b = keras.Input((3,), name="a"), keras.Input((5,), name="b")
        inner = keras.Model({"a": a, "b": b}, layers.Concatenate()([a, b]), name="of_a_dict")
        x, y = keras.Input((3,), name="x"), keras.Input((5,), name="y")
        return keras.Model({"x": x, "y": y}, inner({"a": x, "b": y}))

    def cells() -> Any:
        x = keras.Input((5, 8))
        return keras.Model(x, layers.RNN([layers.LSTMCell(3), layers.GRUCell(2)])(x))

    def model_wrapped() -> Any:
        x = keras.Input((16, 16, 3))
        inner = keras.Model(x, layers.GlobalAveragePooling2D()(layers.Conv2D(8, 3)(x)), name="frame")
        y = keras.Input((7, 16, 16, 3))
        return keras.Model(y, layers.GRU(4)(layers.TimeDistributed(inner)(y)))

    return _built(locals())


def keras_2_models() -> dict[str, Any]:
    import tensorflow as tf
    import tf_keras as keras
    from tf_keras import layers

    def sequential() -> Any:
        return keras.Sequential(
            [
                layers.Conv1D(4, 3, input_shape=(10, 3)),
                layers.BatchNormalization(),
                layers.Bidirectional(layers.LSTM(5, return_sequences=True)),
                layers.TimeDistributed(layers.Dense(2)),
            ]
        )

    def built_late() -> Any:
        model = keras.Sequential([layers.Conv1D(4, 3), layers.Flatten(), layers.Dense(2)])
        model.build((None, 10, 3))
        return model

    def operations() -> Any:
        x, y = keras.Input((8, 3)), keras.Input((8, 3), name="b")
        total = (x + y) * 2.0
        flat = tf.reshape(total[:, 1:5], (-1, 12))
        joined = tf.squeeze(tf.expand_dims(tf.concat([flat, flat], axis=-1), 1), 1)
        moved = tf.reduce_mean(tf.transpose(x, (0, 2, 1)), axis=1)
        return keras.Model([x, y], {"joined": layers.Dense(2)(joined), "moved": layers.Dense(3)(moved)})

    def keywords() -> Any:
        x, y = keras.Input((8, 3)), keras.Input((6, 3))
        attended = layers.MultiHeadAttention(2, 3)(x, y, key=y)
        out, h, c = layers.LSTM(5, return_state=True)(x)
        again = layers.LSTM(5, return_sequences=True)(y, initial_state=[h, c])
        return keras.Model([x, y], [attended, out, again])

    def shared() -> Any:
        short, long = keras.Input((8, 3)), keras.Input((12, 3))
        layer = layers.Conv1D(4, 3)
        return keras.Model(
            [short, long], layers.Concatenate(axis=1)([layer(layers.Dense(3)(long)), layer(short)])
        )

    def nested() -> Any:
        x = keras.Input((4,))
        innermost = keras.Model(x, layers.Dense(3, name="dense_inside")(x), name="innermost")
        y = keras.Input((4,))
        outer = keras.Model(
            y, layers.Concatenate(name="join")([innermost(y), innermost(layers.ReLU()(y))]), name="outer"
        )
        z = keras.Input((4,))
        twice = keras.Sequential([layers.InputLayer((6,)), layers.Dense(6)], name="twice")
        a = twice(outer(z))
        return keras.Model(z, [twice(a), a, innermost(z)], name="top")

    def silently_expanded() -> Any:
        inner = keras.Sequential([layers.Conv1D(2, 3, input_shape=(10, 1))], name="inner")
        x = keras.Input((10,))
        return keras.Model(x, inner(x))

    return _built(locals())


def _built(found: dict[str, Any]) -> dict[str, Any]:
    """Every function in ``found`` called: the models by the functions' names."""
    return {name: value() for name, value in found.items() if inspect.isfunction(value)}


@pytest.fixture(scope="session")
def keras_3_files(tmp_path_factory):
    return _saved(keras_3_models(), tmp_path_factory.mktemp("keras_3"))


@pytest.fixture(scope="session")
def keras_2_files(tmp_path_factory):
    return _saved(keras_2_models(), tmp_path_factory.mktemp("keras_2"))
