# expect: steps-unlike-target @ 23
# keras: crash
# gestures of a glove: 60 readings of 10 sensors, 5 gestures
import numpy as np
from keras import Input, Model
from keras.layers import LSTM, Dense, Dropout
from keras.utils import to_categorical

N_CLASSES = 5
readings = np.random.randn(80, 60, 10)
gesture = to_categorical(np.random.randint(0, N_CLASSES, 80), N_CLASSES)

inp = Input(shape=readings.shape[1:])
h = LSTM(24, return_sequences=True)(inp)
h = Dropout(0.3)(h)
h = LSTM(24, return_sequences=True)(h)
h = Dropout(0.3)(h)
out = Dense(N_CLASSES, activation="softmax")(h)
model = Model(inp, out)
model.compile("rmsprop", "categorical_crossentropy")
model.fit(
    readings,
    gesture,
    batch_size=16, epochs=1, verbose=0,
)
