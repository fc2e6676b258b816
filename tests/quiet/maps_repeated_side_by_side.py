# a map is joined with itself along its width until it is wide enough: nothing was meant for the channels
import tensorflow as tf
from tensorflow.keras import Input, Model
from tensorflow.keras.layers import Conv2D, Layer, concatenate


class AtLeastAsWide(Layer):
    def call(self, maps):
        wide = tf.identity(maps)
        for _ in range(2):
            wide = tf.concat([wide, maps], 2)
        return wide


image = Input((24, 8, 1))
x = Conv2D(16, 3, padding="same")(image)
x = AtLeastAsWide()(x)
x = concatenate([x, x], axis=1)
model = Model(image, Conv2D(4, 3, padding="same")(x))

a = Conv2D(16, 3, padding="same")(image)
b = Conv2D(16, 3, padding="same", dilation_rate=2)(image)
seam = concatenate([a, b], axis=1)  # expect: concatenate-axis
other = Model(image, Conv2D(4, 3, padding="same")(seam))
