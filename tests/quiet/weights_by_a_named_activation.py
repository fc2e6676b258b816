import numpy as np
from keras import layers, activations, ops, Model, Input


class WordAttention(layers.Layer):
    """Weighs the words of a sentence (Yang et al.)."""

    def __init__(self, units=24, activation="softmax", **kw):
        super().__init__(**kw)
        self.proj = layers.Dense(units, activation="tanh")
        self.score = layers.Dense(1, use_bias=False)
        self.weigh = activations.get(activation)

    def call(self, h):
        scores = self.score(self.proj(h))
        weights = self.weigh(scores, axis=1)
        return ops.sum(h * weights, axis=1)


words = Input(shape=(40,))
x = layers.Embedding(1000, 32)(words)
x = layers.Bidirectional(layers.LSTM(16, return_sequences=True))(x)
x = WordAttention(name="attention")(x)
out = layers.Dense(6, activation="softmax")(x)
model = Model(words, out)
model.compile(optimizer="adam", loss="sparse_categorical_crossentropy")
model.fit(np.random.randint(0, 1000, (64, 40)), np.random.randint(0, 6, (64,)), epochs=1)
