# a gradient is scaled as a whole in front of the next step: that of one image, though the model takes any number
import numpy as np
import tensorflow as tf
from tensorflow import keras
from tensorflow.keras import backend as K

backbone = keras.applications.VGG16(weights=None, include_top=False)


def framed(pixels):
    pixels = pixels - pixels.mean()
    pixels /= pixels.std() + 1e-6
    return np.clip(pixels * 0.2 + 0.5, 0, 1)


def steps(layer, channel):
    picture = backbone.input
    gain = K.mean(backbone.get_layer(layer).output[..., channel])
    slope = K.gradients(gain, picture)[0]
    by_mean = slope / (K.mean(K.abs(slope)) + 1e-6)
    by_squares = slope / (K.sqrt(K.mean(K.square(slope))) + 1e-6)
    by_length = slope / (K.sqrt(K.sum(K.square(slope))) + 1e-6)
    by_norm = slope / tf.norm(slope)
    return K.function([picture], [by_mean, by_squares, by_length, by_norm, K.l2_normalize(slope)])


climbs = steps("block3_conv1", 7)
picture = np.random.random((1, 128, 128, 3))
for _ in range(20):
    picture += climbs([picture])[0]
shown = framed(picture[0])


@tf.function
def climb(picture):
    with tf.GradientTape() as tape:
        tape.watch(picture)
        gain = tf.reduce_mean(backbone(picture))
    slope = tf.math.l2_normalize(tape.gradient(gain, picture))
    return picture + slope / (tf.math.reduce_std(slope) + 1e-8)
