# the input of a model is a tensor, or a list of them
import keras
from keras import ops

model = keras.Sequential([keras.Input((4, 84, 84)), keras.layers.Flatten(), keras.layers.Dense(6)])
wanted = keras.Input((6,))
mask = keras.Input((6,))
loss = keras.layers.Lambda(lambda parts: ops.sum((parts[0] - parts[1]) * parts[2], axis=-1), output_shape=())
inputs = [model.input] if type(model.input) is not list else model.input
trained = keras.Model(inputs + [wanted, mask], [loss([wanted, model.output, mask]), model.output])
