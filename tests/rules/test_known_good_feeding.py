"""What programs feed to models in odd and right ways: real Keras runs it, and no rule may say a word."""

from __future__ import annotations

import textwrap

import pytest

from layoutlint.engine.judge import judge
from layoutlint.engine.rules import builtin
from layoutlint.readers import source

RULES = builtin()

IMPORTS = """
import random
from collections import deque
import numpy as np
import tensorflow as tf
import keras
from keras import layers
from keras.layers import Input, Dense, Conv1D, Conv2D, Conv3D, LSTM, Flatten, Embedding
from keras.layers import GlobalAveragePooling2D, GlobalMaxPooling1D, Concatenate, TimeDistributed
from keras.models import Model, Sequential
"""

IDIOMS = {
    "a line through points": """
        x = np.linspace(0, 1, 20)
        model = Sequential([Input((1,)), Dense(1)])
        model.compile("sgd", "mse")
        model.fit(x, 3 * x + 1, verbose=0)
        model.predict(np.array([7.0]), verbose=0)
        """,
    "grey pictures of either rank": """
        pictures = np.random.rand(6, 28, 28)
        for shown in (pictures, pictures[..., None]):
            model = Sequential([Input((28, 28, 1)), Conv2D(4, 3), Flatten(), Dense(3)])
            model.predict(shown, verbose=0)
            model(shown[:1])
        """,
    "a network for pictures of any size": """
        model = Sequential([Input((None, None, 3)), Conv2D(4, 3), GlobalAveragePooling2D()])
        for size in (32, 48, 64):
            model.predict(np.random.rand(1, size, 2 * size, 3), verbose=0)
        """,
    "texts of other lengths than declared": """
        model = Sequential([Input((120,)), Embedding(50, 8), LSTM(8), Dense(1)])
        model.predict(np.ones((4, 120)), verbose=0)
        model.predict(np.ones((1, 7)), verbose=0)
        """,
    "the state of a game, in batches of one": """
        class Agent:
            def __init__(self, n):
                self.n = n
                self.memory = deque(maxlen=50)
                self.model = Sequential([Input((n,)), Dense(8, activation="relu"), Dense(2)])
                self.model.compile("adam", "mse")

            def act(self, state):
                return np.argmax(self.model.predict(state, verbose=0)[0])

            def replay(self):
                for state, reward, next_state in random.sample(self.memory, 3):
                    target = self.model.predict(state, verbose=0)
                    target[0][0] = reward + np.amax(self.model.predict(next_state, verbose=0)[0])
                    self.model.fit(state, target, verbose=0)

        agent = Agent(4)
        for _ in range(5):
            state = np.reshape(np.random.rand(4), [1, 4])
            agent.act(state)
            agent.memory.append((state, 1.0, state))
        agent.replay()
        """,
    "a prediction that is fed back": """
        model = Sequential([Input((5, 2)), LSTM(4), Dense(2)])
        window = np.random.rand(5, 2)
        for _ in range(3):
            following = model.predict(window.reshape(1, 5, 2), verbose=0)
            window = np.concatenate([window[1:], following])
        """,
    "a gan's half batches": """
        half, code = 8, 10
        generator = Sequential([Input((code,)), Dense(12)])
        critic = Sequential([Input((12,)), Dense(1, activation="sigmoid")])
        critic.compile("adam", "binary_crossentropy")
        real = np.random.rand(100, 12)
        for _ in range(2):
            chosen = real[np.random.randint(0, len(real), half)]
            made = generator.predict(np.random.randn(half, code), verbose=0)
            critic.train_on_batch(chosen, np.ones((half, 1)))
            critic.train_on_batch(made, np.zeros((half, 1)))
            X = np.concatenate((chosen, made))
            y = np.concatenate((np.ones((half, 1)), np.zeros((half, 1))))
            critic.train_on_batch(X, y)
        """,
    "inputs as lists, tuples and dicts": """
        a, b = Input((4,), name="a"), Input((5,), name="b")
        model = Model([a, b], Dense(1)(Concatenate()([a, b])))
        model.compile("sgd", "mse")
        X, Z, y = np.random.rand(8, 4), np.random.rand(8, 5), np.random.rand(8, 1)
        model.fit([X, Z], y, verbose=0)
        model.fit((X, Z), y, validation_data=((X[:2], Z[:2]), y[:2]), verbose=0)
        model.fit({"b": Z, "a": X}, y, verbose=0)
        model.predict([X[:1], Z[:1]], verbose=0)
        model([X, Z])
        """,
    "a data set in all its ways": """
        X, y = np.random.rand(24, 6), np.random.rand(24, 1)
        model = Sequential([Input((6,)), Dense(1)])
        model.compile("sgd", "mse")
        ds = tf.data.Dataset.from_tensor_slices((X, y))
        model.fit(ds.shuffle(24).batch(8).repeat(2).prefetch(1), validation_data=ds.batch(4), verbose=0)
        model.fit(ds.batch(8, drop_remainder=True).map(lambda a, b: (a * 2, b)), verbose=0)
        for a, b in ds.batch(8).take(2):
            model(a, training=False)
            model.train_on_batch(a, b)
        model.predict(ds.batch(1), verbose=0)
        """,
    "a generator with a rest": """
        def batches(X, y, size):
            while True:
                order = np.random.permutation(len(X))
                for start in range(0, len(X), size):
                    part = order[start:start + size]
                    yield X[part], y[part]

        model = Sequential([Input((6,)), Dense(1)])
        model.compile("sgd", "mse")
        model.fit(batches(np.random.rand(21, 6), np.random.rand(21), 4), steps_per_epoch=6, verbose=0)
        """,
    "frames of a film, one film": """
        film = np.random.rand(10, 16, 16, 3)
        model = Sequential([Input((None, 16, 16, 3)), TimeDistributed(Flatten()), LSTM(4)])
        model.predict(film[None], verbose=0)
        model.predict(np.array([film, film]), verbose=0)
        """,
    "a model built on its data": """
        model = Sequential([LSTM(4), Dense(1)])
        model.compile("sgd", "mse")
        X = np.random.rand(20, 7, 3)
        model.fit(X, np.random.rand(20), validation_split=0.2, verbose=0)
        model.predict(X[-1:], verbose=0)
        model.predict(np.random.rand(2, 30, 3), verbose=0)
        """,
    "a model class, trained by its own step": """
        class Pair(Model):
            def __init__(self):
                super().__init__()
                self.dense = Dense(3)

            def call(self, x):
                return self.dense(x)

            def train_step(self, data):
                (x, other), weight = data
                return {"loss": tf.reduce_mean(self(x) - self(other))}

        pair = Pair()
        pair.compile("sgd")
        pair.fit((np.random.rand(8, 4), np.random.rand(8, 4)), np.random.rand(8), verbose=0)
        """,
    "parts of a model": """
        inputs = Input((12,))
        code = Dense(3, name="code")(inputs)
        auto = Model(inputs, Dense(12)(code))
        encoder = Model(inputs, code)
        z = Input((3,))
        decoder = Model(z, auto.layers[-1](z))
        X = np.random.rand(9, 12)
        decoder.predict(encoder.predict(X, verbose=0), verbose=0)
        decoder.predict(np.array([[0.1, 0.2, 0.3]]), verbose=0)
        """,
    "weights of samples, classes and targets in a table": """
        X, y = np.random.rand(10, 4), np.random.randint(0, 3, (10, 1))
        model = Sequential([Input((4,)), Dense(3, activation="softmax")])
        model.compile("sgd", "sparse_categorical_crossentropy")
        model.fit(X, y, sample_weight=np.ones(10), class_weight=None, verbose=0)
        model.evaluate(X[3:], y[3:], verbose=0)
        """,
    "a model for either kind of data": """
        flat = random.random() < 0.5
        X = np.random.rand(10, 8, 8)
        if flat:
            model = Sequential([Input((64,)), Dense(2)])
            X = X.reshape(10, 64)
        else:
            model = Sequential([Input((8, 8)), Flatten(), Dense(2)])
        model.compile("sgd", "mse")
        model.fit(X, np.random.rand(10, 2), verbose=0)
        """,
    "the first of many": """
        rows = [np.random.rand(3) for _ in range(5)]
        model = Sequential([Input((3,)), Dense(2)])
        model.predict(np.array(rows), verbose=0)
        model.predict(np.vstack(rows[:2]), verbose=0)
        model.predict(np.atleast_2d(rows[0]), verbose=0)
        model.predict(np.expand_dims(rows[1], 0), verbose=0)
        model.predict(rows[2].reshape(1, -1), verbose=0)
        model.predict(rows[3][np.newaxis, :], verbose=0)
        model.predict(np.array([rows[4]]), verbose=0)
        """,
    "samples that are windows": """
        def windows(series, n):
            X, y = [], []
            for i in range(len(series) - n):
                X.append(series[i:i + n])
                y.append(series[i + n])
            return np.array(X), np.array(y)

        series = np.sin(np.arange(300.0))
        cut = int(len(series) * 0.8)
        train, test = series[:cut], series[cut:]
        X_train, y_train = windows(train, 10)
        X_test, y_test = windows(test, 10)
        X_train, X_test = X_train[..., None], X_test[..., None]
        model = Sequential([Input((10, 1)), Conv1D(4, 3), GlobalMaxPooling1D(), Dense(1)])
        model.compile("adam", "mse")
        model.fit(X_train, y_train, validation_data=(X_test, y_test), verbose=0)
        model.predict(series[-10:].reshape(1, 10, 1), verbose=0)
        """,
    "folds": """
        X, y = np.random.rand(30, 4), np.random.rand(30)
        for fold in range(3):
            held = np.arange(30) % 3 == fold
            model = Sequential([Input((4,)), Dense(1)])
            model.compile("adam", "mse")
            model.fit(X[~held], y[~held], validation_data=(X[held], y[held]), verbose=0)
            model.evaluate(X[held], y[held], verbose=0)
        """,
    "cubes in which every axis is as long": """
        cubes = np.random.rand(3, 8, 8, 8)
        model = Sequential([Input((8, 8, 8, 1)), Conv3D(2, 3), Flatten(), Dense(1)])
        model.predict(cubes, verbose=0)
        model.predict(cubes.swapaxes(1, 3), verbose=0)
        """,
}


@pytest.mark.parametrize("name", IDIOMS)
def test_nothing_is_said(name: str) -> None:
    graph = source.read(IMPORTS + textwrap.dedent(IDIOMS[name]), "idiom.py")
    assert [f"{f.location}: {f.rule}: {f.message}" for f in judge(graph, RULES)] == []
    assert graph.feeds or "train_step" in IDIOMS[name], "nothing of it was read"


@pytest.mark.parametrize("name", IDIOMS)
def test_keras_runs_it(name: str) -> None:
    from tests.oracle.session import begin

    begin()
    exec(compile(IMPORTS + textwrap.dedent(IDIOMS[name]), "idiom.py", "exec"), {"__name__": "idiom"})
