import numpy as np
import keras
from keras import layers
from keras.utils import pad_sequences

words = [list(np.random.randint(1, 90, n)) for n in range(3, 33)]
padded = pad_sequences(words, maxlen=25)
liked = np.random.randint(0, 2, 30)
inp = keras.Input(shape=(20,))
h = layers.Embedding(100, 8)(inp)
h = layers.Flatten()(h)
out = layers.Dense(1, activation="sigmoid")(h)
model = keras.Model(inp, out)
model.compile("adam", "binary_crossentropy")
model.fit(padded, liked, epochs=1)
