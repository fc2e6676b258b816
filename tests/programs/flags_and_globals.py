from absl import flags
import sys
import numpy as np
import tensorflow as tf

flags.DEFINE_integer("seq_len", 32, "length of the sequences")
flags.DEFINE_integer("hidden", 24, "units")
flags.DEFINE_string("cell", "gru", "lstm or gru")
flags.DEFINE_float("dropout", 0.1, "dropout")
flags.DEFINE_bool("attention", True, "use attention")
FLAGS = flags.FLAGS
FLAGS(["prog"])

VOCAB = "abcdefghijklmnopqrstuvwxyz ."
char2idx = {c: i for i, c in enumerate(VOCAB)}
rnn_cell = tf.keras.layers.GRU if FLAGS.cell == "gru" else tf.keras.layers.LSTM


def build():
    tokens = tf.keras.layers.Input((FLAGS.seq_len,), dtype="int32")
    x = tf.keras.layers.Embedding(len(char2idx), FLAGS.hidden // 2)(tokens)
    x = rnn_cell(FLAGS.hidden, return_sequences=True, dropout=FLAGS.dropout)(x)
    if FLAGS.attention:
        a = tf.keras.layers.Attention()([x, x])
        x = tf.keras.layers.Concatenate()([x, a])
    x = tf.keras.layers.TimeDistributed(tf.keras.layers.Dense(len(VOCAB)))(x)
    return tf.keras.Model(tokens, x)


if __name__ == "__main__":
    model = build()
    text = "the quick brown fox."
    ids = np.array([char2idx[c] for c in text.ljust(FLAGS.seq_len)])[None]
    probs = model.predict(ids)
