# expect: images-unlike-training @ 28
# reported: round 5
# keras: silent
# file: digits/*.png 2 (28, 28, 3)
import glob

import cv2
import numpy as np
import tensorflow as tf

mnist = tf.keras.datasets.mnist
(x_train, y_train), (x_test, y_test) = mnist.load_data()
x_train, y_train = x_train[:64], y_train[:64]
x_train = tf.keras.utils.normalize(x_train, axis=1)
x_test = tf.keras.utils.normalize(x_test, axis=1)

model = tf.keras.models.Sequential()
model.add(tf.keras.layers.Flatten(input_shape=(28, 28)))
model.add(tf.keras.layers.Dense(128, activation="relu"))
model.add(tf.keras.layers.Dense(128, activation="relu"))
model.add(tf.keras.layers.Dense(10, activation="softmax"))
model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
model.fit(x_train, y_train, epochs=1)

for path in sorted(glob.glob("digits/*.png")):
    img = cv2.imread(path)[:, :, 0]
    img = np.invert(np.array([img]))
    prediction = model.predict(img)
    print(f"{path} is probably a {np.argmax(prediction)}")
