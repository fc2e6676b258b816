"""UNet 3+ like: every decoder node sees every encoder scale. Deep supervision."""
import tensorflow as tf
from tensorflow.keras.layers import Conv2D, BatchNormalization, Activation, MaxPooling2D, UpSampling2D, concatenate, Input
from tensorflow.keras.layers import Conv2DTranspose, Dropout, GlobalMaxPooling2D


def CBR(x, n, k=3, times=1):
    for _ in range(times):
        x = Conv2D(n, k, padding='same', use_bias=False)(x)
        x = BatchNormalization()(x)
        x = Activation('relu')(x)
    return x


def unet3plus(shape, num_classes=1, filters=[4, 8, 16, 32], cat_channels=4, deep_supervision=True):
    inputs = Input(shape)
    levels = len(filters)
    E = []
    x = inputs
    for i, f in enumerate(filters):
        if i:
            x = MaxPooling2D(2)(x)
        x = CBR(x, f, times=2)
        E.append(x)

    D = [None] * levels
    D[-1] = E[-1]
    for j in range(levels - 2, -1, -1):
        parts = []
        for i in range(levels):
            if i < j:
                p = MaxPooling2D(2 ** (j - i))(E[i])
            elif i == j:
                p = E[i]
            else:
                p = UpSampling2D(2 ** (i - j), interpolation='bilinear')(D[i])
            parts.append(CBR(p, cat_channels))
        D[j] = CBR(concatenate(parts), cat_channels * levels)

    outs = []
    for lvl, d in enumerate(D):
        y = Conv2D(num_classes, 3, padding='same')(d)
        if lvl > 0:
            y = UpSampling2D(2 ** lvl)(y)
        outs.append(Activation('sigmoid', name=f'sup{lvl}')(y))
    if not deep_supervision:
        return tf.keras.Model(inputs, outs[0])
    return tf.keras.Model(inputs, outs)


def unetpp(shape, depth=3, base=4):
    inputs = Input(shape)
    X = [[None] * (depth + 1) for _ in range(depth + 1)]
    for i in range(depth + 1):
        src = inputs if i == 0 else MaxPooling2D()(X[i - 1][0])
        X[i][0] = CBR(src, base * 2 ** i)
    for j in range(1, depth + 1):
        for i in range(depth + 1 - j):
            up = Conv2DTranspose(base * 2 ** i, 2, strides=2, padding='same')(X[i + 1][j - 1])
            X[i][j] = CBR(concatenate(X[i][:j] + [up]), base * 2 ** i)
    heads = [Conv2D(1, 1, activation='sigmoid')(X[0][j]) for j in range(1, depth + 1)]
    return tf.keras.Model(inputs, heads)


model = unet3plus((64, 96, 3), 2)
single = unet3plus((32, 32, 1), filters=[4, 8, 16], deep_supervision=False)
nested = unetpp((48, 48, 1))
n_heads = len(nested.outputs)
cls = Dropout(0.5)(GlobalMaxPooling2D()(concatenate(nested.outputs)))
