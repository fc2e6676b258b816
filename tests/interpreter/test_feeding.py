"""What is fed to a model, held against real Keras: the arrays that arrive, and whether Keras takes them.

Every program is run. What it feeds last must be recorded with the shapes that Keras receives, and refused
exactly where Keras raises; programs under UNKNOWN may be refused by Keras without our knowing.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest

from layoutlint.model.graph import Feed, Tensor, flatten
from layoutlint.model.sizes import Expression
from layoutlint.readers.source import read

PREAMBLE = """
import numpy as np, keras, tensorflow as tf
from keras import layers
from keras.models import Sequential, Model
from keras.layers import Input, Dense, Conv1D, Conv2D, LSTM, GRU, Flatten, GlobalAveragePooling2D, Embedding
Z = np.zeros

def sequential(*shape, units=2):
    model = Sequential([Input(shape), Flatten(), Dense(units)])
    model.compile('sgd', 'mse')
    return model

def functional(*shape, units=2):
    x = Input(shape)
    model = Model(x, Dense(units)(Flatten()(x)))
    model.compile('sgd', 'mse')
    return model

def convolutional(*shape):
    x = Input(shape)
    model = Model(x, GlobalAveragePooling2D()(Conv2D(2, 3, padding='same')(x)))
    model.compile('sgd', 'mse')
    return model

def chain(*shape):
    model = Sequential([Input(shape), Conv2D(2, 3, padding='same'), GlobalAveragePooling2D()])
    model.compile('sgd', 'mse')
    return model

def two(named=False):
    a, b = Input((4,), name='a'), Input((5,), name='b')
    model = Model({'a': a, 'b': b} if named else [a, b], Dense(1)(layers.Concatenate()([a, b])))
    model.compile('sgd', 'mse')
    return model
"""

TAKEN = {
    "arrays": "sequential(28, 28, 1).fit(Z((8, 28, 28, 1)), Z((8, 2)))",
    "evaluate": "functional(28, 28).evaluate(Z((8, 28, 28)), Z((8, 2)))",
    "predict": "functional(6).predict(Z((8, 6)))",
    "on a batch": "functional(6).train_on_batch(Z((8, 6)), Z((8, 2)))",
    "test on a batch": "functional(6).test_on_batch(Z((8, 6)), Z((8, 2)))",
    "predict on a batch": "functional(6).predict_on_batch(Z((8, 6)))",
    "a direct call": "functional(6)(Z((8, 6)))",
    "a direct call of a tensor": "functional(28, 28)(tf.zeros([8, 28, 28, 1]))",
    "grey pictures without channels": "functional(28, 28, 1).fit(Z((8, 28, 28)), Z((8, 2)))",
    "a channel too many": "sequential(28, 28).fit(Z((8, 28, 28, 1)), Z((8, 2)))",
    "a vector for one feature": "functional(1).fit(Z(8), Z((8, 2)))",
    "a vector for one feature into a chain": "sequential(1).predict(Z(8))",
    "one number": "sequential(1).predict(np.array([10.0]))",
    "a list of one": "functional(6).predict([Z((8, 6))])",
    "a tuple of one": "sequential(6).predict((Z((8, 6)),))",
    "a list for two inputs": "two().fit([Z((8, 4)), Z((8, 5))], Z((8, 1)))",
    "a tuple for two inputs": "two().fit((Z((8, 4)), Z((8, 5))), Z((8, 1)))",
    "names for two inputs": "two().fit({'b': Z((8, 5)), 'a': Z((8, 4))}, Z((8, 1)))",
    "names for named inputs": "two(True).fit({'b': Z((8, 5)), 'a': Z((8, 4))}, Z((8, 1)))",
    "another size into a chain": "chain(28, 28, 1).predict(Z((8, 32, 32, 1)))",
    "one picture into a chain that takes any size": "chain(28, 28, 1).predict(Z((28, 28, 1)))",
    "one picture into a model that takes any size": "convolutional(28, 28, 1).predict(Z((28, 28, 1)))",
    "free sizes": "convolutional(None, None, 3).predict(Z((2, 30, 40, 3)))",
    "several arrays into a chain": "sequential(28, 28).predict([Z((8, 28, 28)), Z((8, 28, 28))])",
    "a fixed batch": (
        "x = Input(batch_shape=(4, 6))\nm = Model(x, Dense(2)(x))\nm.compile('sgd', 'mse')\n"
        "m.fit(Z((8, 6)), Z((8, 2)), batch_size=8)"
    ),
    "a stateful model": (
        "m = Sequential([Input(batch_shape=(2, 5, 1)), LSTM(3, stateful=True)])\nm.compile('sgd', 'mse')\n"
        "m.fit(Z((8, 5, 1)), Z((8, 3)), batch_size=2)"
    ),
    "weights of samples": "functional(6).fit(Z((8, 6)), Z((8, 2)), sample_weight=Z(8))",
    "a data set": ("functional(6).fit(tf.data.Dataset.from_tensor_slices((Z((8, 6)), Z((8, 2)))).batch(4))"),
    "a data set with weights": (
        "functional(6).fit(tf.data.Dataset.from_tensor_slices((Z((8, 6)), Z((8, 2)), Z(8))).batch(4))"
    ),
    "a mapped data set": (
        "ds = tf.data.Dataset.from_tensor_slices((Z((8, 28, 28)), Z((8, 2))))\n"
        "ds = ds.map(lambda x, y: (tf.expand_dims(x, -1), y)).shuffle(8).batch(4).prefetch(2)\n"
        "functional(28, 28, 1).fit(ds)"
    ),
    "a data set of pairs of inputs": (
        "ds = tf.data.Dataset.from_tensor_slices(((Z((8, 4)), Z((8, 5))), Z((8, 1)))).batch(2)\ntwo().fit(ds)"
    ),
    "a data set of names": (
        "ds = tf.data.Dataset.from_tensor_slices(({'a': Z((8, 4)), 'b': Z((8, 5))}, Z((8, 1)))).batch(2)\n"
        "two(True).fit(ds)"
    ),
    "predictions for a data set": (
        "functional(6).predict(tf.data.Dataset.from_tensor_slices(Z((8, 6))).batch(4))"
    ),
    "predictions for a data set with targets": (
        "functional(6).predict(tf.data.Dataset.from_tensor_slices((Z((8, 6)), Z((8, 2)))).batch(4))"
    ),
    "an unbatched data set of pictures": (
        "chain(28, 28, 1).fit(tf.data.Dataset.from_tensor_slices((Z((4, 28, 28, 1)), Z((4, 2)))))"
    ),
    "an endless generator": (
        "def batches(X, y):\n"
        "    while True:\n"
        "        for i in range(0, len(X), 4):\n"
        "            yield X[i:i + 4], y[i:i + 4]\n"
        "functional(6).fit(batches(Z((8, 6)), Z((8, 2))), steps_per_epoch=2)"
    ),
    "a generator of windows": (
        "def windows(series, n, size):\n"
        "    while True:\n"
        "        X, y = [], []\n"
        "        for i in range(size):\n"
        "            X.append(series[i:i + n])\n"
        "            y.append(series[i + n])\n"
        "        yield np.array(X).reshape(size, n, 1), np.array(y)\n"
        "m = Sequential([Input((5, 1)), LSTM(3), Dense(1)])\nm.compile('sgd', 'mse')\n"
        "m.fit(windows(np.arange(100.0), 5, 4), steps_per_epoch=2)"
    ),
    "a generator of several inputs": (
        "def pairs():\n"
        "    while True:\n"
        "        yield (Z((3, 4)), Z((3, 5))), Z((3, 1))\n"
        "two().fit(pairs(), steps_per_epoch=2)"
    ),
    "a generator of names": (
        "def pairs():\n"
        "    while True:\n"
        "        yield {'a': Z((3, 4)), 'b': Z((3, 5))}, Z((3, 1))\n"
        "two(True).fit(pairs(), steps_per_epoch=2)"
    ),
    "a generator with a buffer": (
        "def batches(n):\n"
        "    buffer = np.empty((n, 6))\n"
        "    while 1:\n"
        "        for i in range(n):\n"
        "            buffer[i] = np.random.rand(6)\n"
        "        yield buffer, Z((n, 2))\n"
        "functional(6).fit(batches(4), steps_per_epoch=2)"
    ),
    "a sequence": (
        "class Batches(keras.utils.Sequence):\n"
        "    def __init__(self, X, y, size=4):\n"
        "        super().__init__()\n"
        "        self.X, self.y, self.size = X, y, size\n"
        "    def __len__(self):\n"
        "        return len(self.X) // self.size\n"
        "    def __getitem__(self, i):\n"
        "        part = slice(i * self.size, (i + 1) * self.size)\n"
        "        return self.X[part], self.y[part]\n"
        "functional(6).fit(Batches(Z((8, 6)), Z((8, 2))))"
    ),
    "pictures in a flow": (
        "from keras.src.legacy.preprocessing.image import ImageDataGenerator\n"
        "flow = ImageDataGenerator(rescale=1 / 255).flow(Z((8, 20, 20, 3)), Z((8, 2)), batch_size=4)\n"
        "functional(20, 20, 3).fit(flow, steps_per_epoch=2)"
    ),
    "windows of a series": (
        "from keras.src.legacy.preprocessing.sequence import TimeseriesGenerator\n"
        "m = Sequential([Input((5, 2)), LSTM(3), Dense(2)])\nm.compile('sgd', 'mse')\n"
        "m.fit(TimeseriesGenerator(Z((40, 2)), Z((40, 2)), length=5, batch_size=4))"
    ),
    "windows in a data set": (
        "m = Sequential([Input((5, 2)), LSTM(3), Dense(2)])\nm.compile('sgd', 'mse')\n"
        "m.fit(keras.utils.timeseries_dataset_from_array(Z((40, 2)), Z((36, 2)), 5, batch_size=4))"
    ),
    "a model built on its data": (
        "m = Sequential([Dense(4), Dense(1)])\nm.compile('sgd', 'mse')\nm.fit(Z((8, 3)), Z(8))"
    ),
    "built on its data, used later": (
        "m = Sequential([LSTM(4), Dense(1)])\nm.compile('sgd', 'mse')\nm.fit(Z((8, 5, 3)), Z(8))\n"
        "m.predict(Z((1, 9, 3)))"
    ),
    "a model class": (
        "class Net(Model):\n"
        "    def __init__(self):\n"
        "        super().__init__()\n"
        "        self.dense = Dense(2)\n"
        "    def call(self, x):\n"
        "        return self.dense(x)\n"
        "m = Net()\nm.compile('sgd', 'mse')\nm.fit(Z((8, 3)), Z((8, 2)))"
    ),
    "an embedding of longer texts": (
        "m = Sequential([Input((12,)), Embedding(10, 2), LSTM(2)])\nm.compile('sgd', 'mse')\n"
        "m.predict(Z((4, 20)))"
    ),
    "a chain in a chain": (
        "m = Sequential([Input((28, 28, 1)), chain(28, 28, 1), Dense(2)])\nm.predict(Z((2, 32, 32, 1)))"
    ),
    "a loop of batches": (
        "m = functional(6)\nX = Z((8, 6))\n"
        "for i in range(2):\n"
        "    m.train_on_batch(X[4 * i:4 * i + 4], Z((4, 2)))"
    ),
    "samples one by one": "m = functional(6)\nfor x in Z((3, 6)):\n    m.predict(x[None])",
    "the state of a game": "m = functional(4)\nstate = Z(4)\nm.predict(np.reshape(state, [1, 4]))",
    "labels of a generator's pictures": (
        "g, d = functional(6, units=4), functional(4, units=1)\n"
        "fake = g.predict(np.random.normal(0, 1, (5, 6)))\nd.train_on_batch(fake, Z((5, 1)))"
    ),
}

REFUSED = {
    "flat pictures": "sequential(28, 28, 1).fit(Z((8, 784)), Z((8, 2)))",
    "pictures into a flat input": "functional(784).fit(Z((8, 28, 28)), Z((8, 2)))",
    "one picture": "functional(28, 28, 1).predict(Z((28, 28, 1)))",
    "one picture, called": "functional(28, 28, 3)(Z((28, 28, 3)))",
    "one picture into a chain": "sequential(28, 28).predict(Z((28, 28)))",
    "one row": "sequential(4).predict(Z(4))",
    "one row into a model built on its data": (
        "m = Sequential([Dense(4), Dense(1)])\nm.compile('sgd', 'mse')\nm.fit(Z((8, 3)), Z(8))\n"
        "m.predict(np.array([1.0, 2.0, 3.0]))"
    ),
    "other columns than it was built on": (
        "m = Sequential([Dense(4), Dense(1)])\nm.compile('sgd', 'mse')\nm.fit(Z((8, 3)), Z(8))\n"
        "m.predict(Z((8, 4)))"
    ),
    "another size": "functional(28, 28, 1).predict(Z((8, 32, 28, 1)))",
    "another size into a chain with a Dense": "sequential(28, 28, 1).predict(Z((8, 32, 28, 1)))",
    "another size into a model of free places": "convolutional(28, 28, 1).predict(Z((8, 32, 32, 1)))",
    "other channels": "chain(28, 28, 1).predict(Z((8, 28, 28, 3)))",
    "channels first": "convolutional(None, None, 3).predict(Z((2, 3, 30, 40)))",
    "a channel that is missing": "functional(28, 28, 3).fit(Z((8, 28, 28)), Z((8, 2)))",
    "steps and features exchanged": (
        "m = Sequential([Input((9, 4)), Conv1D(3, 3), Flatten(), Dense(1)])\nm.predict(Z((8, 4, 9)))"
    ),
    "one array for two inputs": "two().fit(Z((8, 9)), Z((8, 1)))",
    "three arrays for two inputs": "two().predict([Z((8, 4)), Z((8, 5)), Z((8, 5))])",
    "two arrays for one input": "functional(28, 28).predict([Z((8, 28, 28)), Z((8, 28, 28))])",
    "a name that the inputs have not": "two().fit({'a': Z((8, 4)), 'c': Z((8, 5))}, Z((8, 1)))",
    "a key that the inputs have not": "two(True).predict({'a': Z((8, 4))})",
    "a list of samples": (
        "X = []\nfor i in range(20):\n    X.append(Z((28, 28)))\nfunctional(28, 28).predict(X)"
    ),
    "the inputs in another order": "two().fit([Z((8, 5)), Z((8, 4))], Z((8, 1)))",
    "validation data of another rank": (
        "functional(784).fit(Z((8, 784)), Z((8, 2)), validation_data=(Z((4, 28, 28)), Z((4, 2))))"
    ),
    "a data set without batches": (
        "functional(6).fit(tf.data.Dataset.from_tensor_slices((Z((8, 6)), Z((8, 2)))))"
    ),
    "a data set batched twice": (
        "ds = tf.data.Dataset.from_tensor_slices((Z((8, 6)), Z((8, 2)))).batch(2).batch(2)\n"
        "functional(6).fit(ds)"
    ),
    "a generator of single samples": (
        "def samples():\n"
        "    while True:\n"
        "        yield Z((28, 28, 3)), Z((1,))\n"
        "functional(28, 28, 3).fit(samples(), steps_per_epoch=2)"
    ),
    "a sequence of grey pictures": (
        "class Batches(keras.utils.Sequence):\n"
        "    def __len__(self):\n"
        "        return 2\n"
        "    def __getitem__(self, i):\n"
        "        X = np.empty((4, 20, 20))\n"
        "        return X, Z((4, 2))\n"
        "m = Sequential([Input((20, 20, 3)), Conv2D(2, 3), Flatten(), Dense(2)])\n"
        "m.compile('sgd', 'mse')\nm.fit(Batches())"
    ),
    "a flow of other pictures": (
        "from keras.src.legacy.preprocessing.image import ImageDataGenerator\n"
        "flow = ImageDataGenerator().flow(Z((8, 20, 20, 3)), Z((8, 2)), batch_size=4)\n"
        "functional(32, 32, 3).fit(flow, steps_per_epoch=2)"
    ),
    "a loop over samples": "m = functional(6)\nfor x in Z((3, 6)):\n    m.predict(x)",
    "the state of a game": "m = functional(4)\nm.predict_on_batch(Z(4))",
}

UNKNOWN = {
    "names that an input made up has not": (
        "x = Input((4,))\nm = Model(x, Dense(1)(x))\nm.predict({'features': Z((8, 4))})"
    ),
    "a vector into a model class": (
        "class Net(Model):\n"
        "    def __init__(self):\n"
        "        super().__init__()\n"
        "        self.dense = Dense(2)\n"
        "    def call(self, x):\n"
        "        return self.dense(x)\n"
        "m = Net()\nm.compile('sgd', 'mse')\nm.fit(Z(8), Z((8, 2)))"
    ),
    "lists of numbers": "sequential(2).predict([[1.0, 2.0], [3.0, 4.0]])",
}

METHODS = ("fit", "evaluate", "predict", "train_on_batch", "test_on_batch", "predict_on_batch")


@pytest.mark.parametrize("name", TAKEN)
def test_what_keras_takes(name: str, fed: Any) -> None:
    feeds, received, problem = _both(TAKEN[name], fed)
    assert problem is None
    assert feeds, "nothing is recorded"
    assert [str(feed.call.error) for feed in feeds if feed.call.error is not None] == []
    _agree(feeds, received)


@pytest.mark.parametrize("name", REFUSED)
def test_what_keras_refuses(name: str, fed: Any) -> None:
    feeds, received, problem = _both(REFUSED[name], fed)
    assert problem is not None
    assert any(feed.call.error is not None for feed in feeds)
    _agree(feeds, received)


def test_more_names_than_inputs(fed: Any) -> None:
    program = "two().fit({'b': Z((8, 5)), 'c': Z((8, 3)), 'a': Z((8, 4))}, Z((8, 1)))"
    (feed,), _, problem = _both(program, fed)
    assert problem is None
    assert feed.call.error is None
    _agree([feed], [[(8, 4), (8, 5)]])


@pytest.mark.parametrize("name", UNKNOWN)
def test_what_nobody_can_say(name: str, fed: Any) -> None:
    feeds, _, problem = _both(UNKNOWN[name], fed)
    assert problem is not None
    assert not any(feed.call.error is not None for feed in feeds)


def _both(program: str, fed: Any) -> tuple[list[Feed], Any, Exception | None]:
    """What is recorded, what Keras received last, and with what it stopped."""
    code = PREAMBLE + program
    received, problem = fed(code)
    return read(code, "program.py").feeds, received, problem


def _agree(feeds: list[Feed], received: list[list[tuple[int, ...]]]) -> None:
    """The arrays of one of the feeds are those that Keras received; of direct calls nothing is received."""
    recorded = [
        [tensor.shape.sizes if tensor.shape is not None else None for tensor in flatten(feed.data)]
        for feed in feeds
        if all(isinstance(tensor, Tensor) for tensor in flatten(feed.data))
    ]
    for last in received:
        assert any(_may_be(one, last) for one in recorded), (recorded, last)


def _may_be(recorded: list[Any], received: list[tuple[int, ...]]) -> bool:
    return len(recorded) == len(received) and all(
        one is not None
        and len(one) == len(other)
        and all(a is None or isinstance(a, Expression) or a == b for a, b in zip(one, other, strict=True))
        for one, other in zip(recorded, received, strict=True)
    )


@pytest.fixture
def fed(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Runs a program: the shapes of what a model was given last, and the exception that it ends with."""
    import keras

    from tests.oracle.session import begin

    received: list[Any] = []
    inside = [0]

    def recorded(method: Any) -> Any:
        def call(self: Any, x: Any = None, *args: Any, **keywords: Any) -> Any:
            if inside[0] == 0:
                x, shapes = _peeked(x)
                received.append(shapes)
            inside[0] += 1
            try:
                return method(self, x, *args, **keywords)
            finally:
                inside[0] -= 1

        return call

    for name in METHODS:
        owner = keras.Model
        monkeypatch.setattr(owner, name, recorded(getattr(owner, name)))

    def run(code: str) -> tuple[Any, Exception | None]:
        begin()
        try:
            exec(compile(code, "program.py", "exec"), {"__name__": "__main__"})
        except Exception as problem:
            return received[-1:], problem
        return received[-1:], None

    return run


def _peeked(x: Any) -> tuple[Any, list[tuple[int, ...]]]:
    """The data untouched, and the shapes of its arrays, or of the inputs of its first batch."""
    import tensorflow as tf

    if isinstance(x, tf.data.Dataset):
        return x, _shapes(next(iter(x)), batch=True)
    if isinstance(x, Iterator) and not hasattr(x, "__getitem__"):
        first = next(x)

        def again() -> Iterator[Any]:
            yield from itertools.chain([first], x)

        return again(), _shapes(first, batch=True)
    if hasattr(x, "__getitem__") and not isinstance(x, list | tuple | dict) and not hasattr(x, "shape"):
        return x, _shapes(x[0], batch=True)
    return x, _shapes(x)


def _shapes(x: Any, *, batch: bool = False) -> list[tuple[int, ...]]:
    if batch and isinstance(x, tuple):
        x = x[0]
    return [tuple(np.shape(leaf)) for leaf in flatten(x)]


def test_an_array_stays_one_however_often_it_is_changed() -> None:
    """What is added to an image in each round of a long loop is fed to the model in each of them."""
    text = (
        "import keras\nimport numpy as np\n"
        "model = keras.Sequential([keras.Input((28, 28, 1)), keras.layers.Conv2D(8, 3)])\n"
        "image = np.zeros((1, 28, 28, 1), 'float32')\n"
        "for _ in range(40):\n    made = model(image)\n    image = image + 0.1 * image\n"
    )
    graph = read(text, "program.py")
    (place,) = {feed.call.origin for feed in graph.feeds if feed.call is not None}
    assert len(graph.feeds) == sum(call.origin == place for call in graph.calls)
