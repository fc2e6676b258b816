import keras
from keras import backend as K
from keras.layers import (Input, Conv2D, GlobalAveragePooling2D, Reshape, Dense,
                          multiply, Permute, SeparableConv2D, MaxPooling2D, ReLU, BatchNormalization, add)


def squeeze_excite_block(tensor, ratio=16):
    init = tensor
    channel_axis = 1 if K.image_data_format() == "channels_first" else -1
    filters = init.shape[channel_axis]
    se_shape = (1, 1, filters)

    se = GlobalAveragePooling2D()(init)
    se = Reshape(se_shape)(se)
    se = Dense(filters // ratio, activation='relu', kernel_initializer='he_normal', use_bias=False)(se)
    se = Dense(filters, activation='sigmoid', kernel_initializer='he_normal', use_bias=False)(se)

    if K.image_data_format() == 'channels_first':
        se = Permute((3, 1, 2))(se)

    x = multiply([init, se])
    return x


def spatial_squeeze_excite_block(tensor):
    se = Conv2D(1, (1, 1), activation='sigmoid', use_bias=False,
                kernel_initializer='he_normal')(tensor)
    return multiply([tensor, se])


def xception_like(x, n):
    shortcut = Conv2D(n, 1, strides=2, padding="same")(x)
    for _ in range(2):
        x = ReLU()(x)
        x = SeparableConv2D(n, 3, padding="same", use_bias=False)(x)
        x = BatchNormalization()(x)
    x = MaxPooling2D(3, strides=2, padding="same")(x)
    return add([x, shortcut])


inp = Input((50, 70, 3))
y = Conv2D(32, 3, strides=(2, 2), padding='same')(inp)
for n in [32, 64]:
    y = xception_like(y, n)
    y = squeeze_excite_block(y, ratio=8)
y = spatial_squeeze_excite_block(y)
y = GlobalAveragePooling2D()(y)
y = Dense(5)(y)
m = keras.models.Model(inp, y)
