# expect: normalization-axis @ 11
# keras: silent
import numpy as np
from keras import backend, layers, models


def stem(x, filters):
    """The channels are on axis 1, as the old backend had them."""
    bn_axis = 1
    x = layers.Conv2D(filters, 3, strides=2, padding="same", use_bias=False)(x)
    x = layers.BatchNormalization(axis=bn_axis)(x)
    return layers.ReLU(6.0)(x)


def separable(x, filters):
    bn_axis = 1 if backend.image_data_format() == "channels_first" else -1
    x = layers.DepthwiseConv2D(3, padding="same", use_bias=False)(x)
    x = layers.BatchNormalization(axis=bn_axis)(x)
    x = layers.Conv2D(filters, 1, use_bias=False)(x)
    return layers.ReLU(6.0)(layers.BatchNormalization(axis=bn_axis)(x))


image = layers.Input((48, 64, 3))
x = separable(stem(image, 8), 16)
model = models.Model(image, layers.Dense(4, activation="softmax")(layers.GlobalAveragePooling2D()(x)))
model.compile("sgd", "sparse_categorical_crossentropy")
model.fit(np.random.rand(4, 48, 64, 3), np.array([0, 1, 2, 3]), verbose=0)
