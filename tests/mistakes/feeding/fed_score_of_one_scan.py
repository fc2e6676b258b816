# expect: missing-sample-axis @ 19
# keras: silent
import numpy as np
from tensorflow import keras
from tensorflow.keras import layers


def build(size=48):
    inputs = keras.Input((size, size, 1))
    x = inputs
    for filters in (8, 16):
        x = layers.SeparableConv2D(filters, 3, padding="same", activation="relu")(x)
    x = layers.GlobalMaxPooling2D()(x)
    return keras.Model(inputs, layers.Dense(1, activation="sigmoid")(x), name="scan_score")


model = build()
scan = np.random.rand(48, 48, 1)
score = model.predict(scan, verbose=0)
print(f"probability: {score[0][0]:.2f}")  # of 48 answers the first
