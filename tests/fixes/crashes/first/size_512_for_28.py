import numpy as np
from keras.layers import Input, Conv2D, UpSampling2D, MaxPooling2D
from keras.models import Model

IMG = 64
digits = np.random.rand(10, 28, 28, 1)
code_in = Input(shape=(IMG, IMG, 1))
e = Conv2D(8, (3, 3), activation="relu", padding="same")(code_in)
e = MaxPooling2D((2, 2), padding="same")(e)
d = UpSampling2D((2, 2))(e)
d = Conv2D(1, (3, 3), activation="sigmoid", padding="same")(d)
auto = Model(code_in, d)
auto.compile(optimizer="adam", loss="binary_crossentropy")
auto.fit(digits, digits, epochs=1)
