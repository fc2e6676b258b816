# expect: target-read-by-decoder @ 46
# keras: silent
"""Simplify sentences: a character-level encoder and decoder with teacher forcing."""
import numpy as np
from tensorflow.keras import Model
from tensorflow.keras.layers import GRU, Dense, Embedding, Input
from tensorflow.keras.utils import pad_sequences

PAIRS = [
    ("he utilised a hammer", "he used a hammer"),
    ("they commenced work", "they began work"),
    ("she purchased bread", "she bought bread"),
]
START, END = "\t", "\n"


class Characters:
    def __init__(self, pairs):
        chars = sorted({c for pair in pairs for text in pair for c in text} | {START, END})
        self.index = {c: i + 1 for i, c in enumerate(chars)}
        self.size = len(self.index) + 1

    def encode(self, texts, length):
        rows = [[self.index[c] for c in t] for t in texts]
        return pad_sequences(rows, maxlen=length, padding="post")


def seq2seq(size, units=24):
    enc_in = Input((None,))
    _, state = GRU(units, return_state=True)(Embedding(size, units)(enc_in))
    dec_in = Input((None,))
    seq = GRU(units, return_sequences=True)(Embedding(size, units)(dec_in), initial_state=state)
    return Model([enc_in, dec_in], Dense(size, activation="softmax")(seq))


def arrays(chars, pairs, length=24):
    source = chars.encode([a for a, _ in pairs], length)
    decoder = chars.encode([START + b + END for _, b in pairs], length + 1)
    return source, decoder


chars = Characters(PAIRS)
source, decoder = arrays(chars, PAIRS)
model = seq2seq(chars.size)
model.compile(optimizer="rmsprop", loss="sparse_categorical_crossentropy")
model.fit([source, decoder], decoder, batch_size=2, epochs=1, verbose=0)
