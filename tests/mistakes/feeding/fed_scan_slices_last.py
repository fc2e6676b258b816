# expect: fed-axes-swapped @ 20
# keras: silent
import numpy as np
import keras
from keras import layers

# CT volumes: 16 slices of 32 x 48
net = keras.Sequential([
    keras.Input((16, 32, 48, 1)),
    layers.Conv3D(4, 3, padding="same", activation="relu"),
    layers.Conv3D(4, 3, padding="same", activation="relu"),
    layers.Conv3D(1, 1, activation="sigmoid"),
])
net.compile(optimizer="adam", loss="binary_crossentropy")

# nibabel gives (height, width, slices)
volumes = np.stack([np.random.rand(32, 48, 16) for _ in range(3)])[..., np.newaxis]
masks = (np.random.rand(3, 32, 48, 16, 1) > 0.5).astype("float32")

net.fit(volumes, masks, epochs=1, batch_size=1, verbose=0)
