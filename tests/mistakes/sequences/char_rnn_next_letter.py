# expect: missing-return-sequences @ 18
# keras: crash
import numpy as np
import tensorflow as tf

text = "to be or not to be that is the question " * 5
vocab = sorted(set(text))
char2idx = {c: i for i, c in enumerate(vocab)}
seq_length = 20

class CharModel:
    def __init__(self, vocab_size, embedding_dim=16, rnn_units=32):
        self.vocab_size = vocab_size
        self.model = tf.keras.Sequential([
            tf.keras.layers.Input((seq_length,)),
            tf.keras.layers.Embedding(vocab_size, embedding_dim),
            tf.keras.layers.GRU(rnn_units),
            tf.keras.layers.LSTM(rnn_units, return_sequences=True),
            tf.keras.layers.Dense(vocab_size),
        ])

m = CharModel(len(vocab))
m.model.compile("adam", tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True))
