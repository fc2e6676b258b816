"""One second of sound, 8000 samples: is there a tone in it? Built the wrong way, and Keras says nothing.

The axes of the input are in the wrong order: Conv1D reads (batch, steps=1, input_dim=8000).
"""

import numpy as np
from tensorflow import keras
from tensorflow.keras import layers

SAMPLES = 8000


def recordings(count):
    """Noise, and a tone of 440 Hz in every second recording: arrays of shape (count, SAMPLES) and (count,)."""
    rng = np.random.default_rng(0)
    sound = rng.normal(size=(count, SAMPLES))
    has_tone = np.arange(count) % 2
    tone = np.sin(2 * np.pi * 440 * np.arange(SAMPLES) / SAMPLES)
    return sound + has_tone[:, np.newaxis] * tone, has_tone


def build():
    model = keras.Sequential(name="signal_wrong")
    model.add(layers.Conv1D(8, 16, padding="same", activation="relu", input_shape=(1, SAMPLES)))
    model.add(layers.GlobalMaxPooling1D())
    model.add(layers.Dense(1, activation="sigmoid"))
    return model


if __name__ == "__main__":
    sound, has_tone = recordings(64)
    sound = sound.reshape(len(sound), 1, SAMPLES)
    model = build()
    model.compile(optimizer="adam", loss="binary_crossentropy", metrics=["accuracy"])
    model.fit(sound, has_tone, epochs=3)
