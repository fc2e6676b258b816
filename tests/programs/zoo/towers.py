"""Encoders that several programs share."""
from keras import Model, Sequential, layers

from .registry import Zoo


@Zoo.register("conv", widths=(8, 16))
class ConvTower:
    def __init__(self, widths, out=32):
        self.widths = widths
        self.out = out

    def build(self, input_shape):
        net = Sequential(name="conv_tower")
        net.add(layers.Input(shape=input_shape))
        for index, width in enumerate(self.widths):
            net.add(layers.Conv2D(width, 3, padding="same" if index else "valid"))
            net.add(layers.MaxPooling2D())
        net.add(layers.Flatten())
        net.add(layers.Dense(self.out))
        return net


@Zoo.register("recurrent")
class RecurrentTower:
    def __init__(self, units=10, *, bidirectional=False):
        self.units, self.bidirectional = units, bidirectional

    def build(self, input_shape):
        inputs = layers.Input(shape=input_shape)
        cell = layers.LSTM(self.units)
        features = (layers.Bidirectional(cell) if self.bidirectional else cell)(inputs)
        return Model(inputs, layers.Dense(self.units // 2)(features))


def shared(input_shape, width):
    """One encoder for both sides of a siamese network."""
    inputs = layers.Input(input_shape)
    x = layers.Conv1D(width, 5, strides=2, padding="causal")(inputs)
    x = layers.Conv1D(2 * width, 5, strides=2, padding="causal")(x)
    return Model(inputs, layers.GlobalAveragePooling1D()(x), name="encoder")
