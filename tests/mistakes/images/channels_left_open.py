# expect: undefined-axis @ 7
# keras: crash
import keras
from keras import layers

inputs = keras.Input((224, 224, None))
x = layers.Conv2D(8, 3)(inputs)
