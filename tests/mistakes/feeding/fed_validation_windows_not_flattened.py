# expect: fed-shape @ 25
# keras: crash
import numpy as np
from keras.models import Model
from keras.layers import Input, Dense

WINDOW, SENSORS = 16, 3


def windows(series):
    return np.array([series[i:i + WINDOW] for i in range(len(series) - WINDOW)])


readings = np.random.rand(200, SENSORS)
x_train, x_val = windows(readings[:150]), windows(readings[150:])
x_train = x_train.reshape(len(x_train), WINDOW * SENSORS)

inputs = Input(shape=(WINDOW * SENSORS,))
code = Dense(8, activation='relu')(inputs)
outputs = Dense(WINDOW * SENSORS)(code)
autoencoder = Model(inputs, outputs)
autoencoder.compile(optimizer='adam', loss='mse')

autoencoder.fit(x_train, x_train, epochs=1, verbose=0,
                validation_data=(x_val, x_val))
