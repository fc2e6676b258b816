# expect: reshape-as-transpose @ 21
# reported: round 4
# keras: silent
import numpy as np
import tensorflow as tf
from tensorflow import keras
from tensorflow.keras import layers

keras.backend.set_image_data_format("channels_first")


class Conv2_1D(layers.Layer):
    def __init__(self, mid_channels, out_channels):
        super().__init__()
        self.conv2d = layers.Conv2D(mid_channels, 3, padding="same")
        self.dense = layers.Dense(out_channels)

    def call(self, x):
        c, t, d1, d2 = x.shape[1:]
        b = tf.shape(x)[0]
        x = tf.reshape(x, (b * t, c, d1, d2))
        x = self.conv2d(x)
        x = tf.reduce_mean(x, axis=[2, 3])
        return self.dense(tf.reshape(x, (b, t, x.shape[1])))


clip = layers.Input((3, 10, 16, 16))
x = Conv2_1D(8, 12)(clip)
x = layers.LSTM(8)(x)
model = keras.Model(clip, layers.Dense(4, activation="softmax")(x))
model.compile("adam", "sparse_categorical_crossentropy")
model.fit(np.random.rand(4, 3, 10, 16, 16), np.array([0, 1, 2, 3]), epochs=1, batch_size=2)
