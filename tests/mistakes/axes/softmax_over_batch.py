# expect: works-along-batch @ 8
# keras: silent
import keras
from keras import layers

inputs = keras.Input((20,))
logits = layers.Dense(5)(inputs)
probabilities = layers.Softmax(axis=0)(logits)
model = keras.Model(inputs, probabilities)
