import numpy as np
import tensorflow as tf
from tensorflow.keras import layers

faces = np.random.rand(16, 48, 48, 1)
happy = np.random.randint(0, 2, (16, 1))
model = tf.keras.Sequential([
    layers.Input((48, 48, 1)),
    layers.Conv2D(4, 3, activation="relu"),
    layers.MaxPooling2D(4),
    layers.Flatten(),
    layers.Dense(2, activation="sigmoid"),
])
model.compile(optimizer="adam", loss=tf.keras.losses.BinaryCrossentropy(), metrics=["accuracy"])
model.fit(faces, happy, epochs=1)
