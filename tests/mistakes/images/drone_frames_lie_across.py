# expect: fed-width-before-height @ 18
# keras: silent
import numpy as np
from keras import Sequential, layers

frames = np.zeros((5, 160, 120, 3), dtype="float32")
steering = np.zeros((5, 2))

pilot = Sequential([
    layers.Input(shape=(120, 160, 3), name="img_in"),
    layers.Conv2D(24, (5, 5), strides=(2, 2), activation="relu"),
    layers.Conv2D(32, (5, 5), strides=(2, 2), activation="relu"),
    layers.GlobalMaxPooling2D(),
    layers.Dense(50, activation="relu"),
    layers.Dense(2, name="steering"),
])
pilot.compile(optimizer="adam", loss="mse")
pilot.fit(frames, steering, verbose=0)
