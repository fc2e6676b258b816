import numpy as np
from tensorflow import keras
from tensorflow.keras import layers

cats = np.random.rand(20, 64, 64, 3)
is_cat = np.random.randint(0, 2, (20, 1))
net = keras.models.Sequential([
    layers.Conv2D(8, 3, padding="same", activation="relu", input_shape=(64, 64, 3)),
    layers.MaxPooling2D(),
    layers.Conv2D(16, 3, padding="same", activation="relu"),
    layers.MaxPooling2D(),
    layers.Dense(1, activation="sigmoid"),
])
net.compile(optimizer="adam", loss="binary_crossentropy", metrics=["accuracy"])
net.fit(cats, is_cat, epochs=1)
