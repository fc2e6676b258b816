# expect: sum-over-samples @ 19
# reported: round 4
# keras: silent
import numpy as np
import tensorflow as tf
from tensorflow import keras
from tensorflow.keras import layers

encoder = keras.Sequential([keras.Input((20, 6)), layers.GRU(16, return_sequences=True), layers.Dense(8)])
decoder = keras.Sequential([keras.Input((20, 4)), layers.Dense(16, "relu"), layers.Dense(6)])
optimizer = keras.optimizers.Adam(1e-3)


def train_step(events, seq_onehots):
    with tf.GradientTape() as tape:
        mean, log_var = tf.split(encoder(events), 2, axis=-1)
        z = mean + tf.exp(0.5 * log_var) * tf.random.normal(tf.shape(mean))
        reconstruction = tf.reduce_sum(tf.square(decoder(z) - events), axis=-1) * seq_onehots
        kl_loss = (-0.5 * tf.reduce_sum(1 + log_var - tf.square(mean) - tf.exp(log_var))) * seq_onehots
        loss = tf.reduce_sum(reconstruction + kl_loss) / tf.reduce_sum(seq_onehots)
    weights = encoder.trainable_weights + decoder.trainable_weights
    optimizer.apply_gradients(zip(tape.gradient(loss, weights), weights))
    return loss


for _ in range(2):
    events = np.random.randn(8, 20, 6).astype("float32")
    lengths = np.random.randint(5, 20, 8)
    mask = (np.arange(20)[None, :] < lengths[:, None]).astype("float32")
    print(float(train_step(events, mask)))
