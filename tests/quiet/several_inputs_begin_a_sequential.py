# a Sequential that begins with a model of two inputs has both: of Keras 1 and 2.0 at once, of Keras 3 when called
import numpy as np
from keras.layers import Dense, Input, concatenate
from keras.models import Model, Sequential

signal, group = Input((16,)), Input((3,))
decoder = Model(input=[signal, group], output=Dense(16)(concatenate([signal, group])))
judge = Sequential()
judge.add(Dense(4, input_dim=16))
judge.trainable = False
chain = Sequential()
chain.add(decoder)
chain.add(judge)
both = Model(input=chain.input, output=chain.output)
both.compile("adam", "mse")
both.fit([np.ones((5, 16)), np.ones((5, 3))], np.ones((5, 4)), nb_epoch=2)
both.fit(np.ones((5, 16)), np.ones((5, 4)), nb_epoch=2)  # expect: fed-structure
