# expect: samples-against-samples @ 8
# keras: silent
import numpy as np
import keras


def within_ten_percent(y_true, y_pred):
    off = keras.ops.abs(y_pred - y_true)
    return keras.ops.mean(keras.ops.cast(off < 0.1, "float32"))


model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(1)])
model.compile("adam", "mae", metrics=[within_ten_percent])
model.fit(np.random.rand(32, 4), np.random.rand(32), verbose=0)
