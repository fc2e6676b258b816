# expect: size-mismatch @ 22
# keras: crash
import argparse

import keras
from keras.layers import (Input, Conv2D, BatchNormalization, ReLU, Add,
                          GlobalAveragePooling2D, Dense)


def parse_args(argv=None):
    parser = argparse.ArgumentParser(description='ResNeXt on small images')
    parser.add_argument('--cardinality', type=int, default=32)
    parser.add_argument('--width', type=int, default=100)
    parser.add_argument('--classes', type=int, default=10)
    return parser.parse_args(argv)


def resnext_block(x, width, cardinality, out):
    y = Conv2D(width, 1, use_bias=False)(x)
    y = BatchNormalization()(y)
    y = ReLU()(y)
    y = Conv2D(width, 3, padding='same', groups=cardinality, use_bias=False)(y)
    y = BatchNormalization()(y)
    y = ReLU()(y)
    y = Conv2D(out, 1, use_bias=False)(y)
    y = BatchNormalization()(y)
    return ReLU()(Add()([x, y]))


def main():
    args = parse_args([])
    inputs = Input((32, 32, 3))
    x = Conv2D(256, 3, padding='same')(inputs)
    for _ in range(3):
        x = resnext_block(x, args.width, args.cardinality, 256)
    x = GlobalAveragePooling2D()(x)
    model = keras.Model(inputs, Dense(args.classes, activation='softmax')(x))
    model.compile('sgd', 'sparse_categorical_crossentropy')


main()
