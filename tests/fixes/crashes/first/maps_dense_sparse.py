import numpy as np
import keras
from keras import layers

num_classes = 7
x_train = np.random.rand(30, 48, 48, 1).astype("float32")
y_train = np.random.randint(0, num_classes, size=(30,))

inputs = keras.Input(shape=(48, 48, 1))
x = layers.Conv2D(8, 3, activation="relu")(inputs)
x = layers.MaxPooling2D()(x)
x = layers.Dropout(0.25)(x)
x = layers.Dense(32, activation="relu")(x)
outputs = layers.Dense(num_classes, activation="softmax")(x)
model = keras.Model(inputs, outputs)
model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
model.fit(x_train, y_train, epochs=1)
