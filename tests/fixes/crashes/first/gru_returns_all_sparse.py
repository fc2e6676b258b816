import numpy as np
import keras
from keras import layers

x = np.random.rand(16, 20, 5)
y = np.random.randint(0, 3, 16)
i = keras.Input((20, 5))
h = layers.GRU(12, return_sequences=True)(i)
h = layers.Dropout(0.3)(h)
o = layers.Dense(3, activation="softmax")(h)
model = keras.Model(i, o)
model.compile("adam", loss="sparse_categorical_crossentropy")
model.fit(x, y, epochs=1)
