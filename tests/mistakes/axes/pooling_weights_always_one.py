# expect: softmax-over-one @ 28
# reported: round 7
# keras: silent
import numpy as np
import tensorflow as tf
from tensorflow import keras
from tensorflow.keras import layers

N_CAPS, DIM = 16, 9


class PartEncoder(keras.Model):
    def __init__(self, n_caps=N_CAPS, dim=DIM, classes=10):
        super().__init__()
        self.n_caps, self.dim = n_caps, dim
        self.backbone = keras.Sequential([
            layers.Conv2D(32, 3, strides=2, activation="relu"),
            layers.Conv2D(32, 3, strides=2, activation="relu"),
            layers.Conv2D(n_caps * (dim + 1), 1),
        ])
        self.head = layers.Dense(classes)

    def call(self, images):
        features = self.backbone(images)
        batch, h, w = tf.shape(features)[0], features.shape[1], features.shape[2]
        features = tf.reshape(features, (batch, h * w, self.n_caps, self.dim + 1))
        values, scores = features[..., :-1], features[..., -1:]
        attention_soft = tf.nn.softmax(scores, axis=3)
        pooled = tf.reduce_sum(values * attention_soft, axis=1)
        return self.head(tf.reshape(pooled, (batch, self.n_caps * self.dim)))


(x_train, y_train), _ = keras.datasets.mnist.load_data()
x_train, y_train = x_train[:64, :, :, None] / 255.0, y_train[:64]
model = PartEncoder()
model.compile("adam", keras.losses.SparseCategoricalCrossentropy(from_logits=True))
model.fit(x_train, y_train, batch_size=32, epochs=1)
