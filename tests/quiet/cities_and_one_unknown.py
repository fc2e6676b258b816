import numpy as np
import tensorflow as tf
import keras
from keras import layers

CITIES = ["berlin", "paris", "rome", "madrid", "oslo"]


def embed(inp, vocabulary, dim):
    index = layers.StringLookup(vocabulary=vocabulary)(inp)
    table = layers.Embedding(len(vocabulary) + 1, dim)
    return layers.Flatten()(table(index))


city = keras.Input((1,), dtype="string", name="city")
rooms = keras.Input((1,), name="rooms")
x = layers.Concatenate()([embed(city, CITIES, 4), rooms])
x = layers.Dense(16, activation="relu")(x)
price = layers.Dense(1, name="price")(x)
model = keras.Model({"city": city, "rooms": rooms}, price)
model.compile("adam", "mse")

inputs = {
    "city": tf.constant([["berlin"], ["oslo"], ["rome"], ["paris"]]),
    "rooms": np.array([[1.0], [2.0], [3.0], [2.0]]),
}
model.fit(inputs, np.array([[500.0], [800.0], [700.0], [900.0]]), epochs=1)
