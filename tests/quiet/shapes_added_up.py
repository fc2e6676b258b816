# a helper that cuts a picture into tiles gets the grid and the shape of a tile as tuples, and adds them up
import numpy as np
import tensorflow as tf


def mosaic(tiles, grid, tile_shape):
    tiles = tf.reshape(tiles, grid + tile_shape)
    tiles = tf.transpose(tiles, [0, 2, 1, 3, 4])
    return tiles[:, :, :, :, 0]


def canvas(rows, margins):
    board = np.zeros(list(rows) + margins)
    return board[:, :, 0] + np.ones(rows * 2)[0, :, 0]


def unrolled(samples, before, after):
    return np.transpose(samples.reshape(before + after), (0, 2, 1))


model = tf.keras.Sequential([tf.keras.Input((16, 16, 3)), tf.keras.layers.Conv2D(4, 3)])
mosaic(model(np.zeros((6, 16, 16, 3))), load_grid(), (14, 14, 4))
