# expect: missing-return-sequences @ 9
# keras: crash
import numpy as np
import keras
from keras import layers

inp = keras.Input((12, 4))
h = layers.LSTM(16)(inp)
h = layers.MultiHeadAttention(num_heads=2, key_dim=8)(h, h)
model = keras.Model(inp, layers.Dense(1)(h))
model.compile("adam", "mse")
model.fit(np.random.rand(6, 12, 4), np.random.rand(6), verbose=0)
