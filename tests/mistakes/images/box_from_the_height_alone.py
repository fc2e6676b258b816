# missed: one-side-twice @ 29 sizes that are computed from an image's are not compared with their names
# reported: round 6
# keras: silent
import numpy as np
import tensorflow as tf
from tensorflow import keras
from tensorflow.keras import layers

IMAGE_HEIGHT, IMAGE_WIDTH, CLASSES = 48, 80, 4


def _fill_rectangle(image, center_width, center_height, half_width, half_height, replace):
    image_height, image_width = tf.shape(image)[1], tf.shape(image)[2]
    lower_pad = tf.maximum(0, center_height - half_height)
    upper_pad = tf.maximum(0, image_height - center_height - half_height)
    left_pad = tf.maximum(0, center_width - half_width)
    right_pad = tf.maximum(0, image_width - center_width - half_width)
    cutout = tf.zeros((image_height - lower_pad - upper_pad, image_width - left_pad - right_pad))
    mask = tf.pad(cutout, [[lower_pad, upper_pad], [left_pad, right_pad]], constant_values=1)
    return tf.where(mask[None, :, :, None] == 0, replace, image)


def cutmix(images, labels, alpha=1.0):
    lam = tf.random.uniform(())
    image_size = tf.shape(images)
    image_height, image_width = image_size[1], image_size[2]
    ratio = tf.sqrt(1.0 - lam)
    cut_height = tf.cast(ratio * tf.cast(image_height, "float32"), "int32")
    cut_width = tf.cast(ratio * tf.cast(image_height, "float32"), "int32")
    center_height = tf.random.uniform((), 0, image_height, dtype="int32")
    center_width = tf.random.uniform((), 0, image_width, dtype="int32")
    images = _fill_rectangle(images, center_width, center_height, cut_width // 2, cut_height // 2, images[::-1])
    return images, lam * labels + (1.0 - lam) * labels[::-1]


images = np.random.rand(32, IMAGE_HEIGHT, IMAGE_WIDTH, 3).astype("float32")
labels = np.eye(CLASSES, dtype="float32")[np.random.randint(0, CLASSES, 32)]
dataset = tf.data.Dataset.from_tensor_slices((images, labels)).shuffle(32).batch(8).map(cutmix)
model = keras.Sequential([
    keras.Input((IMAGE_HEIGHT, IMAGE_WIDTH, 3)),
    layers.Conv2D(16, 3, strides=2, activation="relu"),
    layers.GlobalAveragePooling2D(),
    layers.Dense(CLASSES, activation="softmax"),
])
model.compile("adam", "categorical_crossentropy")
model.fit(dataset, epochs=1)
