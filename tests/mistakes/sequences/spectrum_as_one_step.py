# expect: conv-single-step @ 11
# keras: silent
# near infrared spectra, one row a sample
import numpy as np
from tensorflow.keras.models import Sequential
from tensorflow.keras.layers import Conv1D, Flatten, Dense

spectra = np.random.rand(15, 256)
spectra = spectra.reshape(spectra.shape[0], 1, spectra.shape[1])
model = Sequential()
model.add(Conv1D(filters=32, kernel_size=1, activation='relu', input_shape=(1, 256)))
model.add(Flatten())
model.add(Dense(1))
model.compile(loss='mse')
model.fit(spectra, np.zeros(15), verbose=0)
