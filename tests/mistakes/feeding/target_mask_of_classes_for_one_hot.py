# expect: labels-with-categorical-loss @ 24
# keras: crash
import numpy as np
import keras
from keras.layers import Concatenate, Conv2D, Conv2DTranspose, Input, MaxPooling2D

SIZE, CLASSES = 32, 4
pictures = np.random.rand(6, SIZE, SIZE, 3).astype("float32")
masks = np.random.randint(0, CLASSES, (6, SIZE, SIZE, 1))     # one class a pixel


def unet(classes):
    inputs = Input((SIZE, SIZE, 3))
    down = Conv2D(8, 3, padding="same", activation="relu")(inputs)
    x = MaxPooling2D()(down)
    x = Conv2D(16, 3, padding="same", activation="relu")(x)
    x = Conv2DTranspose(8, 2, strides=2)(x)
    x = Concatenate()([x, down])
    return keras.Model(inputs, Conv2D(classes, 1, activation="softmax")(x))


net = unet(CLASSES)
net.compile(optimizer="adam", loss=keras.losses.CategoricalCrossentropy())
net.fit(pictures, masks, epochs=1, verbose=0)
