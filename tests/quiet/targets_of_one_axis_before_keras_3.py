# before Keras 3 the losses and metrics of a program get targets of one axis with an axis of 1 more
import numpy as np
from keras import backend as K
from keras.layers import CuDNNGRU, Dense
from keras.models import Sequential


def relative(y_true, y_pred):
    return K.abs(y_true - y_pred) / (K.abs(y_true) + K.abs(y_pred))


def critic(y_true, y_pred):
    return -K.mean(y_true * y_pred)


loads, level = np.random.rand(400, 24, 6), np.random.rand(400)
model = Sequential()
model.add(CuDNNGRU(16, input_shape=(24, 6)))
model.add(Dense(1))
model.compile("adam", ["mse"], metrics=[relative, "mae"])
model.fit(loads, level, batch_size=40)
model.compile("adam", critic, metrics=[relative])
model.fit(loads, level)
model.evaluate(loads, level)
