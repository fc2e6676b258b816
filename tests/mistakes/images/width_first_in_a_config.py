# expect: width-before-height @ 20
# keras: silent
import numpy as np
import tensorflow as tf


class Config:
    IMG_WIDTH = 96
    IMG_HEIGHT = 48
    CHANNELS = 3


cfg = Config()


def build_model(cfg):
    model = tf.keras.Sequential()
    model.add(
        tf.keras.layers.InputLayer(
            input_shape=(cfg.IMG_WIDTH, cfg.IMG_HEIGHT, cfg.CHANNELS)
        )
    )
    model.add(tf.keras.layers.Conv2D(8, 3, activation="relu"))
    model.add(tf.keras.layers.MaxPooling2D())
    model.add(tf.keras.layers.Flatten())
    model.add(tf.keras.layers.Dense(1, activation="sigmoid"))
    return model


images = np.random.rand(6, cfg.IMG_WIDTH, cfg.IMG_HEIGHT, cfg.CHANNELS)
labels = np.random.randint(0, 2, 6)
model = build_model(cfg)
model.compile(optimizer="adam", loss="binary_crossentropy")
model.fit(images, labels, verbose=0)
