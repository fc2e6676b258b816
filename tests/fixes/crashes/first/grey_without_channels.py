import numpy as np
import tensorflow as tf

x_train = np.random.rand(40, 28, 28) / 255.0
y_train = np.random.randint(0, 10, 40)
model = tf.keras.models.Sequential([
    tf.keras.layers.Conv2D(8, (3, 3), activation="relu", input_shape=(28, 28)),
    tf.keras.layers.Flatten(),
    tf.keras.layers.Dense(10, activation="softmax"),
])
model.compile("adam", "sparse_categorical_crossentropy")
model.fit(x_train, y_train, epochs=1)
