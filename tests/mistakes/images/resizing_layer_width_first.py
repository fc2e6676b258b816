# expect: swapped-image-size @ 12
# keras: silent
import numpy as np
import keras
from keras import layers

target_h, target_w = 64, 128


def classifier(num_classes):
    inputs = keras.Input(shape=(None, None, 3))
    x = layers.Resizing(target_w, target_h)(inputs)
    x = layers.Rescaling(1 / 127.5, offset=-1)(x)
    x = layers.Conv2D(16, 3, strides=2, activation="relu")(x)
    x = layers.Conv2D(32, 3, strides=2, activation="relu")(x)
    x = layers.GlobalAveragePooling2D()(x)
    return keras.Model(inputs, layers.Dense(num_classes, activation="softmax")(x))


model = classifier(3)
model.compile("adam", "sparse_categorical_crossentropy")
model.fit(np.random.randint(0, 255, (4, 90, 200, 3)), np.array([0, 1, 2, 0]), verbose=0)
