# expect: normalization-axis @ 15
# keras: silent
"""Segmentation head, rewritten from PyTorch."""
import keras
from keras.layers import Input, Conv2D, Conv2DTranspose, BatchNormalization, ReLU, MaxPooling2D


class Head:
    def __init__(self, filters=32, n_classes=3):
        self.filters = filters
        self.n_classes = n_classes

    def conv_block(self, x, f):
        x = Conv2D(f, 3, padding='same', use_bias=False)(x)
        x = BatchNormalization(axis=1)(x)
        return ReLU()(x)

    def __call__(self, size=(96, 128)):
        i = Input((*size, 3))
        x = self.conv_block(i, self.filters)
        x = MaxPooling2D()(x)
        x = self.conv_block(x, self.filters * 2)
        x = Conv2DTranspose(self.filters, 2, strides=2)(x)
        return keras.Model(i, Conv2D(self.n_classes, 1, activation='softmax')(x))


net = Head()()
