# expect: reshape-as-transpose @ 15
# keras: silent
import pickle

import numpy as np
from keras import Sequential, layers

# such a file as cifar-10-batches-py/data_batch_1 is
with open("data_batch_1", "wb") as file:
    pickle.dump({b"data": np.zeros((40, 3072), "uint8"), b"labels": [0, 1] * 20}, file)

with open("data_batch_1", "rb") as file:
    batch = pickle.load(file, encoding="bytes")
data = batch[b"data"]
images = data.reshape(-1, 32, 32, 3) / 255.0
model = Sequential([layers.Input((32, 32, 3)), layers.Conv2D(8, 3), layers.GlobalMaxPooling2D(), layers.Dense(10)])
model.compile("adam", "mse")
model.predict(images, verbose=0)
