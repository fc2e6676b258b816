# expect: normalization-axis @ 17
# expect: normalization-axis @ 20
# reported: round 8
# keras: silent
import numpy as np
import keras
from keras import layers
from keras.models import Model
from keras.utils import to_categorical

keras.config.set_image_data_format("channels_first")


def residual_block(x, filters, strides=1, name=None):
    shortcut = x
    out = layers.Conv2D(filters, 3, strides=strides, padding="same")(x)
    out = layers.BatchNormalization()(out)
    out = layers.Activation("relu")(out)
    out = layers.Conv2D(filters, 3, padding="same")(out)
    out = layers.BatchNormalization()(out)
    if strides != 1:
        shortcut = layers.AveragePooling2D(strides)(shortcut)
        shortcut = layers.Conv2D(filters, 1)(shortcut)
    out = layers.Add()([shortcut, layers.SpatialDropout2D(0.3)(out)])
    return layers.Activation("relu", name=name)(out)


def build(depth=2):
    inputs = layers.Input((3, 32, 32))
    x = layers.Conv2D(16, 3, padding="same", activation="relu")(inputs)
    for i, filters in enumerate((16, 32)):
        for j in range(depth):
            x = residual_block(x, filters, strides=2 if i and j == 0 else 1, name=f"block{i}_{j}")
    x = layers.GlobalAveragePooling2D()(x)
    return Model(inputs, layers.Dense(10, activation="softmax")(x))


x_train = np.random.rand(64, 3, 32, 32).astype("float32")
y_train = np.random.randint(0, 10, 64)
net = build()
net.compile(optimizer="sgd", loss="categorical_crossentropy", metrics=["accuracy"])
net.fit(x_train, to_categorical(y_train, 10), batch_size=32, epochs=1, verbose=0)
