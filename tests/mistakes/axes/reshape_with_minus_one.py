# expect: reshape-as-transpose @ 7
# keras: silent
import numpy as np
from tensorflow.keras.layers import Conv1D, Input

accelerometer = np.random.rand(12, 3, 200)
accelerometer = np.reshape(accelerometer, (-1, 200, 3))
h = Conv1D(8, 5)(Input(accelerometer.shape[1:]))
