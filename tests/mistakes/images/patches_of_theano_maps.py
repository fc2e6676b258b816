# expect: reshape-as-transpose @ 16
# reported: round 3
# keras: silent
import numpy as np
from keras import backend as K
from keras.layers import LSTM, Conv2D, Dense, Input, MaxPooling2D, Reshape, TimeDistributed
from keras.models import Model

K.set_image_data_format("channels_first")

image = Input(shape=(3, 28, 28))
x = Conv2D(32, (3, 3), padding="same", activation="relu")(image)
x = MaxPooling2D((2, 2))(x)
x = Conv2D(64, (3, 3), padding="same", activation="relu")(x)
x = MaxPooling2D((2, 2))(x)
patches = Reshape((7 * 7, 64))(x)
x = TimeDistributed(Dense(20, activation="relu"))(patches)
x = LSTM(16)(x)
answer = Dense(10, activation="softmax")(x)

model = Model(image, answer)
model.compile(loss="categorical_crossentropy", optimizer="rmsprop")
model.fit(np.random.rand(12, 3, 28, 28), np.eye(10)[np.random.randint(0, 10, 12)], epochs=1)
