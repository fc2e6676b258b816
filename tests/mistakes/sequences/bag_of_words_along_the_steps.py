# expect: count-vectors-as-sequence @ 9
# keras: silent
import numpy as np
import keras
from keras import layers

train_bow = np.random.randint(0, 3, (10, 120)).astype("float32")
inp = keras.Input(shape=(train_bow.shape[1], 1))
x = layers.Conv1D(8, 5, activation="relu")(inp)
x = layers.GlobalMaxPooling1D()(x)
model = keras.Model(inp, layers.Dense(3, activation="softmax")(x))
model.compile("adam", "sparse_categorical_crossentropy")
model.fit(train_bow[..., None], np.zeros(10), verbose=0)
