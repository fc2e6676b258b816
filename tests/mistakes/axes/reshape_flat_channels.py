# expect: reshape-as-transpose @ 7
# keras: silent
import numpy as np

# the python pickle of the data set has every image as 3 planes of 1024
batch = np.random.randint(0, 255, (10, 3, 1024))
images = batch.reshape((10, 32, 32, 3))
images = images.astype("float32") / 255.0
print(images.shape)
