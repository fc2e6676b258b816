# a stateful model takes whole batches, whichever method is asked
import numpy as np
from keras.layers import LSTM, Dense
from keras.models import Sequential

count = 5
model = Sequential()
model.add(LSTM(16, stateful=True, batch_input_shape=(count, 8, 3)))
model.add(Dense(4, activation="softmax"))
model.compile(loss="categorical_crossentropy", optimizer="rmsprop")
windows = np.random.random((count * 20, 8, 3))
shares = model.predict_proba(windows, batch_size=count)
again = model.predict_proba(windows, count)
classes = model.predict_classes(windows, batch_size=count, verbose=0)
more = model.predict_classes(windows, count)
whole = model.predict_proba(windows)  # expect: stateful-batch
