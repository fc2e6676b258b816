# expect: images-scaled-twice @ 22
# keras: silent
# file: photos/*.png 4 (40, 40, 3)
import glob

import numpy as np
import tensorflow as tf
from tensorflow.keras import layers


def load(path):
    image = tf.keras.utils.load_img(path, target_size=(40, 40))
    return tf.keras.utils.img_to_array(image) / 255.0


images = np.stack([load(path) for path in sorted(glob.glob("photos/*.png"))])
inputs = tf.keras.Input((40, 40, 3))
x = layers.Rescaling(1.0 / 127.5, offset=-1)(layers.RandomFlip("horizontal")(inputs))
x = layers.GlobalAveragePooling2D()(layers.Conv2D(8, 3, activation="relu")(x))
model = tf.keras.Model(inputs, layers.Dense(2, activation="softmax")(x))
model.compile("adam", "sparse_categorical_crossentropy")
model.fit(images, np.array([0, 1, 0, 1]), verbose=0)
