# expect: works-along-batch @ 10
# keras: silent
import tensorflow as tf
from tensorflow.keras import layers

left = layers.Input((128,), name="left")
right = layers.Input((128,), name="right")
enc = layers.Dense(32, activation="relu")
l, r = enc(left), enc(right)
merged = tf.keras.layers.Concatenate(axis=0)([l, r])
x = layers.Dense(16, activation="relu")(merged)
model = tf.keras.Model([left, right], layers.Dense(1, activation="sigmoid")(x))
