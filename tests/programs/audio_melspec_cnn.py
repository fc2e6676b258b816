import numpy as np
import keras
from keras.layers import *
from keras import Sequential, Model

sr = 16000
duration = 2
n_mels = 40
hop = 512


def frames(y, size=1024, hop=hop):
    n = 1 + (len(y) - size) // hop
    out = np.zeros((n, size))
    for i in range(n):
        out[i] = y[i * hop:i * hop + size]
    return out


def fake_melspectrogram(y):
    f = frames(y)
    spec = np.abs(np.fft.rfft(f, axis=1))
    w = np.random.rand(spec.shape[1], n_mels)
    return np.log1p(spec @ w).T      # (n_mels, time)


X = np.array([fake_melspectrogram(np.random.randn(sr * duration)) for _ in range(6)])
X = X[..., np.newaxis]
y = keras.utils.to_categorical(np.arange(6) % 3, 3)

inp = Input(shape=X.shape[1:])
x = Conv2D(16, (3, 3), padding='same')(inp)
x = LeakyReLU()(x)
x = MaxPooling2D((2, 4))(x)
x = Conv2D(32, (3, 3), padding='same', activation='elu')(x)
x = MaxPooling2D((2, 2))(x)
# time first, then flatten freq x channels
x = Permute((2, 1, 3))(x)
x = Reshape((x.shape[1], x.shape[2] * x.shape[3]))(x)
x = GRU(24, return_sequences=True)(x)
att = Dense(1, activation='tanh')(x)
att = Flatten()(att)
att = Activation('softmax')(att)
att = RepeatVector(24)(att)
att = Permute([2, 1])(att)
merged = Multiply()([x, att])
merged = Lambda(lambda t: keras.ops.sum(t, axis=1))(merged)
out = Dense(y.shape[1], activation='softmax')(merged)
model = Model(inputs=inp, outputs=out)

raw = Sequential([
    Input((sr * duration, 1)),
    Conv1D(16, 80, strides=4), BatchNormalization(), Activation('relu'), MaxPooling1D(4),
    Conv1D(16, 3), BatchNormalization(), Activation('relu'), MaxPooling1D(4),
    Conv1D(32, 3), BatchNormalization(), Activation('relu'), MaxPooling1D(4),
    GlobalAveragePooling1D(), Dense(y.shape[-1])])
