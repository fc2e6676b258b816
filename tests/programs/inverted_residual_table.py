# MobileNetV2 / V3 style blocks, config table (t, c, n, s)
import tensorflow as tf
from tensorflow.keras.layers import (Input, Conv2D, DepthwiseConv2D, BatchNormalization, ReLU, Add, ZeroPadding2D,
                                     GlobalAveragePooling2D, Reshape, Multiply, Dense, Dropout, Softmax, Activation)
from tensorflow.keras.models import Model


def _make_divisible(v, divisor=8, min_value=None):
    if min_value is None:
        min_value = divisor
    new_v = max(min_value, int(v + divisor / 2) // divisor * divisor)
    if new_v < 0.9 * v:
        new_v += divisor
    return new_v


def correct_pad(shape, kernel_size):
    img = shape[1:3]
    adjust = (1 - img[0] % 2, 1 - img[1] % 2)
    correct = (kernel_size // 2, kernel_size // 2)
    return ((correct[0] - adjust[0], correct[0]), (correct[1] - adjust[1], correct[1]))


def hard_sigmoid(x):
    return ReLU(6.)(x + 3.) * (1. / 6.)


def hard_swish(x):
    return Multiply()([x, hard_sigmoid(x)])


def se_block(inputs, filters, ratio=.25):
    x = GlobalAveragePooling2D(keepdims=True)(inputs)
    x = Conv2D(_make_divisible(filters * ratio), 1)(x)
    x = ReLU()(x)
    x = Conv2D(filters, 1)(x)
    x = hard_sigmoid(x)
    return Multiply()([inputs, x])


def bottleneck(x, t, c, s, alpha=1.0, k=3, se=False):
    in_c = x.shape[-1]
    shortcut = x
    c = _make_divisible(int(c * alpha), 8)
    if t != 1:
        x = Conv2D(t * in_c, 1, use_bias=False)(x)
        x = BatchNormalization()(x)
        x = ReLU(max_value=6)(x)
    if s == 2:
        x = ZeroPadding2D(correct_pad(x.shape, k))(x)
    x = DepthwiseConv2D(k, strides=s, padding='same' if s == 1 else 'valid', use_bias=False)(x)
    x = BatchNormalization()(x)
    x = ReLU(max_value=6)(x) if not se else hard_swish(x)
    if se:
        x = se_block(x, x.shape[-1])
    x = Conv2D(c, 1, use_bias=False)(x)
    x = BatchNormalization()(x)
    if s == 1 and in_c == c:
        x = Add()([shortcut, x])
    return x


SETTINGS = [
    # t, c, n, s
    (1, 16, 1, 1),
    (3, 24, 2, 2),
    (3, 32, 2, 2),
    (2, 64, 1, 1),
]


def MobileNet(input_shape=(50, 70, 3), classes=7, alpha=1.0, k=3, se=False):
    inp = Input(input_shape)
    x = Conv2D(_make_divisible(32 * alpha), 3, 2, 'same', use_bias=False)(inp)
    x = BatchNormalization()(x)
    x = ReLU(6.)(x)
    for t, c, n, s in SETTINGS:
        for i in range(n):
            x = bottleneck(x, t, c, s if i == 0 else 1, alpha, k, se)
    x = Conv2D(128, 1)(x)
    x = Activation(hard_swish if se else tf.nn.relu6)(x)
    x = GlobalAveragePooling2D()(x)
    x = Reshape((1, 1, x.shape[-1]))(x)
    x = Dropout(0.3)(x)
    x = Conv2D(classes, 1)(x)
    x = Softmax()(x)
    return Model(inp, Reshape((classes,))(x))


m = MobileNet()
print(m.output_shape)
m_small = MobileNet((33, 33, 1), 3, alpha=0.5, k=5)
m_se = MobileNet((32, 32, 3), 3, alpha=0.75, se=True)
feat = Model(m.input, m.layers[-6].output)
probe = Dense(2)(feat(Input((50, 70, 3))))
