# expect: swapped-image-size @ 8
# keras: silent
# file: photos/*.png 3 (40, 30, 3)
import cv2
import numpy as np
from keras import Sequential, layers

photos = np.array([np.swapaxes(cv2.imread(f"photos/{number}.png"), 0, -1) for number in range(3)]) / 255.0
model = Sequential([layers.Input((3, None, None)), layers.MaxPooling2D(2, data_format="channels_first")])
model.predict(photos, verbose=0)
