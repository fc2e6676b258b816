# expect: skip-connection-size @ 36
# keras: crash
import tensorflow as tf
from tensorflow.keras import layers as L


def downsample(filters, size, bn=True):
    block = tf.keras.Sequential()
    block.add(L.Conv2D(filters, size, strides=2, padding='same', use_bias=False))
    if bn:
        block.add(L.BatchNormalization())
    block.add(L.LeakyReLU())
    return block


def upsample(filters, size):
    block = tf.keras.Sequential()
    block.add(L.Conv2DTranspose(filters, size, strides=2, padding='same', use_bias=False))
    block.add(L.BatchNormalization())
    block.add(L.ReLU())
    return block


def Generator():
    inputs = L.Input(shape=[100, 100, 3])
    down_stack = [downsample(16, 4, False), downsample(32, 4), downsample(64, 4), downsample(64, 4)]
    up_stack = [upsample(64, 4), upsample(32, 4), upsample(16, 4)]
    x = inputs
    skips = []
    for down in down_stack:
        x = down(x)
        skips.append(x)
    skips = reversed(skips[:-1])
    for up, skip in zip(up_stack, skips):
        x = up(x)
        x = L.Concatenate()([x, skip])
    return tf.keras.Model(inputs, L.Conv2DTranspose(3, 4, strides=2, padding='same', activation='tanh')(x))


gen = Generator()
