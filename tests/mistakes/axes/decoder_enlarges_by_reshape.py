# expect: reshape-as-transpose @ 8
# keras: silent
import numpy as np
from keras import Model, layers

small = layers.Input((16, 16, 3))
x = layers.Conv2D(12, 3, padding="same")(small)
x = layers.Reshape((32, 32, 3))(x)
model = Model(small, layers.Conv2D(3, 3, padding="same")(x))
model.compile("adam", "mse")
model.fit(np.random.rand(4, 16, 16, 3), np.random.rand(4, 32, 32, 3), epochs=1, verbose=0)
