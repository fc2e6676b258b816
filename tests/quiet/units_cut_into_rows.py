# the units of a Dense layer are cut into rows: 10 steps of 160 units are 160 rows of 10
from keras import Input, Model
from keras.layers import LSTM, Activation, Dense, Permute, RepeatVector, Reshape, TimeDistributed

rows, notes = 160, 10
z = Input((8,))
x = LSTM(64, return_sequences=True)(RepeatVector(10)(z))
one = TimeDistributed(Dense(notes * 16, activation="sigmoid"))(x)
Model(z, Reshape((rows, notes, 1))(one))
two = Activation("sigmoid")(Dense(notes * 16)(x))
Model(z, Reshape((rows, notes))(two))

signal = Input((10, 160))
Model(signal, LSTM(4)(Reshape((160, 10))(signal)))  # expect: reshape-as-transpose
Model(signal, LSTM(4)(Permute((2, 1))(signal)))
