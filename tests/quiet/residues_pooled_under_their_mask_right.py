# the correct half of tests/mistakes/sequences/residues_pooled_under_their_mask.py
import numpy as np
import tensorflow as tf
from tensorflow.keras import layers


class ProteinEncoder(tf.keras.Model):
    def __init__(self, vocab=26, dim=16):
        super().__init__()
        self.embed = layers.Embedding(vocab, dim)
        self.pool = layers.MaxPooling1D(2)
        self.rnn = layers.Bidirectional(layers.LSTM(8))
        self.head = layers.Dense(3, activation="softmax")

    def call(self, residues):
        mask = tf.not_equal(residues, 0)
        x = self.embed(residues)
        x = self.pool(x)
        mask = mask[:, ::2]
        x = self.rnn(x, mask=mask)
        return self.head(x)


seqs = np.random.randint(0, 26, (40, 60))
fold = np.random.randint(0, 3, 40)
model = ProteinEncoder()
model.compile(optimizer="adam", loss="sparse_categorical_crossentropy")
model.fit(seqs, fold, epochs=1, batch_size=10)
