# along no axis, the sums and the order are those of all elements
import keras
import numpy as np
from keras import layers, ops
from settings import axis, further, options

windows = np.zeros((30, 4, 5))
model = keras.Sequential([keras.Input((4,)), layers.Dense(3)])
model.predict(np.cumsum(windows, *further))
model.predict(np.cumsum(windows, **options))
model.predict(np.cumprod(windows, axis=axis))
model.predict(np.sort(windows, *further))
model.predict(np.argsort(windows, axis=axis))
model.predict(windows.cumsum(*further))
model.predict(ops.cumsum(windows, axis=axis))
model.predict(np.cumsum(windows, axis=1))  # expect: fed-shape
