"""Targets that look odd and are right: no rule may say a word about them, and Keras trains on them."""

from __future__ import annotations

import contextlib
import io
import textwrap

import pytest

from layoutlint.engine.judge import judge
from layoutlint.engine.rules import builtin
from layoutlint.model.graph import flatten
from layoutlint.readers import source

RULES = builtin()

HEAD = """\
import keras
import numpy as np
import tensorflow as tf
from keras import Input, Model, Sequential, layers, losses
from keras.layers import *

"""

IDIOMS = {
    "masks of one channel": """
        x, y = np.zeros((4, 16, 16, 3)), np.random.randint(0, 2, (4, 16, 16, 1))
        net = Sequential([Input((16, 16, 3)), Conv2D(1, 1, activation="sigmoid")])
        net.compile("sgd", "binary_crossentropy")
        net.fit(x, y)
        net.compile("sgd", "binary_crossentropy")
        net.fit(x, y[..., 0])
        """,
    "a class for each pixel": """
        x, y = np.zeros((4, 16, 16, 3)), np.random.randint(0, 5, (4, 16, 16, 1))
        net = Sequential([Input((16, 16, 3)), Conv2D(5, 1, activation="softmax")])
        net.compile("sgd", "sparse_categorical_crossentropy")
        net.fit(x, y)
        net.compile("sgd", "sparse_categorical_crossentropy")
        net.fit(x, np.squeeze(y, -1))
        net.compile("sgd", "categorical_crossentropy")
        net.fit(x, np.eye(5)[y[..., 0]])
        net.fit(x, keras.utils.to_categorical(y, 5))
        """,
    "an open size of pictures": """
        x, y = np.zeros((4, 32, 32, 3)), np.random.randint(0, 5, (4, 32, 32))
        net = Sequential([Input((None, None, 3)), Conv2D(5, 3, padding="same")])
        net.compile("sgd", losses.SparseCategoricalCrossentropy(from_logits=True))
        net.fit(x, y)
        """,
    "losses as a list": """
        i = Input((8,))
        net = Model(i, [Dense(4, activation="softmax")(i), Dense(1)(i)])
        net.compile("sgd", ["sparse_categorical_crossentropy", "mse"])
        net.fit(np.zeros((6, 8)), [np.random.randint(0, 4, 6), np.random.rand(6)])
        """,
    "losses as a dict, in another order": """
        i = Input((8,))
        net = Model(i, [Dense(4, activation="softmax", name="z")(i), Dense(1, name="a")(i)])
        net.compile("sgd", {"a": "mse", "z": "sparse_categorical_crossentropy"}, metrics={"a": "mae"})
        net.fit(np.zeros((6, 8)), {"a": np.random.rand(6), "z": np.random.randint(0, 4, 6)})
        """,
    "outputs as a dict": """
        i = Input((8,))
        net = Model(i, {"z": Dense(4, activation="softmax")(i), "a": Dense(1)(i)})
        net.compile("sgd", {"a": "mse", "z": "sparse_categorical_crossentropy"})
        net.fit(np.zeros((6, 8)), {"z": np.random.randint(0, 4, 6), "a": np.random.rand(6)})
        """,
    "one loss for all outputs": """
        i = Input((8,))
        net = Model(i, [Dense(3)(i), Dense(5)(i)])
        net.compile("sgd", "mse")
        net.fit(np.zeros((6, 8)), [np.zeros((6, 3)), np.zeros((6, 5))])
        """,
    "an output that is looked at alone": """
        i = Input((8,))
        h = Dense(16, name="hidden")(i)
        net = Model(i, [h, Dense(1, name="y")(h)])
        net.compile("sgd", [None, "mse"])
        net.fit(np.zeros((6, 8)), np.zeros((6, 1)))
        """,
    "words one after the other": """
        source, target = np.random.randint(1, 50, (6, 9)), np.random.randint(1, 60, (6, 7))
        e, d = Input((None,)), Input((None,))
        _, *state = LSTM(8, return_state=True)(Embedding(50, 8)(e))
        y = LSTM(8, return_sequences=True)(Embedding(60, 8)(d), initial_state=state)
        net = Model([e, d], Dense(60, activation="softmax")(y))
        net.compile("sgd", "sparse_categorical_crossentropy")
        net.fit([source, target[:, :-1]], target[:, 1:])
        net.compile("sgd", "sparse_categorical_crossentropy")
        net.fit([source, target[:, :-1]], target[:, 1:, None])
        """,
    "a language model over windows": """
        text = np.random.randint(0, 30, 500)
        x = np.array([text[i : i + 20] for i in range(400)])
        y = np.array([text[i + 1 : i + 21] for i in range(400)])
        net = Sequential([Input((20,)), Embedding(30, 8), GRU(8, return_sequences=True), Dense(30)])
        net.compile("sgd", losses.SparseCategoricalCrossentropy(from_logits=True))
        net.fit(x, y)
        """,
    "an autoencoder of vectors, of signals and of pictures": """
        v, s, p = np.random.rand(6, 20), np.random.rand(6, 32, 2), np.random.rand(6, 16, 16, 1)
        a = Sequential([Input((20,)), Dense(4), Dense(20, activation="sigmoid")])
        a.compile("sgd", "binary_crossentropy")
        a.fit(v, v)
        b = Sequential([Input((32, 2)), LSTM(4), RepeatVector(32), LSTM(4, return_sequences=True), Dense(2)])
        b.compile("sgd", "mae")
        b.fit(s, s, validation_data=(s, s))
        halves, doubles = Conv2D(4, 3, 2, padding="same"), Conv2DTranspose(1, 3, 2, padding="same")
        c = Sequential([Input((16, 16, 1)), halves, doubles])
        c.compile("sgd", "mse")
        c.fit(p, p)
        """,
    "noise as input": """
        clean = np.random.rand(6, 28, 28, 1)
        noisy = np.clip(clean + 0.5 * np.random.normal(size=clean.shape), 0, 1)
        net = Sequential([Input((28, 28, 1)), Conv2D(1, 3, padding="same", activation="sigmoid")])
        net.compile("sgd", "binary_crossentropy")
        net.fit(noisy, clean)
        """,
    "real and fake": """
        d = Sequential([Input((28, 28, 1)), Flatten(), Dense(1, activation="sigmoid")])
        d.compile("sgd", "binary_crossentropy")
        real, fake = np.ones((8, 1)), np.zeros((8, 1))
        d.train_on_batch(np.random.rand(8, 28, 28, 1), real)
        d.train_on_batch(np.random.rand(16, 28, 28, 1), np.concatenate([real, fake]))
        d.compile("sgd", "binary_crossentropy")
        d.train_on_batch(np.random.rand(8, 28, 28, 1), np.ones(8) * 0.9)
        """,
    "a map of real and fake": """
        d = Sequential([Input((64, 64, 3)), Conv2D(8, 4, 2, padding="same"), Conv2D(1, 4, padding="same")])
        d.compile("sgd", "mse")
        d.train_on_batch(np.zeros((2, 64, 64, 3)), np.ones((2, 32, 32, 1)))
        d.compile("sgd", "mse")
        d.train_on_batch(np.zeros((1, 64, 64, 3)), np.ones((1, 1)))
        d.compile("sgd", "mse")
        d.train_on_batch(np.zeros((2, 64, 64, 3)), np.ones((2, *d.output_shape[1:])))
        """,
    "labels that a critic adds up": """
        critic = Sequential([Input((8,)), Dense(1)])
        critic.compile("sgd", lambda y, p: keras.ops.mean(y * p))
        critic.train_on_batch(np.zeros((4, 8)), -np.ones((4, 1)))
        """,
    "a loss of one's own": """
        def dice_loss(y_true, y_pred):
            return 1 - keras.ops.sum(y_true * y_pred[..., :1])
        net = Sequential([Input((16, 16, 3)), Conv2D(2, 1)])
        net.compile("sgd", dice_loss)
        net.fit(np.zeros((4, 16, 16, 3)), np.zeros((4, 16, 16, 1)))
        """,
    "a loss inside the model": """
        class Own(keras.losses.Loss):
            def call(self, y_true, y_pred):
                return keras.ops.mean(y_pred, axis=-1)
        net = Sequential([Input((8,)), Dense(5)])
        net.compile("sgd", loss=Own())
        net.fit(np.zeros((4, 8)), np.zeros((4, 3, 2)))
        """,
    "three embeddings side by side": """
        def triplet(y_true, y_pred):
            return keras.ops.mean(keras.ops.relu(y_pred[:, :4] - y_pred[:, 4:8]))
        net = Sequential([Input((8,)), Dense(12)])
        net.compile("sgd", triplet)
        net.fit(np.zeros((6, 8)), np.zeros(6))
        """,
    "rows of letters": """
        net = Sequential([Input((40, 6)), LSTM(8, return_sequences=True), Dense(28)])
        net.compile("sgd", losses.CTC())
        net.fit(np.random.rand(4, 40, 6), np.random.randint(1, 27, (4, 9)))
        """,
    "numbers in a row and in a column": """
        x, y = np.random.rand(50, 6), np.random.rand(50)
        net = Sequential([Input((6,)), Dense(1)])
        net.compile("sgd", losses.Huber())
        net.fit(x, y)
        net.compile("sgd", losses.Huber())
        net.fit(x, y.reshape(-1, 1), sample_weight=np.ones(50))
        net.evaluate(x, y[:, np.newaxis])
        """,
    "some of the data": """
        (x, y), _ = keras.datasets.mnist.load_data()
        x, y = x[:64] / 255.0, y[:64]
        net = Sequential([Flatten(), Dense(2, activation="softmax")])
        net.compile("sgd", "sparse_categorical_crossentropy")
        net.fit(x, y % 2)
        net.fit(x[y < 2], y[y < 2])
        net.fit(x, np.where(y > 4, 1, 0))
        """,
    "two classes that LabelBinarizer makes one column of": """
        from sklearn.preprocessing import LabelBinarizer
        answers = np.array(["yes", "no", "no", "yes"])
        y = LabelBinarizer().fit_transform(answers)
        net = Sequential([Input((6,)), Dense(1, activation="sigmoid")])
        net.compile("sgd", "binary_crossentropy")
        net.fit(np.zeros((4, 6)), y)
        two = Sequential([Input((6,)), Dense(2, activation="softmax")])
        two.compile("sgd", "sparse_categorical_crossentropy")
        two.fit(np.zeros((4, 6)), y)
        """,
    "some of a data set": """
        x, y = np.zeros((40, 6)), np.random.randint(0, 5, 40)
        data = tf.data.Dataset.from_tensor_slices((x, y)).filter(lambda a, b: b < 2).batch(4)
        net = Sequential([Input((6,)), Dense(2, activation="softmax")])
        net.compile("sgd", "sparse_categorical_crossentropy")
        net.fit(data)
        """,
    "smoothed labels": """
        y = keras.utils.to_categorical(np.random.randint(0, 4, 20), 4)
        net = Sequential([Input((6,)), Dense(4, activation="softmax")])
        net.compile("sgd", losses.CategoricalCrossentropy(label_smoothing=0.1))
        net.fit(np.zeros((20, 6)), y, validation_split=0.2)
        """,
    "two classes, one-hot, each with its own sigmoid": """
        y = keras.utils.to_categorical(np.random.randint(0, 2, 20))
        net = Sequential([Input((6,)), Dense(2, activation="sigmoid")])
        net.compile("sgd", "binary_crossentropy")
        net.fit(np.zeros((20, 6)), y)
        """,
    "a data set with weights": """
        x, y, w = np.zeros((20, 6)), np.random.randint(0, 3, 20), np.ones(20)
        data = tf.data.Dataset.from_tensor_slices((x, y, w)).batch(5)
        net = Sequential([Input((6,)), Dense(3, activation="softmax")])
        net.compile("sgd", "sparse_categorical_crossentropy")
        net.fit(data)
        """,
    "a data set that makes them one-hot": """
        x, y = np.zeros((20, 6)), np.random.randint(0, 3, 20)
        data = tf.data.Dataset.from_tensor_slices((x, y)).map(lambda a, b: (a, tf.one_hot(b, 3))).batch(5)
        net = Sequential([Input((6,)), Dense(3, activation="softmax")])
        net.compile("sgd", "categorical_crossentropy")
        net.fit(data, validation_data=data)
        """,
    "a generator with both kinds": """
        def batches(one_hot):
            while True:
                y = np.random.randint(0, 3, 4)
                yield np.zeros((4, 6)), np.eye(3)[y] if one_hot else y
        net = Sequential([Input((6,)), Dense(3, activation="softmax")])
        net.compile("sgd", "categorical_crossentropy")
        net.fit(batches(True), steps_per_epoch=2)
        net.compile("sgd", "sparse_categorical_crossentropy")
        net.fit(batches(False), steps_per_epoch=2)
        """,
    "compiled again with another loss": """
        y = np.random.randint(0, 3, 20)
        net = Sequential([Input((6,)), Dense(3, activation="softmax")])
        for loss, target in [("categorical", np.eye(3)[y]), ("sparse_categorical", y)]:
            net.compile("sgd", f"{loss}_crossentropy")
            net.fit(np.zeros((20, 6)), target)
        """,
    "a choice of losses": """
        sparse = len(keras.__version__) > 3
        y = np.random.randint(0, 3, 20)
        if not sparse:
            y = keras.utils.to_categorical(y, 3)
        net = Sequential([Input((6,)), Dense(3, activation="softmax")])
        net.compile("sgd", "sparse_categorical_crossentropy" if sparse else "categorical_crossentropy")
        net.fit(np.zeros((20, 6)), y)
        """,
    "labels that were changed": """
        y = np.random.randint(0, 5, 40)
        y[y > 2] = 2
        net = Sequential([Input((6,)), Dense(3, activation="softmax")])
        net.compile("sgd", "sparse_categorical_crossentropy")
        net.fit(np.zeros((40, 6)), y)
        y2 = np.random.randint(0, 9, 40)
        net.fit(np.zeros((40, 6)), np.minimum(y2, 2))
        net.fit(np.zeros((40, 6)), y2 // 3)
        """,
    "a table of actions": """
        q = Sequential([Input((4,)), Dense(8, activation="relu"), Dense(2)])
        q.compile("sgd", "mse")
        state = np.zeros((1, 4))
        target = q.predict(state, verbose=0)
        target[0][1] = 1.5
        q.fit(state, target)
        """,
    "a model that computes its own loss": """
        class Net(keras.Model):
            def __init__(self):
                super().__init__()
                self.dense = Dense(3)
            def call(self, x):
                return self.dense(x)
            def train_step(self, data):
                x, y = data
                return {"loss": keras.ops.mean(self(x)[:, :1])}
        net = Net()
        net.compile("sgd", "categorical_crossentropy")
        net.fit(np.zeros((8, 6)), np.zeros((8, 2)))
        """,
    "the mean and the spread": """
        def likelihood(y, p):
            return keras.ops.mean(keras.ops.square(y - p[:, :1]) / keras.ops.softplus(p[:, 1:]))
        net = Sequential([Input((6,)), Dense(2)])
        net.compile("sgd", likelihood)
        net.fit(np.zeros((8, 6)), np.zeros((8, 1)))
        """,
}


def text_of(name):
    return HEAD + textwrap.dedent(IDIOMS[name]).strip() + "\n"


@pytest.mark.parametrize("name", IDIOMS)
def test_nothing_is_said(name):
    found = judge(source.read(text_of(name), "a.py"), RULES)
    assert [str(finding) for finding in found] == []


UNSEEN = {"a model that computes its own loss", "a choice of losses", "a table of actions"}


@pytest.mark.parametrize("name", sorted(IDIOMS.keys() - UNSEEN))
def test_the_targets_are_seen(name):
    """Silence counts only where something was looked at."""
    graph = source.read(text_of(name), "a.py")
    given = [tensor for feed in graph.feeds for tensor in flatten(feed.targets) if tensor is not None]
    assert any(tensor.shape is not None for tensor in given)


@pytest.mark.slow
@pytest.mark.parametrize("name", IDIOMS)
def test_keras_trains_on_them(name):
    from tests.mistakes.files import data_made_up

    if "sklearn" in text_of(name):
        pytest.importorskip("sklearn")
    with contextlib.redirect_stdout(io.StringIO()), data_made_up():
        exec(compile(text_of(name), "a.py", "exec"), {"__name__": "program"})
