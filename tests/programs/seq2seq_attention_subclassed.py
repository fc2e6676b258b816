"""Translation with an encoder, attention and a decoder as classes, run one step at a time."""
import tensorflow as tf
from tensorflow import keras
from tensorflow.keras import layers

VOCAB_IN, VOCAB_OUT = 5000, 6000
EMBED, UNITS, BATCH = 64, 128, 8


class Encoder(keras.Model):
    def __init__(self, vocab_size, embedding_dim, enc_units, batch_sz):
        super().__init__()
        self.batch_sz = batch_sz
        self.enc_units = enc_units
        self.embedding = layers.Embedding(vocab_size, embedding_dim)
        self.gru = layers.GRU(enc_units, return_sequences=True, return_state=True,
                              recurrent_initializer="glorot_uniform")

    def call(self, x, hidden):
        x = self.embedding(x)
        output, state = self.gru(x, initial_state=hidden)
        return output, state

    def initialize_hidden_state(self):
        return tf.zeros((self.batch_sz, self.enc_units))


class BahdanauAttention(layers.Layer):
    def __init__(self, units):
        super().__init__()
        self.W1 = layers.Dense(units)
        self.W2 = layers.Dense(units)
        self.V = layers.Dense(1)

    def call(self, query, values):
        query_with_time_axis = tf.expand_dims(query, 1)
        score = self.V(tf.nn.tanh(self.W1(query_with_time_axis) + self.W2(values)))
        attention_weights = tf.nn.softmax(score, axis=1)
        context_vector = attention_weights * values
        context_vector = tf.reduce_sum(context_vector, axis=1)
        return context_vector, attention_weights


class Decoder(keras.Model):
    def __init__(self, vocab_size, embedding_dim, dec_units):
        super().__init__()
        self.embedding = layers.Embedding(vocab_size, embedding_dim)
        self.gru = layers.GRU(dec_units, return_sequences=True, return_state=True)
        self.fc = layers.Dense(vocab_size)
        self.attention = BahdanauAttention(dec_units)

    def call(self, x, hidden, enc_output):
        context_vector, attention_weights = self.attention(hidden, enc_output)
        x = self.embedding(x)
        x = tf.concat([tf.expand_dims(context_vector, 1), x], axis=-1)
        output, state = self.gru(x)
        output = tf.reshape(output, (-1, output.shape[2]))
        return self.fc(output), state, attention_weights


encoder = Encoder(VOCAB_IN, EMBED, UNITS, BATCH)
decoder = Decoder(VOCAB_OUT, EMBED, UNITS)
source = tf.random.uniform((BATCH, 16), maxval=VOCAB_IN, dtype=tf.int32)
target = tf.random.uniform((BATCH, 11), maxval=VOCAB_OUT, dtype=tf.int32)

enc_output, enc_hidden = encoder(source, encoder.initialize_hidden_state())
dec_hidden = enc_hidden
dec_input = tf.expand_dims([1] * BATCH, 1)
for t in range(1, 4):
    predictions, dec_hidden, _ = decoder(dec_input, dec_hidden, enc_output)
    dec_input = tf.expand_dims(target[:, t], 1)
