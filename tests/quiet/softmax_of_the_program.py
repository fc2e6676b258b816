# a function of the program that is called softmax, and works along the steps
import keras
from keras import ops
from keras.layers import Activation, Dense, Dot
from our_layers import log_softmax


def softmax(scores, axis=1):
    powers = ops.exp(scores - ops.max(scores, axis=axis, keepdims=True))
    return powers / ops.sum(powers, axis=axis, keepdims=True)


states = keras.Input((30, 64))
weights = Activation(softmax, name="weights")(Dense(1)(states))
context = Dot(axes=1)([weights, states])
logs = Dense(1, activation=log_softmax)(states)
also = Dense(1, activation=softmax)(states)
model = keras.Model(states, [context, logs, also])
wrong = Activation(keras.activations.softmax)(Dense(1)(states))  # expect: softmax-over-one
