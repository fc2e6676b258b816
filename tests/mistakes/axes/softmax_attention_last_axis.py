# expect: softmax-over-one @ 9
# keras: silent
from keras import Model
from keras.layers import GRU, Activation, Dense, Dot, Flatten, Input

seq = Input((15, 6))
h = GRU(8, return_sequences=True)(seq)
e = Dense(1, activation="tanh")(h)
a = Activation("softmax")(e)
c = Flatten()(Dot(axes=1)([a, h]))
model = Model(seq, Dense(1)(c))
