# expect: misplaced-channels @ 10
# keras: silent
# file: photos/*.png 4 (40, 30, 3)
import cv2
import numpy as np
from keras import Sequential, layers

photos = np.stack([cv2.imread(f"photos/{number}.png") for number in range(4)]) / 255.0
model = Sequential()
model.add(layers.MaxPooling2D(2, padding="same", data_format="channels_first", input_shape=photos.shape[1:]))
model.add(layers.Flatten())
model.add(layers.Dense(1))
model.compile("adam", "mse")
model.fit(photos, np.zeros((4, 1)), epochs=1, verbose=0)
