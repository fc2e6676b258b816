# expect: losses-unlike-outputs @ 10
# keras: silent
import keras
from keras import layers

inputs = keras.Input((9,))
weight = layers.Dense(3)(inputs)
breed = layers.Dense(3, activation="softmax")(inputs)
model = keras.Model(inputs, {"weight": weight, "breed": breed})
model.compile("adam", loss=["mse", "categorical_crossentropy"])
