# expect: argmax-over-samples @ 24
# reported: round 3
# keras: silent
import numpy as np
import tensorflow as tf
from tensorflow import keras

(x_train, y_train), (x_test, y_test) = keras.datasets.mnist.load_data()
x_train, y_train = x_train[y_train >= 5] / 255.0, y_train[y_train >= 5] - 5

base = keras.Sequential([
    keras.Input((28, 28, 1)),
    keras.layers.Conv2D(8, 3, activation="relu"),
    keras.layers.MaxPooling2D(),
    keras.layers.Flatten(),
])
base.trainable = False
model = keras.Sequential([base, keras.layers.Dense(16, activation="relu"), keras.layers.Dense(5, activation="softmax")])
model.compile("adam", "sparse_categorical_crossentropy", metrics=["acc"])
model.fit(x_train[:48, ..., None], y_train[:48], epochs=1)

image = x_test[:1].reshape((-1, 28, 28, 1)) / 255.0
pred_out = model.predict(image)
winner = tf.argmax(pred_out)
print("winner:", winner.numpy()[0] + 5)
