# expect: one-hot-with-sparse-loss @ 38
# keras: crash
import math

import keras
import numpy as np
from keras import layers


class Spectra(keras.utils.Sequence):
    """Batches from disc."""

    def __init__(self, files, kinds, batch_size=8):
        super().__init__()
        self.files, self.kinds, self.batch_size = files, kinds, batch_size

    def __len__(self):
        return math.ceil(len(self.files) / self.batch_size)

    def __getitem__(self, index):
        chosen = self.files[index * self.batch_size:(index + 1) * self.batch_size]
        x = np.zeros((len(chosen), 200, 1))
        y = np.zeros((len(chosen),), dtype=int)
        for row, name in enumerate(chosen):
            x[row, :, 0] = np.random.default_rng(len(name)).random(200)
            y[row] = row % self.kinds
        return x, keras.utils.to_categorical(y, num_classes=self.kinds)


model = keras.Sequential([
    keras.Input((200, 1)),
    layers.Conv1D(8, 9, activation="relu"),
    layers.GlobalMaxPooling1D(),
    layers.Dense(5, activation="softmax"),
])
model.compile("adam", "sparse_categorical_crossentropy")
train = Spectra([f"{i}.npy" for i in range(20)], kinds=5)
model.fit(train, epochs=1, verbose=0)
