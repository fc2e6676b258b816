import numpy as np
from keras import Model, layers, Input

vibration = np.random.randn(24, 256, 3)
wear = np.random.rand(24, 2)

signal = Input(shape=(256, 3), name="signal")
h = layers.Conv1D(16, 7, strides=2, activation="relu")(signal)
h = layers.BatchNormalization()(h)
h = layers.Conv1D(32, 5, strides=2, activation="relu")(h)
h = layers.Dense(24, activation="relu")(h)
h = layers.Dropout(0.1)(h)
wear_out = layers.Dense(2, name="wear")(h)
model = Model(inputs=signal, outputs=wear_out)
model.compile(optimizer="rmsprop", loss="mse", metrics=["mae"])
model.fit(vibration, wear, epochs=1, verbose=0)
