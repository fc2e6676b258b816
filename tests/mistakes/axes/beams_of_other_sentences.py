# expect: copies-in-other-order @ 43
# reported: round 6
# keras: silent
import numpy as np
import tensorflow as tf
from tensorflow import keras
from tensorflow.keras import layers

VOCAB, UNITS, BEAM, LENGTH = 200, 32, 3, 12


class Encoder(layers.Layer):
    def __init__(self):
        super().__init__()
        self.embedding = layers.Embedding(VOCAB, UNITS)
        self.rnn = layers.GRU(UNITS, return_sequences=True, return_state=True)

    def call(self, tokens):
        return self.rnn(self.embedding(tokens))


class Decoder(layers.Layer):
    def __init__(self):
        super().__init__()
        self.embedding = layers.Embedding(VOCAB, UNITS)
        self.attention = layers.Attention()
        self.rnn = layers.GRU(UNITS, return_sequences=True)
        self.out = layers.Dense(VOCAB)

    def call(self, tokens, memory, state):
        x = self.rnn(self.embedding(tokens), initial_state=state)
        context = self.attention([x, memory])
        return self.out(tf.concat([x, context], axis=-1))


class Translator:
    def __init__(self):
        self.encoder, self.decoder = Encoder(), Decoder()

    def translate_batch(self, source, max_len=4):
        batch = source.shape[0]
        memory, state = self.encoder(source)
        memory = tf.tile(memory, [BEAM, 1, 1])
        state = tf.tile(state, [BEAM, 1])
        sequences = np.ones((batch, BEAM, 1), dtype="int64")
        for _ in range(max_len):
            flat = sequences.reshape(batch * BEAM, -1)
            logits = self.decoder(flat, memory, state)[:, -1]
            scores = tf.reshape(tf.nn.log_softmax(logits), (batch, BEAM, VOCAB))
            best = tf.argmax(scores, axis=-1).numpy()
            sequences = np.concatenate([sequences, best[:, :, None]], axis=-1)
        return sequences[:, 0]


source = np.random.randint(1, VOCAB, (5, LENGTH))
print(Translator().translate_batch(source))
