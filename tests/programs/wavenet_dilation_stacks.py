"""Autoregressive WaveNet over mu-law codes: stacks of doubling dilations, skips summed."""
import numpy as np
import tensorflow as tf
from tensorflow import keras
from tensorflow.keras import layers as L

MU = 64
RES, SKIP = 12, 20
STACKS, DILATIONS = 2, [2 ** i for i in range(4)]
receptive_field = STACKS * sum(DILATIONS) + 1


def mu_law(x, mu=MU - 1):
    y = np.sign(x) * np.log1p(mu * np.abs(x)) / np.log1p(mu)
    return ((y + 1) / 2 * mu + 0.5).astype(np.int32)


t = np.linspace(0, 1, 2000)
audio = mu_law(np.sin(2 * np.pi * 40 * t) * 0.8)


def frame_generator(audio, frame_size, frame_shift):
    X, y = [], []
    for i in range(0, len(audio) - frame_size - 1, frame_shift):
        frame = audio[i:i + frame_size]
        if len(frame) < frame_size:
            break
        X.append(np.eye(MU)[frame])
        y.append(np.eye(MU)[audio[i + frame_size]])
    return np.array(X), np.array(y)


FRAME = 128
X, y = frame_generator(audio, FRAME, 64)


def wavenet_block(d, n_filters=RES):
    def f(x):
        tanh = L.Conv1D(n_filters, 2, dilation_rate=d, padding="causal", activation="tanh")(x)
        sigm = L.Conv1D(n_filters, 2, dilation_rate=d, padding="causal", activation="sigmoid")(x)
        z = L.Multiply()([tanh, sigm])
        skip = L.Conv1D(SKIP, 1)(z)
        out = L.Conv1D(n_filters, 1)(z)
        return L.Add()([x, out]), skip
    return f


inp = L.Input(shape=(X.shape[1], MU))
h = L.Conv1D(RES, 2, padding="causal")(inp)
skips = []
for s in range(STACKS):
    for d in DILATIONS:
        h, sk = wavenet_block(d)(h)
        skips.append(sk)
out = L.Add()(skips)
out = L.ReLU()(out)
out = L.Conv1D(SKIP, 1, activation="relu")(out)
out = L.Conv1D(1, 1)(out)
out = L.Flatten()(out)
out = L.Dense(y.shape[-1], activation="softmax")(out)
model = keras.Model(inp, out)

# valid convolutions: the length shrinks by the dilation
v = L.Input((None, 1)), L.Input((receptive_field + 9, 1))
shrunk = []
for x in v:
    for d in DILATIONS * STACKS:
        x = L.Conv1D(4, 2, dilation_rate=d)(x)
    shrunk.append(x)
tail = L.Conv1D(2, 3)(shrunk[1])
last = L.Lambda(lambda q: q[:, -1, :])(tail)
p = L.Dense(MU)(last)
