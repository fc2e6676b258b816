# expect: stateful-shuffled @ 39
# reported: round 8
# keras: silent
import numpy as np
from keras.models import Sequential
from keras.layers import Dense, Input, LSTM

tsteps = 1
batch_size = 25
epochs = 2
lahead = 1


def gen_cosine_amp(amp=100, period=25, x0=0, xn=500, step=1, k=0.0001):
    cos = np.zeros(((xn - x0) * step, 1, 1))
    for i in range(len(cos)):
        idx = x0 + i * step
        cos[i, 0, 0] = amp * np.cos(idx / (2 * np.pi * period)) * np.exp(-k * idx)
    return cos


cos = gen_cosine_amp()
expected_output = np.zeros((len(cos), 1))
for i in range(len(cos) - lahead):
    expected_output[i, 0] = np.mean(cos[i + 1 : i + lahead + 1])

print("Creating Model")
model = Sequential()
model.add(Input(batch_shape=(batch_size, tsteps, 1)))
model.add(LSTM(50, return_sequences=True, stateful=True))
rnn = LSTM(50, stateful=True)
model.add(rnn)
model.add(Dense(1))
model.compile(loss="mse", optimizer="rmsprop")

print("Training")
for i in range(epochs):
    print("Epoch", i, "/", epochs)
    model.fit(cos, expected_output, batch_size=batch_size, verbose=0, epochs=1)
    for layer in model.layers:
        if hasattr(layer, "reset_states"):
            layer.reset_states()

predicted_output = model.predict(cos, batch_size=batch_size)
