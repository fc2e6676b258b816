# expect: target-inside-window @ 12
# keras: silent
import numpy as np
from tensorflow import keras

PAST = 36
temperature = np.sin(np.arange(500) / 30).astype("float32")[:, np.newaxis]
train, test = temperature[:400], temperature[400:]


def windows(part, **options):
    return keras.utils.timeseries_dataset_from_array(part[:-1], part[1:], sequence_length=PAST, **options)


model = keras.Sequential([keras.layers.Input((PAST, 1)), keras.layers.LSTM(8), keras.layers.Dense(1)])
model.compile("adam", "mse")
model.fit(windows(train, batch_size=32), validation_data=windows(test, batch_size=32), verbose=0)
