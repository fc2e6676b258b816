# expect: flatten-data-format @ 10
# keras: silent
import keras
from keras import layers

model = keras.Sequential([
    keras.Input((20, 20, 3)),
    layers.Conv2D(4, 3),
    layers.MaxPooling2D(),
    layers.Flatten(data_format="channels_first"),
    layers.Dense(2),
])
