import keras
import numpy as np
import tensorflow as tf
from keras import layers, ops


class Tagger(keras.Model):
    def __init__(self):
        super().__init__()
        self.embedding = layers.Embedding(20, 8)
        self.scores = layers.Dense(3)

    def call(self, inputs):
        return {"scores": self.scores(self.embedding(inputs["words"]))}

    def train_step(self, data):
        words, tags = data
        with tf.GradientTape() as tape:
            scores = self(words, training=True)["scores"]
            flat = tf.reshape(scores, [-1, 3])
            loss = tf.reduce_mean(
                tf.nn.sparse_softmax_cross_entropy_with_logits(tf.reshape(tags, [-1]), flat)
            )
        self.optimizer.apply_gradients(zip(tape.gradient(loss, self.weights), self.weights))
        return {"loss": loss}

    def compute_loss(self, x=None, y=None, y_pred=None, sample_weight=None):
        return ops.mean(keras.losses.sparse_categorical_crossentropy(ops.reshape(y, (-1,)), ops.reshape(y_pred["scores"], (-1, 3))))


class Language(keras.Model):
    def __init__(self):
        super().__init__()
        self.embedding = layers.Embedding(20, 8)
        self.scores = layers.Dense(20)

    def call(self, words):
        scores = self.scores(self.embedding(words))
        flat = ops.reshape(scores[:, :-1], (-1, 20))
        self.add_loss(ops.mean(ops.sparse_categorical_crossentropy(ops.reshape(words[:, 1:], (-1,)), flat)))
        return scores


def train_step(model, words, tags):
    scores = model({"words": words}, training=True)["scores"]
    flat = ops.reshape(scores, (-1, scores.shape[-1]))
    flat_tags = ops.reshape(tags, (-1,))
    return ops.mean(ops.sparse_categorical_crossentropy(flat_tags, flat, from_logits=True))


def entropy(model, words):
    flat = tf.nn.softmax(tf.reshape(model({"words": words})["scores"], (-1, 3)))
    return -tf.reduce_mean(tf.reduce_sum(flat * tf.math.log(flat), -1))


def accuracy(model, words, tags):
    loss = keras.losses.SparseCategoricalCrossentropy()
    flat = tf.reshape(model({"words": words})["scores"], (-1, 3))
    loss(tf.reshape(tags, (-1,)), flat)
    return tf.reduce_mean(tf.cast(tf.argmax(flat, -1) == tf.reshape(tags, (-1,)), "float32"))


words, tags = np.zeros((200, 4), "int32"), np.zeros((200, 4), "int32")
model = Tagger()
for i in range(12):
    train_step(model, words[i * 16 : (i + 1) * 16], tags[i * 16 : (i + 1) * 16])
entropy(model, words)
accuracy(model, words, tags)
model.compile("adam")
model.fit({"words": words}, tags)
language = Language()
language.fit(words)

text = keras.Input((4,), dtype="int32")
functional = keras.Model(text, layers.Dense(3)(layers.Embedding(20, 8)(text)))
functional.compile("adam", lambda t, p: ops.mean(ops.sparse_categorical_crossentropy(ops.reshape(t, (-1,)), ops.reshape(p, (-1, 3)))))
functional.fit(words, tags)
