# the corrected twin of axes/patches_attended_along_the_queries
"""ViT on small images: patches are taken, flattened and attended to."""
import numpy as np
import tensorflow as tf
from tensorflow.keras import layers

PATCH, SIZE, DIM = 8, 32, 48
N = (SIZE // PATCH) ** 2


def self_attention(x):
    q, k, v = layers.Dense(DIM)(x), layers.Dense(DIM)(x), layers.Dense(DIM)(x)
    scores = layers.Lambda(lambda t: tf.matmul(t[0], t[1], transpose_b=True) / DIM ** 0.5)([q, k])
    weights = layers.Softmax(axis=-1)(scores)
    return layers.Lambda(lambda t: tf.matmul(t[0], t[1]))([weights, v])


inp = layers.Input((SIZE, SIZE, 3))
p = layers.Conv2D(DIM, PATCH, strides=PATCH)(inp)
p = layers.Reshape((N, DIM))(p)
for _ in range(2):
    p = layers.Add()([p, self_attention(layers.LayerNormalization()(p))])
p = layers.GlobalAveragePooling1D()(p)
model = tf.keras.Model(inp, layers.Dense(10, activation="softmax")(p))
model.compile("adam", "sparse_categorical_crossentropy")
x = np.random.rand(16, SIZE, SIZE, 3)
y = np.random.randint(0, 10, 16)
model.fit(x, y, epochs=1, verbose=0)
