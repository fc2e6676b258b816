# expect: labels-beyond-units @ 41
# keras: crash
import numpy as np
from keras import Input, Model
from keras.layers import Embedding, Bidirectional, LSTM, Dense
from keras.utils import pad_sequences

SENTENCES = [
    [("Alice", "B-PER"), ("lives", "O"), ("in", "O"), ("Berlin", "B-LOC")],
    [("Siemens", "B-ORG"), ("hired", "O"), ("Bob", "B-PER"), ("Miller", "I-PER")],
    [("Bob", "B-PER"), ("left", "O"), ("New", "B-LOC"), ("York", "I-LOC"), ("today", "O")],
]
MAXLEN = 12


def vocabularies(sentences):
    words = sorted({w.lower() for s in sentences for w, _ in s})
    tags = sorted({t for s in sentences for _, t in s})
    return {w: i + 2 for i, w in enumerate(words)}, {t: i for i, t in enumerate(tags)}


def encode(sentences, word_ids, tag_ids):
    xs = [[word_ids.get(w.lower(), 1) for w, _ in s] for s in sentences]
    ys = [[tag_ids[t] for _, t in s] for s in sentences]
    x = pad_sequences(xs, maxlen=MAXLEN, padding="post", value=0)
    y = pad_sequences(ys, maxlen=MAXLEN, padding="post", value=len(tag_ids))
    return x, y


def tagger(n_words, n_tags):
    tokens = Input((MAXLEN,), dtype="int32")
    h = Embedding(n_words, 24)(tokens)
    h = Bidirectional(LSTM(16, return_sequences=True))(h)
    return Model(tokens, Dense(n_tags, activation="softmax")(h))


word_ids, tag_ids = vocabularies(SENTENCES)
x, y = encode(SENTENCES, word_ids, tag_ids)
model = tagger(len(word_ids) + 2, len(tag_ids))
model.compile("adam", "sparse_categorical_crossentropy")
model.fit(x, y, epochs=1, verbose=0)
