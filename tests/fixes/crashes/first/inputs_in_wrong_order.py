import numpy as np
import keras
from keras import layers

text = keras.Input((50,), name="text")
meta = keras.Input((4,), name="meta")
t = layers.GlobalMaxPooling1D()(layers.Embedding(100, 8)(text))
model = keras.Model([text, meta], layers.Dense(1)(layers.concatenate([t, meta])))
model.compile("adam", "mse")
ids, extra = np.random.randint(0, 100, (10, 50)), np.random.rand(10, 4)
model.fit([extra, ids], np.random.rand(10))
