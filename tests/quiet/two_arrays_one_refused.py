# one column too many in the first array; the second one fits
import numpy as np
from keras import Input, Model
from keras.layers import GRU

steps, state = Input((None, 1)), Input((128,))
x, last = GRU(128, return_sequences=True, return_state=True)(steps, initial_state=state)
model = Model([steps, state], [x, last])
before = model.predict([np.zeros((1, 3, 1)), np.zeros((1, 128))])[1]
model.predict([np.zeros((1, 1, 2)), before])  # expect: fed-shape
