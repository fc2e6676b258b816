# expect: states-in-other-order @ 14
# keras: silent
import numpy as np
import tensorflow as tf
from tensorflow.keras import layers

SRC, TGT, UNITS, DIM = 60, 70, 16, 12


class Encoder(layers.Layer):
    def __init__(self, vocab, **kwargs):
        super().__init__(**kwargs)
        self.embed = layers.Embedding(vocab, DIM, mask_zero=True)
        self.rnn = layers.Bidirectional(layers.LSTM(UNITS, return_state=True, return_sequences=True))
        self.join_h = layers.Concatenate()
        self.join_c = layers.Concatenate()

    def call(self, ids):
        out, fwd_h, bwd_h, fwd_c, bwd_c = self.rnn(self.embed(ids))
        return out, self.join_h([fwd_h, bwd_h]), self.join_c([fwd_c, bwd_c])


class Decoder(layers.Layer):
    def __init__(self, vocab, **kwargs):
        super().__init__(**kwargs)
        self.embed = layers.Embedding(vocab, DIM)
        self.rnn = layers.LSTM(2 * UNITS, return_sequences=True)
        self.attend = layers.Attention()
        self.project = layers.Dense(vocab)

    def call(self, ids, memory, h, c):
        seq = self.rnn(self.embed(ids), initial_state=[h, c])
        context = self.attend([seq, memory])
        return self.project(tf.concat([seq, context], axis=-1))


class Translator(tf.keras.Model):
    def __init__(self):
        super().__init__()
        self.encoder = Encoder(SRC)
        self.decoder = Decoder(TGT)

    def call(self, inputs):
        source, target = inputs
        memory, h, c = self.encoder(source)
        return self.decoder(target, memory, h, c)


source = np.random.randint(1, SRC, (64, 9))
target = np.random.randint(1, TGT, (64, 11))
pairs = tf.data.Dataset.from_tensor_slices(((source, target[:, :-1]), target[:, 1:])).batch(16)
model = Translator()
model.compile("adam", tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True))
model.fit(pairs, epochs=1, verbose=0)
