# expect: undefined-axis @ 7
# keras: crash
import keras
from keras import layers

inputs = keras.Input((10, None))
x = layers.LayerNormalization()(inputs)
