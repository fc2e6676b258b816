# expect: reshape-as-transpose @ 15
# keras: silent
# file: session1.npz trials=(24, 22, 250) labels=(24,)<4
import numpy as np
import keras
from keras import layers



def load_session(path, n_channels=22, n_times=250):
    """Trials of one session, (trials, times, channels) for the network."""
    archive = np.load(path)
    trials = np.zeros((24, n_channels, n_times))
    trials[:] = archive["trials"]
    trials = trials.reshape(trials.shape[0], n_times, n_channels)
    trials = (trials - trials.mean()) / trials.std()
    return trials, archive["labels"]


X, y = load_session("session1.npz")
inp = keras.Input((250, 22))
x = layers.Conv1D(40, 25, activation="elu")(inp)
x = layers.AveragePooling1D(75, strides=15)(x)
x = layers.Flatten()(x)
model = keras.Model(inp, layers.Dense(4, activation="softmax")(x))
model.compile("adam", "sparse_categorical_crossentropy")
model.fit(X, y, epochs=1, verbose=0)
