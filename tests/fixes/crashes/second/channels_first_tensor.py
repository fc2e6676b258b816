import numpy as np
import keras
from keras import layers

batch = np.random.rand(10, 3, 32, 32).astype("float32")
net = keras.Sequential([
    keras.Input((32, 32, 3)),
    layers.Conv2D(8, 3, activation="relu"),
    layers.GlobalAveragePooling2D(),
    layers.Dense(5),
])
print(net.predict(batch, verbose=0).shape)
