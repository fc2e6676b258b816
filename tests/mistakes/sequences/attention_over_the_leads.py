# expect: swapped-steps-and-features @ 8
# keras: silent
import numpy as np
from keras import Model, layers

n_leads, n_samples = 12, 250
signal = layers.Input((n_leads, n_samples))
x = layers.MultiHeadAttention(2, 16)(signal, signal)
x = layers.GlobalAveragePooling1D()(x)
model = Model(signal, layers.Dense(2, activation="softmax")(x))
model.compile("adam", "sparse_categorical_crossentropy")
model.fit(np.random.rand(8, n_leads, n_samples), np.arange(8) % 2, epochs=1, verbose=0)
