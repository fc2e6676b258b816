# expect: labels-beyond-units @ 52
# keras: silent
# file: polyps/images/*.png 6 (64, 64, 3)
# file: polyps/masks/*.png 6 (64, 64, 1)
import glob
import os

import tensorflow as tf
from tensorflow.keras import layers

ROOT = "polyps"
SIDE = 64


def read_image(path):
    raw = tf.io.read_file(path)
    image = tf.io.decode_png(raw, channels=3)
    image = tf.image.resize(image, [SIDE, SIDE])
    return tf.cast(image, tf.float32) / 255.0


def read_mask(path):
    raw = tf.io.read_file(path)
    mask = tf.io.decode_png(raw, channels=1)
    mask = tf.image.resize(mask, [SIDE, SIDE], method="nearest")
    return tf.cast(mask, tf.float32)


def dataset(batch):
    images = sorted(glob.glob(os.path.join(ROOT, "images", "*.png")))
    masks = sorted(glob.glob(os.path.join(ROOT, "masks", "*.png")))
    ds = tf.data.Dataset.from_tensor_slices((images, masks))
    return ds.map(lambda i, m: (read_image(i), read_mask(m))).batch(batch)


def block(x, filters):
    x = layers.Conv2D(filters, 3, padding="same", activation="relu")(x)
    return layers.Conv2D(filters, 3, padding="same", activation="relu")(x)


def small_unet():
    inp = layers.Input((SIDE, SIDE, 3))
    c1 = block(inp, 8)
    c2 = block(layers.MaxPooling2D()(c1), 16)
    u1 = layers.Conv2DTranspose(8, 2, strides=2)(c2)
    c3 = block(layers.concatenate([u1, c1]), 8)
    return tf.keras.Model(inp, layers.Conv2D(1, 1, activation="sigmoid")(c3))


model = small_unet()
model.compile("adam", loss="binary_crossentropy", metrics=[tf.keras.metrics.BinaryIoU()])
model.fit(dataset(2), epochs=1, verbose=0)
