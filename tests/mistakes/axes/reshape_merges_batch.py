# expect: batch-merged @ 8
# keras: silent
import keras
from keras import layers, ops

frames = keras.Input((10, 12))
x = layers.Dense(6, activation="relu")(frames)
x = ops.reshape(x, (-1, 6))
model = keras.Model(frames, layers.Dense(1)(x))
