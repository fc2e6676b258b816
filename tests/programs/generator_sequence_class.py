"""Batches from a Sequence and from a PyDataset; the model takes its shapes from a batch."""
import math

import numpy as np
import keras
from keras import layers


class Windows(keras.utils.Sequence):
    """Windows of a recording with the label of their last step."""

    def __init__(self, data, labels, length, batch_size=32, shuffle=True, **kwargs):
        super().__init__(**kwargs)
        self.data, self.labels = data, labels
        self.length = length
        self.batch_size = batch_size
        self.shuffle = shuffle
        self.indices = np.arange(len(data) - length)
        self.on_epoch_end()

    def __len__(self):
        return math.ceil(len(self.indices) / self.batch_size)

    def __getitem__(self, index):
        chosen = self.indices[index * self.batch_size:(index + 1) * self.batch_size]
        X = np.empty((self.batch_size, self.length, self.data.shape[1]), dtype="float32")
        y = np.empty((self.batch_size,), dtype=int)
        for row, start in enumerate(chosen):
            X[row] = self.data[start:start + self.length]
            y[row] = self.labels[start + self.length]
        return X, keras.utils.to_categorical(y, num_classes=4)

    def on_epoch_end(self):
        if self.shuffle:
            np.random.shuffle(self.indices)


class Pairs(keras.utils.PyDataset):
    def __init__(self, images, batch_size):
        super().__init__(workers=2, use_multiprocessing=False)
        self.images = images
        self.batch_size = batch_size

    @property
    def num_batches(self):
        return len(self.images) // self.batch_size

    def __len__(self):
        return self.num_batches

    def _load(self, i):
        return np.expand_dims(self.images[i], -1)

    def __getitem__(self, idx):
        first = [self._load(i) for i in range(idx * self.batch_size, (idx + 1) * self.batch_size)]
        second = np.stack([np.rot90(image) for image in first])
        return {"left": np.array(first), "right": second}, np.zeros((self.batch_size, 1))


recording = np.random.randn(2000, 6)
states = np.random.randint(0, 4, 2000)
train = Windows(recording, states, length=50, batch_size=16)
X0, y0 = train[0]
model = keras.Sequential([
    keras.Input(X0.shape[1:]),
    layers.Conv1D(12, 5),
    layers.GlobalMaxPooling1D(),
    layers.Dense(y0.shape[1], activation="softmax"),
])
model.compile("adam", "categorical_crossentropy")
model.fit(train, epochs=2)
batch = layers.LSTM(7)(train[1][0])

pairs = Pairs(np.random.rand(40, 24, 24), batch_size=8)
inputs, target = pairs[0]
sides = {name: keras.Input(array.shape[1:], name=name) for name, array in inputs.items()}
tower = keras.Sequential([layers.Conv2D(4, 3), layers.Flatten(), layers.Dense(9)])
both = layers.Concatenate()([tower(sides["left"]), tower(sides["right"])])
siamese = keras.Model(sides, layers.Dense(target.shape[-1])(both))
for features, wanted in (train[i] for i in range(2)):
    layers.Dense(3)(features)
for number in range(len(pairs)):
    layers.Dense(2)(pairs[number][0]["left"])
    break
