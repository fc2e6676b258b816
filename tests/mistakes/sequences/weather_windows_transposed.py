# expect: swapped-steps-and-features @ 26
# keras: silent
"""Multivariate forecast; windows collected with channels first by mistake."""
import numpy as np
import tensorflow as tf

HISTORY = 72
COLUMNS = ["p", "T", "rh", "wv"]


def windows(series, history=HISTORY):
    """(n, columns, history): a window a row."""
    out = np.zeros((len(series) - history, len(COLUMNS), history))
    for i in range(len(out)):
        out[i] = series[i:i + history].T
    return out


series = np.random.rand(100, len(COLUMNS))
x = windows(series)
n_samples, n_features, n_timesteps = x.shape
y = series[HISTORY:, 1]

model = tf.keras.Sequential([
    tf.keras.layers.Input((n_features, n_timesteps)),
    tf.keras.layers.GRU(32, return_sequences=True),
    tf.keras.layers.GRU(16),
    tf.keras.layers.Dense(1),
])
model.compile("adam", "mae")
model.fit(x, y, epochs=1, verbose=0)
