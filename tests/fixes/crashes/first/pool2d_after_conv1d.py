import numpy as np
import tensorflow as tf
from tensorflow.keras import layers

wave = np.random.rand(12, 800, 1)
word = np.random.randint(0, 8, 12)
model = tf.keras.Sequential()
model.add(layers.Conv1D(8, 9, activation="relu", input_shape=(800, 1)))
model.add(layers.MaxPooling2D(4))
model.add(layers.GlobalAveragePooling1D())
model.add(layers.Dense(8, activation="softmax"))
model.compile("adam", "sparse_categorical_crossentropy")
model.fit(wave, word)
