# expect: softmax-over-one @ 25
# reported: round 8
# keras: silent
import numpy as np
import tensorflow as tf
from tensorflow.keras import layers


class WordWeights(tf.keras.Model):
    def __init__(self, known_words, words, topics):
        super().__init__()
        self.width = 64
        self.units = 48
        self.words = words
        self.embedding = layers.Embedding(known_words, self.width)
        self.rnn = layers.Bidirectional(layers.LSTM(self.units, return_sequences=True))
        self.score = layers.Dense(1, use_bias=False)
        self.hidden = layers.Dense(2 * self.units, activation="tanh")
        self.topic = layers.Dense(topics)
        self.dropout = layers.Dropout(0.5)

    def call(self, x, training=None):
        states = self.rnn(self.embedding(x))
        flat = tf.reshape(self.hidden(states), [-1, 2 * self.units])
        weights = tf.nn.softmax(self.score(flat))
        weights = tf.reshape(weights, [-1, self.words, 1])
        summary = tf.reduce_sum(states * weights, axis=1)
        return self.topic(self.dropout(summary, training=training))


WORDS, TOPICS, VOCABULARY = 30, 14, 1000
train_x = np.random.randint(0, VOCABULARY, (128, WORDS))
train_y = np.random.randint(0, TOPICS, 128)
model = WordWeights(VOCABULARY, WORDS, TOPICS)
optimizer = tf.keras.optimizers.Adam()
loss_fn = tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True)

for start in range(0, len(train_x), 64):
    texts, labels = train_x[start : start + 64], train_y[start : start + 64]
    with tf.GradientTape() as tape:
        logits = model(texts, training=True)
        loss = loss_fn(labels, logits)
    grads = tape.gradient(loss, model.trainable_variables)
    optimizer.apply_gradients(zip(grads, model.trainable_variables))
    print("step {}: loss = {}".format(start // 64, loss))
