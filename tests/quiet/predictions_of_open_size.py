# an axis that a model leaves open has some size in what it predicts
import numpy as np
from keras import Input, Model
from keras.layers import Conv2D, Dense, Flatten

small = Input((None, None, 3))
sharper = Model(small, Conv2D(3, 3, padding="same")(small))
image = Input((64, 64, 3))
scores = Model(image, Dense(5)(Flatten()(Conv2D(8, 3)(image))))

sharp = sharper.predict(np.zeros((4, 64, 64, 3)))
scores.predict(sharp)
scores.predict(sharper.predict(np.zeros((4, 64, 64))))  # expect: fed-shape
