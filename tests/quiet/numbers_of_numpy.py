# what numpy computes is a number for all layers that do not ask for an int of Python (Keras 3.15)
import numpy as np
from keras import Input, layers

ids = np.array([[3, 1, 2], [0, 2, 1]])
most = ids.max()
series, image, maps = Input((8, 4)), Input((8, 8, 3)), Input((3, 8, 8, 3))
layers.EinsumDense("abc,cd->abd", (None, most))(series)
layers.Conv1D(most, 3)(series)
layers.Conv2D(most, 3)(image)
layers.ConvLSTM2D(most, 3)(maps)
layers.SeparableConv1D(most, 3)(series)
layers.DepthwiseConv2D(3, depth_multiplier=most)(image)
layers.Reshape((most, -1))(Input((12,)))
layers.BatchNormalization(axis=ids[1, 2])(series)
layers.Concatenate(axis=ids[1, 2])([series, series])
layers.Dense(int(most))(series)
layers.Embedding(int(most) + 1, 8)(Input((5,)))
