# expect: softmax-over-one @ 25
# reported: round 8
# keras: silent
import numpy as np
import tensorflow as tf
from tensorflow.keras import layers


class AttentionRNN(tf.keras.Model):
    def __init__(self, vocabulary_size, document_max_len, num_class):
        super().__init__()
        self.embedding_size = 64
        self.num_hidden = 48
        self.max_len = document_max_len
        self.embedding = layers.Embedding(vocabulary_size, self.embedding_size)
        self.rnn = layers.Bidirectional(layers.LSTM(self.num_hidden, return_sequences=True))
        self.score = layers.Dense(1, use_bias=False)
        self.hidden = layers.Dense(2 * self.num_hidden, activation="tanh")
        self.output_layer = layers.Dense(num_class)
        self.dropout = layers.Dropout(0.5)

    def call(self, x, training=None):
        rnn_outputs = self.rnn(self.embedding(x))
        flat = tf.reshape(self.hidden(rnn_outputs), [-1, 2 * self.num_hidden])
        alphas = tf.nn.softmax(self.score(flat))
        alphas = tf.reshape(alphas, [-1, self.max_len, 1])
        attention_out = tf.reduce_sum(rnn_outputs * alphas, axis=1)
        return self.output_layer(self.dropout(attention_out, training=training))


WORD_MAX_LEN, NUM_CLASS, VOCABULARY = 30, 14, 1000
train_x = np.random.randint(0, VOCABULARY, (128, WORD_MAX_LEN))
train_y = np.random.randint(0, NUM_CLASS, 128)
model = AttentionRNN(VOCABULARY, WORD_MAX_LEN, NUM_CLASS)
optimizer = tf.keras.optimizers.Adam()
loss_fn = tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True)

for start in range(0, len(train_x), 64):
    x_batch, y_batch = train_x[start : start + 64], train_y[start : start + 64]
    with tf.GradientTape() as tape:
        logits = model(x_batch, training=True)
        loss = loss_fn(y_batch, logits)
    grads = tape.gradient(loss, model.trainable_variables)
    optimizer.apply_gradients(zip(grads, model.trainable_variables))
    print("step {}: loss = {}".format(start // 64, loss))
