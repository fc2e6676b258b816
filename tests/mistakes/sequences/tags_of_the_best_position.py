# expect: argmax-over-positions @ 24
# reported: round 7
# keras: silent
import numpy as np
import tensorflow as tf
from tensorflow.keras.layers import LSTM, Bidirectional, Dense, Embedding, Input, TimeDistributed
from tensorflow.keras.models import Model

max_seq_len = 30
vocab_size = 2000
labels = ["O", "B-PER", "I-PER", "B-LOC", "I-LOC"]
id2label = dict(enumerate(labels))


def create_model(num_labels):
    input_ids = Input(shape=(max_seq_len,), dtype="int32", name="input_ids")
    x = Embedding(vocab_size, 64)(input_ids)
    x = Bidirectional(LSTM(32, return_sequences=True))(x)
    logits = TimeDistributed(Dense(num_labels))(x)
    return Model(input_ids, logits)


def decode(logits):
    predict = tf.argmax(tf.nn.softmax(logits), axis=1, name="predictions")
    return [[id2label.get(int(i), "O") for i in row] for row in predict.numpy()]


model = create_model(len(labels))
model.compile(optimizer="adam", loss=tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True))
tokens = np.random.randint(1, vocab_size, (16, max_seq_len))
tags = np.random.randint(0, len(labels), (16, max_seq_len))
model.fit(tokens, tags, epochs=1, verbose=0)
for row in decode(model(tokens[:2])):
    print(" ".join(row))
