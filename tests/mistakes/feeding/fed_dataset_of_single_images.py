# expect: missing-sample-axis @ 25
# keras: silent
import numpy as np
import tensorflow as tf
from tensorflow.keras import layers, models

AUTOTUNE = tf.data.AUTOTUNE


def prepare(picture, label):
    picture = tf.image.resize(tf.cast(picture, tf.float32) / 255.0, [24, 24])
    return tf.image.rgb_to_grayscale(picture), label


pictures = np.random.randint(0, 255, (12, 30, 30, 3), dtype="uint8")
labels = np.random.rand(12, 1)
ds = tf.data.Dataset.from_tensor_slices((pictures, labels)).map(prepare).shuffle(12).prefetch(AUTOTUNE)

model = models.Sequential()
model.add(layers.Input((24, 24, 1)))
model.add(layers.Conv2D(8, 3, padding="same", activation="relu"))
model.add(layers.GlobalAveragePooling2D())
model.add(layers.Dense(1))
model.compile(optimizer="adam", loss="mse")
model.fit(ds, epochs=1, verbose=0)
