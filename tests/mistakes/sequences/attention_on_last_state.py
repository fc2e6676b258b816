# expect: attention-over-one-token @ 10
# keras: silent
import numpy as np
import keras
from keras import layers, ops

seq = keras.Input(shape=(25, 3))
h = layers.LSTM(12)(seq)
h = ops.expand_dims(h, 1)
ctx = layers.Attention()([h, h])
out = layers.Dense(1)(layers.Flatten()(ctx))
model = keras.Model(seq, out)
model.compile("adam", "mse")
model.fit(np.random.rand(6, 25, 3), np.random.rand(6), verbose=0)
