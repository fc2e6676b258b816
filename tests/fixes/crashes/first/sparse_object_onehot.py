import numpy as np
import tensorflow as tf

x = np.random.rand(32, 20).astype("float32")
y = tf.keras.utils.to_categorical(np.random.randint(0, 4, 32), num_classes=4)
model = tf.keras.Sequential()
model.add(tf.keras.layers.Dense(16, activation="relu"))
model.add(tf.keras.layers.Dense(4))
model.compile(optimizer="adam", loss=tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True))
model.fit(x, y, epochs=1)
