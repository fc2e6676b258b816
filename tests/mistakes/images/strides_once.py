# expect: strides-by-position @ 8
# keras: silent
import keras
from keras.layers import Conv2D, Dense, GlobalMaxPooling2D

model = keras.Sequential([
    keras.Input((96, 96, 1)),
    Conv2D(12, 5, 5, padding="same"),
    Conv2D(24, (3, 3)),
    GlobalMaxPooling2D(),
    Dense(2),
])
