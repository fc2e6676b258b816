# expect: works-along-batch @ 9
# keras: silent
import numpy as np
from keras import Model, layers, ops

query = layers.Input((6, 8))
answer = layers.Input((9, 8))
scores = ops.matmul(query, ops.swapaxes(answer, 1, 2))
weights = ops.softmax(ops.transpose(scores))
aligned = ops.matmul(ops.swapaxes(ops.transpose(weights), 1, 2), query)
x = layers.GlobalMaxPooling1D()(aligned)
model = Model([query, answer], layers.Dense(1)(x))
model.compile("adam", "mse")
model.fit([np.random.rand(4, 6, 8), np.random.rand(4, 9, 8)], np.zeros((4, 1)), epochs=1, verbose=0)
