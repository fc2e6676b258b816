# expect: samples-against-samples @ 36
# reported: round 8
# keras: silent
import numpy as np
import tensorflow as tf
from tensorflow.keras import layers, models

vocab, length, num_labels = 500, 20, 4
KAPPA = 5.0


def victim():
    inputs = layers.Input((length, vocab))
    x = layers.Dense(32, use_bias=False)(inputs)
    x = layers.Conv1D(32, 3, activation="relu")(x)
    x = layers.GlobalMaxPooling1D()(x)
    return models.Model(inputs, layers.Dense(num_labels)(x))


def gumbel_softmax(log_coeffs, samples, temperature=1.0):
    noise = -tf.math.log(-tf.math.log(tf.random.uniform((samples,) + tuple(log_coeffs.shape))))
    return tf.nn.softmax((log_coeffs[None] + noise) / temperature, axis=-1)


def attack(model, tokens, label, iters=3, samples=10):
    log_coeffs = tf.Variable(12.0 * tf.one_hot(tokens, vocab))
    optimizer = tf.keras.optimizers.Adam(0.3)
    for _ in range(iters):
        with tf.GradientTape() as tape:
            coeffs = gumbel_softmax(log_coeffs, samples)
            pred = model(coeffs, training=False)
            top_preds = tf.argsort(pred, axis=1, direction="DESCENDING")
            correct = tf.cast(top_preds[:, 0] == label, tf.int32)
            indices = tf.gather(top_preds, correct[:, None], axis=1, batch_dims=1)
            runner_up = tf.gather(pred, indices, axis=1, batch_dims=1)
            adv_loss = tf.reduce_mean(tf.nn.relu(pred[:, label] - runner_up + KAPPA))
        gradients = tape.gradient(adv_loss, [log_coeffs])
        optimizer.apply_gradients(zip(gradients, [log_coeffs]))
    return tf.argmax(log_coeffs, axis=-1)


classifier = victim()
sentence = np.random.randint(1, vocab, length)
print(attack(classifier, sentence, label=2))
