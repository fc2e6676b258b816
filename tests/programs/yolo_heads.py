from functools import wraps, reduce

import numpy as np
from keras.layers import Conv2D, Add, ZeroPadding2D, UpSampling2D, Concatenate, MaxPooling2D, LeakyReLU, BatchNormalization, Input, Reshape
from keras.models import Model
from keras.regularizers import l2


def compose(*funcs):
    if funcs:
        return reduce(lambda f, g: lambda *a, **kw: g(f(*a, **kw)), funcs)
    else:
        raise ValueError('Composition of empty sequence not supported.')


@wraps(Conv2D)
def DarknetConv2D(*args, **kwargs):
    """Wrapper to set Darknet parameters for Convolution2D."""
    darknet_conv_kwargs = {'kernel_regularizer': l2(5e-4)}
    darknet_conv_kwargs['padding'] = 'valid' if kwargs.get('strides') == (2, 2) else 'same'
    darknet_conv_kwargs.update(kwargs)
    return Conv2D(*args, **darknet_conv_kwargs)


def DarknetConv2D_BN_Leaky(*args, **kwargs):
    no_bias_kwargs = {'use_bias': False}
    no_bias_kwargs.update(kwargs)
    return compose(
        DarknetConv2D(*args, **no_bias_kwargs),
        BatchNormalization(),
        LeakyReLU(negative_slope=0.1))


def resblock_body(x, num_filters, num_blocks):
    # Darknet uses left and top padding instead of 'same' mode
    x = ZeroPadding2D(((1, 0), (1, 0)))(x)
    x = DarknetConv2D_BN_Leaky(num_filters, (3, 3), strides=(2, 2))(x)
    for i in range(num_blocks):
        y = compose(
            DarknetConv2D_BN_Leaky(num_filters // 2, (1, 1)),
            DarknetConv2D_BN_Leaky(num_filters, (3, 3)))(x)
        x = Add()([x, y])
    return x


def darknet_body(x):
    x = DarknetConv2D_BN_Leaky(8, (3, 3))(x)
    x = resblock_body(x, 16, 1)
    x1 = resblock_body(x, 32, 2)
    x2 = resblock_body(x1, 64, 1)
    return x1, x2


def make_last_layers(x, num_filters, out_filters):
    x = compose(
        DarknetConv2D_BN_Leaky(num_filters, (1, 1)),
        DarknetConv2D_BN_Leaky(num_filters * 2, (3, 3)),
        DarknetConv2D_BN_Leaky(num_filters, (1, 1)))(x)
    y = compose(
        DarknetConv2D_BN_Leaky(num_filters * 2, (3, 3)),
        DarknetConv2D(out_filters, (1, 1)))(x)
    return x, y


def yolo_body(inputs, num_anchors, num_classes):
    small, big = darknet_body(inputs)
    x, y1 = make_last_layers(big, 32, num_anchors * (num_classes + 5))
    x = compose(DarknetConv2D_BN_Leaky(16, (1, 1)), UpSampling2D(2))(x)
    x = Concatenate()([x, small])
    x, y2 = make_last_layers(x, 16, num_anchors * (num_classes + 5))
    return Model(inputs, [y1, y2])


anchors = np.array([10, 13, 16, 30, 33, 23, 30, 61, 62, 45, 59, 119]).reshape(-1, 2)
num_anchors = len(anchors)
model_body = yolo_body(Input(shape=(64, 96, 3)), num_anchors // 2, 4)
grids = [Reshape((-1, num_anchors // 2, 9))(out) for out in model_body.output]
