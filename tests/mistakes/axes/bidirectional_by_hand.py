# expect: works-along-batch @ 19
# keras: silent
import tensorflow as tf
from tensorflow.keras import layers


class BiEncoder(tf.keras.Model):
    """Two LSTMs, one of them backwards, their last outputs side by side."""

    def __init__(self, vocab, dim=16, classes=3):
        super().__init__()
        self.emb = layers.Embedding(vocab, dim)
        self.fwd = layers.LSTM(dim)
        self.bwd = layers.LSTM(dim, go_backwards=True)
        self.head = layers.Dense(classes, activation="softmax")

    def call(self, tokens):
        e = self.emb(tokens)
        both = tf.concat([self.fwd(e), self.bwd(e)], axis=0)
        return self.head(both)


model = BiEncoder(500)
out = model(tf.zeros((8, 20), tf.int32))
print(out.shape)
