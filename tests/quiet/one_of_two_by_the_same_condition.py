# what is made and how it is called depend on the same condition: the two never cross
import keras
import tensorflow as tf


class Keeper(keras.layers.Layer):
    def __init__(self, width, joined=False, **kwargs):
        super().__init__(**kwargs)
        self.width, self.joined, self.state_size = width, joined, width

    def call(self, inputs, states):
        kept = tf.reshape(states[0], (-1, self.width))
        if self.joined:
            kept = tf.concat((kept, inputs), axis=1)
        return kept, [kept]


class Passing(keras.layers.Layer):
    def __init__(self, width, joined=False, **kwargs):
        super().__init__(**kwargs)

    def call(self, inputs):
        return inputs


def compared(at_once, joined):
    signal = keras.Input(batch_shape=(32, 7 if at_once else None, 6))
    layer = Keeper(3, joined=joined is not None) if not at_once else Passing(3, joined=joined is not None)
    return layer(signal) if at_once else keras.layers.RNN(layer)(signal)
