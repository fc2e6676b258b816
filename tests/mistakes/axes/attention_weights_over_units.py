# expect: softmax-over-one @ 10
# keras: silent
from keras import Model, layers, ops

T, UNITS = 40, 32

seq = layers.Input((T, 6))
h = layers.LSTM(UNITS, return_sequences=True)(seq)
score = layers.Dense(1, activation="tanh")(h)
alpha = layers.Activation("softmax")(score)
context = layers.Lambda(lambda t: ops.sum(t[0] * t[1], axis=1))([h, alpha])
model = Model(seq, layers.Dense(1)(context))
model.compile("adam", "mse")
