import numpy as np
from keras.layers import Conv2D, Conv2DTranspose, Input, MaxPooling2D
from keras.models import Model

x = np.random.rand(6, 50, 50, 1)
i = Input((50, 50, 1))
e = MaxPooling2D(4)(Conv2D(8, 3, padding="same", activation="relu")(i))
d = Conv2DTranspose(8, 3, strides=4, padding="same", activation="relu")(e)
o = Conv2D(1, 3, padding="same", activation="sigmoid")(d)
ae = Model(i, o)
ae.compile("adam", "mse")
ae.fit(x, x, verbose=0)
