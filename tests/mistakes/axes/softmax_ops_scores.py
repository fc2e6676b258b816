# expect: softmax-over-one @ 8
# keras: silent
import keras
from keras import layers, ops

tokens = keras.Input((10, 16))
scores = layers.Dense(1)(tokens)
weights = ops.softmax(scores)
pooled = ops.sum(weights * tokens, axis=1)
model = keras.Model(tokens, pooled)
