"""Months and weekdays as ids, counted as the tables of the Embedding layers need them; masks of 0 and 1."""

import numpy as np
import pandas as pd
import tensorflow as tf
from keras import Input, Sequential, layers
from keras.utils import pad_sequences


def table_of(rows):
    return Sequential([Input((1,)), layers.Embedding(rows, 4), layers.Flatten(), layers.Dense(1)])


sales = pd.read_csv("sales.csv", parse_dates=["date"])
dates = pd.to_datetime(sales["date"])
table_of(13).predict(dates.dt.month)
table_of(12).predict(dates.dt.month - 1)
table_of(7).predict(dates.dt.dayofweek.to_numpy())
table_of(24).predict(dates.dt.hour.values[:, None])
table_of(4).predict(dates.dt.quarter.values - 1)

indexed = sales.set_index("date")
indexed["month"] = indexed.index.month - 1
table_of(12).predict(indexed["month"].values)

words = [[3, 1, 2], [4, 4]]
tags = [[0, 1, 1], [2, 2]]
tagger = Sequential(
    [Input((3,)), layers.Embedding(5, 8), layers.LSTM(8, return_sequences=True), layers.Dense(4, "softmax")]
)
tagger.compile("adam", "sparse_categorical_crossentropy")
tagger.fit(pad_sequences(words, maxlen=3), pad_sequences(tags, maxlen=3, value=3))


def mask(path):
    image = tf.io.decode_png(tf.io.read_file(path), channels=1)
    image = tf.image.resize(image, (32, 32), method="nearest")
    return tf.random.uniform((32, 32, 3)), tf.cast(image > 127, tf.float32)


segment = Sequential([Input((32, 32, 3)), layers.Conv2D(1, 3, padding="same", activation="sigmoid")])
segment.compile("adam", "binary_crossentropy")
segment.fit(tf.data.Dataset.from_tensor_slices(["a.png", "b.png"]).map(mask).batch(2))
digits = np.random.randint(0, 256, (8, 32, 32, 3)) / 255.0
segment.fit(digits, digits.mean(axis=-1, keepdims=True))
