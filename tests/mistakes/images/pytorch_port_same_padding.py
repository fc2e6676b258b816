# expect: channels-first-input @ 18
# keras: silent
"""Port of our PyTorch classifier to Keras."""
from dataclasses import dataclass, field

import keras
from keras import layers


@dataclass
class Config:
    input_size: tuple = (3, 224, 224)
    channels: list = field(default_factory=lambda: [32, 64, 128])
    num_classes: int = 37


def conv_bn_relu(x, ch, stride=1):
    x = layers.Conv2D(ch, kernel_size=3, strides=stride, padding="same", use_bias=False)(x)
    x = layers.BatchNormalization(momentum=0.9, epsilon=1e-5)(x)
    return layers.ReLU()(x)


def build(cfg):
    inputs = layers.Input(cfg.input_size)
    x = inputs
    for ch in cfg.channels:
        x = conv_bn_relu(x, ch)
        x = conv_bn_relu(x, ch, stride=2)
    x = layers.GlobalAveragePooling2D()(x)
    x = layers.Dropout(0.5)(x)
    return keras.Model(inputs, layers.Dense(cfg.num_classes)(x))


model = build(Config())
