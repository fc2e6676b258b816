from keras.layers import *
from keras.models import Model


def conv2d_bn(x, filters, num_row, num_col, padding='same', strides=(1, 1), name=None):
    if name is not None:
        bn_name = name + '_bn'
        conv_name = name + '_conv'
    else:
        bn_name = None
        conv_name = None
    x = Conv2D(filters, (num_row, num_col), strides=strides, padding=padding,
               use_bias=False, name=conv_name)(x)
    x = BatchNormalization(axis=3, scale=False, name=bn_name)(x)
    x = Activation('relu', name=name)(x)
    return x


def inception(x, f1, f3r, f3, f5r, f5, fp):
    b1 = conv2d_bn(x, f1, 1, 1)
    b3 = conv2d_bn(x, f3r, 1, 1)
    b3 = conv2d_bn(b3, f3, 3, 3)
    b5 = conv2d_bn(x, f5r, 1, 1)
    b5 = conv2d_bn(b5, f5, 5, 5)
    bp = MaxPooling2D((3, 3), strides=(1, 1), padding='same')(x)
    bp = conv2d_bn(bp, fp, 1, 1)
    return concatenate([b1, b3, b5, bp], axis=3)


img = Input(shape=(75, 75, 3))
x = conv2d_bn(img, 16, 3, 3, strides=(2, 2), padding='valid', name='stem')
x = conv2d_bn(x, 16, 3, 3, padding='valid')
x = MaxPooling2D((3, 3), strides=(2, 2))(x)
params = [
    (16, 24, 32, 4, 8, 8),
    (32, 32, 48, 8, 24, 16),
]
for p in params:
    x = inception(x, *p)
x = MaxPool2D(3, 2)(x)
x = inception(x, 48, 24, 52, 4, 12, fp=16)
x = GlobalAvgPool2D()(x)
x = Dropout(0.4)(x)
pred = Dense(17, activation='softmax', name='predictions')(x)
model = Model(img, pred)
