# expect: swapped-steps-and-features @ 33
# keras: silent
# file: buoys.csv 900 buoy<3,wave_height,period,wind,pressure
"""Significant wave height six hours ahead, one series a buoy."""
import numpy as np
import pandas as pd
import tensorflow as tf
from tensorflow.keras import layers

SENSORS = ["wave_height", "period", "wind", "pressure"]
HISTORY = 36


def samples(frame):
    def generate():
        for _, group in frame.groupby("buoy"):
            readings = group[SENSORS].to_numpy(dtype="float32")
            for end in range(HISTORY, len(readings)):
                past = readings[end - HISTORY:end]
                yield past.T, readings[end, 0]

    return tf.data.Dataset.from_generator(
        generate,
        output_signature=(
            tf.TensorSpec(shape=(len(SENSORS), HISTORY), dtype=tf.float32),
            tf.TensorSpec(shape=(), dtype=tf.float32),
        ),
    )


def network():
    model = tf.keras.Sequential(name="buoy")
    model.add(layers.Conv1D(32, 3, padding="causal", activation="relu"))
    model.add(layers.Conv1D(32, 3, padding="causal", dilation_rate=2, activation="relu"))
    model.add(layers.GlobalAveragePooling1D())
    model.add(layers.Dense(1))
    return model


data = samples(pd.read_csv("buoys.csv")).shuffle(100).batch(32).prefetch(tf.data.AUTOTUNE)
model = network()
model.compile(loss="mse", optimizer="adam")
model.fit(data, epochs=1)
