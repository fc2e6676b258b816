import keras
from keras import layers, ops, initializers


def squash(vectors, axis=-1):
    s_squared_norm = ops.sum(ops.square(vectors), axis, keepdims=True)
    scale = s_squared_norm / (1 + s_squared_norm) / ops.sqrt(s_squared_norm + 1e-7)
    return scale * vectors


class Length(layers.Layer):
    def call(self, inputs, **kwargs):
        return ops.sqrt(ops.sum(ops.square(inputs), -1) + 1e-7)

    def compute_output_shape(self, input_shape):
        return input_shape[:-1]


class CapsuleLayer(layers.Layer):
    def __init__(self, num_capsule, dim_capsule, routings=3, kernel_initializer='glorot_uniform', **kwargs):
        super(CapsuleLayer, self).__init__(**kwargs)
        self.num_capsule = num_capsule
        self.dim_capsule = dim_capsule
        self.routings = routings
        self.kernel_initializer = initializers.get(kernel_initializer)

    def build(self, input_shape):
        assert len(input_shape) >= 3
        self.input_num_capsule = input_shape[1]
        self.input_dim_capsule = input_shape[2]
        self.W = self.add_weight(shape=(self.num_capsule, self.input_num_capsule,
                                        self.dim_capsule, self.input_dim_capsule),
                                 initializer=self.kernel_initializer, name='W')
        self.built = True

    def call(self, inputs, training=None):
        # (None, 1, n_in, d_in, 1) -> (None, n_out, n_in, d_in, 1)
        inputs_expand = ops.expand_dims(ops.expand_dims(inputs, 1), -1)
        inputs_tiled = ops.tile(inputs_expand, (1, self.num_capsule, 1, 1, 1))
        inputs_hat = ops.squeeze(ops.matmul(self.W, inputs_tiled), -1)
        b = ops.zeros_like(inputs_hat[..., 0])
        for i in range(self.routings):
            c = ops.softmax(b, axis=1)
            outputs = squash(ops.sum(ops.expand_dims(c, -1) * inputs_hat, axis=2))
            if i < self.routings - 1:
                b += ops.sum(inputs_hat * ops.expand_dims(outputs, 2), axis=-1)
        return outputs


def PrimaryCap(inputs, dim_capsule, n_channels, kernel_size, strides, padding):
    output = layers.Conv2D(filters=dim_capsule * n_channels, kernel_size=kernel_size, strides=strides,
                           padding=padding, name='primarycap_conv2d')(inputs)
    outputs = layers.Reshape(target_shape=(-1, dim_capsule), name='primarycap_reshape')(output)
    return layers.Lambda(squash, name='primarycap_squash')(outputs)


def CapsNet(input_shape, n_class, routings):
    x = layers.Input(shape=input_shape)
    conv1 = layers.Conv2D(filters=16, kernel_size=9, strides=1, padding='valid', activation='relu', name='conv1')(x)
    primarycaps = PrimaryCap(conv1, dim_capsule=4, n_channels=4, kernel_size=9, strides=2, padding='valid')
    digitcaps = CapsuleLayer(num_capsule=n_class, dim_capsule=8, routings=routings, name='digitcaps')(primarycaps)
    out_caps = Length(name='capsnet')(digitcaps)
    decoder = keras.models.Sequential(name='decoder')
    decoder.add(layers.Dense(32, activation='relu', input_dim=8 * n_class))
    decoder.add(layers.Dense(input_shape[0] * input_shape[1], activation='sigmoid'))
    decoder.add(layers.Reshape(target_shape=input_shape, name='out_recon'))
    masked = layers.Flatten()(digitcaps)
    return keras.Model(x, [out_caps, decoder(masked)])


model = CapsNet((28, 28, 1), 5, 2)
