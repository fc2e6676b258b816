import numpy as np
import keras

vectors = np.random.rand(1001, 64)
layer = keras.layers.Embedding(1000, 64)
model = keras.Sequential([keras.Input((12,)), layer, keras.layers.GlobalAveragePooling1D(), keras.layers.Dense(1)])
layer.set_weights([vectors])
model.compile("adam", "mse")
model.fit(np.random.randint(0, 1000, (8, 12)), np.random.rand(8))
