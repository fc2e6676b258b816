"""Further spellings of one idea each: what a rule or the evaluation knows holds however it is written.

The line that is found ends with ``# here``; some ideas have a second, ``# too``.
"""

import pytest

from layoutlint.engine.judge import judge
from layoutlint.engine.rules import builtin
from layoutlint.model.keras_version import KerasVersion
from layoutlint.readers import source

CASES = [
    # A Lambda that states its output_shape
    (
        "works-along-batch",
        """
import tensorflow as tf
from tensorflow.keras import layers, Model
i = layers.Input((12, 4))
x = layers.Lambda(lambda t: tf.reduce_max(t, 0), output_shape=(4,))(i)  # here
m = Model(i, layers.Dense(1)(x))
""",
    ),
    (
        "softmax-over-one",
        """
import keras
from keras import layers, ops
i = keras.Input((12, 1))
x = layers.Lambda(lambda t: ops.softmax(t), output_shape=lambda s: s)(i)  # here
m = keras.Model(i, layers.Flatten()(x))
""",
    ),
    (
        "reshape-as-transpose",
        """
from keras import layers, ops, Model, Input
def turn(t):
    return ops.reshape(t, (-1, 8, 30))  # here
i = Input((30, 8))
x = layers.Lambda(turn, output_shape=(8, 30))(i)
m = Model(i, layers.Dense(2)(layers.Flatten()(x)))
""",
    ),
    # An activation by its name
    (
        "softmax-over-one",
        """
import tensorflow as tf
act = tf.keras.activations.get("softmax")
i = tf.keras.Input((5,))
m = tf.keras.Model(i, act(tf.keras.layers.Dense(1)(i)))  # here
""",
    ),
    (
        "softmax-over-one",
        """
import keras
from keras.activations import get
class Head(keras.layers.Layer):
    def __init__(self, act="softmax"):
        super().__init__()
        self.d = keras.layers.Dense(1)
        self.act = get(act)
    def call(self, x):
        return self.act(self.d(x))  # here
i = keras.Input((5,))
m = keras.Model(i, Head()(i))
""",
    ),
    (
        "softmax-over-one",
        """
import keras
i = keras.Input((5,))
m = keras.Model(i, keras.layers.Dense(1, activation=keras.activations.deserialize("softmax"))(i))  # here
""",
    ),
    # Arithmetic with an array that is loaded
    (
        "reshape-as-transpose",
        """
import numpy as np
from keras import layers, Sequential
X = np.load("x.npy")
X = (X - X.min()) / (X.max() - X.min())
X = X.reshape(-1, 6, 50)
X = X.reshape(-1, 50, 6)  # here
m = Sequential([layers.Input((50, 6)), layers.LSTM(3)])
m.predict(X)
""",
    ),
    (
        "reshape-as-transpose",
        """
import numpy as np
from keras import layers, Sequential
data = np.load("x.npz")
x = data["x"]
mean, std = x.mean(axis=(0, 2), keepdims=True), x.std(axis=(0, 2), keepdims=True)
x = ((x - mean) / (std + 1e-8)).astype("float32").reshape((-1, 6, 50))
m = Sequential([layers.Input((50, 6)), layers.LSTM(3)])
m.predict(np.reshape(x, (-1, 50, 6)))  # here
""",
    ),
    (
        "fed-axes-swapped",
        """
import numpy as np
from keras import layers, Sequential
x = 2 * np.load("x.npy") - 1
x = x.reshape(len(x), 6, 50)
m = Sequential([layers.Input((50, 6)), layers.Conv1D(3, 3), layers.Flatten(), layers.Dense(1)])
m.predict(x)  # here
""",
    ),
    # Layers that number words and bins
    (
        "ids-beyond-embedding",
        """
import keras
from keras import layers
m = keras.Sequential([keras.Input((1,), dtype="int64"), layers.IntegerLookup(vocabulary=[7, 8, 9])])
m.add(layers.Embedding(3, 2))  # here
""",
    ),
    (
        "ids-beyond-embedding",
        """
import keras
from keras import layers
BINS = 100
i = keras.Input((1,), dtype="string")
x = layers.Hashing(num_bins=BINS)(i)
x = layers.Embedding(BINS - 1, 2)(x)  # here
m = keras.Model(i, x)
""",
    ),
    (
        "ids-beyond-embedding",
        """
import tensorflow as tf
words = ["good", "bad", "fine"]
v = tf.keras.layers.TextVectorization(vocabulary=words, output_sequence_length=4)
i = tf.keras.Input((1,), dtype="string")
x = tf.keras.layers.Embedding(len(words) + 1, 8)(v(i))  # here
m = tf.keras.Model(i, x)
""",
    ),
    # A converted model in a file
    (
        "interpreter-input",
        """
import pathlib
import numpy as np
import tensorflow as tf
m = tf.keras.Sequential([tf.keras.layers.Input((8,)), tf.keras.layers.Dense(1)])
path = pathlib.Path("out") / "m.tflite"
path.write_bytes(tf.lite.TFLiteConverter.from_keras_model(m).convert())
it = tf.lite.Interpreter(model_path=str(path))
it.allocate_tensors()
it.set_tensor(it.get_input_details()[0]["index"], np.zeros(8, "float32"))  # here
""",
    ),
    (
        "interpreter-input",
        """
import numpy as np
import tensorflow as tf
m = tf.keras.Sequential([tf.keras.layers.Input((8, 8, 1)), tf.keras.layers.Conv2D(1, 3)])
blob = tf.lite.TFLiteConverter.from_keras_model(m).convert()
open("m.tflite", "wb").write(blob)
it = tf.lite.Interpreter(model_path="m.tflite")
it.allocate_tensors()
it.set_tensor(it.get_input_details()[0]["index"], np.zeros((1, 8, 8), "float32"))  # here
""",
    ),
    (
        "interpreter-input",
        """
import numpy as np
import tensorflow as tf
m = tf.keras.Sequential([tf.keras.layers.Input((8,)), tf.keras.layers.Dense(1)])
m.export("folder")
blob = tf.lite.TFLiteConverter.from_saved_model("folder").convert()
it = tf.lite.Interpreter(model_content=blob)
it.allocate_tensors()
it.set_tensor(it.get_input_details()[0]["index"], np.zeros((8,), "float32"))  # here
""",
    ),
    # Columns that are listed, and rows that are stored
    (
        "swapped-steps-and-features",
        """
import numpy as np
import pandas as pd
from keras import layers, Sequential
df = pd.read_csv("a.csv")
X = []
for i in range(0, len(df) - 80, 40):
    xs, ys, zs = df["x"].values[i:i + 80], df["y"].values[i:i + 80], df["z"].values[i:i + 80]
    X.append([xs, ys, zs])
X = np.array(X)
m = Sequential([layers.Input((3, 80)), layers.LSTM(8)])  # here
m.predict(X)
""",
    ),
    (
        "swapped-steps-and-features",
        """
import numpy as np
import pandas as pd
from keras import layers, Sequential
df = pd.read_csv("a.csv")
x, y = df["x"].to_numpy(), df["y"].to_numpy()
X = np.array([np.stack([x[i:i + 80], y[i:i + 80]]) for i in range(len(df) - 80)])
m = Sequential([layers.Input((2, 80)), layers.Conv1D(8, 3, padding="same")])  # here
m.predict(X)
""",
    ),
    (
        "swapped-steps-and-features",
        """
import numpy as np
import pandas as pd
from keras import layers, Sequential
NAMES = ["x", "y", "z"]
df = pd.read_csv("a.csv")
X = [[df[n].iloc[s:s + 60].values for n in NAMES] for s in range(0, len(df) - 60, 10)]
m = Sequential([layers.Input((3, 60)), layers.GRU(8)])  # here
m.predict(np.asarray(X))
""",
    ),
    (
        "swapped-steps-and-features",
        """
import numpy as np
import pandas as pd
from keras import layers, Sequential
t = pd.read_csv("a.csv")[["x", "y"]].values
n = len(t) - 30
X = np.empty((n, 2, 30))
for k in range(n):
    X[k, :, :] = t[k:k + 30].T
m = Sequential([layers.Input((2, 30)), layers.GRU(8)])  # here
m.predict(X)
""",
    ),
    (
        "swapped-steps-and-features",
        """
import numpy as np
import pandas as pd
from keras import layers, Sequential
t = pd.read_csv("a.csv")[["x", "y"]].to_numpy()
X = np.zeros((500, 2, 30))
for k, start in enumerate(range(0, 500)):
    window = t[start:start + 30]
    X[k, ...] = np.transpose(window)
m = Sequential([layers.Input(X.shape[1:]), layers.LSTM(8)])  # here
m.predict(X)
""",
    ),
    # A declared shape that is the whole array's
    (
        "fed-shape",
        """
import numpy as np
import tensorflow as tf
x_train = np.load("x.npy").astype("float32")
inputs = tf.keras.layers.Input(shape=x_train.shape)
m = tf.keras.Model(inputs, tf.keras.layers.Dense(1)(inputs))
m.compile("adam", "mse")
m.fit(x_train, np.load("y.npy"))  # here
""",
    ),
    (
        "fed-shape",
        """
import numpy as np
from keras import Sequential, layers
def data():
    return np.load("x.npy"), np.load("y.npy")
X, y = data()
m = Sequential()
m.add(layers.Input(np.shape(X)))
m.add(layers.Dense(1))
m.compile("adam", "mse")
m.fit(X, y)  # here
""",
    ),
    (
        "fed-shape",
        """
import pickle
from keras import Sequential, layers
with open("d.pkl", "rb") as f:
    X, y = pickle.load(f)
shape = X.shape
m = Sequential([layers.InputLayer(shape=shape), layers.Dense(1)])
m.compile("adam", "mse")
m.fit(X, y)  # here
""",
    ),
    # Ratios over the samples
    (
        "works-along-batch",
        """
import numpy as np, tensorflow as tf
def iou(y_true, y_pred):
    inter = tf.reduce_sum(y_true * y_pred, axis=[0])  # here
    total = tf.reduce_sum(y_true, axis=[0]) + tf.reduce_sum(y_pred, axis=[0])  # too
    return 1 - tf.reduce_mean(inter / (total - inter + 1e-6))
m = tf.keras.Sequential([tf.keras.layers.Input((8, 8, 1)), tf.keras.layers.Conv2D(1, 1)])
m.compile("adam", iou)
m.fit(np.zeros((4, 8, 8, 1)), np.zeros((4, 8, 8, 1)))
""",
    ),
    (
        "works-along-batch",
        """
import numpy as np, keras
from keras import ops
class Dice(keras.losses.Loss):
    def call(self, y_true, y_pred):
        top = 2 * ops.sum(y_true * y_pred, axis=0)  # here
        bottom = ops.sum(y_true + y_pred, axis=0)  # too
        return 1 - ops.mean(ops.divide(top, bottom + 1))
m = keras.Sequential([keras.layers.Input((8, 8, 1)), keras.layers.Conv2D(1, 1)])
m.compile("adam", Dice())
m.fit(np.zeros((4, 8, 8, 1)), np.zeros((4, 8, 8, 1)))
""",
    ),
]


@pytest.mark.parametrize(("rule", "text"), CASES)
def test_the_mistake_is_found_in_this_spelling(rule, text):
    marked = [at for at, line in enumerate(text.split("\n"), 1) if line.endswith(("# here", "# too"))]
    found = judge(source.read(text, "program.py", keras=KerasVersion(3, "test")), builtin())
    assert sorted({(one.location.line, one.rule) for one in found}) == [(at, rule) for at in marked]
