# expect: reshape-as-transpose @ 20
# reported: round 3
# keras: silent
import numpy as np
import tensorflow as tf
from tensorflow import keras

MAX_LEN, NUM_CLASSES, MBSZ = 24, 12, 6

net = keras.Sequential([
    keras.Input((MAX_LEN, 16)),
    keras.layers.SimpleRNN(32, return_sequences=True),
    keras.layers.Dense(NUM_CLASSES),
])
optimizer = keras.optimizers.Adam(1e-3)


def ctc(labels, label_length, h3):
    mbsz = tf.shape(h3)[0]
    network_output = tf.reshape(h3, (MAX_LEN, mbsz, NUM_CLASSES))
    return tf.reduce_mean(tf.nn.ctc_loss(
        labels, network_output, label_length, tf.fill([mbsz], MAX_LEN), logits_time_major=True, blank_index=-1,
    ))


x = np.random.randn(30, MAX_LEN, 16).astype("float32")
labels = np.random.randint(0, NUM_CLASSES - 1, (30, 5)).astype("int32")
lengths = np.full(30, 5, "int32")
for i in range(0, 30, MBSZ):
    with tf.GradientTape() as tape:
        cost = ctc(labels[i : i + MBSZ], lengths[i : i + MBSZ], net(x[i : i + MBSZ], training=True))
    grads = tape.gradient(cost, net.trainable_weights)
    optimizer.apply_gradients(zip(grads, net.trainable_weights))
