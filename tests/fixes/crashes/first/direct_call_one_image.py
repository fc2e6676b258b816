import numpy as np
import tensorflow as tf

net = tf.keras.Sequential([
    tf.keras.Input((24, 24, 1)),
    tf.keras.layers.Conv2D(4, 3, strides=2),
    tf.keras.layers.Flatten(),
    tf.keras.layers.Dense(10),
])
batch = np.random.rand(6, 24, 24, 1).astype("float32")
print(net(batch).shape)
img = batch[0]
logits = net(img, training=False)
print(tf.argmax(logits[0]))
