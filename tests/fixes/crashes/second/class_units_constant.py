import numpy as np
from tensorflow.keras import layers, models, utils

N_CLASSES = 9


class GenreNet:
    def __init__(self, n_mfcc, frames):
        self.model = models.Sequential([
            layers.Input((frames, n_mfcc)),
            layers.LSTM(32),
            layers.Dense(N_CLASSES, activation="softmax"),
        ])
        self.model.compile(optimizer="adam", loss="categorical_crossentropy", metrics=["accuracy"])

    def train(self, x, y):
        return self.model.fit(x, y, epochs=1, verbose=0)


genres = np.random.randint(0, 10, 30)
mfcc = np.random.rand(30, 50, 13)
net = GenreNet(13, 50)
net.train(mfcc, utils.to_categorical(genres, 10))
