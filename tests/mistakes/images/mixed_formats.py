# expect: mixed-data-format @ 9
# keras: silent
import keras
from keras import layers

inputs = keras.Input((3, 40, 40))
x = layers.Permute((2, 3, 1))(inputs)
x = layers.Conv2D(8, 3, padding="same")(x)
x = layers.MaxPooling2D(2, data_format="channels_first")(x)
model = keras.Model(inputs, x)
