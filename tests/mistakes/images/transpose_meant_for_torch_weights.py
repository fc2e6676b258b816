# expect: reshape-as-transpose @ 7
# keras: silent
import numpy as np

# (samples, channels, height, width) from another framework
photos = np.random.rand(4, 3, 24, 32)
photos = photos.reshape(4, 24, 32, 3)
print(photos.mean(axis=(0, 1, 2)))
