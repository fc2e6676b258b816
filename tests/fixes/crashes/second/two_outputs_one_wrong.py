import numpy as np
import keras
from keras import layers

i = keras.Input((20,))
h = layers.Dense(16, activation="relu")(i)
age = layers.Dense(1, name="age")(h)
race = layers.Dense(4, activation="softmax", name="race")(h)
model = keras.Model(i, [age, race])
model.compile("adam", loss={"age": "mse", "race": "categorical_crossentropy"})
y_age = np.random.rand(32, 1)
y_race = keras.utils.to_categorical(np.random.randint(0, 5, 32), 5)
model.fit(np.random.rand(32, 20), {"age": y_age, "race": y_race}, epochs=1, verbose=0)
