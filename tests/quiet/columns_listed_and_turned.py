import numpy as np
import pandas as pd
import tensorflow as tf
from tensorflow.keras import layers

WINDOW, STEP = 100, 50
AXES = ["ax", "ay", "az", "gx", "gy", "gz"]


def segment(df):
    segments, labels = [], []
    for i in range(0, len(df) - WINDOW, STEP):
        part = df.iloc[i:i + WINDOW]
        segments.append([part[axis].values for axis in AXES])
        labels.append(part["activity"].mode()[0])
    return np.asarray(segments, dtype=np.float32), np.asarray(labels)


def encoder(inputs, heads=2, dim=16):
    x = layers.MultiHeadAttention(num_heads=heads, key_dim=dim)(inputs, inputs)
    res = layers.LayerNormalization()(x + inputs)
    x = layers.Dense(32, activation="relu")(res)
    x = layers.Dense(inputs.shape[-1])(x)
    return layers.LayerNormalization()(x + res)


segments, labels = segment(pd.read_csv("imu.csv"))
segments = segments.transpose(0, 2, 1)
inp = layers.Input(shape=segments.shape[1:])
x = encoder(inp)
x = encoder(x)
x = layers.GlobalAveragePooling1D()(x)
out = layers.Dense(4, activation="softmax")(x)
model = tf.keras.Model(inp, out)
model.compile("adam", "sparse_categorical_crossentropy")
model.fit(segments, labels, epochs=1)
