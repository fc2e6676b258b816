"""Before and after, fix by fix. What a table does not name must stay byte for byte the same."""

from __future__ import annotations

import ast
from collections import Counter
from importlib import import_module
from pathlib import Path

import pytest

from layoutlint.engine.examples import examples_of
from layoutlint.engine.fix_names import FIXES
from tests.fixes.helpers import RULES, findings_of, fixed

HEAD = """\
import numpy as np
import tensorflow as tf
import keras
from keras import backend as K
from keras import layers
from keras.layers import *
from keras.models import Sequential

"""
CONV = "m = Sequential([Conv1D(8, 1, {}), Flatten()])\n"

CASES = {
    # swap-input-axes: the declared shape
    "tuple": (CONV.format("input_shape=(1, 8000)"), [("(1, 8000)", "(8000, 1)")]),
    "list": (CONV.format("input_shape=[1,8000]"), [("[1,8000]", "[8000,1]")]),
    "spaces": (CONV.format("input_shape = ( 1 ,8000 , )"), [("( 1 ,8000 , )", "( 8000 ,1 , )")]),
    "batch": (
        "i = keras.Input(batch_shape=(None, 1, 8000))\nx = Conv1D(8, 1)(i)\n",
        [("None, 1, 8000", "None, 8000, 1")],
    ),
    "batch of Keras 2": (
        CONV.format("batch_input_shape=(None, 1, 8000)"),
        [("None, 1, 8000", "None, 8000, 1")],
    ),
    "input": (
        "i = keras.Input((1, 300), name='signal')  # one signal\nx = layers.LSTM(8)(i)\n",
        [("(1, 300)", "(300, 1)")],
    ),
    "lines": (
        CONV.format("input_shape=(\n    1,  # channels\n    8000,  # samples\n)"),
        [("    1,  # channels\n    8000,  # samples\n", "    8000,  # samples\n    1,  # channels\n")],
    ),
    "lines without a trailing comma": (
        CONV.format("input_shape=(\n    1,  # channels\n    8000  # samples\n)"),
        [("    1,  # channels\n    8000  # samples\n", "    8000,  # samples\n    1  # channels\n")],
    ),
    "name": ("shape = (1, 8000)\n" + CONV.format("input_shape=shape"), [("(1, 8000)", "(8000, 1)")]),
    "images": (
        "m = Sequential([Conv2D(8, 3, padding='same', input_shape=(3, 64, 64))])\n",
        [("(3, 64, 64)", "(64, 64, 3)")],
    ),
    # … and what is done to the data
    "method": (
        "X = np.load('x.npy')\nX = X.reshape(X.shape[0], 1, X.shape[1])  # here\n"
        + CONV.format("input_shape=(1, X.shape[2])"),
        [
            ("X.shape[0], 1, X.shape[1])", "X.shape[0], X.shape[1], 1)"),
            ("(1, X.shape[2])", "(X.shape[1], 1)"),
        ],
    ),
    "function": (
        "X = np.load('x.npy')\nX = np.reshape(X, (X.shape[0], 1, X.shape[1]))\n"
        + CONV.format("input_shape=(X.shape[1], X.shape[2])"),
        [("(X.shape[0], 1, X.shape[1])", "(X.shape[0], X.shape[1], 1)")],
    ),
    "slice": (
        "X = np.load('x.npy')\nX = X.reshape(len(X), 1, X.shape[1])\n"
        + CONV.format("input_shape=X.shape[1:]"),
        [("(len(X), 1, X.shape[1])", "(len(X), X.shape[1], 1)")],
    ),
    "expand_dims": (
        "X = np.zeros((32, 100))\nX = np.expand_dims(X, axis=1)\n" + CONV.format("input_shape=(1, 100)"),
        [("axis=1", "axis=-1"), ("(1, 100)", "(100, 1)")],
    ),
    "newaxis": (
        "X = np.zeros((32, 100))\nX = X[:, np.newaxis]\n" + CONV.format("input_shape=(1, 100)"),
        [("X[:, np.newaxis]", "X[:, :, np.newaxis]"), ("(1, 100)", "(100, 1)")],
    ),
    "values in the first axis": (
        "X = np.load('x.npy').reshape(-1, 3, 64, 64)\n"
        "m = Sequential([Conv2D(8, 3, padding='same', input_shape=(3, 64, 64))])\n",
        [("-1, 3, 64, 64)", "-1, 3, 64, 64).transpose(0, 2, 3, 1)"), ("(3, 64, 64))]", "(64, 64, 3))]")],
    ),
    "Reshape": (
        "i = keras.Input((300,))\nx = layers.Reshape((1, 300))(i)\nx = layers.Conv1D(8, 1)(x)\n",
        [("Reshape((1, 300))", "Reshape((300, 1))")],
    ),
    # drop-batch-axis
    "None": (
        "m = Sequential([Conv2D(8, 3, input_shape=(None, 28, 28, 1))])\n",
        [("(None, 28, 28, 1)", "(28, 28, 1)")],
    ),
    "shape": (
        "X = np.zeros((60, 28, 28, 1))\nm = Sequential([Conv2D(8, 3, input_shape=X.shape)])\n",
        [("=X.shape)", "=X.shape[1:])")],
    ),
    "shape of a function": (
        "def build(shape, n):\n    return Sequential([Input(shape), Conv2D(n, 3)])\n\n"
        "X = np.zeros((60, 28, 28, 1))\nm = build(X.shape, n=8)\n",
        [("build(X.shape,", "build(X.shape[1:],")],
    ),
    "samples": (
        "X_train, y_train = np.zeros((60, 5)), np.zeros(60)\n"
        "m = Sequential([Dense(8, input_shape=(len(X_train), 5)), Dense(1)])\n"
        "m.compile('sgd', 'mse')\nm.fit(X_train, y_train, verbose=0)\n",
        [("(len(X_train), 5)", "(5,)")],
    ),
    "sum": (
        "X = np.zeros((60, 28, 28, 1))\nm = Sequential([Conv2D(8, 3, input_shape=(None,) + X.shape[1:])])\n",
        [("(None,) + X.shape[1:]", "X.shape[1:]")],
    ),
    "batch lines": (
        "m = Sequential([Conv1D(8, 3, input_shape=(\n    None,  # samples\n    28,\n    1,\n))])\n",
        [("    None,  # samples\n", "")],
    ),
    # add-missing-axis
    "series": ("m = Sequential([Conv1D(8, 3, input_shape=(8000,))])\n", [("(8000,)", "(8000, 1)")]),
    "grey": ("i = Input((28, 28))\nx = Conv2D(8, 3)(Dropout(0.1)(i))\n", [("(28, 28)", "(28, 28, 1)")]),
    "grey lines": (
        "i = Input((\n    28,\n    28,  # columns\n))\nx = Conv2D(8, 3)(i)\n",
        [("28,  # columns", "28, 1,  # columns")],
    ),
    "star": (
        "X = np.zeros((60, 28, 28))\nm = Sequential([Conv2D(8, 3, input_shape=X.shape[1:])])\n",
        [("X.shape[1:]", "(*X.shape[1:], 1)")],
    ),
    "data": (
        "X = np.zeros((60, 784)).reshape(-1, 28, 28)\nm = Sequential([Conv2D(8, 3, input_shape=(28, 28))])\n",
        [("(-1, 28, 28)", "(-1, 28, 28, 1)"), ("shape=(28, 28)", "shape=(28, 28, 1)")],
    ),
    # set-return-sequences
    "stacked": (
        "m = Sequential([LSTM(64, input_shape=(50, 4)), LSTM(32), Dense(1)])\n",
        [("(50, 4))", "(50, 4), return_sequences=True)")],
    ),
    "three": (
        "m = Sequential([\n    LSTM(64, input_shape=(50, 4)),\n    GRU(16,),\n    LSTM(32),\n])\n",
        [("(50, 4))", "(50, 4), return_sequences=True)"), ("GRU(16,)", "GRU(16, return_sequences=True,)")],
    ),
    "False": (
        "i = Input((50, 4))\nx = Bidirectional(LSTM(8, return_sequences=False))(i)\nx = LSTM(4)(x)\n",
        [("return_sequences=False", "return_sequences=True")],
    ),
    # … and clear-return-sequences
    "steps for one target": (
        "X, y = np.zeros((64, 24, 5)), np.zeros((64, 1))\n"
        "m = Sequential([Input((24, 5)), GRU(8, return_sequences=True),\n"
        "    LSTM(8, return_sequences = True), Dense(1)])\n"
        "m.compile('adam', 'mse')\nm.fit(X, y, verbose=0)\n",
        [("return_sequences = True", "return_sequences = False")],
    ),
    "no steps for many targets": (
        "X, y = np.zeros((64, 24, 5)), np.zeros((64, 24, 3))\n"
        "m = Sequential([Input((24, 5)), Bidirectional(LSTM(8)), Dense(3)])\n"
        "m.compile('adam', 'mse')\nm.fit(X, y, verbose=0)\n",
        [("LSTM(8)", "LSTM(8, return_sequences=True)")],
    ),
    # swap-sparse-loss
    "labels": (
        "X, y = np.zeros((64, 5)), np.zeros(64)\nm = Sequential([Input((5,)), Dense(3, 'softmax')])\n"
        "m.compile(loss = \"categorical_crossentropy\",optimizer='sgd')\nm.fit(X, y, verbose=0)\n",
        [('"categorical_crossentropy"', '"sparse_categorical_crossentropy"')],
    ),
    "one-hot": (
        "X, y = np.zeros((64, 5)), np.eye(3)[np.random.randint(0, 3, 64)]\n"
        "m = Sequential([Input((5,)), Dense(3)])\n"
        "m.compile('sgd', keras.losses.SparseCategoricalCrossentropy(from_logits=True))\n"
        "m.fit(X, y, verbose=0)\nm.evaluate(X, y, verbose=0)\n",
        [("SparseCategoricalCrossentropy", "CategoricalCrossentropy")],
    ),
    "loss in a name": (
        "loss = 'categorical_crossentropy'  # or mse\nX, y = np.zeros((64, 5)), np.zeros(64)\n"
        "m = Sequential([Input((5,)), Dense(3, 'softmax')])\nm.compile('sgd', loss)\n"
        "m.fit(X, y, verbose=0)\n",
        [("'categorical", "'sparse_categorical")],
    ),
    # add-sample-axis
    "one row": (
        "m = Sequential([Input((4,)), Dense(2)])\nX = np.zeros((9, 4))\n"
        "a = m.predict(X[3], verbose=0)  # one row\nb = m(X[4] / 2)\n"
        "c = m.predict_on_batch(x = np.zeros(4))\n",
        [("X[3]", "X[3][None]"), ("X[4] / 2", "(X[4] / 2)[None]"), ("np.zeros(4)", "np.zeros(4)[None]")],
    ),
    "one picture": (
        "i = Input((16, 16, 1))\nm = keras.Model(i, GlobalMaxPooling2D()(Conv2D(4, 3, padding='same')(i)))\n"
        "picture = np.zeros((16, 16, 1))\nm.predict(\n    picture,  # grey\n    verbose=0)\n",
        [("    picture,", "    picture[None],")],
    ),
    "one picture for another runtime": (
        "m = Sequential([Input((16, 16, 1)), Conv2D(4, 3)])\npicture = np.zeros((16, 16, 1), 'float32')\n"
        "lite = tf.lite.Interpreter(model_content=tf.lite.TFLiteConverter.from_keras_model(m).convert())\n"
        "lite.allocate_tensors()\nlite.set_tensor(lite.get_input_details()[0]['index'], picture)\n",
        [("'index'], picture", "'index'], picture[None]")],
    ),
    "one picture for a session": (
        "import tf2onnx, onnxruntime\nm = Sequential([Input((16, 16, 1)), Conv2D(4, 3)])\n"
        "spec = [tf.TensorSpec((None, 16, 16, 1), tf.float32)]\n"
        "proto, _ = tf2onnx.convert.from_function(tf.function(m), input_signature=spec)\n"
        "run = onnxruntime.InferenceSession(proto.SerializeToString())\n"
        "run.run(None, {run.get_inputs()[0].name: np.zeros((16, 16, 1), 'float32')})\n",
        [("np.zeros((16, 16, 1), 'float32')", "np.zeros((16, 16, 1), 'float32')[None]")],
    ),
    # set-data-format
    "pooling": (
        "m = Sequential([Conv2D(8, 3, data_format='channels_first', input_shape=(3, 64, 64)),\n"
        "    MaxPooling2D()])\n",
        [("MaxPooling2D()", 'MaxPooling2D(data_format="channels_first")')],
    ),
    "pooling lines": (
        "m = Sequential([\n    Conv2D(8, 3, data_format='channels_first', input_shape=(3, 64, 64)),\n"
        "    MaxPooling2D(\n        pool_size=2,\n        padding='same',\n    ),\n])\n",
        [("padding='same',\n", "padding='same',\n        data_format=\"channels_first\",\n")],
    ),
    # set-axis
    "axis": (
        "i = Input((32, 32, 3))\nx = Conv2D(8, 3)(i)\nx = BatchNormalization(axis=1)(x)\n",
        [("axis=1", "axis=-1")],
    ),
    "axis by position": (
        "i = Input((32, 32, 3))\nx = Conv2D(8, 3)(i)\nx = BatchNormalization(1)(x)\n",
        [("Normalization(1)", "Normalization(-1)")],
    ),
    "axis of channels first": (
        "i = Input((3, 32, 32))\nx = Conv2D(8, 3, data_format='channels_first')(i)\n"
        "x = BatchNormalization()(x)\n",
        [("BatchNormalization()", "BatchNormalization(axis=1)")],
    ),
    "argmax": (
        "m = Sequential([Input((8,)), Dense(3)])\nX = np.zeros((60, 8))\n"
        "a = np.argmax(m.predict(X, verbose=0), 0)\nb = m.predict(X, verbose=0).argmax(axis=0)\n"
        "c = m.predict(X, verbose=0).argmax(0)\n",
        [("=0), 0)", "=0), -1)"), ("argmax(axis=0)", "argmax(axis=-1)"), (".argmax(0)", ".argmax(-1)")],
    ),
    # tuple-kernel
    "kernel": (
        "m = Sequential([\n    Conv2D(8, 3, 3, padding='same', input_shape=(64, 64, 3)),\n"
        "    Conv2D(8, 3, 3, activation='relu'),\n])\n",
        [("3, 3, padding", "(3, 3), padding"), ("3, 3, activation", "(3, 3), activation")],
    ),
    # count-from-one
    "the batch named": (
        "i = Input((9, 128))\nx = Permute((0, 2, 1))(i)\n",
        [("(0, 2, 1)", "(2, 1)")],
    ),
    "counted from zero": (
        "i = Input((3, 64, 64))\nx = Permute(dims=(1,2, 0), name='p')(i)\n",
        [("(1,2, 0)", "(2,3, 1)")],
    ),
    # use-sigmoid
    "one unit": (
        "m = Sequential([Input((30,)), Dense(16, 'relu'), Dense(1, activation='softmax')])\n",
        [("'softmax'", "'sigmoid'")],
    ),
    # add-flatten
    "maps in a list": (
        "X, y = np.zeros((9, 28, 28, 1)), np.eye(3)[np.zeros(9, int)]\n"
        "m = Sequential([Input((28, 28, 1)), Conv2D(4, 3), Dense(8, 'relu'), Dense(3, 'softmax')])\n"
        "m.compile('adam', 'categorical_crossentropy')\nm.fit(X, y, verbose=0)\n",
        [("Dense(8", "Flatten(), Dense(8")],
    ),
    "maps in lines": (
        "X, y = np.zeros((9, 28, 28, 1)), np.zeros(9)\nm = Sequential([\n    layers.Input((28, 28, 1)),\n"
        "    layers.Conv2D(4, 3, 2),  # halved\n    layers.Dense(3, 'softmax'),\n])\n"
        "m.compile('adam', 'sparse_categorical_crossentropy')\nm.fit(X, y, verbose=0)\n",
        [("  # halved\n", "  # halved\n    layers.Flatten(),\n")],
    ),
    "maps added": (
        "X, y = np.zeros((9, 28, 28, 1)), np.zeros((9, 1))\nm = keras.Sequential()\n"
        "m.add(keras.layers.Conv2D(4, 3, input_shape=(28, 28, 1)))\n\n# the answer\n"
        "m.add(keras.layers.Dense(1, 'sigmoid'))  # yes or no\n"
        "m.compile('adam', 'binary_crossentropy')\nm.fit(X, y, verbose=0)\n",
        [("# the answer\n", "# the answer\nm.add(keras.layers.Flatten())\n")],
    ),
    "maps of a class": (
        "X, y = np.zeros((9, 28, 28, 1)), np.zeros(9)\nclass Net(keras.Model):\n    def __init__(self):\n"
        "        super().__init__()\n        self.conv = layers.Conv2D(4, 3, 2)\n        # the answer\n"
        "        self.fc = layers.Dense(8, 'relu')\n        self.out = layers.Dense(3, 'softmax')\n"
        "    def call(self, x):\n        return self.out(self.fc(self.conv(x)))\nm = Net()\n"
        "m.compile('adam', 'sparse_categorical_crossentropy')\nm.fit(X, y, verbose=0)\n",
        [
            ("# the answer\n", "# the answer\n        self.flatten = layers.Flatten()\n"),
            ("self.fc(self.conv(x))", "self.fc(self.flatten(self.conv(x)))"),
        ],
    ),
    "maps into a layer with a name": (
        "X, y = np.zeros((9, 28, 28, 1)), np.zeros(9)\ni = Input((28, 28, 1))\nx = Conv2D(4, 3)(i)\n"
        "answer = Dense(3, 'softmax')\no = answer(x)\nm = keras.Model(i, o)\n"
        "m.compile('adam', 'sparse_categorical_crossentropy')\nm.fit(X, y, verbose=0)\n",
        [("answer(x)", "answer(Flatten()(x))")],
    ),
    "steps of any number": (
        "X, y = np.zeros((9, 70), int), np.eye(3)[np.zeros(9, int)]\ni = Input((None,))\n"
        "x = Embedding(50, 8)(i)\no = Dense(3, 'softmax')(x)\nm = keras.Model(i, o)\n"
        "m.compile('adam', 'categorical_crossentropy')\nm.fit(X, y, verbose=0)\n",
        [("'softmax')(x)", "'softmax')(GlobalAveragePooling1D()(x))")],
    ),
    # flatten-each-step
    "maps of every frame": (
        "m = keras.Sequential()\nm.add(layers.Input((8, 32, 32, 3)))\n"
        "m.add(layers.TimeDistributed(layers.Conv2D(4, 3)))\nm.add(layers.Bidirectional(layers.LSTM(8)))\n",
        [("m.add(layers.Bidi", "m.add(layers.TimeDistributed(layers.Flatten()))\nm.add(layers.Bidi")],
    ),
    "maps of every frame, called": (
        "i = keras.Input((8, 32, 32, 3))\nx = layers.TimeDistributed(layers.Conv2D(4, 3))(i)\n"
        "x = layers.GRU(8)(x)\n",
        [("layers.GRU(8)(x)", "layers.GRU(8)(layers.TimeDistributed(layers.Flatten())(x))")],
    ),
    # set-units
    "classes": (
        "X, y = np.zeros((64, 5)), np.eye(4)[np.zeros(64, int)]\nn_classes = 3\n"
        "m = Sequential([Input((5,)), Dense(n_classes, 'softmax')])\n"
        "m.compile('adam', 'categorical_crossentropy')\nm.fit(X, y, verbose=0)\n",
        [("Dense(n_classes", "Dense(4")],
    ),
    "classes of pixels": (
        "X, y = np.zeros((6, 8, 8, 3)), tf.one_hot(np.zeros((6, 8, 8), int), 5)\n"
        "m = Sequential([Input((8, 8, 3)), Conv2D(filters=4, kernel_size=1, activation='softmax')])\n"
        "m.compile('adam', 'categorical_crossentropy')\nm.fit(X, y, verbose=0)\n",
        [("filters=4", "filters=5")],
    ),
    "classes on one unit": (
        "X, y = np.zeros((64, 5)), np.eye(4)[np.zeros(64, int)]\n"
        "m = Sequential([Input((5,)), Dense(units=1, activation='sigmoid')])\n"
        "m.compile('adam', loss=keras.losses.BinaryCrossentropy())\nm.fit(X, y, verbose=0)\n",
        [
            ("units=1, activation='sigmoid'", "units=4, activation='softmax'"),
            ("BinaryCross", "CategoricalCross"),
        ],
    ),
    "tags": (
        "X, y = np.zeros((64, 5)), np.random.randint(0, 2, (64, 14))\n"
        "m = Sequential([Input((5,)), Dense(12, 'sigmoid')])\n"
        "m.compile('adam', 'binary_crossentropy')\nm.fit(X, y, verbose=0)\n",
        [("Dense(12", "Dense(14")],
    ),
    "two units for a yes": (
        "X, y = np.zeros((64, 5)), np.zeros((64, 1))\nm = Sequential([Input((5,)), Dense(2, 'softmax')])\n"
        "m.compile('adam', 'binary_crossentropy')\nm.fit(X, y, verbose=0)\n",
        [("Dense(2, 'softmax')", "Dense(1, 'sigmoid')")],
    ),
    # set-input-shape
    "other columns": (
        "X, y = np.zeros((64, 7)), np.zeros(64)\nm = Sequential([Dense(1, input_dim=8)])\n"
        "m.compile('adam', 'mse')\nm.fit(X, y, verbose=0)\n",
        [("input_dim=8", "input_dim=7")],
    ),
    "other images": (
        "SIZE = 64\nX = np.zeros((8, 28, 28, 1))\ni = Input(shape=(SIZE, SIZE, 1))\n"
        "m = keras.Model(i, Conv2D(1, 3, padding='same')(i))\nm.compile('adam', 'mse')\n"
        "m.fit(X, X, verbose=0)\n",
        [("(SIZE, SIZE, 1)", "(28, 28, 1)")],
    ),
    "channels": (
        "X, y = np.zeros((8, 32, 32, 3)), np.zeros(8)\n"
        "m = Sequential([Conv2D(4, 3, input_shape=(32,32,1)), GlobalMaxPooling2D(), Dense(1)])\n"
        "m.compile('adam', 'mse')\nm.fit(X, y, verbose=0)\n",
        [("(32,32,1)", "(32,32,3)")],
    ),
    # reshape-data
    "images for rows": (
        "X, y = np.zeros((64, 28, 28)), np.zeros(64)\nm = Sequential([Input((784,)), Dense(1)])\n"
        "m.compile('adam', 'mse')\nm.fit(X / 255, y, validation_data=(X[:9], y[:9]), verbose=0)\n",
        [("X / 255", "(X / 255).reshape(-1, 784)"), ("X[:9]", "X[:9].reshape(-1, 784)")],
    ),
    "axes of signals": (
        "X = np.zeros((64, 9, 128))\nm = Sequential([Input((128, 9)), LSTM(4)])\nm.predict(X, verbose=0)\n",
        [("predict(X,", "predict(np.moveaxis(X, 1, -1),")],
    ),
    "transparency": (
        "X = np.zeros((8, 32, 32, 4))\nm = Sequential([Input((32, 32, 3)), Conv2D(4, 3)])\n"
        "m.predict(X, verbose=0)\n",
        [("predict(X,", "predict(X[..., :3],")],
    ),
    # order-arrays
    "order": (
        "a, b = Input((4,)), Input((50,))\nm = keras.Model([a, b], Dense(1)(Concatenate()([a, b])))\n"
        "m.predict([np.zeros((9, 50)) , np.zeros((9, 4))], verbose=0)\n",
        [("[np.zeros((9, 50)) , np.zeros((9, 4))]", "[np.zeros((9, 4)) , np.zeros((9, 50))]")],
    ),
    # set-embedding-size
    "ids that are loaded": (
        "ids = np.load('ids.npy')\nm = Sequential([Input((4,)), Embedding(int(ids.max()), 8)])\n"
        "m.predict(ids)\n",
        [("int(ids.max())", "int(ids.max()) + 1")],
    ),
    "matrix": (
        "matrix = np.zeros((1001, 100))\ni = Input((20,))\n"
        "x = Embedding(1000, output_dim=100, weights=[matrix])(i)\n",
        [("Embedding(1000", "Embedding(1001")],
    ),
    "table of weights": (
        "e = Embedding(input_dim=1000, output_dim=50)\nm = Sequential([Input((20,)), e])\n"
        "e.set_weights([np.zeros((1000, 100))])\n",
        [("output_dim=50", "output_dim=100")],
    ),
    # set-layer-rank
    "signals": (
        "m = Sequential([Conv2D(8, (3, 3), input_shape=(360, 1)),\n    MaxPooling2D((2, 2)),\n"
        "    Conv2D(8, 3)])\n",
        [
            ("Conv2D(8, (3, 3)", "Conv1D(8, 3"),
            ("MaxPooling2D((2, 2))", "MaxPooling1D(2)"),
            ("Conv2D(8, 3)", "Conv1D(8, 3)"),
        ],
    ),
    "pooling of volumes": (
        "i = Input((16, 32, 32, 1))\nx = layers.Conv3D(4, 3)(i)\nx = layers.MaxPooling2D(2)(x)\n",
        [("layers.MaxPooling2D", "layers.MaxPooling3D")],
    ),
    # match-samples
    "another part": (
        "X_train, y_train = np.zeros((80, 5)), np.zeros(80)\ny_test = np.zeros(20)\n"
        "m = Sequential([Input((5,)), Dense(1)])\nm.compile('adam', 'mse')\n"
        "m.fit(X_train, y_test, verbose=0)\n",
        [("fit(X_train, y_test", "fit(X_train, y_train")],
    ),
    "one too many": (
        "X, y = np.zeros((80, 5)), np.zeros(79)\nm = Sequential([Input((5,)), Dense(1)])\n"
        "m.compile('adam', 'mse')\nm.fit(X, y, verbose=0)\n",
        [("fit(X, y", "fit(X[:len(y)], y")],
    ),
    # reshape-to-transpose
    "method to transpose": (
        "X = np.zeros((60, 32, 32, 3))\nX = X.reshape(X.shape[0], 3, 32, 32)\nm = Dense(1)\n",
        [("X.reshape(X.shape[0], 3, 32, 32)", "X.transpose(0, 3, 1, 2)")],
    ),
    "function to transpose": (
        "X = np.zeros((60, 128, 9))\nX = np.reshape(X, (60, 9, 128))\nm = Dense(1)\n",
        [("np.reshape(X, (60, 9, 128))", "np.transpose(X, (0, 2, 1))")],
    ),
    "imported function to transpose": (
        "from numpy import (\n    reshape,\n    zeros,\n)\nX = reshape(zeros((60, 128, 9)), (60, 9, 128))\n"
        "m = Dense(1)\n",
        [
            ("    zeros,\n", "    zeros,\n    transpose,\n"),
            ("reshape(zeros((60, 128, 9)), (60, 9, 128))", "transpose(zeros((60, 128, 9)), (0, 2, 1))"),
        ],
    ),
    "backend": (
        "i = keras.Input((128, 9))\nx = K.reshape(i, (-1, 9, 128))\n",
        [("K.reshape(i, (-1, 9, 128))", "K.permute_dimensions(i, (0, 2, 1))")],
    ),
    "layer": (
        "i = keras.Input((128, 9))\nx = layers.Reshape((9, 128), name='r')(i)\n",
        [("layers.Reshape((9, 128), name='r')", "layers.Permute((2, 1), name='r')")],
    ),
}


def expected(text: str, changes: list[tuple[str, str]]) -> str:
    for old, new in changes:
        assert text.count(old) == 1, f"{old} must tell one place"
        text = text.replace(old, new)
    return text


def checked(text: str) -> str:
    """The fixed text, after what must hold for every fix: it parses, findings are gone, none has come."""
    first = findings_of(text)
    before = Counter(finding.rule for finding in first)
    places = {(finding.rule, finding.location.line) for finding in first}
    outcome = fixed(text)
    if outcome.text == text:
        return text
    ast.parse(outcome.text)
    after = Counter(finding.rule for finding in findings_of(outcome.text))
    # a fix may bring to light what another one fixes; that was not there before
    fixes = [(done.finding.rule, done.finding.location.line) for done in outcome.applied]
    gone = Counter(rule for rule, line in fixes if (rule, line) in places)
    assert not after - before, "a new finding"
    assert after <= before - gone or not before, "a finding that was fixed is still there"
    assert fixed(outcome.text).text == outcome.text, "a second run changes nothing"
    return outcome.text


@pytest.mark.parametrize("name", CASES)
def test_before_and_after(name):
    text, changes = CASES[name]
    assert findings_of(HEAD + text), "there is something to fix"
    assert checked(HEAD + text) == HEAD + expected(text, changes)


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_line_ends_and_odd_layout_stay(end):
    text = (
        f"# größe{end}from keras.layers import Conv1D{end}from keras import Sequential{end}{end}{end}"
        f"if True:{end}\tm = Sequential ( [ Conv1D( 8,1 , input_shape=(1,{end}\t 8000) ) ] ) ;  n=1  # ü{end}"
    )
    assert checked(text) == text.replace(f"(1,{end}\t 8000)", f"(8000,{end}\t 1)")


REFUSED = {
    "used twice": (
        "shape = (1, 8000)\nprint(shape)\n" + CONV.format("input_shape=shape"),
        "used elsewhere in the program",
    ),
    "bound twice": (
        "shape = (1, 8000)\nshape = (1, 9000)\n" + CONV.format("input_shape=shape"),
        "no single definition",
    ),
    "parts of unknown names": (
        "X, y = np.zeros((80, 5)), np.zeros(20)\nm = Sequential([Input((5,)), Dense(1)])\n"
        "m.compile('adam', 'mse')\nm.fit(X, y)\n",
        "not clear which samples belong together",
    ),
    "no targets of that part": (
        "X_train, y_test = np.zeros((80, 5)), np.zeros(20)\nm = Sequential([Input((5,)), Dense(1)])\n"
        "m.compile('adam', 'mse')\nm.fit(X_train, y_test)\n",
        "there is no y_train",
    ),
    "units of a variable number": (
        "X, y = np.zeros((64, 5)), np.eye(4)[np.zeros(64, int)]\noptions = {'units': 3}\n"
        "m = Sequential([Input((5,)), Dense(**options)])\n"
        "m.compile('adam', 'categorical_crossentropy')\nm.fit(X, y)\n",
        "**kwargs",
    ),
    "a shape of other data": (
        "A, B = np.zeros((9, 5)), np.zeros((9, 6))\nm = Sequential([Input((5,)), Dense(1)])\n"
        "m.compile('adam', 'mse')\nm.fit(A, np.zeros(9))\nm.predict(B)\n",
        "would bring it back",
    ),
    "computed": (CONV.format("input_shape=tuple([1, 8000])"), "not axis by axis"),
    "starred": ("rest = (8000,)\n" + CONV.format("input_shape=(1, *rest)"), "not axis by axis"),
    "another meaning of the size": (
        "X = np.load('x.npy')\nX = X.reshape(X.shape[0], 1, X.shape[1])\nn = X.shape[2]\n"
        + CONV.format("input_shape=(1, n)"),
        "another shape than intended",
    ),
    "argument by name": (
        "i = Input((50, 4))\nx = LSTM(4, return_sequences=not True)(i)\nx = LSTM(4)(x)\n",
        "return_sequences is given as not True",
    ),
    "smoothed labels": (
        "X, y = np.zeros((64, 5)), np.zeros(64)\nm = Sequential([Input((5,)), Dense(3, 'softmax')])\n"
        "m.compile('sgd', keras.losses.CategoricalCrossentropy(label_smoothing=0.1))\nm.fit(X, y)\n",
        "does not have all options",
    ),
    "frames without time": ("i = Input((112, 112, 3))\nx = Conv3D(8, 3)(i)\n", ""),
    "two axes": ("m = Sequential([Conv2D(8, 3, input_shape=(784,))])\n", "missing axes is not one"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_fixed_is_said_and_left_alone(name):
    text, reason = REFUSED[name]
    outcome = fixed(HEAD + text)
    assert outcome.text == HEAD + text
    assert not outcome.applied
    if reason:
        assert reason in " ".join(refused.reason for refused in outcome.refused)


def test_one_fix_may_lay_another_finding_bare():
    text = HEAD + "m = Sequential([LSTM(8, input_shape=(50, 4)),\nLSTM(8),\nLSTM(8), Dense(1)])\n"
    outcome = fixed(text)
    assert len(outcome.applied) == 2
    assert outcome.text.count("return_sequences=True") == 2
    assert findings_of(outcome.text) == []


def test_a_fix_that_brings_another_finding_is_taken_back():
    text = HEAD + ("i = Input((28, 28))\nx = Conv2D(8, 3)(i)\ny = LSTM(4)(i)\nz = Conv1D(4, 3)(i)\n")
    outcome = fixed(text)
    assert outcome.text == text
    assert "would be on line" in outcome.refused[0].reason


@pytest.mark.parametrize(
    ("text", "is_safe"),
    [
        ("m = Sequential([Conv2D(8, 3, input_shape=(None, 28, 28, 1))])\n", True),
        ("X = np.load('x.npy')\nm = Sequential([Conv1D(8, 3, input_shape=(X.shape[0], 28, 1))])\n", True),
        ("m = Sequential([Conv2D(8, 3, input_shape=(1, 28, 28, 1))])\n", False),
        ("m = Sequential([Conv2D(8, 3, input_shape=(60, 28, 28, 1))])\n", False),
        ("m = Sequential([Conv1D(8, 1, input_shape=(1, 8000))])\n", False),
        ("m = Sequential([LSTM(8, input_shape=(8, 4)), LSTM(8)])\n", False),
        (
            "try:\n    m = Sequential([Conv2D(8, 3, input_shape=(None, 28, 28, 1))])\n"
            "except ValueError:\n    m = None\n",
            False,
        ),
        ("if input():\n    m = Sequential([Conv2D(8, 3, input_shape=(None, 28, 28, 1))])\n", False),
    ],
)
def test_only_what_changes_no_result_is_safe(text, is_safe):
    every = fixed(HEAD + text)
    assert [done.safe for done in every.applied] == [is_safe]
    safe = fixed(HEAD + text, unsafe=False)
    assert safe.text == (every.text if is_safe else HEAD + text)
    assert [left.unsafe for left in safe.refused] == ([] if is_safe else [True])


EXAMPLES = [
    example
    for rule in RULES
    for example in examples_of(rule)
    if rule.fixes and example.language == "python" and not example.is_good
]


@pytest.mark.parametrize("example", EXAMPLES, ids=[f"{e.rule}:{e.line}" for e in EXAMPLES])
def test_the_examples_of_rules(example):
    checked(example.text)


PROGRAMS = sorted(
    path
    for folder in ("mistakes", "programs")
    for path in (Path(__file__).parents[1] / folder).rglob("*.py")
    if path.stem not in ("__init__", "runner", "test_mistakes")
)


@pytest.mark.parametrize("folder", sorted({path.parent for path in PROGRAMS}), ids=lambda path: path.name)
def test_programs_of_real_length(folder):
    for path in PROGRAMS:
        if path.parent == folder:
            checked(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("rule", [rule for rule in RULES if rule.fixes], ids=lambda rule: rule.name)
def test_every_rule_with_a_fix_has_one_that_works(rule):
    texts = [example.text for example in EXAMPLES if example.rule == rule.name]
    texts += [HEAD + text for text, _ in CASES.values()]
    assert any(done.finding.rule == rule.name for text in texts for done in fixed(text).applied)


def test_every_fix_is_named_by_a_rule_and_has_a_module():
    assert {name for rule in RULES for name in rule.fixes} == FIXES.keys()
    for name in FIXES:
        assert callable(import_module(f"layoutlint.fixes.{name.replace('-', '_')}").fix)


def test_width_and_height():
    """By hand: the finding says where the shape stands, what the layer reads, and no more."""
    from layoutlint.fixes import registry
    from layoutlint.fixes.source_text import Source
    from layoutlint.model.findings import Confidence, Finding, Passage, Repair, Severity
    from layoutlint.model.origins import Location

    text = "i = keras.Input(\n    batch_shape=(None, img_width,\n  img_height, 3))  # as PIL has it\n"
    end = text.split("\n")[2].index(")") + 2
    declared = Passage("InputLayer", Location("a.py", 2, 17, 3, end), None, (None, "w", "h", 3))
    repair = Repair(declared=declared, argument="batch_shape")
    finding = Finding(
        "any",
        Severity.WARNING,
        Confidence.HIGH,
        "",
        declared.location,
        fix="swap-width-height",
        repair=repair,
    )
    source = Source(text, "a.py")
    edit = registry.run(source, finding)
    assert source.apply(edit.changes) == text.replace("img_width", "img_w").replace(
        "img_height", "img_width"
    ).replace("img_w,", "img_height,")
    assert not edit.safe
