# expect: squeeze-all-axes @ 36
# reported: round 6
# keras: silent
import numpy as np
import tensorflow as tf
from tensorflow import keras
from tensorflow.keras import layers


class SE(layers.Layer):
    def __init__(self, channels, ratio=12):
        super().__init__()
        self.pool = layers.GlobalAveragePooling2D(keepdims=True)
        self.down = layers.Conv2D(max(channels // ratio, 1), 1, activation="relu")
        self.up = layers.Conv2D(channels, 1, activation="sigmoid")

    def call(self, x):
        return x * self.up(self.down(self.pool(x)))


class ReXNet(keras.Model):
    def __init__(self, classes=10, width=1.0):
        super().__init__()
        channels = int(32 * width)
        self.features = keras.Sequential()
        for index in range(3):
            self.features.add(layers.Conv2D(channels * (index + 1), 3, strides=2, padding="same", use_bias=False))
            self.features.add(layers.BatchNormalization())
            self.features.add(layers.Activation("swish"))
            self.features.add(SE(channels * (index + 1)))
        self.features.add(layers.GlobalAveragePooling2D(keepdims=True))
        self.output_layer = layers.Conv2D(classes, 1)

    def call(self, x):
        x = self.features(x)
        x = tf.squeeze(self.output_layer(x))
        return x


model = ReXNet(classes=10)
photo = np.random.rand(1, 64, 64, 3).astype("float32")
many = np.random.rand(8, 64, 64, 3).astype("float32")
print(tf.argmax(model(many), axis=-1).shape, tf.nn.softmax(model(photo)).shape)
