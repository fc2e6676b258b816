# expect: swapped-steps-and-features @ 18
# keras: silent
import numpy as np
from keras import Sequential, Input
from keras.layers import Conv1D, BatchNormalization, GlobalAveragePooling1D, Dense


class GestureModel(object):
    def __init__(self, n_steps=150, n_sensors=6, n_gestures=8):
        self.n_steps = n_steps
        self.n_sensors = n_sensors
        self.n_gestures = n_gestures
        self.model = None

    def create(self):
        model = Sequential()
        model.add(Input(shape=(self.n_sensors, self.n_steps)))
        model.add(Conv1D(filters=32, kernel_size=3, padding='same', activation='relu'))
        model.add(BatchNormalization())
        model.add(Conv1D(filters=64, kernel_size=3, padding='same', activation='relu'))
        model.add(GlobalAveragePooling1D())
        model.add(Dense(self.n_gestures, activation='softmax'))
        model.compile(loss='sparse_categorical_crossentropy', optimizer='adam')
        self.model = model
        return self

    def fit(self, X, y, **kwargs):
        # X comes as (n, sensors, steps) from the logger
        return self.model.fit(X, y, **kwargs)


gm = GestureModel().create()
gm.fit(np.random.rand(16, 6, 150), np.random.randint(0, 8, 16), epochs=1, verbose=0)
