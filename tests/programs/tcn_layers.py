import keras
from keras import layers


class ResidualBlock(layers.Layer):

    def __init__(self, dilation_rate, nb_filters, kernel_size, padding='causal', dropout_rate=0.0, **kwargs):
        super().__init__(**kwargs)
        self.dilation_rate = dilation_rate
        self.nb_filters = nb_filters
        self.kernel_size = kernel_size
        self.padding = padding
        self.dropout_rate = dropout_rate
        self.stack = []
        self.shape_match = None
        self.final_activation = layers.Activation('relu')

    def build(self, input_shape):
        for k in range(2):
            self.stack.append(layers.Conv1D(self.nb_filters, self.kernel_size,
                                            dilation_rate=self.dilation_rate,
                                            padding=self.padding))
            self.stack.append(layers.LayerNormalization())
            self.stack.append(layers.Activation('relu'))
            self.stack.append(layers.SpatialDropout1D(self.dropout_rate))
        if self.nb_filters != input_shape[-1]:
            self.shape_match = layers.Conv1D(self.nb_filters, 1, padding='same')
        else:
            self.shape_match = layers.Lambda(lambda x: x)
        super().build(input_shape)

    def call(self, inputs, training=None):
        x = inputs
        for layer in self.stack:
            x = layer(x)
        res = self.shape_match(inputs)
        return self.final_activation(layers.add([x, res])), x


class TCN(layers.Layer):
    def __init__(self, nb_filters=16, kernel_size=3, nb_stacks=1, dilations=(1, 2, 4), return_sequences=False, **kw):
        super().__init__(**kw)
        self.return_sequences = return_sequences
        self.blocks = []
        for s in range(nb_stacks):
            for d in dilations:
                self.blocks.append(ResidualBlock(d, nb_filters, kernel_size))
        self.last = layers.Lambda(lambda tt: tt[:, -1, :])

    def call(self, inputs):
        x = inputs
        skips = []
        for block in self.blocks:
            x, skip = block(x)
            skips.append(skip)
        x = layers.add(skips)
        if not self.return_sequences:
            x = self.last(x)
        return x


i = layers.Input(shape=(40, 6))
o = TCN(nb_filters=12, return_sequences=True)(i)
o = TCN(nb_filters=8, nb_stacks=2, dilations=[2 ** k for k in range(3)])(o)
o = layers.Dense(1)(o)
model = keras.Model(i, o)
