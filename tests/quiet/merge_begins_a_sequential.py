# Keras 1: a Sequential that begins with Merge has the inputs of all models that are merged
import numpy as np
from keras.layers import Activation, Dense, Embedding, Flatten, Merge
from keras.models import Sequential

shops = Sequential()
shops.add(Embedding(40, 4, input_length=1))
shops.add(Flatten())

weather = Sequential()
weather.add(Dense(8, input_dim=5))

both = Sequential()
both.add(Merge([shops, weather], mode="concat"))
both.add(Dense(output_dim=6, activation="relu"))

past = Sequential()
past.add(Dense(6, input_dim=12))

model = Sequential()
model.add(Merge([both, past], mode="sum"))
model.add(Dense(output_dim=1))
model.compile(optimizer="adagrad", loss="mse")
model.fit([np.zeros((90, 1)), np.zeros((90, 5)), np.zeros((90, 12))], np.zeros((90, 1)), nb_epoch=3)
model.predict([np.zeros((9, 1)), np.zeros((9, 6)), np.zeros((9, 12))])  # expect: fed-shape

words = Sequential()
words.add(Merge([Embedding(40, 4), *others], mode="dot", dot_axes=2))
words.add(Activation("sigmoid"))
words.compile(optimizer="adam", loss="binary_crossentropy")
words.train_on_batch([np.zeros((9, 1)), np.zeros((9, 1))], np.zeros((9, 1)))
