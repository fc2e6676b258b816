# expect: missing-return-sequences @ 9
# keras: silent
import numpy as np
import tensorflow as tf
from tensorflow.keras.layers import Input, GRU, Dense, AdditiveAttention

i = Input(shape=(15, 4))
states = GRU(10)(i)
att = AdditiveAttention()([states, states])
o = Dense(1)(att)
model = tf.keras.models.Model(i, o)
model.compile("adam", "mse")
model.fit(np.random.rand(8, 15, 4), np.random.rand(8), verbose=0)
