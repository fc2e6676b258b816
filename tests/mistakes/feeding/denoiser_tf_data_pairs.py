# expect: loss-refuses-target @ 22
# keras: crash
import numpy as np
import tensorflow as tf

clean = np.random.rand(32, 50, 50, 1).astype("float32")
noisy = clean + 0.1
ds = tf.data.Dataset.from_tensor_slices((noisy, clean)).batch(8)


def denoiser():
    i = tf.keras.Input((50, 50, 1))
    x = tf.keras.layers.Conv2D(8, 3, strides=2, activation="relu", padding="same")(i)
    x = tf.keras.layers.Conv2D(8, 3, strides=2, activation="relu", padding="same")(x)
    x = tf.keras.layers.Conv2DTranspose(8, 3, strides=2, activation="relu", padding="same")(x)
    x = tf.keras.layers.Conv2DTranspose(1, 3, strides=2, padding="same")(x)
    return tf.keras.Model(i, x)


model = denoiser()
model.compile("adam", "mse")
model.fit(ds, epochs=1, verbose=0)
