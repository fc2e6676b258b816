# a number for each sample with as many axes as what it is for; all pairs on purpose; two data sets side by side
import numpy as np
import tensorflow as tf
from tensorflow import keras
from tensorflow.keras import layers

images, labels = np.zeros((64, 32, 32, 3), "float32"), np.zeros((64, 10), "float32")
model = keras.Sequential([keras.Input((32, 32, 3)), layers.Flatten(), layers.Dense(10)])
for x, y in tf.data.Dataset.from_tensor_slices((images, labels)).batch(16):
    share = tf.random.gamma((tf.shape(x)[0], 1), 0.2)
    soft = share * y + (1 - share) * y[::-1]
    mixed = share[:, :, None, None] * x
    steps = tf.random.uniform((tf.shape(x)[0],))[:, None, None, None]
    noisy = steps * x
    logits = model(noisy)
    apart = tf.reduce_sum(tf.square(logits[:, None, :] - logits), axis=-1)
    loss = tf.reduce_mean(tf.reduce_sum(tf.square(logits - soft), axis=-1, keepdims=True) * share)
left = tf.data.Dataset.from_tensor_slices(images).batch(16)
right = tf.data.Dataset.from_tensor_slices(np.zeros((64, 1, 1, 1), "float32")).batch(1)
for x, scale in tf.data.Dataset.zip((left, right)):
    scaled = scale * model(x)
rewards = [float(np.random.rand() > 0.5) for _ in range(16)]
returns = np.array(rewards)
errors = returns - model(images[:16])[:, 0]
