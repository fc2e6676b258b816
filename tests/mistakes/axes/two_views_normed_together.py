# expect: works-along-batch @ 19
# expect: works-along-batch @ 20
# reported: round 6
# keras: silent
import numpy as np
import tensorflow as tf
from tensorflow import keras
from tensorflow.keras import layers


class SimCLRLoss(keras.losses.Loss):
    def __init__(self, temperature=0.05, use_hidden_norm=True, **kwargs):
        super().__init__(**kwargs)
        self.temperature = temperature
        self.use_hidden_norm = use_hidden_norm

    def call(self, za, zb):
        if self.use_hidden_norm:
            za = tf.math.l2_normalize(za)
            zb = tf.math.l2_normalize(zb)
        logits = tf.matmul(za, zb, transpose_b=True) / self.temperature
        labels = tf.range(tf.shape(za)[0])
        return keras.losses.sparse_categorical_crossentropy(labels, logits, from_logits=True)


def backbone(size=32, dim=64):
    inputs = keras.Input((size, size, 3))
    x = layers.Conv2D(16, 3, strides=2, activation="relu")(inputs)
    x = layers.Conv2D(32, 3, strides=2, activation="relu")(x)
    x = layers.GlobalAveragePooling2D()(x)
    return keras.Model(inputs, layers.Dense(dim)(x))


augment = keras.Sequential([layers.RandomFlip("horizontal"), layers.RandomTranslation(0.1, 0.1)])
(x_train, _), _ = keras.datasets.cifar10.load_data()
x_train = x_train.astype("float32") / 255.0
model, loss_fn, optimizer = backbone(), SimCLRLoss(), keras.optimizers.Adam()
for images in tf.data.Dataset.from_tensor_slices(x_train).batch(16).take(4):
    with tf.GradientTape() as tape:
        za = model(augment(images, training=True), training=True)
        zb = model(augment(images, training=True), training=True)
        loss = loss_fn(za, zb)
    gradients = tape.gradient(loss, model.trainable_variables)
    optimizer.apply_gradients(zip(gradients, model.trainable_variables))
