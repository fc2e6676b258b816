# expect: fed-channel-count @ 36
# keras: crash
import math
import numpy as np
import keras


class SliceSequence(keras.utils.Sequence):
    """CT slices with their masks' labels."""

    def __init__(self, n_slices=40, batch_size=8, dim=(64, 64)):
        super().__init__()
        self.n = n_slices
        self.batch_size = batch_size
        self.dim = dim

    def __len__(self):
        return math.ceil(self.n / self.batch_size)

    def __getitem__(self, idx):
        X = np.empty((self.batch_size, *self.dim))
        y = np.empty((self.batch_size,), dtype=int)
        for i in range(self.batch_size):
            X[i] = np.random.rand(*self.dim)
            y[i] = i % 2
        return X, y


model = keras.Sequential([
    keras.Input((64, 64, 3)),
    keras.layers.Conv2D(8, 3, activation="relu"),
    keras.layers.Flatten(),
    keras.layers.Dense(1, activation="sigmoid"),
])
model.compile("adam", "binary_crossentropy")
model.fit(SliceSequence(), epochs=1, verbose=0)
