from __future__ import absolute_import, division, print_function

try:
    from tensorflow.keras import backend as K
    from tensorflow.keras.layers import Input, Conv3D, MaxPooling3D, Conv3DTranspose, concatenate, UpSampling3D, Activation, BatchNormalization
    from tensorflow.keras.models import Model
except ImportError:
    from keras import backend as K
    from keras.layers import Input, Conv3D, MaxPooling3D, Conv3DTranspose, concatenate, UpSampling3D, Activation, BatchNormalization
    from keras.models import Model

try:
    import some_gpu_toolbox
    HAS_TOOLBOX = True
except ImportError:
    HAS_TOOLBOX = False

config = dict()
config["image_shape"] = (16, 32, 32)
config["n_channels"] = len(["t1", "t2", "flair"])
config["input_shape"] = tuple(list(config["image_shape"]) + [config["n_channels"]])
config["n_base_filters"] = 4
config["deconvolution"] = True


def create_convolution_block(input_layer, n_filters, batch_normalization=False, kernel=(3, 3, 3), activation=None,
                             padding='same', strides=(1, 1, 1)):
    layer = Conv3D(n_filters, kernel, padding=padding, strides=strides)(input_layer)
    if batch_normalization:
        layer = BatchNormalization(axis=-1)(layer)
    if activation is None:
        return Activation('relu')(layer)
    else:
        return activation()(layer)


def get_up_convolution(n_filters, pool_size, kernel_size=(2, 2, 2), strides=(2, 2, 2), deconvolution=False):
    if deconvolution:
        return Conv3DTranspose(filters=n_filters, kernel_size=kernel_size, strides=strides)
    else:
        return UpSampling3D(size=pool_size)


def unet_model_3d(input_shape, pool_size=(2, 2, 2), n_labels=1, deconvolution=False,
                  depth=3, n_base_filters=32, batch_normalization=False, activation_name="sigmoid"):
    inputs = Input(input_shape)
    current_layer = inputs
    levels = list()

    # add levels with max pooling
    for layer_depth in range(depth):
        layer1 = create_convolution_block(input_layer=current_layer, n_filters=n_base_filters * (2 ** layer_depth),
                                          batch_normalization=batch_normalization)
        layer2 = create_convolution_block(input_layer=layer1, n_filters=n_base_filters * (2 ** layer_depth) * 2,
                                          batch_normalization=batch_normalization)
        if layer_depth < depth - 1:
            current_layer = MaxPooling3D(pool_size=pool_size)(layer2)
            levels.append([layer1, layer2, current_layer])
        else:
            current_layer = layer2
            levels.append([layer1, layer2])

    # add levels with up-convolution or up-sampling
    for layer_depth in range(depth - 2, -1, -1):
        up_convolution = get_up_convolution(pool_size=pool_size, deconvolution=deconvolution,
                                            n_filters=current_layer.shape[-1])(current_layer)
        concat = concatenate([up_convolution, levels[layer_depth][1]], axis=-1)
        current_layer = create_convolution_block(n_filters=levels[layer_depth][1].shape[-1],
                                                 input_layer=concat, batch_normalization=batch_normalization)
        current_layer = create_convolution_block(n_filters=levels[layer_depth][1].shape[-1],
                                                 input_layer=current_layer, batch_normalization=batch_normalization)

    final_convolution = Conv3D(n_labels, (1, 1, 1))(current_layer)
    act = Activation(activation_name)(final_convolution)
    return Model(inputs=inputs, outputs=act)


model = unet_model_3d(input_shape=config["input_shape"], n_base_filters=config["n_base_filters"],
                      deconvolution=config["deconvolution"], depth=2)
other = unet_model_3d((8, 8, 8, 1), n_base_filters=2, batch_normalization=True)
