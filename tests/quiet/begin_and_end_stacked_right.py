import numpy as np
from keras import Input, Model
from keras.layers import LSTM, Dense, Layer
from keras.ops import mean, stack

STEPS = 12


class BothEnds(Layer):
    def call(self, ends):
        return stack([ends[0], ends[1]], axis=1)

    def compute_output_shape(self, shapes):
        return (shapes[0][0], 2, shapes[0][1])


class Agreed(Layer):
    def call(self, ends):
        return mean(stack(ends), axis=0)

    def compute_output_shape(self, shapes):
        return shapes[0]


passage = Input((STEPS, 8))
read = LSTM(16)(passage)
begin, end = (Dense(STEPS, activation="softmax")(read) for _ in range(2))
finder = Model(passage, [BothEnds()([begin, end]), Agreed()([begin, end])])
print([each.shape for each in finder.predict(np.random.rand(4, STEPS, 8), verbose=0)])
