import keras
from keras.layers import (Input, Conv2D, DepthwiseConv2D, BatchNormalization, ReLU, Add,
                          GlobalAveragePooling2D, Reshape, Dropout, Activation, ZeroPadding2D)


def _make_divisible(v, divisor, min_value=None):
    if min_value is None:
        min_value = divisor
    new_v = max(min_value, int(v + divisor / 2) // divisor * divisor)
    # Make sure that round down does not go down by more than 10%.
    if new_v < 0.9 * v:
        new_v += divisor
    return new_v


def correct_pad(inputs, kernel_size):
    input_size = inputs.shape[1:3]
    if isinstance(kernel_size, int):
        kernel_size = (kernel_size, kernel_size)
    if input_size[0] is None:
        adjust = (1, 1)
    else:
        adjust = (1 - input_size[0] % 2, 1 - input_size[1] % 2)
    correct = (kernel_size[0] // 2, kernel_size[1] // 2)
    return ((correct[0] - adjust[0], correct[0]), (correct[1] - adjust[1], correct[1]))


def _inverted_res_block(inputs, expansion, stride, alpha, filters, block_id):
    in_channels = inputs.shape[-1]
    pointwise_conv_filters = int(filters * alpha)
    pointwise_filters = _make_divisible(pointwise_conv_filters, 8)
    x = inputs
    prefix = 'block_{}_'.format(block_id)
    if block_id:
        x = Conv2D(expansion * in_channels, kernel_size=1, padding='same', use_bias=False, name=prefix + 'expand')(x)
        x = BatchNormalization(name=prefix + 'expand_BN')(x)
        x = ReLU(6., name=prefix + 'expand_relu')(x)
    if stride == 2:
        x = ZeroPadding2D(padding=correct_pad(x, 3), name=prefix + 'pad')(x)
    x = DepthwiseConv2D(kernel_size=3, strides=stride, use_bias=False,
                        padding='same' if stride == 1 else 'valid', name=prefix + 'depthwise')(x)
    x = BatchNormalization(name=prefix + 'depthwise_BN')(x)
    x = ReLU(6., name=prefix + 'depthwise_relu')(x)
    x = Conv2D(pointwise_filters, kernel_size=1, padding='same', use_bias=False, name=prefix + 'project')(x)
    x = BatchNormalization(name=prefix + 'project_BN')(x)
    if in_channels == pointwise_filters and stride == 1:
        return Add(name=prefix + 'add')([inputs, x])
    return x


def MobileNetish(input_shape=(96, 96, 3), alpha=0.5, num_classes=20):
    inputs = Input(shape=input_shape)
    first = _make_divisible(32 * alpha, 8)
    x = Conv2D(first, 3, strides=(2, 2), padding='same', use_bias=False)(inputs)
    x = BatchNormalization()(x)
    x = ReLU(6.)(x)
    settings = [(1, 16, 1, 1), (6, 24, 2, 2), (6, 32, 2, 2)]
    block_id = 0
    for t, c, n, s in settings:
        for i in range(n):
            x = _inverted_res_block(x, t, s if i == 0 else 1, alpha, c, block_id)
            block_id += 1
    last = _make_divisible(1280 * alpha, 8) if alpha > 1.0 else 1280
    x = Conv2D(last // 10, 1)(x)
    x = GlobalAveragePooling2D()(x)
    x = Reshape((1, 1, last // 10))(x)
    x = Dropout(1e-3)(x)
    x = Conv2D(num_classes, (1, 1), padding='same')(x)
    x = Reshape((num_classes,))(x)
    x = Activation('softmax')(x)
    return keras.Model(inputs, x)


model = MobileNetish()
wide = MobileNetish((65, 80, 1), alpha=1.3, num_classes=4)
