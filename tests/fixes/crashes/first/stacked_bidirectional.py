import numpy as np
import tensorflow as tf
from tensorflow.keras import layers

tokens = np.random.randint(0, 300, (20, 30))
tone = np.random.randint(0, 2, (20, 1))
model = tf.keras.Sequential([
    layers.Embedding(300, 16),
    layers.Bidirectional(layers.GRU(8)),
    layers.Bidirectional(layers.GRU(8)),
    layers.Dense(1, activation="sigmoid"),
])
model.compile("adam", "binary_crossentropy")
model.fit(tokens, tone, epochs=1)
