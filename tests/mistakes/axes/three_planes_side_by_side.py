# expect: reshape-as-transpose @ 12
# keras: silent
import numpy as np
import tensorflow as tf

rng = np.random.default_rng(1)
red, green, blue = (rng.integers(0, 255, (64, 32 * 32)).astype("float32") for _ in range(3))
flat = np.concatenate((red, green, blue), axis=1) / 255.0


def to_images(rows):
    return np.reshape(rows, (-1, 32, 32, 3))


net = tf.keras.Sequential([
    tf.keras.Input((32, 32, 3)),
    tf.keras.layers.Conv2D(8, 3, activation="relu"),
    tf.keras.layers.GlobalAveragePooling2D(),
    tf.keras.layers.Dense(2, activation="softmax"),
])
net.compile("adam", "sparse_categorical_crossentropy")
net.fit(to_images(flat), rng.integers(0, 2, 64), epochs=1, verbose=0)
