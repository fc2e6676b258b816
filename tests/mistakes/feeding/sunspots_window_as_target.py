# expect: steps-unlike-target @ 48
# reported: round 7
# keras: silent
# file: daily.csv 90 date<90,v
import csv

import numpy as np
import tensorflow as tf

time_step, temps = [], []
with open("daily.csv") as csvfile:
    reader = csv.reader(csvfile, delimiter=",")
    next(reader)
    for i, row in enumerate(reader):
        temps.append(float(row[1]))
        time_step.append(i)

series = np.array(temps)
time = np.array(time_step)
split_time = 70
x_train = series[:split_time]
x_valid = series[split_time:]
window_size = 10
batch_size = 8
shuffle_buffer_size = 100


def windowed_dataset(series, window_size, batch_size, shuffle_buffer):
    series = tf.expand_dims(series, axis=-1)
    ds = tf.data.Dataset.from_tensor_slices(series)
    ds = ds.window(window_size + 1, shift=1, drop_remainder=True)
    ds = ds.flat_map(lambda w: w.batch(window_size + 1))
    ds = ds.shuffle(shuffle_buffer)
    ds = ds.map(lambda w: (w[:-1], w[1:]))
    return ds.batch(batch_size).prefetch(1)


train_set = windowed_dataset(x_train, window_size, batch_size, shuffle_buffer_size)
model = tf.keras.models.Sequential([
    tf.keras.Input((window_size, 1)),
    tf.keras.layers.Conv1D(filters=32, kernel_size=5, strides=1, padding="causal", activation="relu"),
    tf.keras.layers.LSTM(32, return_sequences=True),
    tf.keras.layers.LSTM(32),
    tf.keras.layers.Dense(30, activation="relu"),
    tf.keras.layers.Dense(1),
])
model.compile(loss=tf.keras.losses.Huber(), optimizer="sgd", metrics=["mae"])
model.fit(train_set, epochs=1)
