# expect: mask-lost @ 20
# reported: round 3
# keras: silent
import numpy as np
import tensorflow as tf
from tensorflow import keras
from tensorflow.keras.preprocessing.sequence import pad_sequences


class TokenAndPositionEmbedding(keras.layers.Layer):
    def __init__(self, vocabulary_size, sequence_length, embedding_dim, mask_zero=False, **kwargs):
        super().__init__(**kwargs)
        self.token_embedding = keras.layers.Embedding(vocabulary_size, embedding_dim, mask_zero=mask_zero)
        self.position_embedding = keras.layers.Embedding(sequence_length, embedding_dim)
        self.sequence_length = sequence_length

    def call(self, inputs):
        embedded_tokens = self.token_embedding(inputs)
        embedded_positions = self.position_embedding(tf.range(self.sequence_length))
        return embedded_tokens + embedded_positions


texts = [[4, 8, 15], [16, 23, 42, 7, 9], [3], [1, 2]]
x = pad_sequences(texts, maxlen=12, padding="post")
y = np.array([0, 1, 1, 0])

inputs = keras.Input((12,), dtype="int32")
h = TokenAndPositionEmbedding(50, 12, 16, mask_zero=True)(inputs)
h = keras.layers.LSTM(8)(h)
outputs = keras.layers.Dense(1, activation="sigmoid")(h)
model = keras.Model(inputs, outputs)
model.compile("adam", "binary_crossentropy")
model.fit(x, y, epochs=1)
