import numpy as np
import keras
from keras import layers

i = keras.Input((32, 32, 3))
x = layers.Conv2D(16, 3, activation="relu")(i)
y = layers.Conv2D(16, 3, activation="relu")(x)
z = layers.Concatenate()([x, y])
o = layers.Dense(10, activation="softmax")(layers.Flatten()(z))
model = keras.Model(i, o)
model.compile("adam", "sparse_categorical_crossentropy")
model.fit(np.random.rand(4, 32, 32, 3), np.zeros(4), verbose=0)
