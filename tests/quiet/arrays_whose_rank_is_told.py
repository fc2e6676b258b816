# ranks that scalers, transposes and patterns tell; axes that are where the layers read them; parts of arrays on purpose
import argparse
from collections import deque
from types import SimpleNamespace

import numpy as np
import pandas as pd
import tensorflow as tf
from einops import rearrange
from keras import Input, Model, Sequential, layers
from PIL import Image
from sklearn.preprocessing import StandardScaler

STEPS = 24
cfg = SimpleNamespace(width=16, steps=STEPS, norm_axis=-1)
also = argparse.Namespace(units=8)


def network(shape):
    inputs = Input(shape)
    x = layers.LayerNormalization(axis=cfg.norm_axis)(layers.Dense(cfg.width)(inputs))
    return Model(inputs, layers.Dense(1)(layers.LSTM(also.units)(x)))


raw = np.load("raw.npy")
table = StandardScaler().fit_transform(raw)
queue, windows = deque(maxlen=STEPS), []
for row in table:
    queue.append(row)
    if len(queue) == STEPS:
        windows.append(np.array(queue))
network(np.array(windows).shape[1:])
places = np.arange(STEPS)[None, :] + np.arange(len(table) - STEPS)[:, None]
network(table[places].shape[1:])
neighbours = np.argsort(np.random.rand(len(table), len(table)), axis=1)[:, :5]
around = Sequential([Input((5, raw.shape[1])), layers.Conv1D(8, 1), layers.GlobalMaxPooling1D()])
around.predict(table[neighbours])

trials = np.load("trials.npy")  # (trials, channels, time)
network(trials.transpose(0, 2, 1).shape[1:])
network(rearrange(np.load("more.npy"), "trial channel time -> trial time channel").shape[1:])
tiles = np.load("tiles.npz")["tiles"].astype("float32")  # samples, bands, rows, cols
Sequential([Input(np.transpose(tiles, (0, 2, 3, 1)).shape[1:]), layers.Conv2D(8, 3)])

frame = pd.read_csv("boiler.csv")
columns = np.array([frame["flow"].values, frame["power"].values])
model = Sequential([layers.Dense(8), layers.Dense(1)])
model.compile("adam", "mse")
model.fit(columns.T, frame["valve"].values)
genes = Sequential([layers.Dense(8), layers.Dense(1)])
genes.compile("adam", "mse")
genes.fit(frame.values.T, np.zeros(3))


def readings():
    for end in range(STEPS, len(frame)):
        yield frame[["flow", "power"]].to_numpy()[end - STEPS : end], 0.0


signature = (tf.TensorSpec((STEPS, 2), tf.float32), tf.TensorSpec((), tf.float32))
recurrent = Sequential([layers.GRU(8), layers.Dense(1)])
recurrent.compile("adam", "mse")
recurrent.fit(tf.data.Dataset.from_generator(readings, output_signature=signature).batch(8))

load = Input((STEPS, 5))
hidden, state = layers.GRU(8, return_state=True)(load)
step = layers.GRU(8)(load[:, -1:], initial_state=state)
mixed = layers.Conv1D(8, 1)(load[:, -1:])
query = layers.MultiHeadAttention(2, 4)(load[:, -1:], load)
context = layers.RepeatVector(1)(layers.Dense(64)(layers.Flatten()(load)))
decoded = layers.LSTM(8)(context)

scene = np.load("scene.npy")
n_bands, rows, cols = scene.shape
lowest = scene.min(axis=(1, 2), keepdims=True)
scene = (scene - lowest) / scene.max(axis=(1, 2), keepdims=True)
flat = scene.reshape(n_bands, rows * cols)
stack = np.dstack([np.load(f"{number}.npy") for number in range(40)])
row = np.load("row.npy")
row.resize((48, 48, 1))

page = Image.open("page.png")
width, height = page.size
Sequential([Input((height, width, 3)), layers.Conv2D(8, 3)])
video = Input((16, 32, 32, 3))
maps = layers.TimeDistributed(layers.Conv2D(8, 3))(video)
each = layers.TimeDistributed(layers.Dense(8))(Input((cfg.steps, 5)))
