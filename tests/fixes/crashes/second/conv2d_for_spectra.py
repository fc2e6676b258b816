import numpy as np
import tensorflow as tf

spectra = np.random.rand(20, 1024, 1)
minerals = tf.keras.utils.to_categorical(np.random.randint(0, 6, 20), 6)
model = tf.keras.models.Sequential()
model.add(tf.keras.layers.Conv2D(16, (5, 5), activation="relu", input_shape=(1024, 1)))
model.add(tf.keras.layers.MaxPooling2D((2, 2)))
model.add(tf.keras.layers.Conv2D(32, (5, 5), activation="relu"))
model.add(tf.keras.layers.GlobalAveragePooling2D())
model.add(tf.keras.layers.Dense(6, activation="softmax"))
model.compile("adam", "categorical_crossentropy")
model.fit(spectra, minerals, verbose=0)
