"""Trees in an orthophoto: the network sees tiles, the map is put together from its answers."""
import numpy as np
import keras
from keras import layers

TILE = 64


class Tiler:
    def __init__(self, image, tile=TILE):
        self.image, self.tile = image, tile
        self.rows, self.cols = image.shape[0] // tile, image.shape[1] // tile

    def split(self):
        t = self.tile
        return np.stack([self.image[r * t:(r + 1) * t, c * t:(c + 1) * t]
                         for r in range(self.rows) for c in range(self.cols)])

    def join(self, tiles):
        t = self.tile
        tiles = tiles.reshape(self.rows, self.cols, t, t)
        tiles = tiles.transpose(0, 2, 1, 3)
        return tiles.reshape(self.rows * t, self.cols * t)


def segmenter():
    model = keras.Sequential([
        layers.Input((TILE, TILE, 3)),
        layers.Conv2D(8, 3, padding="same", activation="relu"),
        layers.Conv2D(8, 3, padding="same", activation="relu"),
        layers.Conv2D(1, 1, activation="sigmoid"),
    ])
    model.compile("adam", "binary_crossentropy")
    return model


ortho = np.load("ortho.npy")
tiler = Tiler(ortho)
tiles = tiler.split()
net = segmenter()
net.fit(tiles, (tiles[..., 1:2] > 0.5).astype("float32"), epochs=1)
trees = tiler.join(net.predict(tiles))
print(trees.shape, (trees > 0.5).mean())
