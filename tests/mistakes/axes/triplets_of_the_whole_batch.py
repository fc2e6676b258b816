# expect: sum-over-samples @ 15
# expect: sum-over-samples @ 16
# reported: round 5
# keras: silent
import numpy as np
import tensorflow as tf
from tensorflow import keras
from tensorflow.keras import layers

SIZE, ENCODING = 48, 32


def triplet_loss(y_true, y_pred, alpha=0.2):
    anchor, positive, negative = y_pred[:, 0], y_pred[:, 1], y_pred[:, 2]
    pos_dist = tf.reduce_sum(tf.square(tf.subtract(anchor, positive)))
    neg_dist = tf.reduce_sum(tf.square(tf.subtract(anchor, negative)))
    basic_loss = tf.add(tf.subtract(pos_dist, neg_dist), alpha)
    return tf.reduce_sum(tf.maximum(basic_loss, 0.0))


def encoder():
    image = keras.Input((SIZE, SIZE, 3))
    x = layers.Conv2D(16, 3, strides=2, activation="relu")(image)
    x = layers.GlobalAveragePooling2D()(x)
    return keras.Model(image, layers.Dense(ENCODING)(x), name="encoder")


encode = encoder()
faces = [keras.Input((SIZE, SIZE, 3), name=name) for name in ("anchor", "positive", "negative")]
encodings = [layers.Reshape((1, ENCODING))(encode(face)) for face in faces]
model = keras.Model(faces, layers.Concatenate(axis=1)(encodings))
model.compile(optimizer="adam", loss=triplet_loss)

images = [np.random.rand(24, SIZE, SIZE, 3).astype("float32") for _ in range(3)]
model.fit(images, np.zeros((24, 3, ENCODING), dtype="float32"), batch_size=8, epochs=1)
