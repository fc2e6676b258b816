# expect: works-along-batch @ 30
# expect: works-along-batch @ 32
# reported: round 6
# keras: silent
import numpy as np
import tensorflow as tf
from tensorflow import keras
from tensorflow.keras import layers

CLASSES, BANDS, FRAMES = 10, 64, 96


def encoder():
    inputs = keras.Input((BANDS, FRAMES, 1))
    x = inputs
    for filters in (16, 32):
        x = layers.Conv2D(filters, 3, strides=2, padding="same", activation="relu")(x)
    return keras.Model(inputs, layers.GlobalAveragePooling2D()(x), name="encoder")


class HybridNet(keras.Model):
    def __init__(self):
        super().__init__()
        self.encoder = encoder()
        self.projection = keras.Sequential([layers.Dense(128, activation="relu"), layers.Dense(128)])
        self.classifier = layers.Dense(CLASSES)

    def call(self, x):
        y_rep = self.encoder(x)
        y_rep = tf.math.l2_normalize(y_rep, axis=0)
        y_proj = self.projection(y_rep)
        y_proj = tf.math.l2_normalize(y_proj, axis=0)
        return self.classifier(y_rep), y_proj


def supervised_contrastive(projections, labels, temperature=0.1):
    similar = tf.matmul(projections, projections, transpose_b=True) / temperature
    same = tf.cast(labels[:, None] == labels[None, :], "float32")
    log_prob = similar - tf.reduce_logsumexp(similar, axis=1, keepdims=True)
    return -tf.reduce_mean(tf.reduce_sum(same * log_prob, axis=1) / tf.reduce_sum(same, axis=1))


spectrograms = np.random.rand(32, BANDS, FRAMES, 1).astype("float32")
labels = np.random.randint(0, CLASSES, 32)
model, optimizer = HybridNet(), keras.optimizers.Adam()
classify = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
for x, y in tf.data.Dataset.from_tensor_slices((spectrograms, labels)).batch(8):
    with tf.GradientTape() as tape:
        logits, projections = model(x, training=True)
        loss = 0.5 * classify(y, logits) + 0.5 * supervised_contrastive(projections, y)
    optimizer.apply_gradients(zip(tape.gradient(loss, model.trainable_variables), model.trainable_variables))
