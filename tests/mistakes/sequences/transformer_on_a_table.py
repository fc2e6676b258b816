# expect: attention-over-one-token @ 13
# keras: silent
# "transformer" for tabular data
import numpy as np
import tensorflow as tf
from tensorflow.keras import layers

X = np.random.rand(32, 14).astype("float32")
y = np.random.randint(0, 2, 32)


def encoder_block(x, head_size, num_heads, ff_dim):
    att = layers.MultiHeadAttention(key_dim=head_size, num_heads=num_heads)(x, x)
    x = layers.LayerNormalization(epsilon=1e-6)(x + att)
    ff = layers.Dense(ff_dim, activation="relu")(x)
    return layers.LayerNormalization(epsilon=1e-6)(x + layers.Dense(x.shape[-1])(ff))


inputs = layers.Input(shape=(X.shape[1],))
x = layers.Reshape((1, X.shape[1]))(inputs)
for _ in range(2):
    x = encoder_block(x, 8, 2, 16)
x = layers.GlobalAveragePooling1D()(x)
model = tf.keras.Model(inputs, layers.Dense(1, activation="sigmoid")(x))
model.compile("adam", "binary_crossentropy")
model.fit(X, y, epochs=1, verbose=0)
