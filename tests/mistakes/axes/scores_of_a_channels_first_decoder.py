# expect: reshape-as-transpose @ 11
# keras: silent
import keras
import numpy as np
from keras import Model, layers

# a convolution that reads the channels first runs on a GPU alone; the 1 x 1 kernel is a Dense layer here
rows, cols, classes = 12, 16, 4
inputs = layers.Input((3, rows, cols))
scores = layers.Permute((3, 1, 2))(layers.Dense(classes)(layers.Permute((2, 3, 1))(inputs)))
flat = layers.Reshape((rows * cols, classes))(scores)
model = Model(inputs, layers.Softmax()(flat))
model.compile("adam", "categorical_crossentropy")
truth = keras.utils.to_categorical(np.zeros((2, rows * cols)), classes)
model.fit(np.random.rand(2, 3, rows, cols), truth, epochs=1, verbose=0)
