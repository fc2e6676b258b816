# each statement has a part of which nothing is known here, and nothing follows from the others
import contextlib

import cv2
import keras
import numpy as np
import tensorflow as tf
from keras import layers, ops
from keras.preprocessing.text import Tokenizer
from project import backend, expected, settings, shape_of

# a declared shape: whether Keras adds a channel axis to the data depends on it
grey = keras.Sequential([keras.Input(shape_of("grey")), layers.Conv2D(8, 3), layers.Flatten()])
grey.predict(np.zeros((5, 28, 28)))

# a name in a dict
vector = keras.Input((4,))
outputs = [layers.Dense(1, name="rank")(vector), layers.Dense(3, name="kind")(vector)]
both = keras.Model(vector, outputs)
both.compile("sgd", loss={"rank": "mse", settings.name: "mse"})

# what is called: a function of a module, and no method of an array
words = keras.Input((10, 8))
split = backend.current().reshape(words, [-1, 10, 4, 2])
turned = tf.transpose(split, [2, 0, 1, 3])

# a number in a list of numbers
plain = keras.Sequential([keras.Input((2,)), layers.Dense(1)])
plain.predict([[4.0, settings["width"]], [2.0, 1.0]])

# the size of an image
photo = cv2.resize(cv2.imread("a.png"), shape_of("photo"))
batch = np.resize(photo, (1, 48, 64, 3))


# the shape of what a mask comes with
class Scaled(layers.Layer):
    def __init__(self):
        super().__init__()
        self.supports_masking = True

    def call(self, x):
        return x * 4.0


tokens = keras.Input(shape_of("tokens"), dtype="int32")
embedding = layers.Embedding(2000, 16, mask_zero=True)
given = layers.LSTM(8)(embedding(tokens) + 1.0, mask=ops.not_equal(tokens, 0))
masked = keras.Model(tokens, [given, layers.LSTM(8)(Scaled()(embedding(tokens)))])

# what an error is handed to
with contextlib.suppress(expected(ValueError)):
    plain(np.zeros((4, 3)))

# the width of vectors, and the number that is taken from words
size_embedding = 5000
layers.Embedding(size_embedding, settings.width)(keras.Input((20,)))
tokenizer = Tokenizer()
tokenizer.fit_on_texts(open("texts.txt").read().splitlines())
numbers = tokenizer.texts_to_sequences(["a b"])
for row in numbers:
    row[0] -= settings.first
layers.Embedding(len(tokenizer.word_index), 50)(keras.Input((20,)))


def reader(img_width=100, img_height=32):
    image = keras.Input((img_width, img_height, 1))
    x = layers.Conv2D(8, 3, padding="same")(image)
    x = settings.pool(x)
    x = layers.Reshape((img_width // 4, img_height // 4 * 8))(x)
    return keras.Model(image, layers.Bidirectional(layers.LSTM(16, return_sequences=True))(x))


# the batch of a layer that is not followed
text = keras.Sequential([settings.embedding, layers.LSTM(64, return_sequences=True, stateful=True)])
text.add(layers.LSTM(64, stateful=True))

# the width of an input, which may be 1
ids = keras.Sequential([keras.Input((settings.width,)), layers.Embedding(500, 4)])
ids.predict(np.arange(4))

# which rounds have a series: the condition tells them apart by what they are
for name, shape in dict(motion=(100, 3), pulse=(10, 1), person=(7,)).items():
    one = keras.Input(shape, name=name)
    side = layers.Conv1D(8, 3, padding="same")(one) if settings.is_series(name) else layers.Dense(4)(one)


def excite(x):
    axis = 1 if settings.first else -1
    channels = x.shape[axis]
    weights = layers.Reshape((1, 1, channels))(layers.GlobalAveragePooling2D()(x))
    weights = layers.Dense(channels, activation="sigmoid")(layers.Dense(channels // 4)(weights))
    if settings.first:
        weights = layers.Permute((3, 1, 2))(weights)
    return layers.multiply([x, weights])


excite(layers.Conv2D(64, 3)(keras.Input((32, 32, 3))))


# lists in the columns of a table
import pandas as pd  # noqa: E402

table = pd.DataFrame({"vector": [[0.1, 0.2]] * 3, "image": [np.zeros((4, 4))] * 3, "label": [0, 1, 0]})
vectors, images = np.vstack(table["vector"]), np.stack(table["image"].values)
pair = [keras.Input((2,)), keras.Input((4, 4))]
joined = layers.concatenate([pair[0], layers.Flatten()(pair[1])])
keras.Model(pair, layers.Dense(1)(joined)).predict([vectors, images])
