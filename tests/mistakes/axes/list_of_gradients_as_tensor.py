# expect: gradient-norm-axes @ 36
# reported: round 6
# keras: silent
import numpy as np
import tensorflow as tf
from tensorflow import keras
from tensorflow.keras import layers

STEPS, VOCAB = 30, 16


def discriminator():
    text = keras.Input((STEPS, VOCAB))
    x = layers.Conv1D(32, 5, padding="same", activation="relu")(text)
    x = layers.Conv1D(32, 5, strides=2, padding="same", activation="relu")(x)
    return keras.Model(text, layers.Dense(1)(layers.Flatten()(x)))


def generator():
    text = keras.Input((STEPS, VOCAB))
    x = layers.Conv1D(32, 1, activation="relu")(text)
    return keras.Model(text, layers.Conv1D(VOCAB, 1, activation="softmax")(x))


def sample_along_line(true, fake):
    epsilon = tf.random.uniform((tf.shape(true)[0], 1, 1))
    return true + epsilon * (fake - true)


def wasserstein_penalty(disc, true, fake):
    interp = sample_along_line(true, fake)
    with tf.GradientTape() as tape:
        tape.watch(interp)
        score = disc(interp)
    grads = tape.gradient(score, [interp])
    l2_loss = tf.sqrt(tf.reduce_sum(tf.convert_to_tensor(grads) ** 2, axis=[1, 2]))
    return tf.reduce_mean((l2_loss - 1.0) ** 2)


disc, gen = discriminator(), generator()
optimizer = keras.optimizers.Adam(2e-4)
plain = np.eye(VOCAB, dtype="float32")[np.random.randint(0, VOCAB, (32, STEPS))]
cipher = np.eye(VOCAB, dtype="float32")[np.random.randint(0, VOCAB, (32, STEPS))]
for true, coded in tf.data.Dataset.from_tensor_slices((plain, cipher)).batch(8):
    with tf.GradientTape() as tape:
        fake = gen(coded)
        loss = tf.reduce_mean(disc(fake)) - tf.reduce_mean(disc(true)) + 10.0 * wasserstein_penalty(disc, true, fake)
    optimizer.apply_gradients(zip(tape.gradient(loss, disc.trainable_variables), disc.trainable_variables))
