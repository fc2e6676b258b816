# expect: samples-as-steps @ 11
# keras: crash
import numpy as np
import tensorflow as tf
from tensorflow.keras import layers

x_train = np.random.normal(size=(40, 20)).astype("float32")
y_train = np.random.randint(0, 2, size=(40,))

inputs = tf.keras.Input(shape=(len(x_train), 20))
h = layers.Conv1D(8, 3, activation="relu")(inputs)
h = layers.GlobalMaxPooling1D()(h)
model = tf.keras.Model(inputs, layers.Dense(1, activation="sigmoid")(h))
model.compile("adam", "binary_crossentropy")
model.fit(x_train, y_train, epochs=1, verbose=0)
