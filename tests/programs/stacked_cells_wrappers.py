import keras
from keras import layers
from keras.layers import (Input, RNN, StackedRNNCells, LSTMCell, GRUCell, SimpleRNNCell, Bidirectional, TimeDistributed,
                          Masking, Dense, ConvLSTM1D, SimpleRNN, GRU, LSTM, SpectralNormalization)

units = [12, 8, 4]
x_in = Input((15, 3))
x = Masking(0.0)(x_in)
stacked = RNN(StackedRNNCells([LSTMCell(u) for u in units]), return_sequences=True)(x)
g = RNN([GRUCell(6), GRUCell(5)])(stacked)
s = SimpleRNN(7, return_sequences=True)(stacked)
b = Bidirectional(GRU(5, return_sequences=True), merge_mode="ave")(s)
b2 = Bidirectional(LSTM(5), backward_layer=LSTM(5, go_backwards=True), merge_mode="mul")(b)
last = layers.Concatenate()([g, b2])
out = SpectralNormalization(Dense(2))(last)
model = keras.Model(x_in, out)

frames = Input((6, 20, 4))
c = ConvLSTM1D(8, 3, padding="same", return_sequences=True)(frames)
c = TimeDistributed(layers.Conv1D(4, 3, strides=2))(c)
c = TimeDistributed(TimeDistributed(Dense(3)))(c)
c = layers.Reshape((6, -1))(c)
c, h = GRU(9, return_state=True)(c)
m2 = keras.Model(frames, [c, h])
