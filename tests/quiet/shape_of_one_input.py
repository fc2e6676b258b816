# a model of one input in a list answers with that input's shape, and not with a list
from keras import Input, Model
from keras.layers import Conv2D, Flatten

picture = Input((105, 105, 3))
encoder = Model([picture], [Flatten()(Conv2D(8, 3)(picture))])
encoder(Input(shape=encoder.input_shape[1:]))
print(encoder.output_shape[1] + 1)
