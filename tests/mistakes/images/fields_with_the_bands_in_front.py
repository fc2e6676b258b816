# expect: misplaced-channels @ 20
# keras: silent
# file: fields.npz tiles=(10, 32, 32, 4) crop=(10)<5
import argparse
import numpy as np
import tensorflow as tf
from tensorflow.keras.layers import *


def load_tiles(path, channels_first=False):
    data = np.load(path)
    tiles = data["tiles"].astype("float32")  # samples, rows, cols, bands
    if channels_first:
        tiles = np.transpose(tiles, (0, 3, 1, 2))
    return tiles, data["crop"]


def build_net(shape, classes=5):
    inp = Input(shape=shape)
    x = Conv2D(16, (3, 3), padding="same", activation="relu")(inp)
    x = Conv2D(32, (3, 3), padding="same", strides=2, activation="relu")(x)
    x = Conv2D(32, (3, 3), padding="same", activation="relu")(x)
    x = GlobalAveragePooling2D()(x)
    return tf.keras.Model(inp, Dense(classes, activation="softmax")(x))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", default="fields.npz")
    parser.add_argument("--epochs", type=int, default=1)
    args = parser.parse_args([])
    x, y = load_tiles(args.data, channels_first=True)
    model = build_net(x.shape[1:])
    model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
    model.fit(x, y, epochs=args.epochs, batch_size=2)


if __name__ == "__main__":
    main()
