# expect: weights-summed-elsewhere @ 12
# keras: silent
import numpy as np
from tensorflow.keras import Input, Model
from tensorflow.keras.layers import LSTM, Dense, Dot, Activation, Concatenate, TimeDistributed, Permute, Softmax

enc_in = Input((15, 8))
dec_in = Input((10, 8))
enc = LSTM(16, return_sequences=True)(enc_in)
dec = LSTM(16, return_sequences=True)(dec_in)
score = Dot(axes=[2, 2])([dec, enc])
alpha = Softmax(axis=1)(score)
context = Dot(axes=[2, 1])([alpha, enc])
out = TimeDistributed(Dense(4))(Concatenate()([context, dec]))
model = Model([enc_in, dec_in], out)
model.compile("adam", "mse")
model.fit([np.random.rand(16, 15, 8), np.random.rand(16, 10, 8)], np.random.rand(16, 10, 4), epochs=1, verbose=0)
