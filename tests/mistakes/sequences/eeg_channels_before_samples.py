# expect: swapped-steps-and-features @ 16
# keras: silent
import numpy as np
import keras
from keras import layers


class EEGClassifier:
    def __init__(self, n_channels=8, n_samples=64, n_classes=2):
        self.n_channels = n_channels
        self.n_samples = n_samples
        self.n_classes = n_classes

    def build(self):
        inp = keras.Input(shape=(self.n_channels, self.n_samples))
        x = layers.Conv1D(16, 7, padding="same", activation="elu")(inp)
        x = layers.GlobalAveragePooling1D()(x)
        return keras.Model(inp, layers.Dense(self.n_classes, activation="softmax")(x))


net = EEGClassifier().build()
net.compile("adam", "sparse_categorical_crossentropy")
epochs_data = np.random.randn(10, 8, 64)
net.fit(epochs_data, np.random.randint(0, 2, 10), verbose=0)
