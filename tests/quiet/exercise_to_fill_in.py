# an exercise: what is left to be filled in is anything
import keras
import numpy as np
from keras import layers

units = ...
model = keras.Sequential(
    [
        layers.Conv2D(16, 3, input_shape=(28, 28, 1)),
        layers.Conv2D(..., name="second"),
        layers.MaxPooling2D(..., name="pool"),
        layers.Dense(units=...),
        layers.Dense(units),
    ]
)
words = keras.Input((20,))
vectors = layers.Embedding(...)(words)
reader = layers.GRU(...)
sequence, state = reader(vectors)
attended = layers.Attention()([...])
total = layers.Add()([...])
complete = keras.Model(inputs=[...], outputs=[...])
complete([words, state])


def vectors_of(tokens):
    embedded = layers.Embedding()(tokens)  # TODO
    # TODO: define the recurrent layer
    recurrent = layers.LSTM()
    hidden = layers.Dense(None)(recurrent(embedded))  # your code here
    return layers.Dense(None, activation=None)(hidden)  # TODO: units and activation


vectors_of(words)

# YOUR CODE HERE: add the layers
classifier = keras.Sequential()
classifier.compile(loss="sparse_categorical_crossentropy")
classifier.fit(np.zeros((50, 20)), np.zeros((50, 20, 1)))

decoder = keras.Sequential()
decoder.add(layers.InputLayer((32,)))
decoder.predict(np.zeros((1, 32, 32, 3)))

picture = np.zeros((28, 28, 1))
place = (..., 0)
layers.Dense(3)(picture[..., 0])
layers.Dense(3)(picture[place])
layers.LSTM()  # expect: refused-call
