# expect: reshape-as-transpose @ 7
# keras: silent
import numpy as np
from keras import Sequential, layers

video = np.random.rand(120, 20, 24)
clips = video.reshape(-1, 20, 24, 6)
model = Sequential([layers.Input((20, 24, 6)), layers.Conv2D(6, 3, padding="same")])
model.compile("adam", "mse")
model.fit(clips, clips, epochs=1, verbose=0)
