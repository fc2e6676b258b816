# video is cut into windows: every axis is split, and some windows are as long as their axis
import keras
from keras import layers, ops

video = keras.Input((48, 6, 6, 96))
features = layers.Dense(384)(video)
windows = ops.reshape(features, [-1, 8, 6, 1, 6, 1, 6, 384])
windows = ops.transpose(windows, [0, 1, 3, 5, 2, 4, 6, 7])
windows = ops.reshape(windows, [-1, 8, 6 * 6 * 6, 384])
model = keras.Model(video, layers.Dense(4)(windows))
