# expect: rank-mismatch @ 8
# keras: crash
import keras
from keras.layers import Conv2D, Dense, Flatten, Input

def get_model(h=48, w=48):
    i = Input(shape=(h, w))
    x = Conv2D(16, 5, activation="relu")(i)
    x = Flatten()(x)
    return keras.Model(i, Dense(7, activation="softmax")(x))

model = get_model()
