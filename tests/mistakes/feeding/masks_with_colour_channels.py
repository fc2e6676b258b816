# expect: units-unlike-target @ 25
# keras: crash
import numpy as np
import keras
from keras import layers

H = W = 64
images = np.random.rand(6, H, W, 3).astype("float32")
# masks were saved as RGB pngs, 0 or 255
masks = (np.random.rand(6, H, W, 3) > 0.5).astype("float32")


def get_unet():
    inp = keras.Input((H, W, 3))
    c1 = layers.Conv2D(8, 3, padding="same", activation="relu")(inp)
    p1 = layers.MaxPooling2D()(c1)
    c2 = layers.Conv2D(16, 3, padding="same", activation="relu")(p1)
    u1 = layers.Conv2DTranspose(8, 2, strides=2)(c2)
    x = layers.Concatenate()([u1, c1])
    return keras.Model(inp, layers.Conv2D(1, 1, activation="sigmoid")(x))


unet = get_unet()
unet.compile("adam", "binary_crossentropy", metrics=["accuracy"])
unet.fit(images, masks, batch_size=2, epochs=1, verbose=0)
