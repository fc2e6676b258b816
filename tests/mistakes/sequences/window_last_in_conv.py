# expect: swapped-steps-and-features @ 11
# keras: silent
import numpy as np
from keras import Sequential, layers

WINDOW_SIZE = 100


def make_model():
    return Sequential([
        layers.Conv1D(32, 3, activation='relu', input_shape=(6, WINDOW_SIZE)),
        layers.GlobalMaxPooling1D(),
        layers.Dense(4, activation='softmax'),
    ])


m = make_model()
m.compile('adam', 'sparse_categorical_crossentropy')
m.fit(np.random.rand(12, 6, WINDOW_SIZE), np.random.randint(0, 4, 12), verbose=0)
